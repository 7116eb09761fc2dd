"""Before and after: what is known on two dates, what the change is worth, and what lies between."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from triplane import assessment
from triplane.assessment import Point, RangeChange, Refusal, Series
from triplane.body import Direction, Side
from triplane.catalogue import Stage
from triplane.coach.progressing import add_minutes
from triplane.errors import UserError
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    ClearanceRecorded,
    Fact,
    Feeling,
    FeelingKind,
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


class Felt(Value):
    """What was felt at one place in between: on how many days, how bad at most, and when last."""

    region: BodyRegion
    side: Side | None
    kind: FeelingKind
    days: int
    worst: int
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
    felt: tuple[Felt, ...]
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
        mornings=len({fact.body.about for fact in between if isinstance(fact.body, CheckinAnswered)}),
        felt=_felt(between),
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
        raise UserError("the first date lies before the second")
    if after > now.date():
        raise UserError("that date is still to come; choose today or an earlier one")


def usual_dates(history: History, now: datetime) -> tuple[date, date]:
    """Return two dates to begin with: today, and the first day on which anything was measured lately."""
    today = now.date()
    measured = [fact.local_date for fact in history.until(now).facts_of(MeasurementTaken)]
    lately = [day for day in measured if today - USUAL_SPAN <= day < today]
    return (min(lately) if lately else today - USUAL_SPAN), today


def _counted(history: History) -> Iterator[Fact]:
    for kind in (SessionLogged, CheckinAnswered, ClearanceRecorded, RestrictionTightened):
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


def _felt(between: list[Fact]) -> tuple[Felt, ...]:
    found: dict[tuple[BodyRegion, Side | None, FeelingKind], list[tuple[date, int]]] = {}
    for fact in between:
        for one in _feelings(fact):
            if one.score:
                found.setdefault((one.region, one.side, one.kind), []).append((fact.local_date, one.score))
    told = (
        Felt(
            region=region,
            side=side,
            kind=kind,
            days=len({day for day, _ in felt}),
            worst=max(score for _, score in felt),
            last_on=max(day for day, _ in felt),
        )
        for (region, side, kind), felt in found.items()
    )
    return tuple(sorted(told, key=lambda one: (-one.worst, -one.days, one.region, str(one.side))))


def _feelings(fact: Fact) -> Iterator[Feeling]:
    if isinstance(fact.body, CheckinAnswered):
        yield from fact.body.soreness
    elif isinstance(fact.body, SessionLogged):
        yield from (felt for done in fact.body.drills for felt in done.pain)
