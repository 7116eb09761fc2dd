"""The matrix for a runner: nine directions by nine reaches, each done, unlocked, or locked because."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from triplane.body import Reach
from triplane.catalogue.lunges.difficulty import band, difficulty
from triplane.catalogue.lunges.levels import (
    DIRECTION_ORDER,
    REACH_ORDER,
    VARIABLES,
    changed_variables,
    drill_for,
    is_no_harder,
    level,
    start_of,
)
from triplane.catalogue.lunges.unlock import LungeRecord, locked_because, open_reaches, steps_up
from triplane.catalogue.vocabulary import LungeDirection
from triplane.evidence import Reason, reason
from triplane.history import LungeVector


class CellState(StrEnum):
    """How far a runner is with a cell."""

    DONE = "done"
    UNLOCKED = "unlocked"
    LOCKED = "locked"


@dataclass(frozen=True)
class Cell:
    """One direction with one reach: how far the runner is, and why not yet.

    ``vector`` is where the runner would do it, with its difficulty and level band. ``drill`` is the
    file that describes it, or the plain cell of its direction. ``clean`` counts the vectors of this
    cell that were clean twice.
    """

    direction: LungeDirection
    reach: Reach
    state: CellState
    vector: LungeVector
    difficulty: float
    band: int
    drill: str
    clean: int
    because: Reason | None = None


def matrix(record: LungeRecord, today: date) -> tuple[Cell, ...]:
    """Return all 81 cells on a local date, directions in their order, reaches in theirs."""
    return tuple(
        _cell(direction, reach, record, today) for direction in DIRECTION_ORDER for reach in REACH_ORDER
    )


def next_steps(direction: LungeDirection, record: LungeRecord, today: date) -> tuple[LungeVector, ...]:
    """Return every lunge of a direction that is open and harder than what was clean, the best first.

    The best one lifts the variable that stands lowest, in the order of E42 among equals.
    """
    clean = record.clean(direction)
    if not clean:
        start = start_of(direction)
        return () if locked_because(start, record, today) else (start,)
    ways = [
        (known, after)
        for known in clean
        for after in steps_up(known, record)
        if not any(is_no_harder(after, other) for other in clean)
        and locked_because(after, record, today) is None
    ]
    ranked = sorted(ways, key=lambda way: _step_rank(way[0], way[1], record))
    return tuple(dict.fromkeys(after for _, after in ranked))


def next_step(direction: LungeDirection, record: LungeRecord, today: date) -> LungeVector | Reason:
    """Return the lunge to try next in a direction, or why everything new is still locked."""
    steps = next_steps(direction, record, today)
    if steps:
        return steps[0]
    clean = record.clean(direction)
    wanted = steps_up(clean[-1], record) if clean else (start_of(direction),)
    for vector in wanted:
        because = locked_because(vector, record, today)
        if because is not None:
            return because
    return reason("E42", "You have reached the top of what is open to you here, and we keep you there.")


def _step_rank(
    before: LungeVector, after: LungeVector, record: LungeRecord
) -> tuple[bool, int, int, bool, int]:
    """Rank a step: what lifts a variable, lowest first, by E42, without a reach, from the furthest lunge."""
    changed = changed_variables(before, after)[0]
    reaches = open_reaches(record.tags)

    def stands(vector: LungeVector) -> int:
        if changed != "reach":
            return level(vector, changed)
        return reaches.index(Reach(vector.reach)) if vector.reach in reaches else 0

    to = stands(after)
    lifts_nothing = any(stands(known) >= to for known in record.clean(after.direction))
    keeps_reach = changed != "reach" and after.reach != Reach.NONE
    furthest = -sum(level(before, name) for name in VARIABLES if name != "reach")
    return lifts_nothing, to, VARIABLES.index(changed), keeps_reach, furthest


def _cell(direction: LungeDirection, reach: Reach, record: LungeRecord, today: date) -> Cell:
    here = [known for known in record.clean(direction) if known.reach == reach]
    vector = here[-1] if here else _entry(direction, reach, record)
    because = locked_because(vector, record, today)
    practised = CellState.DONE if here else CellState.UNLOCKED
    return Cell(
        direction=direction,
        reach=reach,
        state=practised if because is None else CellState.LOCKED,
        vector=vector,
        difficulty=round(difficulty(vector), 1),
        band=band(vector),
        drill=drill_for(vector),
        clean=len(here),
        because=because,
    )


def _entry(direction: LungeDirection, reach: Reach, record: LungeRecord) -> LungeVector:
    """Return the lunge with which a cell would be entered: the latest clean one of the reach before it."""
    if reach is Reach.NONE:
        return start_of(direction)
    reaches = open_reaches(record.tags)
    if reach in reaches:
        before = reaches[reaches.index(reach) - 1]
        for known in reversed(record.clean(direction)):
            if known.reach == before:
                return known.model_copy(update={"reach": reach})
    return start_of(direction).model_copy(update={"reach": reach})
