"""How it goes: range with error and verdict, minutes by direction and stage, soreness, running load."""

from datetime import date, datetime, timedelta

from triplane import assessment, planning
from triplane.assessment import RangeChange, Refusal, Series
from triplane.body import Direction, Side
from triplane.catalogue import ExposureKind, Stage, find
from triplane.coach.felt import FeltOn, felt_on
from triplane.history import (
    DrillDone,
    History,
    MeasurementTaken,
    Method,
    SessionLogged,
    monday_of,
)
from triplane.value import Value

WEEKS = 12
"""How far back progress looks. Ours: three cycles of four weeks."""


class RangeLine(Value):
    """One trend line of one test, side and mode by one method, and what its change is worth."""

    series: Series
    change: RangeChange

    @property
    def name(self) -> str:
        """What the test is called."""
        return assessment.find_test(self.series.test).name

    @property
    def plain_name(self) -> str:
        """What the test is called where a runner reads."""
        return assessment.find_test(self.series.test).plain_name


class MinutesDone(Value):
    """End-range and working minutes of one week, by direction and side, and all work by stage."""

    monday: date
    sessions: int
    by_direction: dict[Direction, dict[Side, float]]
    by_stage: dict[int, float]


class RunningWeek(Value):
    """What was run in one week; kilometres only where they are known."""

    monday: date
    runs: int
    minutes: float
    km: float


class Progress(Value):
    """Everything measured, done and felt lately, oldest first."""

    lines: tuple[RangeLine, ...]
    refusals: tuple[Refusal, ...]
    minutes: tuple[MinutesDone, ...]
    felt: tuple[FeltOn, ...]
    running: tuple[RunningWeek, ...]


def progress(history: History, now: datetime, weeks: int = WEEKS) -> Progress:
    """Return how the last weeks went. Nothing in it is an injury prediction.

    Parameters
    ----------
    weeks : how many weeks back minutes, soreness and running go (1 to 104); range lines go back
        to the first reading.
    """
    known = history.until(now)
    first = monday_of(now.date()) - timedelta(weeks=weeks - 1)
    lines, refusals = _range_lines(known)
    return Progress(
        lines=lines,
        refusals=refusals,
        minutes=_minutes(known, first, weeks),
        felt=_felt(known, first),
        running=tuple(
            RunningWeek(monday=week.monday, runs=week.runs, minutes=week.minutes, km=week.km)
            for week in planning.weeks_of_running(known, now, weeks)
        ),
    )


def _range_lines(history: History) -> tuple[tuple[RangeLine, ...], tuple[Refusal, ...]]:
    """Draw one line for each method: methods never mix."""
    taken = [body for _, body in history.all(MeasurementTaken)]
    keys = dict.fromkeys((m.test, m.side, m.active, m.method) for m in taken)
    lines, refusals = [], []
    for test, side, active, method in keys:
        found = assessment.series(history, test, side, active, method)
        if isinstance(found, Refusal):
            refusals.append(found)
        elif found.points:
            lines.append(RangeLine(series=found, change=assessment.change(found)))
    return tuple(lines), tuple(refusals)


def range_line(history: History, test: str, side: Side, active: bool, method: Method) -> RangeLine | None:
    """Return the trend line of one test, side and mode by one method, or nothing without a valid reading."""
    found = assessment.series(history, test, side, active, method)
    if isinstance(found, Refusal) or not found.points:
        return None
    return RangeLine(series=found, change=assessment.change(found))


def _minutes(history: History, first: date, weeks: int) -> tuple[MinutesDone, ...]:
    mondays = [first + timedelta(weeks=number) for number in range(weeks)]
    directions = {monday: {d: dict.fromkeys(Side, 0.0) for d in Direction} for monday in mondays}
    stages = {monday: dict.fromkeys((int(stage) for stage in Stage), 0.0) for monday in mondays}
    sessions = dict.fromkeys(mondays, 0)
    for fact, session in history.all(SessionLogged):
        monday = monday_of(fact.local_date)
        if monday not in sessions:
            continue
        sessions[monday] += 1
        for done in session.drills:
            add_minutes(done, directions[monday], stages[monday])
    return tuple(
        MinutesDone(
            monday=monday, sessions=sessions[monday], by_direction=directions[monday], by_stage=stages[monday]
        )
        for monday in mondays
    )


def add_minutes(
    done: DrillDone, directions: dict[Direction, dict[Side, float]], stages: dict[int, float]
) -> None:
    """Add the minutes of a drill that was done to those of its directions and its stage."""
    drill = find(done.drill)
    if drill is None:
        return
    minutes = done.work_s / 60
    worked = (done.side,) if done.side else tuple(Side)
    stages[int(drill.stage)] += minutes * len(worked)
    for exposure in drill.exposure:
        if exposure.primary and exposure.kind is not ExposureKind.WORK:
            for side in worked:
                directions[exposure.direction][exposure.leg.on(side)] += minutes * exposure.share


def _felt(history: History, first: date) -> tuple[FeltOn, ...]:
    """Return each morning, and each session and test in which something was felt."""
    return tuple(one for one in felt_on(history) if one.day >= first and (one.is_morning or one.felt))
