"""A group of a coach's runners as one file: the coach's table, and of each runner two dates compared.

It holds what the coach is shown on those two pages and nothing else of anybody's record.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from triplane.coach import Comparison, ReadingPair, RunnersLine, Side, Stage, fact_in_words
from triplane.formats.cells import Cell, as_text
from triplane.value import Value

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

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


class RunnersPart(Value):
    """One runner as they are written: all that can fail has been done."""

    label: str
    cells: Row
    page: bytes
    table: bytes


def part_of(one: RunnerTaken) -> RunnersPart:
    """Return one runner as they are written into the file."""
    table = _csv(COMPARED, _compared(one.compared))
    return RunnersPart(label=one.label, cells=_cells(one), page=one.page.encode(), table=table)


class GroupFile:
    """The file as it is made: each call returns the bytes that come next, to be sent on as they are.

    Each runner is written and then let go: of all only their lines of the table are held.
    """

    def __init__(self, made_at: datetime) -> None:
        self._made_at = made_at
        self._out = _Passing()
        self._packed = ZipFile(self._out, "w", ZIP_DEFLATED)
        self._rows: list[Row] = []

    def begin(self, about: str) -> bytes:
        """Write first what the file is and whom it is for, in words."""
        self._put("read-me.txt", about.encode())
        return self._out.taken()

    def add(self, one: RunnersPart) -> bytes:
        """Write one runner."""
        name = file_name(len(self._rows) + 1, one.label)
        self._rows.append((*one.cells, name))
        self._put(f"{name}.html", one.page)
        self._put(f"{name}.csv", one.table)
        return self._out.taken()

    def end(self, left_out: str = "") -> bytes:
        """Write the table and the list of what is inside; ``left_out`` says in words who is not, and why."""
        if left_out:
            self._put("left-out.txt", left_out.encode())
        self._put("table.csv", _csv(TABLE, self._rows))
        self._packed.close()
        return self._out.taken()

    def _put(self, name: str, content: bytes) -> None:
        inside = ZipInfo(name, self._made_at.timetuple()[:6])
        inside.compress_type = ZIP_DEFLATED
        self._packed.writestr(inside, content)


class _Passing(io.RawIOBase):
    """Holds what was written until it is taken; nobody goes back in it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, written: "ReadableBuffer", /) -> int:
        self._held += written
        return len(memoryview(written))

    def taken(self) -> bytes:
        """Return what was written since this was last asked."""
        held, self._held = bytes(self._held), bytearray()
        return held


def file_name(number: int, label: str) -> str:
    """Return a name that any file system takes and no two runners share: a number, then letters."""
    letters = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", label)).strip("-_")[:LONGEST]
    return f"{number:03}-{letters or 'runner'}"


def _csv(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cells(one: RunnerTaken) -> Row:
    """Return a runner's cells of the table, but for the name of their files."""
    line = one.line
    calls = "; ".join(f"{call.need}: {', '.join(call.of)}" if call.of else call.need for call in line.calls)
    limited = "; ".join(f"{at.direction.plain_name} {at.side}" for at in line.petals if at.is_limited)
    return (
        *(one.label, one.group, calls, limited, line.planned, line.done),
        *(line.planned_min, line.done_min, line.told_on, one.compared.before, one.compared.after),
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
