"""The independent checker: a finished schedule against the plain predicates, with no model and no solver."""

from triplane.body import Side
from triplane.evidence import Reason
from triplane.planning.board import Board, Pair
from triplane.planning.problem import Placement, Schedule, WeekProblem
from triplane.planning.rules import PlanRule, all_rules
from triplane.value import Value


class Break(Value):
    """One rule that a schedule breaks, and the placements that break it together."""

    rule: str
    reason: Reason
    placements: tuple[Placement, ...]


def check(problem: WeekProblem, schedule: Schedule) -> tuple[Break, ...]:
    """Return everything in a schedule that breaks a rule, rule by rule; empty when it is sound.

    What only concerns placements that have been, and so cannot be changed, is no break.

    Raises
    ------
    KeyError
        When a placement names a drill or slot the problem does not have.
    """
    board = Board(problem)
    return tuple(found for rule in all_rules() for found in breaks_of(rule, board, schedule))


def breaks_of(rule: PlanRule, board: Board, schedule: Schedule) -> tuple[Break, ...]:
    """Return where a schedule breaks one rule."""
    found = rule.broken(board, schedule)
    return tuple(_break(rule, placements) for placements in found if not _has_been(board, placements))


def is_broken(rule: PlanRule, board: Board, schedule: Schedule) -> bool:
    """Return whether a schedule breaks a rule, without saying it in words."""
    return any(not _has_been(board, placements) for placements in rule.broken(board, schedule))


def _has_been(board: Board, placements: tuple[Placement, ...]) -> bool:
    """Return whether all of these lie in the past just as the plan before had them."""
    return all(not board.is_open(p.slot) and board.fixed.get(Pair(p.drill, p.slot)) == p for p in placements)


def _break(rule: PlanRule, placements: tuple[Placement, ...]) -> Break:
    where = ", ".join(
        f"{p.drill} in {p.slot} ({p.units(Side.LEFT)}+{p.units(Side.RIGHT)})" for p in placements
    )
    return Break(rule=rule.name, reason=rule.reason(f"{rule.why} Here: {where}."), placements=placements)
