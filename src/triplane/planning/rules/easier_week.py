"""An easier week holds less than the weeks before it, however it is spread."""

from collections.abc import Iterator

from triplane.planning.board import SIDES, Board
from triplane.planning.problem import Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E75", "E76")
WHY = "In an easier week the holds and the strength work go down as a whole, not only drill by drill."


def post(model: WeekModel) -> None:
    """Cap the units of the stages that an easier week lowers, both sides together."""
    candidates = model.board.candidates
    for easier in model.board.problem.easier:
        counted = [(1, v) for (d, _, _), v in model.counted.items() if candidates[d].stage in easier.stages]
        if counted:
            model.program.hold(counted, at_most=easier.units)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield all placements of the lowered stages when they are too much together."""
    for easier in board.problem.easier:
        lowered = tuple(p for p in schedule.placements if board.candidates[p.drill].stage in easier.stages)
        if sum(p.units(side) for p in lowered for side in SIDES) > easier.units:
            yield lowered
