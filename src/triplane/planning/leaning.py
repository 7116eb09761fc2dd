"""Which sides a drill may work in a slot, and whether one of them may get more."""

from triplane.body import Side
from triplane.planning.board import SIDES, Board, gives, in_utc, shares_sides
from triplane.planning.problem import Candidate

MOST_APART = 2
"""Units by which the side that needs more may lead in one placement (coach's default)."""


def open_sides(board: Board, drill: str, slot: str) -> tuple[Side, ...]:
    """Return the sides a drill may work in a slot; a drill that shares its time needs both."""
    candidate = board.candidates[drill]
    sides = tuple(side for side in SIDES if _is_open(board, candidate, slot, side))
    return () if shares_sides(candidate) and len(sides) < 2 else sides


def _is_open(board: Board, candidate: Candidate, slot: str, side: Side) -> bool:
    since = candidate.not_before.get(side)
    starts = in_utc(board.slots[slot].starts_at)
    return side not in candidate.excluded_sides and (since is None or starts >= in_utc(since))


def leading_side(board: Board, drill: str) -> Side | None:
    """Return the side that may get more: one that end-range targets ask more of, the other in nothing."""
    candidate = board.candidates[drill]
    if shares_sides(candidate):
        return None
    ahead = {side for side in SIDES for more in _asked_more(board, candidate, side) if more > 0}
    return ahead.pop() if len(ahead) == 1 else None


def _asked_more(board: Board, candidate: Candidate, side: Side) -> list[int]:
    """Seconds by which each direction the drill gives asks more when ``side`` works than the other."""
    reached = gives(candidate, side)
    return [
        board.wanted_s.get((direction, leg), 0) - board.wanted_s.get((direction, leg.other), 0)
        for direction, leg in reached
    ]
