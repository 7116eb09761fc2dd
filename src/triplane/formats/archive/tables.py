"""What lies beside the facts of an archive for whoever has a spreadsheet: a table for each kind.

Tables are written and never read back: the lines are the truth. A column says in one place what it is called,
what stands in it, and how it is told; the table in docs/formats.md and the words beside the tables follow.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from triplane.assessment import assess, find_test, is_known
from triplane.body import Side
from triplane.formats.cells import Cell, as_text
from triplane.history import (
    CheckinAnswered,
    DrillDone,
    Fact,
    Feeling,
    MeasurementTaken,
    PlanIssued,
    PlanItem,
    Prescription,
    RunRecorded,
    SessionLogged,
    Slot,
)


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what stands in it, and how that is told of what has a row."""

    name: str
    what: str
    cell: Callable[[Any], Cell]


def _one_row(body: Any) -> Iterable[Any]:
    return (body,)


@dataclass(frozen=True)
class Table:
    """One table: a row for each thing in one kind of fact, the columns of ``SHARED`` before its own."""

    name: str
    what: str
    kind: type
    own: tuple[Column, ...]
    rows: Callable[[Any], Iterable[Any]] = _one_row

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*SHARED, *self.own)


class _Line(NamedTuple):
    fact: Fact
    is_corrected: bool


SHARED = (
    Column("fact", "the id of its line in journal.jsonl", lambda line: line.fact.id),
    Column("date", "the runner's own date", lambda line: f"{line.fact.local_date}"),
    Column("at", "the instant, with its offset", lambda line: line.fact.occurred_at),
    Column("author", "who said it", lambda line: line.fact.author),
    Column(
        "corrected",
        "yes where a later fact corrects or takes it back: then it no longer speaks",
        lambda line: line.is_corrected,
    ),
)


def write_table(table: Table, facts: Sequence[Fact]) -> bytes:
    """Return a table as CSV in UTF-8: decimals with a point, times as ISO 8601, empty what is not known."""
    corrected = {fact.supersedes for fact in facts if fact.supersedes}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for fact in facts:
        if isinstance(fact.body, table.kind):
            shared = _told(SHARED, _Line(fact, fact.id in corrected))
            writer.writerows([*shared, *_told(table.own, one)] for one in table.rows(fact.body))
    return out.getvalue().encode("utf-8-sig")


def _told(columns: Iterable[Column], one: Any) -> list[str]:
    return [as_text(column.cell(one)) for column in columns]


@lru_cache(maxsize=4096)
def _judged(taken: MeasurementTaken) -> tuple[str, str, float | None]:
    """Return direction, unit and median; a test that is no longer in the battery says nothing."""
    if not is_known(taken.test):
        return "", "", None
    test = find_test(taken.test)
    return test.direction or "", test.unit, assess(taken).median


MEASUREMENTS = Table(
    "measurements.csv",
    "a row for each test on one side as it was taken",
    MeasurementTaken,
    (
        Column("test", "id of the test", lambda one: one.test),
        Column(
            "direction",
            "which way the hip moves; empty where the test is of none",
            lambda one: _judged(one)[0],
        ),
        Column("side", "left or right", lambda one: one.side),
        Column(
            "mode",
            "passive, or owned: without hands or help",
            lambda one: "owned" if one.active else "passive",
        ),
        Column("method", "how it was read", lambda one: one.method),
        Column("unit", "of value and readings", lambda one: _judged(one)[1]),
        Column("value", "the median of the readings; empty where they are void", lambda one: _judged(one)[2]),
        Column(
            "readings",
            "as read off, a space between them",
            lambda one: " ".join(f"{read:g}" for read in one.readings),
        ),
        Column("pain", "0 to 10", lambda one: one.pain),
        Column("end_feel", "what stopped the movement", lambda one: one.end_feel),
        Column("held_by", "who held", lambda one: one.held_by),
        Column("device", "what it was read with", lambda one: one.device),
    ),
)


class _Done(NamedTuple):
    log: SessionLogged
    drill: DrillDone | None


def _drills(log: SessionLogged) -> Iterator[_Done]:
    return (_Done(log, done) for done in log.drills or (None,))


def _of_drill(name: str, what: str, cell: Callable[[DrillDone], Cell]) -> Column:
    return Column(name, what, lambda one: None if one.drill is None else cell(one.drill))


def _felt(one: Feeling) -> str:
    return " ".join(str(part) for part in (one.region, one.side, one.kind, one.score) if part is not None)


SESSIONS = Table(
    "sessions.csv",
    "a row for each drill of a session as done; one row for a session without drills",
    SessionLogged,
    (
        Column("slot", "the planned session it answers", lambda one: one.log.slot),
        Column("plan", "the plan it answers", lambda one: one.log.plan),
        Column("session_minutes", "minutes of the whole session", lambda one: one.log.minutes),
        Column("effort", "0 to 10", lambda one: one.log.effort),
        _of_drill("drill", "id of the drill", lambda done: done.drill),
        _of_drill("side", "left or right; empty for both at once or by turns", lambda done: done.side),
        _of_drill("sets_done", "sets that were done", lambda done: done.sets_done),
        _of_drill("sets_asked", "sets that were asked", lambda done: done.sets_asked),
        _of_drill("clean_reps", "clean repetitions", lambda done: done.clean_reps),
        _of_drill("reps_asked", "repetitions that were asked", lambda done: done.reps_asked),
        _of_drill("work_s", "seconds of work", lambda done: done.work_s),
        _of_drill("load_kg", "weight that was held, in kilograms", lambda done: done.load_kg),
        _of_drill("discomfort", "0 to 10", lambda done: done.discomfort),
        _of_drill(
            "pain",
            "where, side, kind and 0 to 10; several with a semicolon between them",
            lambda done: "; ".join(map(_felt, done.pain)),
        ),
        _of_drill("signs", "stop signs, a space between them", lambda done: " ".join(done.signs)),
        _of_drill(
            "ended_early",
            "yes where it was stopped early or skipped",
            lambda done: done.stopped_early or done.skipped,
        ),
        _of_drill("too_much", "yes where it was too much", lambda done: done.too_much),
    ),
    _drills,
)


class _Morning(NamedTuple):
    told: CheckinAnswered
    sore: Feeling | None


def _sore_places(told: CheckinAnswered) -> Iterator[_Morning]:
    return (_Morning(told, sore) for sore in told.soreness or (None,))


def _of_place(name: str, what: str, cell: Callable[[Feeling], Cell]) -> Column:
    return Column(name, what, lambda one: None if one.sore is None else cell(one.sore))


CHECKINS = Table(
    "checkins.csv",
    "a row for each sore place of a morning; one row for a morning on which nothing was sore",
    CheckinAnswered,
    (
        Column("about", "the date it is about", lambda one: f"{one.told.about}"),
        _of_place("region", "where it is sore", lambda sore: sore.region),
        _of_place("side", "left or right", lambda sore: sore.side),
        _of_place("kind", "muscle, joint, tendon, nerve or cramp", lambda sore: sore.kind),
        _of_place("score", "0 to 10", lambda sore: sore.score),
        Column("course", "how it behaves in the warm-up", lambda one: one.told.course),
        Column("hours_since_onset", "hours since it began", lambda one: one.told.hours_since_onset),
        Column("note", "in the runner's words", lambda one: one.told.note),
    ),
    _sore_places,
)

RUNS = Table(
    "runs.csv",
    "a row for each run as it was recorded; one run from two files has two",
    RunRecorded,
    (
        Column("started_at", "its start", lambda run: run.started_at),
        Column("duration_s", "seconds", lambda run: run.duration_s),
        Column("distance_m", "metres", lambda run: run.distance_m),
        Column("ascent_m", "metres up", lambda run: run.ascent_m),
        Column("cadence_spm", "steps a minute, both feet", lambda run: run.cadence_spm),
        Column("heart_rate_bpm", "mean heart rate", lambda run: run.heart_rate_bpm),
        Column("power_w", "mean power", lambda run: run.power_w),
        Column(
            "kind", "easy, long, tempo, interval or race; empty where it was not told", lambda run: run.kind
        ),
        Column("key", "yes or no where the runner marked it", lambda run: run.key),
        Column("read_from", "the kind of file it came from", lambda run: run.read_from),
    ),
)


class _Planned(NamedTuple):
    plan: str
    week: str
    slot: Slot | None
    item: PlanItem


def _items(issued: PlanIssued) -> Iterator[_Planned]:
    plan = issued.plan
    slots = {slot.id: slot for slot in plan.slots}
    return (_Planned(plan.id, f"{plan.week}", slots.get(item.slot), item) for item in plan.items)


def _doses(side: Side) -> tuple[Column, ...]:
    def column(name: str, what: str, cell: Callable[[Prescription], Cell]) -> Column:
        def told(one: _Planned) -> Cell:
            dose = one.item.on(side)
            return None if dose is None else cell(dose)

        return Column(f"{side}_{name}", what, told)

    return (
        column("sets", f"sets on the {side}", lambda dose: dose.sets),
        column("reps", f"repetitions of a set on the {side}; empty for holds", lambda dose: dose.reps),
        column("hold_s", f"seconds of a hold on the {side}", lambda dose: dose.hold_s),
        column("work_s", f"seconds of work on the {side}", lambda dose: dose.work_s),
    )


PLANS = Table(
    "plans.csv",
    "a row for each drill of each plan as it was issued then; nothing to do now",
    PlanIssued,
    (
        Column("plan", "id of the plan", lambda one: one.plan),
        Column("week", "its Monday", lambda one: one.week),
        Column("slot", "id of the session", lambda one: one.item.slot),
        Column(
            "starts_at", "when the session was to begin", lambda one: one.slot.starts_at if one.slot else None
        ),
        Column("context", "what it lies beside", lambda one: one.slot.context if one.slot else None),
        Column("drill", "id of the drill", lambda one: one.item.drill),
        Column("order", "its place in the session", lambda one: one.item.order),
        Column("minutes", "what it takes, both sides together", lambda one: one.item.minutes),
        *_doses(Side.LEFT),
        *_doses(Side.RIGHT),
        Column("load_kg", "weight to hold, in kilograms", lambda one: one.item.load_kg),
        Column("how", "what safety changed about it", lambda one: "; ".join(one.item.how)),
        Column("reason", "the first reason it was there for", lambda one: one.item.reasons[0].says),
    ),
    _items,
)

TABLES = (MEASUREMENTS, SESSIONS, CHECKINS, RUNS, PLANS)


def described(tables: Iterable[Table] = TABLES) -> Iterator[str]:
    """Yield what the tables and their columns hold, a line each, for who opens the archive without us."""
    for table in tables:
        yield f"{table.name}: {table.what}."
        yield from (f"    {column.name}: {column.what}" for column in table.columns)
        yield ""
