"""What was felt, whatever asked for it: a morning's check-in, a session, a test of range."""

from collections.abc import Iterator
from datetime import date

from triplane.body import Side
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    EndFeel,
    Fact,
    Feeling,
    FeelingKind,
    History,
    MeasurementTaken,
    Score,
    SessionLogged,
    Sign,
)
from triplane.value import Value


class Felt(Value):
    """One thing that was felt: a score of 0 to 10 at a place, a stop sign, or what ended a movement measured.

    ``region`` is missing where none was asked for, ``score`` where none was given.
    """

    kind: FeelingKind | Sign | EndFeel
    region: BodyRegion | None = None
    side: Side | None = None
    score: Score | None = None


class FeltOn(Value):
    """What one telling says of a day. Nothing in it: a calm morning, a session or test that did not hurt."""

    day: date
    is_morning: bool
    felt: tuple[Felt, ...]


def felt_on(history: History) -> Iterator[FeltOn]:
    """Yield every telling that may speak of something felt, in the order of their days."""
    tell = (CheckinAnswered, SessionLogged, MeasurementTaken)
    told = (fact for kind in tell for fact in history.facts_of(kind))
    yield from sorted(map(_felt_on, told), key=lambda one: one.day)


def _felt_on(fact: Fact) -> FeltOn:
    is_morning = isinstance(fact.body, CheckinAnswered)
    day = fact.body.morning if isinstance(fact.body, CheckinAnswered) else fact.local_date
    return FeltOn(day=day, is_morning=is_morning, felt=tuple(_felt_in(fact.body)))


def _felt_in(body: object) -> Iterator[Felt]:
    if isinstance(body, CheckinAnswered):
        yield from map(_at_a_place, body.soreness)
    elif isinstance(body, SessionLogged):
        for done in body.drills:
            yield from map(_at_a_place, done.pain)
            yield from (Felt(kind=sign, side=done.side) for sign in done.signs)
    elif isinstance(body, MeasurementTaken):
        if body.end_feel is EndFeel.PINCH:
            yield Felt(kind=EndFeel.PINCH, side=body.side, score=body.pain or None)
        elif body.end_feel is EndFeel.PAIN or body.pain:
            yield Felt(kind=EndFeel.PAIN, side=body.side, score=body.pain or None)


def _at_a_place(one: Feeling) -> Felt:
    return Felt(kind=one.kind, region=one.region, side=one.side, score=one.score)
