"""A part of a runner's history as a condition that every database of ours understands."""

from collections.abc import Collection, Iterator

from triplane.history import Part

Condition = tuple[str, list[str]]


def condition_of(part: Part, runner: str) -> Condition:
    """Return what holds of the rows of a part, written with ``?``, and the values that it asks for.

    The first fact of all is read whatever it is, and one of the first day: the runner's mark follows from the
    one, when they began from the other.
    """
    found = [*_late(part), *_loud(part), *_last_before(part, runner)]
    known = f"kind IN ({_marks(part.since)})"
    for text, values in _whatever_its_date(part, runner):
        found.append((f"({text} AND {known})", [*values, *part.since]))
    found.append(("seq = (SELECT MIN(seq) FROM facts WHERE runner = ?)", [runner]))
    first_day = "(SELECT seq FROM facts WHERE runner = ? ORDER BY local_date, seq LIMIT 1)"
    found.append((f"seq = {first_day}", [runner]))
    return " OR ".join(text for text, _ in found), [value for _, values in found for value in values]


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" for _ in values)


def _late(part: Part) -> Iterator[Condition]:
    for day in dict.fromkeys(part.since.values()):
        kinds = [kind for kind, first in part.since.items() if first == day]
        held = f"kind IN ({_marks(kinds)})"
        yield (f"({held} AND local_date >= ?)", [*kinds, day.isoformat()]) if day else (held, kinds)


def _loud(part: Part) -> Iterator[Condition]:
    for kind, texts in part.loud.items():
        held = " OR ".join("body LIKE ?" for _ in texts)
        yield f"(kind = ? AND ({held}))", [kind, *(f"%{text}%" for text in texts)]


def _last_before(part: Part, runner: str) -> Iterator[Condition]:
    for kind, other in part.last_before.items():
        days = (
            "SELECT (SELECT MAX(one.local_date) FROM facts AS one WHERE one.runner = ? AND one.kind = ?"
            " AND one.local_date <= days.local_date AND one.id NOT IN"
            " (SELECT supersedes FROM facts WHERE runner = ? AND supersedes IS NOT NULL))"
            " FROM (SELECT DISTINCT local_date FROM facts WHERE runner = ? AND kind = ?) AS days"
        )
        yield f"(kind = ? AND local_date IN ({days}))", [kind, runner, kind, runner, runner, other]


def _whatever_its_date(part: Part, runner: str) -> Iterator[Condition]:
    yield "supersedes IS NOT NULL", []
    day = part.since.get(part.watched)
    if day is not None:
        first = "SELECT MIN(seq) FROM facts WHERE runner = ? AND kind = ? AND local_date >= ?"
        yield f"seq > ({first})", [runner, part.watched, day.isoformat()]
