"""What the next morning says (E51 to E55): muscles recover, joints decide, cramp is neither."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from triplane.adaptation.regions import (
    STRONG,
    DrillOnSide,
    is_harmless_cramp,
    place_of,
    provokes,
    strains,
)
from triplane.adaptation.response import CLEAN, Consequence, Response, strictest_of
from triplane.body import Direction, Side
from triplane.evidence import reason
from triplane.history import CheckinAnswered, Feeling, FeelingKind, SorenessCourse
from triplane.screening import JOINT_SORE, is_joint_soreness

SPEAKS_BACK = timedelta(hours=72)
"""A morning speaks of what was done in the three days before it (E54: ordinary soreness ends there)."""

JOINT_REST = timedelta(hours=48)
TENDON_REST = timedelta(hours=24)
"""Hours off after joint soreness of 3 and more (E52) and after tendon soreness (E53)."""

MUSCLE_SORE = 3
"""Muscle soreness of 10 from which what was done repeats (E52)."""


@dataclass(frozen=True)
class Morning:
    """A check-in with the instant it was given and what had been trained in the two days before."""

    at: datetime
    said: CheckinAnswered
    trained: Set[tuple[Direction, Side]]


def is_sore(feeling: Feeling) -> bool:
    """Say whether a feeling holds back what strains its place. A cramp is not soreness (E55)."""
    if feeling.score == 0 or feeling.kind is FeelingKind.CRAMP:
        return False
    is_muscle = feeling.kind is FeelingKind.MUSCLE and not is_joint_soreness(feeling)
    return not is_muscle or feeling.score >= MUSCLE_SORE


def makes_less(said: CheckinAnswered, at: datetime) -> bool:
    """Say whether a morning, given at that instant, can make a dose smaller than it was."""
    morning = Morning(at, said, frozenset())
    felt = [feeling for feeling in said.soreness if feeling.score]
    each = [_of_soft_tissue(feeling, morning) for feeling in felt]
    return bool(felt) and strictest_of([*each, _of_course(morning)]).response >= Response.LOWER


def consequence_of_morning(morning: Morning, sided: DrillOnSide, *, was_done: bool) -> Consequence:
    """Judge one drill on one side by one morning; ``was_done`` within the three days before it.

    Joint soreness speaks of every drill of stages 2 to 5 for its directions, done or not. Muscle
    soreness speaks of the drills that were done, and where it is strong of all that strain the place.
    Several sore places: the strictest stands.
    """
    return strictest_of(_consequences(morning, sided, was_done))


def _consequences(morning: Morning, sided: DrillOnSide, was_done: bool) -> Iterator[Consequence]:
    for feeling in morning.said.soreness:
        if feeling.score == 0 or is_harmless_cramp(sided.drill, feeling.kind):
            continue
        if is_joint_soreness(feeling):
            if provokes(sided, feeling, morning.trained, was_done=was_done):
                yield _of_joint(feeling, morning.at)
                yield _of_course(morning) if was_done else CLEAN
        elif (was_done or feeling.score >= STRONG) and strains(sided, feeling):
            yield _of_soft_tissue(feeling, morning)
            yield _of_course(morning) if was_done else CLEAN
    if was_done and morning.said.course is not SorenessCourse.NONE:
        says = "Something was still sore in the warm-up, so what you did stays as it is."
        if morning.said.course is SorenessCourse.UNKNOWN:
            says = "You did not know whether the soreness warms away, so what you did stays as it is."
        yield Consequence(Response.REPEAT, reason("E53", says))


def _of_joint(feeling: Feeling, at: datetime) -> Consequence:
    place = place_of(feeling)
    if feeling.score < JOINT_SORE:
        says = f"Your {place} was a little sore in the joint ({feeling.score} of 10): what loads it repeats."
        return Consequence(Response.REPEAT, reason("E52", says))
    response = Response.LOWER if feeling.score < STRONG else Response.HALVE
    says = (
        f"Your {place} was sore in the joint ({feeling.score} of 10): "
        "what loads it rests for 48 hours and comes back a level easier."
    )
    return Consequence(response, reason("E52", says), at + JOINT_REST)


def _of_soft_tissue(feeling: Feeling, morning: Morning) -> Consequence:
    if feeling.kind is FeelingKind.NERVE:
        where = place_of(feeling)
        says = f"There was tingling or nerve pain in your {where}: what strains it rests for 48 hours."
        return Consequence(Response.LOWER, reason("E53", says), morning.at + JOINT_REST)
    if feeling.kind is FeelingKind.CRAMP:
        says = f"Your {place_of(feeling)} cramped: what strains it repeats before it grows."
        return Consequence(Response.REPEAT, reason("R10", says))
    if feeling.kind is FeelingKind.TENDON:
        return _of_tendon(feeling, morning.at)
    return strictest_of([_of_muscle(feeling), _of_lasting(feeling, morning.said)])


def _of_tendon(feeling: Feeling, at: datetime) -> Consequence:
    place = place_of(feeling)
    if feeling.score >= 5:
        says = (
            f"Your {place} was sore at the tendon ({feeling.score} of 10): "
            "what strains it rests for 48 hours and comes back at half."
        )
        return Consequence(Response.HALVE, reason("E53", says), at + JOINT_REST)
    says = (
        f"Your {place} was sore at the tendon ({feeling.score} of 10): "
        "what strains it has a day off and does not advance."
    )
    return Consequence(Response.REPEAT, reason("E53", says), at + TENDON_REST)


def _of_muscle(feeling: Feeling) -> Consequence:
    if feeling.score < MUSCLE_SORE:
        return CLEAN
    place = place_of(feeling)
    if feeling.score <= 4:
        says = (
            f"Your {place} muscles were sore ({feeling.score} of 10): what works them repeats the same dose."
        )
        return Consequence(Response.REPEAT, reason("E52", says))
    says = (
        f"Your {place} muscles were sore ({feeling.score} of 10): "
        "what works them is halved and drops one variable."
    )
    return Consequence(Response.HALVE, reason("E52", says))


def _of_lasting(feeling: Feeling, said: CheckinAnswered) -> Consequence:
    if said.hours_since_onset is None or timedelta(hours=said.hours_since_onset) <= SPEAKS_BACK:
        return CLEAN
    says = "Soreness of over three days is more than training soreness: what strains it goes a level down."
    return Consequence(Response.LOWER, reason("E54", says))


def _of_course(morning: Morning) -> Consequence:
    if morning.said.course in {SorenessCourse.NONE, SorenessCourse.GOES_AWAY}:
        return CLEAN
    says = "The soreness did not warm away, so what you did has two days off and drops a level."
    if morning.said.course is SorenessCourse.UNKNOWN:
        says = (
            "You did not know whether the soreness warms away, "
            "so to be safe what you did has two days off and drops a level."
        )
    return Consequence(Response.LOWER, reason("E53", says), morning.at + JOINT_REST)
