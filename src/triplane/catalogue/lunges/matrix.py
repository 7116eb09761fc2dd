"""The matrix for a runner: nine directions by nine reaches, each done, unlocked, or locked because."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from triplane.body import Reach
from triplane.catalogue.lunges.difficulty import band, difficulty
from triplane.catalogue.lunges.levels import (
    DIRECTION_ORDER,
    REACH_ORDER,
    drill_for,
    start_of,
)
from triplane.catalogue.lunges.unlock import LungeRecord, locked_because, open_reaches
from triplane.catalogue.vocabulary import LungeDirection
from triplane.evidence import Reason
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
