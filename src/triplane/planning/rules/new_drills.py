"""Only a few drills are new in one week."""

from collections.abc import Iterator

from triplane.planning.board import Board
from triplane.planning.problem import Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E44", "R05")
WHY = "Only a few drills are new in one week, so that you learn them well."


def post(model: WeekModel) -> None:
    """Cap the number of new drills that are used at all."""
    drills = [d for d, pairs in model.slots_of.items() if pairs and _is_new(model.board, d)]
    if len(drills) > model.board.problem.caps.new_drills:
        model.program.hold([(1, model.use(d)) for d in drills], at_most=model.board.problem.caps.new_drills)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield all placements of new drills when there are too many such drills."""
    new = tuple(p for p in schedule.placements if _is_new(board, p.drill))
    if len({p.drill for p in new}) > board.problem.caps.new_drills:
        yield new


def _is_new(board: Board, drill: str) -> bool:
    """A drill that was begun on Monday is still one of the week's new ones on Thursday."""
    candidate = board.candidates[drill]
    return candidate.new or candidate.begun_this_week
