"""The house keeps its own rules: size, plates, words, and papers that name what is there."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from triplane.cli.actions import COMMANDS
from triplane.errors import Action

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


SCRIPTS = ROOT / "frontend" / "src"
SCRIPT_FILES = sorted(SCRIPTS.rglob("*.ts"))
SCRIPT_ROOMS = (
    "contract", "device", "page", "figure", "eye", "keep", "player", "offline", "measure", "week", "islands",
)  # fmt: skip
"""A script imports from its own room and from those before it; islands are what pages load."""

LONGEST_SCRIPT_LINE = 120
BLOCK = re.compile(r"^(?P<indent> *)(?!.*\b(?:class|interface|describe)\b).*(?:\)|=>|: [^=]+) \{$")
"""Where a function begins, or a block of one: what ends there ends at the same indentation."""


def test_every_script_stands_in_a_room_that_the_map_names() -> None:
    rooms = {path.relative_to(SCRIPTS).parts[0] for path in SCRIPT_FILES}
    found = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")

    assert rooms == set(SCRIPT_ROOMS)
    assert [room for room in SCRIPT_ROOMS if f"| `{room}/` |" not in found] == []


def test_every_module_of_the_coach_stands_in_the_map() -> None:
    found = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    modules = {path.name for path in (ROOT / "src" / "triplane" / "coach").glob("[a-z]*.py")}

    assert {name for name in modules if f"`{name}`" not in found} == set()


def test_a_script_is_read_in_one_sitting() -> None:
    lines = {named(path): path.read_text(encoding="utf-8").splitlines() for path in SCRIPT_FILES}

    assert {name: len(its) for name, its in lines.items() if len(its) > LONGEST_MODULE} == {}
    too_long = {
        f"{name}:{number}": len(line)
        for name, its in lines.items()
        for number, line in enumerate(its, 1)
        if len(line) > LONGEST_SCRIPT_LINE and 'say("' not in line and not name.endswith(".test.ts")
    }
    assert too_long == {}


def test_a_function_of_a_script_fits_the_screen() -> None:
    long = {}
    for path in SCRIPT_FILES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for start, line in enumerate(lines):
            if begun := BLOCK.match(line):
                end = next(
                    i for i in range(start + 1, len(lines)) if lines[i].startswith(f"{begun['indent']}}}")
                )
                if end - start + 1 > LONGEST_FUNCTION:
                    long[f"{named(path)}:{start + 1}"] = end - start + 1

    assert long == {}


def test_a_script_says_what_it_is_and_leaves_nothing_for_later() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SCRIPT_FILES}
    own = {path: text for path, text in texts.items() if not path.name.endswith(".test.ts")}

    assert [named(path) for path, text in own.items() if not text.startswith("/** ")] == []
    assert [named(p) for p, text in texts.items() if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text)] == []
    assert [named(path) for path in texts if path.name.partition(".")[0] in FOREIGN_NAMES] == []


def test_a_script_imports_from_lower_rooms_only() -> None:
    """So nothing imports an island, and what several share lies in a room named for what it is."""
    wrong = []
    for path in SCRIPT_FILES:
        lower = SCRIPT_ROOMS[: SCRIPT_ROOMS.index(path.relative_to(SCRIPTS).parts[0])]
        others = re.findall(r"""["']\.\./(\w+)/[\w.]+["']""", path.read_text(encoding="utf-8"))
        wrong += [f"{named(path)} imports from {other}/" for other in others if other not in lower]

    assert wrong == []


CORE = ("adaptation", "assessment", "catalogue", "coach", "evidence", "history", "planning", "screening")
OF_A_SHELL = re.compile(
    r"\btriplane (?:"
    + "|".join(path.stem.removeprefix("cmd_") for path in (SOURCE / "cli" / "commands").glob("cmd_*.py"))
    + r")\b|exit_code|(?<!\w)--[a-z]|\b[Cc]lick on\b"
)
CORE_FILES = [
    SOURCE / "errors.py",
    *(path for room in (*CORE, "bootstrap", "store") for path in (SOURCE / room).rglob("*.py")),
    *(path for room in CORE for path in (SOURCE / room).rglob("*.toml")),
]


@pytest.mark.parametrize("path", CORE_FILES, ids=named)
def test_no_word_of_a_shell_stands_below_the_shells(path: Path) -> None:
    """The core names an ``Action``; which command or page that is, each shell knows for itself."""
    text = path.read_text(encoding="utf-8")
    said = strings_of(text) if path.suffix == ".py" else [text]

    assert [found.group() for words in said for found in OF_A_SHELL.finditer(words)] == []


def strings_of(source: str) -> list[str]:
    """Return every string and name of a module but what explains it."""
    tree = ast.parse(source)
    told = {
        id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)
    }
    strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in told]
    names = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name)]
    return [*(text for text in strings if isinstance(text, str)), *names]


def test_every_action_has_its_command() -> None:
    assert set(COMMANDS) == set(Action)


def test_no_file_speaks_of_the_machine_it_was_made_on() -> None:
    home = re.compile(r"/(?:work|root|home/\w+)/(?:main|shared|\.library)|pypi\.org|npmjs\.(?:org|com)")
    found = [
        named(path)
        for path in tracked_text_files()
        if path != Path(__file__) and home.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]

    assert found == []


def test_no_merge_was_left_half_done() -> None:
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    texts = {named(path): path.read_text(encoding="utf-8", errors="ignore") for path in tracked_text_files()}

    assert [name for name, text in texts.items() if marks.search(text)] == []


def test_a_test_that_is_left_out_says_why_and_is_not_left_out_here() -> None:
    """``make test`` brings every package that a test may do without elsewhere."""
    locked = "".join(
        (ROOT / "requirements" / name).read_text(encoding="utf-8") for name in ("dev.txt", "build.txt")
    )
    packages = set(re.findall(r"^([a-z\d-]+)==", locked, re.MULTILINE))
    calls = [
        (named(path), call)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.importorskip"
    ]

    assert [place for place, call in calls if "reason" not in {word.arg for word in call.keywords}] == []
    modules = {str(ast.literal_eval(call.args[0])).partition(".")[0].replace("_", "-") for _, call in calls}
    assert {name for name in modules if not packages & {name, f"django-{name}"}} == set()
