"""The last look at a plan before it is issued: every item against what safety offers and what is at hand.

It looks at no candidate, so that a fault in making them is found here.
"""

from collections.abc import Iterator, Mapping

from triplane.body import Side
from triplane.catalogue import Drill, Reach
from triplane.history import Equipment, Plan, PlanItem, Prescription
from triplane.planning.board import Board
from triplane.planning.equipment import contexts_of
from triplane.planning.problem import WeekProblem
from triplane.screening import Allowance, Limits, Offer


def unsafe_items(
    plan: Plan,
    problem: WeekProblem,
    offer: Offer,
    drills: Mapping[str, Drill],
    at_home: frozenset[Equipment],
) -> tuple[str, ...]:
    """Return one sentence for every thing wrong with an item that lies ahead; empty when all are sound.

    Slots gone by or logged stay as they were and are not judged again.
    """
    board, found = Board(problem), list[str]()
    for item in plan.items:
        if not board.is_open(item.slot):
            continue
        drill, allowance = drills[item.drill], offer.of(item.drill)
        if allowance is None or not allowance.is_allowed:
            found.append(f"{item.id} is not offered.")
        else:
            found += [f"{item.id} {wrong}" for wrong in beyond_limits(item, drill, allowance)]
        if board.slots[item.slot].context not in contexts_of(drill, at_home):
            found.append(f"{item.id} does not suit its slot with what is at hand.")
    return tuple(found)


def beyond_limits(item: PlanItem, drill: Drill, allowance: Allowance) -> Iterator[str]:
    """Yield how an item's dose, load or lunge goes beyond what safety leaves of its drill."""
    limits = allowance.limits
    for side in Side:
        dose = item.on(side)
        if dose is not None and _holds_too_long(dose, drill, limits):
            yield f"is held too long on the {side}."
        if dose is not None and _is_too_hard(dose, limits):
            yield f"is too hard on the {side}."
    if limits.bodyweight_only and item.load_kg:
        yield "carries a weight."
    if item.lunge is not None:
        raised = [name for name in _shut_variables(limits) if getattr(item.lunge, name)]
        yield from (f"is a lunge of too much {name}." for name in raised)
        if Reach(item.lunge.reach) in allowance.refused_reaches:
            yield "reaches where it must not."
    if not set(allowance.how) <= set(item.how):
        yield "does not say how it is to be done."


def _holds_too_long(dose: Prescription, drill: Drill, limits: Limits) -> bool:
    if limits.hold_max_s is None:
        return False
    efforts = {phase.do for phase in drill.dose.phases if not phase.stretch}
    held = [dose.hold_s, *(seconds for words, seconds in dose.phases if words in efforts)]
    return max(held) > limits.hold_max_s


def _is_too_hard(dose: Prescription, limits: Limits) -> bool:
    most = limits.effort_max_pct
    return most is not None and dose.effort_pct is not None and dose.effort_pct[1] > most


def _shut_variables(limits: Limits) -> tuple[str, ...]:
    shut = {
        "load": limits.bodyweight_only,
        "stability": limits.bodyweight_only,
        "speed": limits.slow_only,
        "environment": limits.no_step_environment,
        "range": limits.shallow_only,
    }
    return tuple(name for name, is_shut in shut.items() if is_shut)
