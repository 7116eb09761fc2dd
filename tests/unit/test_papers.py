"""The papers are true: their code runs, their tables and pictures are current, and nothing is left out."""

import importlib
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import ValidationError
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from night import WIDE
from triplane import assessment
from triplane.catalogue import Drill
from triplane.cli.app import main
from triplane.formats import all_formats
from triplane.formats.runner_file import read_runner_file

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("changelog.d/*.md"))]
PICTURES = sorted((DOCS / "pictures").glob("*.svg"))
ROOMS = sorted(path.parent.name for path in (ROOT / "src/triplane").glob("*/__init__.py"))
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture
def docs_module(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """Import a module that lies beside the papers."""
    monkeypatch.syspath_prepend(str(DOCS))
    yield importlib.import_module
    for name in [
        name for name in sys.modules if name in {"pictures", "papers"} or name.startswith("drawing")
    ]:
        del sys.modules[name]


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_the_python_of_a_paper_runs(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = Sybil(parsers=[PythonCodeBlockParser()], path=str(ROOT)).parse(paper)
    for example in document.examples():
        example.evaluate()

    said = capsys.readouterr().out
    expected = re.findall(r"print\(.*\)  # (.+)", paper.read_text(encoding="utf-8"))
    assert [line for line in expected if line not in said] == []


def test_the_first_week_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    samples = Path("src/triplane/formats/samples")
    shutil.copytree(ROOT / samples, tmp_path / samples)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIPLANE_NOW", "2026-11-23T06:30")
    monkeypatch.setenv("TRIPLANE_ZONE", "Europe/Berlin")
    walk = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    commands = [
        shlex.split(line)[1:] for block in walk for line in block.splitlines() if line[:9] == "triplane "
    ]

    assert len(commands) >= 5
    for command in commands:
        assert main(["--journal", "my.journal", *command]) == 0, (command, capsys.readouterr().err)
    assert (tmp_path / "my-hips.zip").stat().st_size > 1000


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_a_link_of_a_paper_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", paper.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (paper.parent / link).exists()]

    assert broken == []


def test_a_file_or_folder_that_a_paper_names_exists() -> None:
    top = r"src|docs|tests|benchmarks|requirements|changelog\.d"
    ours = re.compile(rf"`((?:{top}|{'|'.join(ROOMS)})/[\w./-]*[\w/])`")
    invented = {"changelog.d/march-and-wait.drill.md"}
    gone = [
        (named(paper), place)
        for paper in PAPERS
        for place in ours.findall(paper.read_text(encoding="utf-8"))
        if not ((ROOT / place).exists() or (ROOT / "src/triplane" / place).exists() or place in invented)
    ]

    assert gone == []


@WIDE
def test_the_tables_of_the_papers_are_current(docs_module: Callable[[str], ModuleType]) -> None:
    papers = docs_module("papers")

    stale = [
        path.name
        for path in papers.papers()
        if papers.filled(path.read_text("utf-8")) != path.read_text("utf-8")
    ]
    assert papers.papers()
    assert stale == [], "run make docs"


def test_every_picture_is_drawn_and_none_is_left_over(docs_module: Callable[[str], ModuleType]) -> None:
    assert {path.stem for path in PICTURES} == set(docs_module("pictures").PICTURES)


@pytest.mark.parametrize("picture", PICTURES, ids=named)
def test_a_picture_is_current(picture: Path, docs_module: Callable[[str], ModuleType]) -> None:
    drawn = docs_module("pictures").PICTURES[picture.stem]()
    kept = picture.read_text(encoding="utf-8")

    assert NUMBER.sub("#", drawn) == NUMBER.sub("#", kept), "run make docs"
    numbers = zip(NUMBER.findall(drawn), NUMBER.findall(kept), strict=True)
    assert all(abs(float(one) - float(other)) <= 0.5 for one, other in numbers), "run make docs"


@pytest.mark.parametrize("picture", PICTURES, ids=named)
def test_a_picture_is_shown_in_a_paper_with_words_for_those_who_do_not_see_it(picture: Path) -> None:
    shown = re.compile(rf"!\[[^\]]{{20,}}\]\([^)]*{picture.name}\)")

    assert [paper for paper in PAPERS if shown.search(paper.read_text(encoding="utf-8"))]


def test_every_format_and_every_test_of_the_battery_stands_in_the_docs() -> None:
    formats = (DOCS / "formats.md").read_text(encoding="utf-8")
    battery = (DOCS / "battery.md").read_text(encoding="utf-8")

    assert [one.name for one in all_formats() if f"`{one.name}`" not in formats] == []
    assert [name for name in assessment.battery() if f"`{name}`" not in battery] == []


def test_every_room_stands_on_the_map_with_its_front_door() -> None:
    told = (DOCS / "map.md").read_text(encoding="utf-8")

    assert [room for room in ROOMS if f"### `{room}/`" not in told] == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_map_names_what_the_front_door_opens(room: str) -> None:
    chapter = (DOCS / "map.md").read_text(encoding="utf-8").split(f"### `{room}/`\n")[1].partition("\n\n")[0]
    door = re.split(r"\.\s", chapter.partition("Front door:")[2])[0]
    opened = importlib.import_module(f"triplane.{room}")
    names = re.findall(r"`(\w+)`", door)

    assert names
    assert [name for name in names if not hasattr(opened, name)] == []


def test_the_papers_do_not_raise_their_voice() -> None:
    quiet = re.compile(r"```.*?```|`[^`]*`|<!--.*?-->|!\[", re.DOTALL)

    assert [named(paper) for paper in PAPERS if "!" in quiet.sub("", paper.read_text(encoding="utf-8"))] == []


def test_a_change_is_filed_under_its_kind_and_says_who_is_affected(
    docs_module: Callable[[str], ModuleType],
) -> None:
    kinds = docs_module("papers").CHANGES
    fragments = [path for path in (ROOT / "changelog.d").iterdir() if path.name != "README.md"]

    assert [
        path.name for path in fragments if path.name.split(".")[1:-1] not in [[kind] for kind in kinds]
    ] == []
    content = [path for path in fragments if path.name.split(".")[1] in {"drill", "assessment", "coach"}]
    assert [path.name for path in content if "\nAffects: " not in path.read_text(encoding="utf-8")] == []


def test_the_runner_file_of_the_docs_is_one() -> None:
    written = re.findall(r"```toml\n(.*?)```", (DOCS / "formats.md").read_text(encoding="utf-8"), re.DOTALL)

    assert written
    assert [read_runner_file(text.encode(), "docs") for text in written]


def test_the_template_of_a_drill_is_one_once_its_blanks_are_filled() -> None:
    written = (DOCS / "templates" / "drill.toml").read_text(encoding="utf-8")

    with pytest.raises(ValidationError):
        Drill.model_validate({"id": "own_blank", **tomllib.loads(written)})
    filled = written.replace('""', '"Words of your own."')
    assert Drill.model_validate({"id": "own_filled", **tomllib.loads(filled)}).exposure


def test_a_test_that_the_way_in_names_is_there() -> None:
    told = set(re.findall(r"\b(test_\w+)(?!\.py|\w)", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    files_of_tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    written = {name for text in files_of_tests for name in re.findall(r"def (test_\w+)", text)}

    assert told - written == set()


def test_a_word_of_the_glossary_is_spoken_in_its_room() -> None:
    for chapter in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        named_rooms = re.findall(r"`(\w+)`", chapter.partition("\n")[0])
        rooms = [above / name for above in (ROOT / "src/triplane", ROOT) for name in named_rooms]
        spoken = [path for room in rooms for path in [*room.rglob("*.py"), *room.rglob("*.toml")]]
        talk = " ".join(
            path.read_text(encoding="utf-8").lower().replace("_", " ").replace("-", "") for path in spoken
        )
        rows = [line.split("|")[1].strip() for line in chapter.splitlines()[4:] if line.startswith("| ")]
        words = [word.lower() for row in rows for word in re.split(r", | / ", row)]

        assert words
        assert [word for word in words if word.replace("-", "") not in talk] == []


@WIDE
def test_the_table_of_what_a_camera_sees_claims_no_more_than_it_found(
    docs_module: Callable[[str], ModuleType],
) -> None:
    def number(cell: str) -> float:
        return abs(float(re.sub(r"[^\d.-]", "", cell)))

    rows = [row for row in docs_module("eyes").observed() if row[2].startswith("yes")]

    assert len(rows) >= 10
    assert [row for row in rows if number(row[3]) > number(row[5]) or number(row[4]) > number(row[5])] == []
