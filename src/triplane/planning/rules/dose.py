"""Each side that works gets a dose within the drill's range, and a drill comes only so often."""

from collections.abc import Iterator

from triplane.planning.board import Board, setup_s, shares_sides, unit_s, worked_sides
from triplane.planning.problem import Candidate, Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E06", "E44")
WHY = "Every drill keeps to its dose, which is half the first time, and comes only so often a week."


def _most_units(board: Board, candidate: Candidate, slot: str) -> int:
    """Units of one side that the dose allows and the slot has time for."""
    room_s = board.session_cap_s(slot) - setup_s(candidate)
    return min(candidate.max_units, max(0, room_s // unit_s(candidate)))


def post(model: WeekModel) -> None:
    """Tie units to placements between the least and the most, and count placements."""
    board = model.board
    for drill, pairs in model.slots_of.items():
        candidate = board.candidates[drill]
        if len(pairs) > candidate.max_placements:
            model.program.hold(model.any_of(pairs), at_most=candidate.max_placements)
        for (owner, group, side), counted in model.counted.items():
            if owner != drill:
                continue
            working = [p for p in pairs if model.group(p.slot) == group and (p, side) in model.worked]
            least = [(-candidate.min_units * c, v) for c, v in model.times(drill, group, side)]
            most = [(-_most_units(board, candidate, p.slot), model.worked[p, side]) for p in working]
            if most and len({c for c, _ in most}) == 1:
                most = [(most[0][0] * c, v) for c, v in model.times(drill, group, side)]
            model.program.hold([(1, counted), *least], at_least=0)
            model.program.hold([(1, counted), *most], at_most=0)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield placements outside their dose, and those of a drill that comes too often."""
    for placement in schedule.placements:
        candidate = board.candidates[placement.drill]
        units = [placement.units(side) for side in worked_sides(placement)]
        unequal = shares_sides(candidate) and placement.left_units != placement.right_units
        if unequal or not units or min(units) < candidate.min_units or max(units) > candidate.max_units:
            yield (placement,)
    for drill, candidate in board.candidates.items():
        often = tuple(p for p in schedule.placements if p.drill == drill)
        if len(often) > candidate.max_placements:
            yield often
