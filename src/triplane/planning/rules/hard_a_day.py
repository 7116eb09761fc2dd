"""Only so many demanding drills a day."""

from collections.abc import Iterator

from triplane.planning.board import Board
from triplane.planning.problem import Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E81", "E80")
WHY = "Holds and strength are kept to a handful a day, so that each is done well."


def post(model: WeekModel) -> None:
    """Cap the placements of stage 3 and later per local day."""
    most = model.board.problem.caps.stage3_plus_a_day
    for slots in model.board.days.values():
        pairs = [p for slot in slots for p in model.in_slot[slot] if model.candidate(p).stage >= 3]
        if len(pairs) > most:
            model.program.hold(model.any_of(pairs), at_most=most)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield the demanding placements of a day that has too many."""
    for slots in board.days.values():
        hard = tuple(
            p for p in schedule.placements if p.slot in slots and board.candidates[p.drill].stage >= 3
        )
        if len(hard) > board.problem.caps.stage3_plus_a_day:
            yield hard
