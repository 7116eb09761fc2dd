"""What a rule posts to the solver keeps out the very schedule that its predicate finds broken."""

import pytest
from test_planning_rules import BROKEN, _one

from small_weeks import drill, target
from triplane.body import Direction, Side
from triplane.planning import Schedule, WeekProblem, all_rules
from triplane.planning.board import SIDES, Board, Pair
from triplane.planning.cp_sat import CpSat
from triplane.planning.models import exact_model
from triplane.planning.rules import PlanRule

POSTING = [rule for rule in all_rules() if hasattr(rule.module, "post")]


def _is_open_to_the_solver(problem: WeekProblem, schedule: Schedule, *rules: PlanRule) -> bool:
    """Return whether the exact model, with these rules posted and no other, has room for the schedule."""
    model = exact_model(Board(problem), rules=rules)
    units = {(p.drill, p.slot, side): p.units(side) for p in schedule.placements for side in SIDES}
    lying = {Pair(p.drill, p.slot) for p in schedule.placements}
    for pair, placed in model.placed.items():
        model.program.hold([(1, placed)], at_least=int(pair in lying), at_most=int(pair in lying))
    for (pair, side), worked in model.worked.items():
        works = int(units.get((pair.drill, pair.slot, side), 0) > 0)
        model.program.hold([(1, worked)], at_least=works, at_most=works)
    for key, counted in model.counted.items():
        model.program.hold([(1, counted)], at_least=units.get(key, 0), at_most=units.get(key, 0))
    return CpSat(model.program).minimise([], 1).solution is not None


def _uneven() -> tuple[WeekProblem, Schedule]:
    """One side may lead here; where none may, the model keeps one count for both."""
    targets = (target(Direction.EXTENSION, Side.LEFT, 6), target(Direction.EXTENSION, Side.RIGHT, 2))
    return _one(drill("own", 3), left=4, right=1, targets=targets)


@pytest.mark.parametrize("rule", POSTING, ids=lambda rule: rule.name)
def test_what_a_rule_posts_keeps_the_schedule_that_breaks_it_from_the_solver(rule: PlanRule) -> None:
    problem, broken = _uneven() if rule.name == "sides" else BROKEN[rule.name]()
    assert _is_open_to_the_solver(problem, broken)
    assert not _is_open_to_the_solver(problem, broken, rule)
