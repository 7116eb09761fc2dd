"""A slow and obvious planner: try everything, keep what no predicate finds broken. It referees the solver.

It knows no model and no solver, only ``forbids`` and ``broken`` of the rules and the plain measures.
"""

from collections.abc import Iterator
from itertools import product

from triplane.planning.board import Board, Pair
from triplane.planning.checker import is_broken
from triplane.planning.objectives import changes, floors_missed, neatness, shortfall, wanted
from triplane.planning.problem import Placement, Schedule, WeekProblem
from triplane.planning.rules import all_rules

MOST_PAIRS = 16
"""Beyond so many possible placements trying everything takes too long."""

MENDED_LATER = frozenset({"ownership", "ends_owned", "gone_by"})
"""Rules that a further placement can still satisfy; all others stay broken once they are."""


def plan_slowly(problem: WeekProblem) -> tuple[Schedule, tuple[int, ...]] | None:
    """Return a best schedule and its measures as ``measures``, or ``None``.

    Raises
    ------
    ValueError
        When there are more than ``MOST_PAIRS`` possible placements.
    """
    board = Board(problem)
    pairs = _possible(board)
    if len(pairs) > MOST_PAIRS:
        raise ValueError(f"{len(pairs)} placements are too many to try everything; {MOST_PAIRS} at most")
    best: tuple[Schedule, tuple[int, ...]] | None = None
    for schedule in _grown(board, pairs, tuple(board.fixed.values())):
        if not any(is_broken(rule, board, schedule) for rule in all_rules()):
            measured = measures(board, schedule)
            if best is None or measured < best[1]:
                best = schedule, measured
    return best


def measures(board: Board, schedule: Schedule) -> tuple[int, ...]:
    """Return what a schedule reaches on every level that the two planners share.

    Floors, shortfall, what is wanted (where something is), changes, neatness.
    """
    choices = (wanted,) if board.problem.wanted else ()
    levels = (floors_missed, shortfall, *choices, changes, neatness)
    return tuple(measure(board, schedule) for measure in levels)


def _possible(board: Board) -> list[Pair]:
    return [
        Pair(drill, slot)
        for drill, candidate in board.candidates.items()
        for slot in board.open_slots
        if Pair(drill, slot) not in board.fixed
        and not any(rule.forbids(board, candidate, board.slots[slot]) for rule in all_rules())
    ]


def _grown(board: Board, pairs: list[Pair], so_far: tuple[Placement, ...]) -> Iterator[Schedule]:
    """Yield every schedule that can still be sound, one placement decided after the other."""
    if not pairs:
        yield Schedule(placements=so_far)
        return
    yield from _grown(board, pairs[1:], so_far)
    for placement in _ways(board, pairs[0]):
        longer = (*so_far, placement)
        lasting = (rule for rule in all_rules() if rule.name not in MENDED_LATER)
        if not any(is_broken(rule, board, Schedule(placements=longer)) for rule in lasting):
            yield from _grown(board, pairs[1:], longer)


def _ways(board: Board, pair: Pair) -> Iterator[Placement]:
    most = board.candidates[pair.drill].max_units
    for left, right in product(range(most + 1), repeat=2):
        if left or right:
            yield Placement(drill=pair.drill, slot=pair.slot, left_units=left, right_units=right)
