"""A drill comes at most once a day and slot."""

from collections.abc import Iterator

from triplane.planning.board import Board
from triplane.planning.problem import Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E02",)
WHY = "A drill comes at most once a day, so that its dose is spread over the week."


def post(model: WeekModel) -> None:
    """Allow each drill one placement a local day."""
    for pairs in model.slots_of.values():
        for slots in model.board.days.values():
            same_day = [pair for pair in pairs if pair.slot in slots]
            if len(same_day) > 1:
                model.program.hold(model.any_of(same_day), at_most=1)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield the placements of a drill that comes twice in a day."""
    for slots in board.days.values():
        today = [p for p in schedule.placements if p.slot in slots]
        for drill in sorted({p.drill for p in today}):
            same = tuple(p for p in today if p.drill == drill)
            if len(same) > 1:
                yield same
