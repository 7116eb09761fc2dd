"""A side that is to be spared gets nothing, for good or until an instant."""

from collections.abc import Iterator

from triplane.history import Slot
from triplane.planning.board import Board, worked_sides
from triplane.planning.leaning import open_sides
from triplane.planning.problem import Candidate, Placement, Schedule

IDS = ("E52", "E53")
WHY = "A side that was sore or is restricted is left alone until it may work again."


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether no side of the drill may work in the slot."""
    return not open_sides(board, candidate.drill, slot.id)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield placements that work a side which is to be spared."""
    for placement in schedule.placements:
        if not set(worked_sides(placement)) <= set(open_sides(board, placement.drill, placement.slot)):
            yield (placement,)
