"""Until a calm morning nothing gets more than it had, and nothing new begins at a sore place (E52)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from triplane.adaptation.during import how_it_felt, hurts_in_no_drill
from triplane.adaptation.log import Event, Worked
from triplane.adaptation.regions import DrillOnSide, place_of, touches
from triplane.adaptation.response import Response
from triplane.adaptation.soreness import MUSCLE_SORE, is_sore
from triplane.body import Side
from triplane.catalogue import Drill
from triplane.evidence import Reason, reason
from triplane.history import (
    CheckinAnswered,
    Fact,
    Feeling,
    FeelingKind,
    History,
    MeasurementTaken,
    SessionLogged,
    SorenessCourse,
)
from triplane.planning import Adjustment
from triplane.screening import is_joint_soreness, signs_of

SPEAKS_FOR = timedelta(days=14)
"""How long what hurt speaks where no morning was checked in since (the two weeks of E52)."""

AS_OFTEN_AS = timedelta(days=7)
"""What strains a sore place comes as often as in these days before it hurt (coach's default)."""


Felt = CheckinAnswered | SessionLogged | MeasurementTaken
"""What may tell of pain."""


@dataclass(frozen=True)
class Sore:
    """When it hurt since the last calm morning, and where. ``places`` may be empty: a stop sign has none.

    ``is_pain`` is false where nothing hurt and a drill was too much; ``is_only_sore`` is true where all of it
    is muscles that a morning called sore. It chooses the word, never what follows.
    """

    times: tuple[datetime, ...]
    places: tuple[Feeling, ...]
    is_pain: bool = True
    is_only_sore: bool = False


def still_sore(history: History, drills: Mapping[str, Drill], now: datetime) -> Sore | None:
    """Return what hurt and has not gone by ``now``, or ``None``.

    A check-in names everything that is sore: a calm one ends what hurt before its morning and was told on
    an earlier date than itself, any other adds to it, so that one more pain never holds back less. What hurt
    in a session or in a measurement adds to it, too, also where a clock set back since makes it lie ahead.
    """
    if history.until(now) is history:
        # Every morning counts, whatever the hour. What is kept holds on to the drills it is kept under.
        _, (times, places, is_pain, only_sore) = history.follows(
            ("still_sore", id(drills)), lambda: (drills, _sore(history, drills))
        )
    else:
        times, places, is_pain, only_sore = _sore(history, drills, now)
    return Sore(times, places, is_pain, only_sore) if times and now - times[-1] <= SPEAKS_FOR else None


def _sore(
    history: History, drills: Mapping[str, Drill], until: datetime | None = None
) -> tuple[tuple[datetime, ...], tuple[Feeling, ...], bool, bool]:
    """Return when and where it hurt; a calm morning that lies after ``until`` ends nothing yet."""
    times, places, last, is_pain = tuple[datetime, ...](), tuple[Feeling, ...](), date.min, False
    only_sore = True
    for fact, body in _felt(history):
        if _is_calm(body):
            if _slept_over(fact) > last and (until is None or fact.occurred_at <= until):
                times, places, is_pain, only_sore = (), (), False, True
        elif _hurts(drills, body, fact.occurred_at):
            times, places = (*times, fact.occurred_at), tuple(dict.fromkeys((*places, *_places(body))))
            only_sore = only_sore and _is_only_sore(body)
            last = max(last, _spoken_of(fact))
            is_pain = is_pain or _is_pain(drills, body, fact.occurred_at)
    return times, places, is_pain, only_sore


def standing_mornings(history: History) -> list[CheckinAnswered]:
    """Return the mornings that still speak: no later one took their place, by the rule of ``still_sore``.

    A morning names everything that is sore, so the next one stands for all before it that it slept over.
    """
    stand, over = [], date.min
    for fact, said in sorted(
        history.all(CheckinAnswered), key=lambda told: told[0].occurred_at, reverse=True
    ):
        if _spoken_of(fact) >= over:
            stand.append(said)
        over = max(over, _slept_over(fact))
    return stand


def _is_only_sore(body: Felt) -> bool:
    """Say whether a morning told of muscles that are sore and of nothing else."""
    return isinstance(body, CheckinAnswered) and all(
        one.kind is FeelingKind.MUSCLE and not is_joint_soreness(one) for one in body.soreness
    )


def _felt(history: History) -> list[tuple[Fact, Felt]]:
    told: list[tuple[Fact, Felt]] = [
        *history.all(CheckinAnswered),
        *history.all(SessionLogged),
        *history.all(MeasurementTaken),
    ]
    return sorted(told, key=lambda felt: felt[0].occurred_at)


def _morning(fact: Fact) -> date:
    """Return the day a fact speaks of: that of a check-in is its morning."""
    return fact.body.morning if isinstance(fact.body, CheckinAnswered) else fact.local_date


def _spoken_of(fact: Fact) -> date:
    """Return the last day of a fact: the one it speaks of or the one it was told on."""
    return max(_morning(fact), fact.local_date)


def _slept_over(fact: Fact) -> date:
    """Return the day before which all is slept over for a morning: of that day, and told on it or later."""
    return min(_morning(fact), fact.local_date)


def _is_calm(body: Felt) -> bool:
    """Say whether a morning ends what hurt: nothing sore, no strong cramp, and nothing in the warm-up."""
    return (
        isinstance(body, CheckinAnswered)
        and not _places(body)
        and all(feeling.score < MUSCLE_SORE for feeling in body.soreness)
        and body.course is SorenessCourse.NONE
    )


def _hurts(drills: Mapping[str, Drill], body: Felt, at: datetime) -> bool:
    if isinstance(body, SessionLogged):
        known = [done for done in body.drills if done.drill in drills]
        felt = (how_it_felt(drills[done.drill], done, at) for done in known)
        return hurts_in_no_drill(body) or any(one.response is not Response.ADVANCE for one in felt)
    if isinstance(body, MeasurementTaken):
        return bool(signs_of(body))
    return not _is_calm(body)


def _is_pain(drills: Mapping[str, Drill], body: Felt, at: datetime) -> bool:
    """Whether something hurt, and a drill was not merely too much."""
    if isinstance(body, SessionLogged):
        done = tuple(one.model_copy(update={"too_much": False}) for one in body.drills)
        body = body.model_copy(update={"drills": done})
    return _hurts(drills, body, at)


def _places(body: Felt) -> tuple[Feeling, ...]:
    if isinstance(body, SessionLogged):
        return tuple(feeling for done in body.drills for feeling in done.pain if is_sore(feeling))
    if isinstance(body, CheckinAnswered):
        return tuple(feeling for feeling in body.soreness if is_sore(feeling))
    return ()


def sore_notice(history: History, drills: Mapping[str, Drill], now: datetime) -> Reason | None:
    """Return what hurt, for which no drill may get more than the plan before gave it; else ``None``."""
    sore = still_sore(history, drills, now)
    if sore is None:
        return None
    where = ", ".join(dict.fromkeys(place_of(place) for place in sore.places))
    nowhere = "Something hurt" if sore.is_pain else "A drill was too much"
    what = f"Your {where} hurt" if where else nowhere
    if where and sore.is_only_sore:
        what = f"Your {where} was sore"
    says = f"{what} on {sore.times[-1]:%A}: until a calm morning, no drill gets more than it had."
    return reason("E52", says)


def no_oftener(
    history: History,
    drills: Mapping[str, Drill],
    events: Mapping[Worked, tuple[Event, ...]],
    monday: date,
    now: datetime,
) -> Iterator[Adjustment]:
    """Yield, where no plan stands to be held to, how often what strains a sore place may come.

    What was not done in the days before it hurt does not begin. Else the plan of the week, or that of the
    week before, is the most there is.
    """
    sore = still_sore(history, drills, now)
    weeks = (monday, monday - timedelta(days=7))
    if sore is None or any(history.issued_plan(week) for week in weeks):
        return
    for drill, side in product(drills.values(), Side):
        place = next((place for place in sore.places if touches(DrillOnSide(drill, side), place)), None)
        if place is not None:
            done = [event.at for event in events.get((drill.id, side), ()) if event.exposed]
            times = min(sum(hurt - AS_OFTEN_AS < at <= hurt for at in done) for hurt in sore.times)
            sore_place = place_of(place)
            says = f"Your {sore_place} hurt: until a calm morning, what strains it does not begin."
            if times:
                says = (
                    f"Your {sore_place} hurt: until a calm morning, what strains it comes no more often "
                    f"than before ({times} a week)."
                )
            yield Adjustment(drill=drill.id, side=side, max_placements=times, reason=reason("E52", says))
