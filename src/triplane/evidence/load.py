"""Read the bibliography and the rule book, once."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from triplane.datafile import folder, read_folder, read_one
from triplane.errors import DataFileError, Problem, UnknownName
from triplane.evidence.reason import Reason
from triplane.evidence.rule import Background, BackgroundChapter, Chapter, Rule
from triplane.evidence.source import Source

_ROOM = "triplane.evidence"
Entry = TypeVar("Entry", Rule, Background)


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Return the whole bibliography by key."""
    return read_folder(folder(_ROOM, "sources"), Source)


@lru_cache(maxsize=512)
def source(key: str) -> Source:
    """Return one source.

    Raises
    ------
    UnknownName
        When there is no such key; names the nearest ones.
    """
    return read_one(folder(_ROOM, "sources"), key, Source, "source")


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Return the rule book by rule id, in the order of its chapters."""
    chapters = read_folder(folder(_ROOM, "rules"), Chapter)
    return _by_id((name, entry) for name, chapter in chapters.items() for entry in chapter.rule)


@lru_cache(maxsize=1)
def backgrounds() -> dict[str, Background]:
    """Return what was found that shapes our numbers and words, by id."""
    chapters = read_folder(folder(_ROOM, "background"), BackgroundChapter)
    return _by_id((name, entry) for name, chapter in chapters.items() for entry in chapter.background)


def rule(rule_id: str) -> Rule:
    """Return one rule of the book.

    Raises
    ------
    UnknownName
        When the book has no such rule.
    """
    try:
        return rules()[rule_id]
    except KeyError:
        raise UnknownName("rule", rule_id, list(rules())) from None


def reason(rule_id: str, says: str) -> Reason:
    """Return a reason in these words, with sources and strength filled in from the rule book."""
    ground = rule(rule_id)
    return Reason(rule=ground.id, says=says, sources=ground.sources, strength=ground.strength)


def _by_id(entries: Iterable[tuple[str, Entry]]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    problems = []
    for chapter, entry in entries:
        if entry.id in found:
            problems.append(Problem(f"{chapter}.toml", "id", entry.id, "stands in the book twice"))
        found[entry.id] = entry
    if problems:
        raise DataFileError(problems)
    return found
