"""What was tried before the camera stays tried while its code does, and not a moment longer."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DRILL = ROOT / "src/triplane/catalogue/drills/str_step_down.toml"


@pytest.fixture
def docs_module(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """Import a module that lies beside the papers."""
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    yield importlib.import_module


def test_words_for_people_leave_a_drill_tried_and_its_rules_do_not(
    docs_module: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    code, text = docs_module("code_tried"), DRILL.read_text(encoding="utf-8")
    other = tmp_path / "other.toml"

    other.write_text(text.replace('"Belt level."', '"Keep the belt level."'), encoding="utf-8")
    assert other.read_text(encoding="utf-8") != text
    assert code.acted(other) == code.acted(DRILL)
    for old, new in (
        ("over = 9", "over = 8"),
        ('signal = "hip_height"', 'signal = "belt"'),
        ("tempo_s = [3", "tempo_s = [4"),
    ):
        other.write_text(text.replace(old, new), encoding="utf-8")
        assert code.acted(other) != code.acted(DRILL), new


def test_comments_leave_code_tried_and_a_number_does_not(docs_module: Callable[[str], ModuleType]) -> None:
    code = docs_module("code_tried")
    source = 'LEFT = 0.25\n"""What is left."""\ndef f() -> float:\n    """Say it."""\n    return LEFT\n'

    assert code.worked(
        source.replace("What is", "All that is").replace("Say", "# why\n    Tell")
    ) == code.worked(source)
    assert code.worked(source.replace("0.25", "0.26")) != code.worked(source)


ASKS = """
import sys
sys.path[:0] = sys.argv[1:]
import acting, code_tried
from triplane.catalogue import learnt, load_one
from triplane.movement import Watch, analyse_form
frames = acting.acted("str_step_down", acting.Take(repetitions=1))
what = learnt(load_one("str_step_down"))
Watch(what, acting.Take().side), analyse_form(frames, what, acting.Take().side)
rooms = ("triplane.body.", "triplane.movement.form.")
counted = {str(file) for file in code_tried.SHARED}
there = {str(one.__file__) for name, one in list(sys.modules.items()) if name.startswith(rooms)}
print(*sorted(there - counted))
"""


def test_all_that_judges_and_acts_counts() -> None:
    path = [str(ROOT / part) for part in ("src", "tests", "docs")]
    found = subprocess.run([sys.executable, "-c", ASKS, *path], capture_output=True, text=True, check=True)

    assert found.stdout.split() == []


def test_only_what_was_tried_of_the_code_as_it_is_stands_in_the_table(
    docs_module: Callable[[str], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = docs_module("grid")
    now = grid.Tried("str_step_down", "", 54, 54, code=grid.Try("str_step_down").code)
    before = grid.Tried("str_sl_rdl", "", 54, 54, code="of_last_week")
    monkeypatch.setattr(grid, "FOUND", tmp_path / "tried.tsv")
    grid._keep({(one.what, one.fault): one for one in (now, before)})

    assert [row[0] for row in grid.lines()] == ["`str_step_down`"]
    assert "in 54 sets: 1 of 56 drills clean, 0 of" in grid.how_many()
