"""What a room lists at its front door is there when it is asked for, and nothing else is."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from triplane import coach, front_door

SOURCE = Path(front_door.__file__).parent
DOORS = [
    path
    for path in sorted(SOURCE.rglob("__init__.py"))
    if "front_door(__name__)" in path.read_text(encoding="utf-8")
]


def named(path: Path) -> str:
    return ".".join(("triplane", *path.parent.relative_to(SOURCE).parts))


@pytest.mark.parametrize("path", DOORS, ids=named)
def test_a_door_opens_on_all_that_it_lists(path: Path) -> None:
    room = import_module(named(path))
    listed = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }

    assert set(room.__all__) == listed
    assert [name for name in room.__all__ if getattr(room, name) is None] == []


def test_a_door_stays_shut_on_what_no_room_gives() -> None:
    with pytest.raises(AttributeError, match=r"triplane\.coach.*no attribute 'dey'"):
        _ = coach.dey
    with pytest.raises(AttributeError, match="no attribute '__path_of_a_stranger__'"):
        _ = coach.__path_of_a_stranger__


def test_what_a_day_does_not_need_stays_behind_its_door() -> None:
    """In a Python of its own: a room of this one may long be open."""
    asked = "import sys; from triplane import coach; coach.day; print(*sys.modules)"
    opened = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()

    assert {"numpy", "ortools", "triplane.planning.levels"}.isdisjoint(opened)
