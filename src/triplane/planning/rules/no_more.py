"""While something hurts, no drill gets more than it had, in all or at once, and none comes in."""

from collections.abc import Iterator

from triplane.body import Side
from triplane.history import Slot
from triplane.planning.board import SIDES, Board, Pair
from triplane.planning.problem import Candidate, Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E52", "R07")
WHY = "While something hurts, the time that becomes free stays free: no drill gets more than it had."


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the plan before had nothing of the drill ahead."""
    return _holds(board) and board.is_open(slot.id) and not board.ahead_before(candidate.drill)


def post(model: WeekModel) -> None:
    """Cap placements, and units of either side in all and at once, to what lay ahead in the plan before."""
    if not _holds(model.board):
        return
    for drill, pairs in model.slots_of.items():
        ahead = [pair for pair in pairs if model.board.is_open(pair.slot)]
        before = model.board.ahead_before(drill)
        if ahead and before:
            model.program.hold(model.any_of(ahead), at_most=len(before))
            for side in SIDES:
                model.program.hold(model.units_ahead(drill, side), at_most=_units(before, side))
            _post_at_once(model, drill, ahead, before)


def _post_at_once(model: WeekModel, drill: str, ahead: list[Pair], before: tuple[Placement, ...]) -> None:
    for group in sorted({model.group(pair.slot) for pair in ahead}):
        for side in SIDES:
            if (drill, group, side) in model.counted:
                counted = model.counted[drill, group, side]
                most = [(-_at_once(before, side) * c, v) for c, v in model.times(drill, group, side)]
                model.program.hold([(1, counted), *most], at_most=0)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield the placements ahead of a drill that got more than it had."""
    if not _holds(board):
        return
    for drill in sorted({p.drill for p in schedule.placements}):
        ahead = tuple(p for p in schedule.placements if p.drill == drill and board.is_open(p.slot))
        before = board.ahead_before(drill)
        if len(ahead) > len(before) or any(
            _units(ahead, side) > _units(before, side) or _at_once(ahead, side) > _at_once(before, side)
            for side in SIDES
        ):
            yield ahead


def _holds(board: Board) -> bool:
    return board.problem.no_more is not None and board.problem.held_to is not None


def _units(placements: tuple[Placement, ...], side: Side) -> int:
    return sum(placement.units(side) for placement in placements)


def _at_once(placements: tuple[Placement, ...], side: Side) -> int:
    return max((placement.units(side) for placement in placements), default=0)
