"""Before and after: what is known on two dates, what the change is worth, and what lies between."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from triplane import assessment
from triplane.assessment import Point, RangeChange, Refusal, Series
from triplane.body import Direction, Side
from triplane.catalogue import Stage
from triplane.coach.felt import Felt, FeltOn, felt_on
from triplane.coach.progressing import add_minutes
from triplane.errors import UserError
from triplane.history import (
    ClearanceRecorded,
    Fact,
    History,
    MeasurementTaken,
    RestrictionTightened,
    SessionLogged,
)
from triplane.value import Value

USUAL_SPAN = timedelta(weeks=12)
"""How far apart two dates lie that nobody chose. Ours: as far as progress looks back."""


class PairState(StrEnum):
    """What two dates say of one test: read by both, not read again since the first, or first read since."""

    COMPARED = "compared"
    UNCHANGED_SINCE = "unchanged since"
    NEW = "new"


class ReadingPair(Value):
    """One test, side and mode by one method: the newest reading on each date, and what the change is worth.

    A reading may be older than its date; ``before`` is missing where there was none yet, ``change`` where
    nothing was read anew in between.
    """

    series: Series
    before: Point | None
    after: Point
    change: RangeChange | None

    @property
    def state(self) -> PairState:
        """What the two dates say of it."""
        if self.before is None:
            return PairState.NEW
        return PairState.COMPARED if self.after.at > self.before.at else PairState.UNCHANGED_SINCE

    @property
    def name(self) -> str:
        """What the test is called."""
        return assessment.find_test(self.series.test).name

    @property
    def plain_name(self) -> str:
        """What the test is called where a runner reads."""
        return assessment.find_test(self.series.test).plain_name


class FeltBetween(Value):
    """One thing that was felt in between: on how many days, how bad at most, and when last.

    ``worst`` is that thing with its highest score, which is missing where no score was given.
    """

    worst: Felt
    days: int
    last_on: date


class Comparison(Value):
    """Two dates, what was read by each, and what was done, felt and decided after the first up to the second.

    Minutes by stage are those of both sides, as progress counts them.
    """

    before: date
    after: date
    pairs: tuple[ReadingPair, ...]
    sessions: int
    by_stage: dict[int, float]
    by_direction: dict[Direction, dict[Side, float]]
    mornings: int
    felt: tuple[FeltBetween, ...]
    decided: tuple[Fact, ...]


def compare(history: History, before: date, after: date, now: datetime) -> Comparison:
    """Return what changed between two dates. No drill stands in it, and nothing predicts an injury.

    A change is judged by one method alone, first reading against last (rules B03 and B04).

    Raises
    ------
    UserError
        When the dates are the wrong way round, or the second is still to come.
    """
    check_dates(before, after, now)
    known = history.until(now)
    between = [fact for fact in _counted(known) if before < fact.local_date <= after]
    felt = [one for one in felt_on(known) if before < one.day <= after]
    directions = {direction: dict.fromkeys(Side, 0.0) for direction in Direction}
    stages = {int(stage): 0.0 for stage in Stage}
    sessions = [fact.body for fact in between if isinstance(fact.body, SessionLogged)]
    for done in (done for session in sessions for done in session.drills):
        add_minutes(done, directions, stages)
    return Comparison(
        before=before,
        after=after,
        pairs=tuple(sorted(_pairs(known, before, after), key=_place)),
        sessions=len(sessions),
        by_stage=stages,
        by_direction=directions,
        mornings=len({one.day for one in felt if one.is_morning}),
        felt=_worst_of_each(felt),
        decided=tuple(
            fact
            for fact in sorted(between, key=lambda fact: (fact.occurred_at, fact.seq))
            if isinstance(fact.body, ClearanceRecorded | RestrictionTightened)
        ),
    )


def check_dates(before: date, after: date, now: datetime) -> None:
    """Stop where two dates cannot be compared.

    Raises
    ------
    UserError
        When they are the wrong way round, or the second is still to come.
    """
    if before >= after:
        raise UserError("the first date lies before the second", field="before")
    if after > now.date():
        raise UserError("that date is still to come; choose today or an earlier one", field="after")


def usual_dates(history: History, now: datetime) -> tuple[date, date]:
    """Return two dates to begin with: today, and the first day on which anything was measured lately."""
    first, today = usual_span(now)
    measured = [fact.local_date for fact in history.until(now).facts_of(MeasurementTaken)]
    return min((day for day in measured if first <= day < today), default=first), today


def usual_span(now: datetime) -> tuple[date, date]:
    """Return two dates to begin with for several runners: today, and as far back as progress looks."""
    return now.date() - USUAL_SPAN, now.date()


def _counted(history: History) -> Iterator[Fact]:
    for kind in (SessionLogged, ClearanceRecorded, RestrictionTightened):
        yield from history.facts_of(kind)


def _pairs(history: History, before: date, after: date) -> Iterator[ReadingPair]:
    taken = [body for _, body in history.all(MeasurementTaken)]
    for test, side, active, method in dict.fromkeys((m.test, m.side, m.active, m.method) for m in taken):
        line = assessment.series(history, test, side, active, method)
        if isinstance(line, Refusal):
            continue
        earlier = [point for point in line.points if point.on <= before]
        later = [point for point in line.points if before < point.on <= after]
        if earlier and later:
            two = line.model_copy(update={"points": (earlier[-1], later[-1])})
            change = assessment.change(two)
            yield ReadingPair(series=line, before=earlier[-1], after=later[-1], change=change)
        elif earlier or later:
            newest = (earlier + later)[-1]
            first = earlier[-1] if earlier else None
            yield ReadingPair(series=line, before=first, after=newest, change=None)


def _place(pair: ReadingPair) -> tuple[object, ...]:
    """Order pairs as a hip is looked at: direction by direction, then what has none, left before right."""
    protocol, line = assessment.find_test(pair.series.test), pair.series
    order = list(Direction).index(protocol.direction) if protocol.direction else len(Direction)
    return order, protocol.name, line.active, str(line.method), list(Side).index(line.side)


def _worst_of_each(between: list[FeltOn]) -> tuple[FeltBetween, ...]:
    """Gather what was felt by what it was and where, the worst first."""
    found: dict[Felt, list[tuple[date, Felt]]] = {}
    for told in between:
        for one in told.felt:
            if one.score != 0:
                alike = one.model_copy(update={"score": None})
                found.setdefault(alike, []).append((told.day, one))
    gathered = (
        FeltBetween(
            worst=max((one for _, one in felt), key=lambda one: one.score or 0),
            days=len({day for day, _ in felt}),
            last_on=max(day for day, _ in felt),
        )
        for felt in found.values()
    )
    return tuple(sorted(gathered, key=_how_bad))


def _how_bad(one: FeltBetween) -> tuple[object, ...]:
    return -(one.worst.score or 0), -one.days, str(one.worst.region), str(one.worst.kind), str(one.worst.side)
