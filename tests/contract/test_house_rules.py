"""The house keeps its own rules: size, plates, words, and papers that name what is there."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "triplane"
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
FOREIGN_NAMES = {"utils", "util", "common", "helpers", "helper", "misc", "manager", "managers"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked_text_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in {".png", ".woff2", ".gz"}]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_function_fits_the_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions}

    assert {name: size for name, size in long.items() if size > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is_and_leaves_nothing_for_later(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(text))
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b", text)
    assert path.stem not in FOREIGN_NAMES


@pytest.mark.parametrize("room", ROOMS, ids=named)
def test_a_room_carries_its_plate(room: Path) -> None:
    plate = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""

    assert re.search(r"Speaks:.+Knows:.+Never:", plate, re.DOTALL), f"{room.name}/__init__.py"


@pytest.mark.parametrize("room", ROOMS, ids=named)
def test_every_room_stands_in_the_readme(room: Path) -> None:
    assert f"`{room.name}/`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [path.stem.removeprefix("cmd_") for path in SOURCE.glob("cli/commands/cmd_*.py")]

    assert [name for name in commands if f"triplane {name}" not in readme] == []


def test_no_file_speaks_of_the_machine_it_was_made_on() -> None:
    home = re.compile(r"/(?:work|root|home/\w+)/(?:main|shared|\.library)|pypi\.org|npmjs\.(?:org|com)")
    found = [
        named(path)
        for path in tracked_text_files()
        if path != Path(__file__) and home.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]

    assert found == []
