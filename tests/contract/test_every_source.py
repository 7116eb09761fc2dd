"""Nothing cites a source that is not there, no source is orphaned, none stands there twice."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import triplane
from triplane.evidence import backgrounds, rule, rules, source, sources

SRC = Path(triplane.__file__).parent
BIBLIOGRAPHY = SRC / "evidence" / "sources"
DATA = sorted(path for path in SRC.rglob("*.toml") if BIBLIOGRAPHY not in path.parents)
CODE = sorted(SRC.rglob("*.py"))
YEAR_KEY = re.compile(r"\b[a-z][a-z_]*_(?:19|20)\d\d(?:_[a-z]+)?\b")
CITING = {"source", "sources", "sd_source", "note_sources", "differences_source"}


def cited_in(value: object, field: str = "") -> Iterator[str]:
    """Yield every key that a data file cites: ``source``, ``sources`` and the ``key`` of a source table."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "key" and isinstance(inner, str) and field in CITING:
                yield inner
            elif not (field in CITING and name != "key"):
                yield from cited_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from cited_in(inner, field)
    elif isinstance(value, str) and field in CITING:
        yield value


def cited_in_code(text: str) -> Iterator[str]:
    """Yield the keys that python cites: ``source=``/``sources=`` arguments and author_year words."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and node.arg in CITING:
            for inner in ast.walk(node.value):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield inner.value
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from YEAR_KEY.findall(node.value)


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(SRC)))
def test_a_data_file_cites_only_sources_that_are_there(path: Path) -> None:
    cited = set(cited_in(tomllib.loads(path.read_text(encoding="utf-8"))))

    assert cited <= set(sources())


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(SRC)))
def test_code_cites_only_sources_that_are_there(path: Path) -> None:
    cited = set(cited_in_code(path.read_text(encoding="utf-8")))

    assert cited <= set(sources())


def test_no_source_is_orphaned() -> None:
    words: set[str] = set()
    for path in DATA + CODE:
        words |= set(re.findall(r"[a-z][a-z0-9_]*", path.read_text(encoding="utf-8")))

    assert set(sources()) - words == set()


def test_no_source_stands_there_twice() -> None:
    seen: dict[str, str] = {}
    for key, entry in sources().items():
        marks = re.findall(r"10\.\d{4,}/[^\s;,]+|PMC\d+|PMID \d+", entry.where)
        for mark in [*marks, f"{entry.title} {entry.authors}".casefold()]:
            assert seen.setdefault(mark, key) == key, f"{key} and {seen[mark]} are the same source"


def test_every_source_names_what_is_known_and_where() -> None:
    for entry in sources().values():
        assert entry.note.endswith("."), entry.id
        if re.search(r"_(19|20)\d\d(_|$)", entry.id):
            assert entry.year is not None and str(entry.year) in entry.id, entry.id


def test_the_rule_book_has_every_rule_and_each_rule_has_its_ground() -> None:
    articles = {f"R{number:02}" for number in range(1, 31)}
    written = set(rules())

    assert articles <= written
    assert {"E01", "E12", "E20", "E44", "E52", "E63", "E76", "E85"} <= written
    for entry in [*rules().values(), *backgrounds().values()]:
        for key in entry.sources:
            assert source(key).id == key
    assert {rule(rule_id).id for rule_id in written} == written
