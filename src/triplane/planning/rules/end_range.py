"""One session adds little beyond a few minutes in one direction."""

from collections.abc import Iterator

from triplane.body import Direction, Side
from triplane.planning.board import SIDES, Board, by_slot, gives
from triplane.planning.problem import Placement, Schedule
from triplane.planning.program import Terms
from triplane.planning.week_model import WeekModel

IDS = ("E01",)
WHY = "More than a few minutes in one direction at once adds little, so the rest comes another day."


def _cap_s(board: Board) -> int:
    return int(board.problem.caps.end_range_min_a_session * 60)


def post(model: WeekModel) -> None:
    """Cap end-range seconds per slot, direction and side."""
    for pairs in model.in_slot.values():
        sums: dict[tuple[Direction, Side], Terms] = {}
        for pair in pairs:
            for working in SIDES:
                units = model.units(pair, working)
                for key, seconds in gives(model.candidate(pair), working).items():
                    sums.setdefault(key, []).extend((seconds * c, v) for c, v in units)
        for terms in sums.values():
            model.program.hold(terms, at_most=_cap_s(model.board))


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield the placements of a session that give one direction and side too much."""
    for placements in by_slot(schedule).values():
        for direction in Direction:
            for side in SIDES:
                seconds = {p: _given_s(board, p, (direction, side)) for p in placements}
                if sum(seconds.values()) > _cap_s(board):
                    yield tuple(p for p in placements if seconds[p])


def _given_s(board: Board, placement: Placement, key: tuple[Direction, Side]) -> int:
    candidate = board.candidates[placement.drill]
    return sum(placement.units(side) * gives(candidate, side).get(key, 0) for side in SIDES)
