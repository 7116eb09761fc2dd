"""What lies in the past or was pinned stays as it is, and nothing is added before now."""

from collections.abc import Iterator

from triplane.history import Slot
from triplane.planning.board import SIDES, Board, Pair
from triplane.planning.problem import Candidate, Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E85",)
WHY = "What has been, and what your coach has pinned, stays as it is."


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the slot is over."""
    return not board.is_open(slot.id)


def post(model: WeekModel) -> None:
    """Hold what is fixed at its place and its units."""
    pinned = {pair: p for pair, p in model.board.fixed.items() if pair in model.placed}
    pinned = {pair: p for pair, p in pinned.items() if model.board.is_open(pair.slot)}
    for pair, placement in pinned.items():
        model.program.hold([(1, model.placed[pair])], at_least=1)
        for side in SIDES:
            if (pair, side) in model.worked:
                units = placement.units(side)
                model.program.hold([(1, model.worked[pair, side])], at_least=bool(units), at_most=bool(units))
                if len(model.mates(pair)) == 1:
                    model.program.hold(model.units(pair, side), at_least=units, at_most=units)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield what is fixed and was left out or altered."""
    kept = {Pair(p.drill, p.slot): p for p in schedule.placements}
    for pair, placement in board.fixed.items():
        if kept.get(pair) != placement:
            yield (placement,)
