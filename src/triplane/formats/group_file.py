"""A group of a coach's runners as one file: the coach's table, and of each runner two dates compared.

It holds what the coach is shown on those two pages and nothing else of anybody's record.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from triplane.coach import Comparison, ReadingPair, RunnersLine, Side, Stage, fact_in_words
from triplane.formats.cells import Cell, as_text
from triplane.value import Value

LONGEST = 40
"""Letters of a runner's name in the name of a file: a file system takes 255 bytes."""

TABLE = (
    *("runner", "group", "calls", "limited", "sessions_planned", "sessions_done"),
    *("minutes_planned", "minutes_done", "told_on", "compared_from", "compared_to", "file"),
)
COMPARED = (
    *("part", "what", "side", "how", "unit", "before_on", "before", "after_on", "after"),
    *("change", "real_from", "certainty", "days"),
)

Row = tuple[Cell, ...]


class RunnerTaken(Value):
    """One runner in the file; ``label`` and ``group`` are the coach's words, ``page`` is to print."""

    label: str
    group: str
    line: RunnersLine
    compared: Comparison
    page: str


def write_group(runners: Iterable[RunnerTaken], about: str, made_at: datetime) -> bytes:
    """Return the file; ``about`` says in words what it is and whom it is for.

    Each runner is written as they come and then let go: of all only their lines of the table are held.
    """
    out = io.BytesIO()
    rows: list[Row] = []
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        _put(packed, "read-me.txt", about.encode(), made_at)
        for number, one in enumerate(runners, start=1):
            name = file_name(number, one.label)
            rows.append(_line(one, name))
            _put(packed, f"{name}.html", one.page.encode(), made_at)
            _put(packed, f"{name}.csv", _csv(COMPARED, _compared(one.compared)), made_at)
        _put(packed, "table.csv", _csv(TABLE, rows), made_at)
    return out.getvalue()


def file_name(number: int, label: str) -> str:
    """Return a name that any file system takes and no two runners share: a number, then letters."""
    letters = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", label)).strip("-_")[:LONGEST]
    return f"{number:03}-{letters or 'runner'}"


def _put(packed: ZipFile, name: str, content: bytes, made_at: datetime) -> None:
    inside = ZipInfo(name, made_at.timetuple()[:6])
    inside.compress_type = ZIP_DEFLATED
    packed.writestr(inside, content)


def _csv(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _line(one: RunnerTaken, name: str) -> Row:
    line = one.line
    calls = "; ".join(f"{call.need}: {', '.join(call.of)}" if call.of else call.need for call in line.calls)
    limited = "; ".join(f"{at.direction.plain_name} {at.side}" for at in line.petals if at.is_limited)
    return (
        *(one.label, one.group, calls, limited, line.planned, line.done),
        *(line.planned_min, line.done_min, line.told_on, one.compared.before, one.compared.after, name),
    )


def _compared(found: Comparison) -> Iterator[Row]:
    """Yield all that a comparison says, each row of a part with what it has."""
    for pair in found.pairs:
        yield _pair(pair)
    yield _row("done", "sessions", after=found.sessions)
    for stage, minutes in found.by_stage.items():
        yield _row("done", Stage(stage).name.lower(), unit="min", after=round(minutes, 1))
    for direction, sides in found.by_direction.items():
        for side in Side:
            if sides[side]:
                minutes = round(sides[side], 1)
                yield _row("end range", direction.plain_name, side, unit="min", after=minutes)
    yield _row("felt", "mornings told", after=found.mornings)
    for felt in found.felt:
        region, kind = felt.worst.region, str(felt.worst.kind).replace("_", " ")
        where = region.plain_name if region else ""
        worst: dict[str, Cell] = {"after_on": felt.last_on, "after": felt.worst.score, "days": felt.days}
        yield _row("felt", where, felt.worst.side, kind, unit="of 10", **worst)
    for fact in found.decided:
        yield _row("decided", fact_in_words(fact), how=fact.reason, after_on=fact.local_date)


def _pair(pair: ReadingPair) -> Row:
    line, before, change = pair.series, pair.before, pair.change
    return _row(
        "range",
        f"{pair.name}, owned" if line.active else pair.name,
        line.side,
        str(line.method or "").replace("_", " "),
        unit=line.unit,
        before_on=before.on if before else None,
        before=before.value if before else None,
        after_on=pair.after.on,
        after=pair.after.value,
        change=change.delta if change else None,
        real_from=change.mdc if change else None,
        certainty=change.certainty if change else None,
    )


def _row(part: str, what: str, side: Cell = None, how: Cell = None, **told: Cell) -> Row:
    known: dict[str, Cell] = {"part": part, "what": what, "side": side, "how": how, **told}
    return tuple(known.get(name) for name in COMPARED)
