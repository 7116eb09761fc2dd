"""A new plan: issued for the first time, changed because something happened, or kept after a look."""

from datetime import datetime

from triplane import adaptation, planning
from triplane.catalogue import Drill
from triplane.coach.issued import ONLY_REASONS, CurrentPlan, because, known_at_issue
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.coach.situation import Situation
from triplane.history import Change, Equipment, EquipmentListed, History, Plan, PlanIssued, PlanKept, record
from triplane.planning import Infeasible


def issue_plan(history: History, now: datetime) -> Plan | Infeasible:
    """Plan the week of ``now``, starting from the plan that was issued before, if any.

    Heavy: imports the solver. Past slots and what was done stay as they are.

    Raises
    ------
    Blocked
        When safety stops the runner: then there is no plan at all.
    UnsoundPlan
        When the plan holds what safety does not offer or what is not at hand; a fault of ours.
    """
    refuse_if_blocked(history, now)
    situation = Situation(history, now)
    found = planning.plan(situation.problem, situation.drills)
    if isinstance(found, Infeasible):
        return found
    _refuse_unsafe(found, situation)
    problem = situation.problem
    sore = (problem.no_more,) if problem.no_more and problem.held_to else ()
    notes = (*sore, *adaptation.notices(history, now), *found.notes)
    return found.model_copy(update={"notes": tuple(dict.fromkeys(notes))})


def _refuse_unsafe(plan: Plan, situation: Situation) -> None:
    at_home = _at_home(situation)
    wrong = planning.unsafe_items(plan, situation.problem, situation.offer, situation.drills, at_home)
    if wrong:
        raise planning.UnsoundPlan("\n".join(wrong))


def plan_anew(history: History, before: Plan | None, causes: tuple[str, ...], now: datetime) -> CurrentPlan:
    """Plan because of something, and return the plan with the fact that keeps or issues it.

    A plan is kept only when nothing of it would read otherwise: drills, doses, targets, what it cannot
    give, and what it says.
    """
    found = issue_plan(history, now)
    if isinstance(found, Infeasible):
        return CurrentPlan(clashes=found.clashes)
    why = because(causes)
    if before and _content(before) == _content(found):
        kept = record(PlanKept(plan=before.id, because=why), history.runner, now, author="coach")
        return CurrentPlan(plan=before, proposed=(kept,))
    if before:
        changes = (*_lived(history, before, now), *found.changes)
        found = found.model_copy(update={"changes": changes or (_only_reasons(why),)})
    body = PlanIssued(plan=found, because=why)
    issued = record(body, history.runner, now, author="coach", reason=why)
    return CurrentPlan(plan=found, is_new=before is not None, proposed=(issued,))


def _lived(history: History, before: Plan, now: datetime) -> tuple[Change, ...]:
    """Say what lived days changed about doses since the plan before, each with its cause."""
    then = Situation(*known_at_issue(history, before))
    today = Situation(history, now)
    return adaptation.what_changed(then.adjustments, today.adjustments, drills_at_hand(before, today))


def drills_at_hand(before: Plan, today: Situation) -> dict[str, Drill]:
    """Return the drills that were planned or that the runner has the things and the place for."""
    planned, contexts = {item.drill for item in before.items}, {slot.context for slot in today.problem.slots}
    at_home = _at_home(today)
    return {
        name: drill
        for name, drill in today.drills.items()
        if name in planned or contexts & set(planning.contexts_of(drill, at_home))
    }


def _at_home(situation: Situation) -> frozenset[Equipment]:
    listed = situation.history.until(situation.now).latest(EquipmentListed)
    return listed.equipment if listed else frozenset()


def _only_reasons(why: str) -> Change:
    return Change(says=ONLY_REASONS, cause=f"This comes {why}.")


def _content(plan: Plan) -> tuple[object, ...]:
    """Return what a runner reads in a plan; how it was solved and what it replaced are not part of it."""
    items = frozenset((i.slot, i.drill, i.left, i.right, i.how, i.lunge, i.load_kg) for i in plan.items)
    return items, plan.slots, plan.targets, plan.shortfalls, plan.notes, plan.catalogue_version
