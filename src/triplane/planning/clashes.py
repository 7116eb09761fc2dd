"""Which rules stand against each other when no week keeps them all, and what would free them."""

from triplane.evidence import Reason
from triplane.planning.board import Board
from triplane.planning.cp_sat import CpSat
from triplane.planning.models import dose_model
from triplane.planning.rules import PlanRule, all_rules

ENOUGH_EFFORT = 0.5
"""Deterministic seconds for the question whether any week fits at all (coach's default)."""


def clashes_of(board: Board) -> tuple[Reason, ...]:
    """Return the rules each of which, left out alone, would let a week be planned.

    An empty week keeps every rule, so only what was pinned can clash: the words name it.
    """
    pinned = ", ".join(f"{pair.drill} in {pair.slot}" for pair in board.fixed if board.is_open(pair.slot))
    freeing = [rule for rule in all_rules() if _fits_without(board, rule)]
    named = freeing or [rule for rule in all_rules() if _forbids_pinned(board, rule)]
    return tuple(rule.reason(_words(rule, pinned)) for rule in named) or (_unknown(pinned),)


def _fits_without(board: Board, left_out: PlanRule) -> bool:
    if left_out.name == "gone_by":
        return False
    rules = tuple(rule for rule in all_rules() if rule is not left_out)
    model = dose_model(board, rules)
    fixed = set(board.fixed)
    if not fixed <= set(model.placed):
        return False
    return CpSat(model.program).fits([], ENOUGH_EFFORT)


def _forbids_pinned(board: Board, rule: PlanRule) -> bool:
    return any(
        rule.forbids(board, board.candidates[pair.drill], board.slots[pair.slot]) for pair in board.fixed
    )


def _words(rule: PlanRule, pinned: str) -> str:
    return f"{rule.why} What is pinned stands against it: {pinned}. Unpin it, or move it to another slot."


def _unknown(pinned: str) -> Reason:
    says = f"What is pinned breaks several rules at once: {pinned}. Unpin some of it."
    return Reason(rule="E85", says=says, sources=("coach_default",))
