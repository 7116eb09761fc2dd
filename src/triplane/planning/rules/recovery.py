"""The same tiring drill needs two days before it comes again."""

from collections.abc import Iterator
from itertools import combinations

from triplane.history import Slot
from triplane.planning.board import Board, Pair, hours_between
from triplane.planning.problem import Candidate, Placement, Schedule
from triplane.planning.rules.key_run import TIRING
from triplane.planning.week_model import WeekModel

IDS = ("E71", "E72")
WHY = "A drill that tires you gets two days before it comes again."
APART_H = 48.0


def _is_hard(candidate: Candidate) -> bool:
    return candidate.stage >= 4 and candidate.fatigue >= TIRING


def _is_too_close(board: Board, one: str, other: str) -> bool:
    return abs(board.hours(one, other)) < APART_H


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the drill was done, before this week's plan begins, less than two days earlier."""
    since_h = (hours_between(d.at, slot.starts_at) for d in board.problem.done if d.drill == candidate.drill)
    return _is_hard(candidate) and any(0 <= hours < APART_H for hours in since_h)


def post(model: WeekModel) -> None:
    """Of any two slots less than two days apart, one at most holds the drill."""
    for drill, pairs in model.slots_of.items():
        if _is_hard(model.board.candidates[drill]):
            for window in _windows(model.board, pairs):
                model.program.hold(model.any_of(window), at_most=1)


def _windows(board: Board, pairs: tuple[Pair, ...]) -> Iterator[list[Pair]]:
    """Yield, from each slot on, the slots that begin before two days are over."""
    for place, first in enumerate(pairs):
        window = [pair for pair in pairs[place:] if _is_too_close(board, first.slot, pair.slot)]
        if len(window) > 1:
            yield window


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield two placements of one tiring drill that lie too close together."""
    hard = [p for p in schedule.placements if _is_hard(board.candidates[p.drill])]
    for one, other in combinations(hard, 2):
        if one.drill == other.drill and _is_too_close(board, one.slot, other.slot):
            yield (one, other)
