"""What lies beside the facts of an archive for whoever has a spreadsheet: a table for each kind.

Tables are written and never read back: the lines are the truth. Which columns there are is data, from which
the table in docs/formats.md and the words beside the tables are made.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from triplane.assessment import assess, find_test, is_known
from triplane.history import (
    CheckinAnswered,
    DrillDone,
    Fact,
    Feeling,
    MeasurementTaken,
    PlanIssued,
    Prescription,
    RunRecorded,
    SessionLogged,
)

Cell = str | int | float | bool | datetime | None
Rows = Callable[[Fact], Iterator[tuple[Cell, ...]]]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Letters with which a spreadsheet takes words for something to reckon."""


@dataclass(frozen=True)
class Column:
    """One column: what it is called, and what stands in it."""

    name: str
    what: str


@dataclass(frozen=True)
class Table:
    """One table: a row for each thing of one kind of fact, the columns of ``SHARED`` before its own."""

    name: str
    what: str
    kind: type
    own: tuple[Column, ...]
    rows: Rows

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*SHARED, *self.own)


def columns(**told: str) -> tuple[Column, ...]:
    """Return columns in order, each with what stands in it."""
    return tuple(Column(name, what) for name, what in told.items())


SHARED = columns(
    fact="the id of its line in journal.jsonl",
    date="the runner's own date",
    at="the instant, with its offset",
    author="who said it",
    corrected="yes where a later fact corrects or takes it back: then it no longer speaks",
)


def write_table(table: Table, facts: Sequence[Fact]) -> bytes:
    """Return a table as CSV in UTF-8: decimals with a point, times as ISO 8601, empty what is not known."""
    corrected = {fact.supersedes for fact in facts if fact.supersedes}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for fact in facts:
        if isinstance(fact.body, table.kind):
            shared = (fact.id, f"{fact.local_date}", fact.occurred_at, fact.author, fact.id in corrected)
            writer.writerows([_cell(cell) for cell in (*shared, *own)] for own in table.rows(fact))
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str:
    """Return a cell as text; words never begin as a formula does."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    return f"{cell:.10g}" if isinstance(cell, float) else f"{cell}"


def _measured(fact: Fact) -> Iterator[tuple[Cell, ...]]:
    taken = fact.body
    assert isinstance(taken, MeasurementTaken)
    direction, unit, value = _judged(taken)
    yield (
        *(taken.test, direction, taken.side, "owned" if taken.active else "passive", taken.method, unit),
        *(value, " ".join(f"{one:g}" for one in taken.readings), taken.pain, taken.end_feel),
        *(taken.held_by, taken.device),
    )


@lru_cache(maxsize=4096)
def _judged(taken: MeasurementTaken) -> tuple[str, str, float | None]:
    """Return direction, unit and median; a test that is no longer in the battery says nothing."""
    if not is_known(taken.test):
        return "", "", None
    test = find_test(taken.test)
    return test.direction or "", test.unit, assess(taken).median


def _session(fact: Fact) -> Iterator[tuple[Cell, ...]]:
    log = fact.body
    assert isinstance(log, SessionLogged)
    for done in log.drills or (None,):
        yield (log.slot, log.plan, log.minutes, log.effort, *_done(done))


def _done(done: DrillDone | None) -> tuple[Cell, ...]:
    if done is None:
        return (None,) * 13
    return (
        *(done.drill, done.side, done.sets_done, done.sets_asked, done.clean_reps, done.reps_asked),
        *(done.work_s, done.load_kg, done.discomfort, "; ".join(map(_felt, done.pain))),
        *(" ".join(done.signs), done.stopped_early or done.skipped, done.too_much),
    )


def _felt(one: Feeling) -> str:
    return " ".join(str(part) for part in (one.region, one.side, one.kind, one.score) if part is not None)


def _morning(fact: Fact) -> Iterator[tuple[Cell, ...]]:
    told = fact.body
    assert isinstance(told, CheckinAnswered)
    for sore in told.soreness or (None,):
        felt = (sore.region, sore.side, sore.kind, sore.score) if sore else (None,) * 4
        yield (f"{told.about}", *felt, told.course, told.hours_since_onset, told.note)


def _run(fact: Fact) -> Iterator[tuple[Cell, ...]]:
    run = fact.body
    assert isinstance(run, RunRecorded)
    yield (
        *(run.started_at, run.duration_s, run.distance_m, run.ascent_m, run.cadence_spm),
        *(run.heart_rate_bpm, run.power_w, run.kind, run.key, run.read_from),
    )


def _planned(fact: Fact) -> Iterator[tuple[Cell, ...]]:
    issued = fact.body
    assert isinstance(issued, PlanIssued)
    plan = issued.plan
    slots = {slot.id: slot for slot in plan.slots}
    for item in plan.items:
        slot = slots.get(item.slot)
        yield (
            *(
                plan.id,
                f"{plan.week}",
                item.slot,
                slot.starts_at if slot else None,
                slot.context if slot else None,
            ),
            *(item.drill, item.order, item.minutes, *_dose(item.left), *_dose(item.right)),
            *(item.load_kg, "; ".join(item.how), item.reasons[0].says),
        )


def _dose(one: Prescription | None) -> tuple[Cell, ...]:
    return (None,) * 4 if one is None else (one.sets, one.reps, one.hold_s, one.work_s)


TABLES: tuple[Table, ...] = (
    Table(
        "measurements.csv",
        "a row for each test on one side as it was taken",
        MeasurementTaken,
        columns(
            test="id of the test",
            direction="which way the hip moves; empty where the test is of none",
            side="left or right",
            mode="passive, or owned: without hands or help",
            method="how it was read",
            unit="of value and readings",
            value="the median of the readings; empty where they are void",
            readings="as read off, a space between them",
            pain="0 to 10",
            end_feel="what stopped the movement",
            held_by="who held",
            device="what it was read with",
        ),
        _measured,
    ),
    Table(
        "sessions.csv",
        "a row for each drill of a session as done; one row for a session without drills",
        SessionLogged,
        columns(
            slot="the planned session it answers",
            plan="the plan it answers",
            session_minutes="minutes of the whole session",
            effort="0 to 10",
            drill="id of the drill",
            side="left or right; empty for both at once or by turns",
            sets_done="sets that were done",
            sets_asked="sets that were asked",
            clean_reps="clean repetitions",
            reps_asked="repetitions that were asked",
            work_s="seconds of work",
            load_kg="weight that was held, in kilograms",
            discomfort="0 to 10",
            pain="where, side, kind and 0 to 10; several with a semicolon between them",
            signs="stop signs, a space between them",
            ended_early="yes where it was stopped early or skipped",
            too_much="yes where it was too much",
        ),
        _session,
    ),
    Table(
        "checkins.csv",
        "a row for each sore place of a morning; one row for a morning on which nothing was sore",
        CheckinAnswered,
        columns(
            about="the date it is about",
            region="where it is sore",
            side="left or right",
            kind="muscle, joint, tendon, nerve or cramp",
            score="0 to 10",
            course="how it behaves in the warm-up",
            hours_since_onset="hours since it began",
            note="in the runner's words",
        ),
        _morning,
    ),
    Table(
        "runs.csv",
        "a row for each run as it was recorded; one run from two files has two",
        RunRecorded,
        columns(
            started_at="its start",
            duration_s="seconds",
            distance_m="metres",
            ascent_m="metres up",
            cadence_spm="steps a minute, both feet",
            heart_rate_bpm="mean heart rate",
            power_w="mean power",
            kind="easy, long, tempo, interval or race; empty where it was not told",
            key="yes or no where the runner marked it",
            read_from="the kind of file it came from",
        ),
        _run,
    ),
    Table(
        "plans.csv",
        "a row for each drill of each plan as it was issued then; nothing to do now",
        PlanIssued,
        columns(
            plan="id of the plan",
            week="its Monday",
            slot="id of the session",
            starts_at="when the session was to begin",
            context="what it lies beside",
            drill="id of the drill",
            order="its place in the session",
            minutes="what it takes, both sides together",
            left_sets="sets on the left",
            left_reps="repetitions of a set on the left; empty for holds",
            left_hold_s="seconds of a hold on the left",
            left_work_s="seconds of work on the left",
            right_sets="sets on the right",
            right_reps="repetitions of a set on the right; empty for holds",
            right_hold_s="seconds of a hold on the right",
            right_work_s="seconds of work on the right",
            load_kg="weight to hold, in kilograms",
            how="what safety changed about it",
            reason="the first reason it was there for",
        ),
        _planned,
    ),
)


def described(tables: Iterable[Table] = TABLES) -> Iterator[str]:
    """Yield what the tables and their columns hold, a line each, for who opens the archive without us."""
    for table in tables:
        yield f"{table.name}: {table.what}."
        yield from (f"    {column.name}: {column.what}" for column in table.columns)
        yield ""
