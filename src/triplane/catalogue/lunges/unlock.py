"""When a lunge opens: clean sessions, a calm next morning, a passed screen, one variable at a time."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from pydantic import Field

from triplane.body import Reach
from triplane.catalogue.load import load_one
from triplane.catalogue.lunges.levels import (
    REACH_ORDER,
    VARIABLES,
    changed_variables,
    is_known,
    is_no_harder,
    is_one_variable_change,
    level,
    start_of,
)
from triplane.catalogue.lunges.restrictions import closed_reaches, highest_levels, keeps_restrictions
from triplane.catalogue.vocabulary import LungeDirection, Tag
from triplane.evidence import Reason, reason
from triplane.history import LungeVector
from triplane.value import Value

CLEAN_SESSIONS = 2
MOST_MUSCLE_SORENESS = 2
MOST_JOINT_SORENESS = 1
"""What two clean sessions and a calm next morning mean (E43, handbook G.4; coach_default)."""

TESTED_BY: Mapping[LungeDirection, LungeDirection] = {
    LungeDirection.ANTERIOR: LungeDirection.ANTERIOR,
    LungeDirection.POSTERIOR: LungeDirection.ANTERIOR,
    LungeDirection.ANTEROMEDIAL: LungeDirection.ANTERIOR,
    LungeDirection.ANTEROLATERAL: LungeDirection.LATERAL,
    LungeDirection.LATERAL: LungeDirection.LATERAL,
    LungeDirection.POSTEROMEDIAL: LungeDirection.LATERAL,
    LungeDirection.POSTEROLATERAL: LungeDirection.ROTATIONAL_OPEN,
    LungeDirection.ROTATIONAL_OPEN: LungeDirection.ROTATIONAL_OPEN,
    LungeDirection.ROTATIONAL_CROSS: LungeDirection.ROTATIONAL_OPEN,
}
"""Which of the three tested lunges speaks for a direction: the nearest by plane of greatest demand.

The lunge screen (T14) tests forward, sideways and the opening turn; a half-way direction takes the more
demanding neighbour (coach_default, decision 9).
"""

OPENS_AFTER: Mapping[LungeDirection, tuple[LungeDirection, ...]] = {
    LungeDirection.ANTEROLATERAL: (LungeDirection.ANTERIOR,),
    LungeDirection.POSTEROLATERAL: (LungeDirection.LATERAL,),
    LungeDirection.ROTATIONAL_OPEN: (LungeDirection.POSTEROLATERAL,),
    LungeDirection.POSTEROMEDIAL: (LungeDirection.POSTERIOR,),
    LungeDirection.ANTEROMEDIAL: (LungeDirection.ANTERIOR,),
    LungeDirection.ROTATIONAL_CROSS: (LungeDirection.ANTEROMEDIAL, LungeDirection.ROTATIONAL_OPEN),
}
"""Directions whose plain start waits for clean sessions elsewhere; the others are open (coach_default)."""


class DoneVector(Value):
    """A done vector: its clean sessions, and the local dates of first and last."""

    vector: LungeVector
    clean_sessions: int = Field(ge=0)
    first_on: date
    last_on: date


class LungeRecord(Value):
    """All that unlocking looks at.

    ``muscle_soreness`` and ``joint_soreness`` are the last next-morning scores, 0 to 10; ``None`` was
    not asked. ``screen`` holds the passes of the lunge screen for the tested directions; one that is
    missing was not tested. ``out_of_reach`` names variables that cannot change for want of equipment;
    the order of variables passes over them.
    """

    done: tuple[DoneVector, ...] = ()
    muscle_soreness: int | None = None
    joint_soreness: int | None = None
    screen: dict[LungeDirection, bool] = {}
    tags: tuple[Tag, ...] = ()
    out_of_reach: tuple[str, ...] = ()

    def clean(self, direction: LungeDirection | str) -> tuple[LungeVector, ...]:
        """Return the vectors of a direction that were done cleanly often enough, oldest first."""
        often = (p for p in self.done if p.clean_sessions >= CLEAN_SESSIONS)
        return tuple(
            p.vector for p in sorted(often, key=lambda p: p.first_on) if p.vector.direction == direction
        )


def locked_because(vector: LungeVector, record: LungeRecord, today: date) -> Reason | None:
    """Return why a lunge is still locked on a local date, or ``None`` when it is open.

    A vector is open when it is the plain start of its direction, when it is no harder than one that
    was clean, or when it changes one variable of a clean one by one level and every gate is passed.

    Raises
    ------
    ValueError
        If the vector does not exist in the matrix.
    """
    if not is_known(vector):
        raise ValueError(f"there is no such lunge: {vector!r}")
    if not keeps_restrictions(vector, record.tags):
        return reason("R26", "This one often irritates hips like yours, so we leave it out.")
    direction = LungeDirection(vector.direction)
    if vector == start_of(direction):
        return _start_locked(direction, record)
    clean = record.clean(direction)
    if any(is_no_harder(vector, known) for known in clean):
        return None
    before = tuple(known for known in clean if _is_step(known, vector, record.tags))
    if not before:
        return _no_way_yet(vector, record)
    return _gate(vector, before, record, today)


def _start_locked(direction: LungeDirection, record: LungeRecord) -> Reason | None:
    for first in OPENS_AFTER.get(direction, ()):
        if not record.clean(first):
            return _comes_first(first)
    return None


def _no_way_yet(vector: LungeVector, record: LungeRecord) -> Reason:
    if not record.clean(vector.direction):
        return _comes_first(LungeDirection(vector.direction))
    return reason("E42", "One change at a time: the lunge just below this one comes first.")


def _comes_first(direction: LungeDirection) -> Reason:
    name = load_one(f"lm_{direction}").name
    return reason("R21", f"First come two clean sessions of “{name}”, short, slow and without weight.")


def _gate(
    vector: LungeVector, before: tuple[LungeVector, ...], record: LungeRecord, today: date
) -> Reason | None:
    """Return the first gate that a one-variable step does not pass."""
    variables = {name for known in before for name in changed_variables(known, vector)}
    waiting = _earlier_variable(variables, vector.direction, record)
    if waiting:
        return reason("E42", f"We change {waiting} first; {', '.join(sorted(variables))} waits.")
    tested = TESTED_BY[LungeDirection(vector.direction)]
    passed = record.screen.get(tested)
    if passed is None:
        return reason("E43", "The lunge screen is still missing; we measure before we go on.")
    if not passed:
        return reason("E43", "The lunge screen in this direction is not clean yet; we stay here.")
    sore = _soreness(record)
    if sore:
        return sore
    if _changed_this_week(vector, record, today):
        return reason("R09", "This direction has had its one change for the week.")
    return None


def _soreness(record: LungeRecord) -> Reason | None:
    if record.muscle_soreness is None or record.joint_soreness is None:
        return reason("R06", "Tell us first how the hip felt the morning after.")
    if record.joint_soreness > MOST_JOINT_SORENESS:
        return reason("E52", "The joint was sore next morning, so nothing gets harder.")
    if record.muscle_soreness > MOST_MUSCLE_SORENESS:
        return reason("E52", "The muscles were sore next morning, so we repeat before we add.")
    return None


def _changed_this_week(vector: LungeVector, record: LungeRecord, today: date) -> bool:
    """Say whether another new vector of this direction was first done in the week (Monday) of ``today``."""
    monday = today - timedelta(days=today.weekday())
    start = start_of(LungeDirection(vector.direction))
    return any(
        monday <= p.first_on <= today
        for p in record.done
        if p.vector.direction == vector.direction and p.vector != vector and p.vector != start
    )


def _earlier_variable(variables: Iterable[str], direction: str, record: LungeRecord) -> str | None:
    """Return a variable that must have left its easiest level before these may (speed last)."""
    clean = record.clean(direction)
    open_to = _open_variables(record)
    first = min(VARIABLES.index(name) for name in variables)
    for name in VARIABLES[:first]:
        if name in open_to and not any(level(known, name) for known in clean):
            return name
    return None


def _open_variables(record: LungeRecord) -> frozenset[str]:
    caps = highest_levels(record.tags)
    names = {name for name, cap in caps.items() if cap > 0}
    if len(open_reaches(record.tags)) > 1:
        names.add("reach")
    return frozenset(names).difference(record.out_of_reach)


def open_reaches(tags: Iterable[Tag]) -> tuple[Reach, ...]:
    """Return the reaches open to a runner with these tags, in their order."""
    closed = closed_reaches(tags)
    return tuple(reach for reach in REACH_ORDER if reach not in closed)


def _is_step(before: LungeVector, after: LungeVector, tags: tuple[Tag, ...]) -> bool:
    """Say whether ``after`` is one level up in one variable; closed reaches are stepped over."""
    changed = changed_variables(before, after)
    if changed != ("reach",):
        return is_one_variable_change(before, after) and level(after, changed[0]) > level(before, changed[0])
    reaches = open_reaches(tags)
    if after.reach not in reaches or before.reach not in reaches:
        return False
    return reaches.index(Reach(after.reach)) - reaches.index(Reach(before.reach)) == 1
