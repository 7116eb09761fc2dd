"""What the lint rules look at: every drill that could be read, its text, and the known sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triplane.catalogue.drill import Drill


def drill_file(stem: str) -> str:
    """Return the file name of a drill."""
    return f"{stem}.toml"


@dataclass(frozen=True)
class Book:
    """Drills and texts by file stem, and the keys of the bibliography."""

    drills: Mapping[str, Drill]
    texts: Mapping[str, str]
    sources: frozenset[str]

    def files(self) -> Iterator[tuple[str, Drill]]:
        """Yield the file name and the drill of every file."""
        for stem, drill in self.drills.items():
            yield drill_file(stem), drill


def sentences(drill: Drill) -> Iterator[tuple[str, str]]:
    """Yield every sentence that is said to the runner, with its place in the file."""
    for field in ("setup", "steps", "cues", "stop"):
        for number, sentence in enumerate(getattr(drill, field)):
            yield f"{field}.{number}", sentence
    yield "feel", drill.feel
    for number, fault in enumerate(drill.fault):
        yield f"fault.{number}.happens", fault.happens
        yield f"fault.{number}.say", fault.say
    for field in ("easier", "harder"):
        for number, link in enumerate(getattr(drill, field)):
            if link.say:
                yield f"{field}.{number}.say", link.say


def remarks(drill: Drill) -> Iterator[tuple[str, str]]:
    """Yield what is said beside the drill, where numbers are at home: restrictions and the dose."""
    for number, entry in enumerate(drill.restriction):
        if entry.how:
            yield f"restriction.{number}.how", entry.how
    if drill.dose.note:
        yield "dose.note", drill.dose.note
