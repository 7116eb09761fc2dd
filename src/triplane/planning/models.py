"""Which placements are open to the solver, and models of a week with every rule posted."""

from collections.abc import Collection

from triplane.planning.board import Board, Pair
from triplane.planning.rules import PlanRule, all_rules
from triplane.planning.week_model import GroupOf, WeekModel


def open_pairs(board: Board, rules: tuple[PlanRule, ...] | None = None) -> tuple[Pair, ...]:
    """Return what no rule forbids outright, with what is fixed, in a fixed order."""
    asked = all_rules() if rules is None else rules
    pairs = {
        Pair(drill, slot)
        for drill, candidate in board.candidates.items()
        for slot in board.open_slots
        if not any(rule.forbids(board, candidate, board.slots[slot]) for rule in asked)
    }
    past = {pair for pair in board.fixed if not board.is_open(pair.slot)}
    order = {slot: place for place, slot in enumerate(board.slots)}
    return tuple(sorted(pairs | past, key=lambda pair: (pair.drill, order[pair.slot])))


def dose_model(board: Board, rules: tuple[PlanRule, ...] | None = None) -> WeekModel:
    """Return the model of drills, placements and units per week: a relaxation of the exact one."""
    return _model(board, open_pairs(board, rules), lambda slot: "week", rules)


def exact_model(
    board: Board, drills: Collection[str] | None = None, rules: tuple[PlanRule, ...] | None = None
) -> WeekModel:
    """Return the model with units per slot, for all drills or a few."""
    pairs = (p for p in open_pairs(board, rules) if drills is None or p.drill in drills)
    return _model(board, tuple(pairs), lambda slot: slot, rules)


def _model(
    board: Board, pairs: tuple[Pair, ...], group_of: GroupOf, rules: tuple[PlanRule, ...] | None
) -> WeekModel:
    model = WeekModel(board, pairs, group_of)
    for rule in all_rules() if rules is None else rules:
        rule.post(model)
    return model
