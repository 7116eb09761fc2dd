"""A new plan: issued for the first time, changed because something happened, or kept after a look."""

from datetime import datetime

from triplane import adaptation, planning
from triplane.coach.issued import Standing, known_at_issue
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.coach.situation import Situation
from triplane.history import Change, Fact, History, Plan, PlanIssued, PlanKept, record
from triplane.planning import Infeasible


def issue_plan(history: History, now: datetime) -> Plan | Infeasible:
    """Plan the week of ``now``, starting from the plan that was issued before, if any.

    Heavy: imports the solver. Past slots and what was done stay as they are.

    Raises
    ------
    Blocked
        When safety stops the runner: then there is no plan at all.
    """
    refuse_if_blocked(history, now)
    situation = Situation(history, now)
    found = planning.plan(situation.problem, situation.drills)
    if isinstance(found, Infeasible):
        return found
    notices = adaptation.notices(history, now)
    return found.model_copy(update={"notes": tuple(dict.fromkeys((*notices, *found.notes)))})


def plan_anew(history: History, before: Plan | None, happened: tuple[Fact, ...], now: datetime) -> Standing:
    """Plan because something happened, and return the plan with the fact that keeps or issues it."""
    found = issue_plan(history, now)
    if isinstance(found, Infeasible):
        return Standing(clashes=found.clashes)
    because = _because(happened)
    if before and _same(before, found):
        kept = record(PlanKept(plan=before.id, because=because), history.runner, now, author="coach")
        return Standing(plan=before, proposed=(kept,))
    if before:
        found = found.model_copy(update={"changes": (*_lived(history, before, now), *found.changes)})
    body = PlanIssued(plan=found, because=because)
    issued = record(body, history.runner, now, author="coach", reason=because)
    return Standing(plan=found, is_new=before is not None, proposed=(issued,))


def _lived(history: History, before: Plan, now: datetime) -> tuple[Change, ...]:
    """Say what lived days changed about doses since the plan before, each with its cause."""
    then = Situation(*known_at_issue(history, before))
    today = Situation(history, now)
    return adaptation.what_changed(then.adjustments, today.adjustments, today.drills)


def _same(before: Plan, after: Plan) -> bool:
    return {_essence(before, item.id) for item in before.items} == {
        _essence(after, item.id) for item in after.items
    } and before.slots == after.slots


def _essence(plan: Plan, item_id: str) -> tuple[object, ...]:
    item = next(item for item in plan.items if item.id == item_id)
    return (item.slot, item.drill, item.left, item.right, item.how, item.lunge, item.load_kg)


_WORDS = {
    "checkin_answered": "your check-in",
    "session_logged": "the session you logged",
    "measurement_taken": "a new measurement",
    "run_recorded": "a run",
    "day_changed": "a day that goes otherwise",
    "race_entered": "a race",
    "week_described": "your week",
    "equipment_listed": "your equipment",
    "about_runner": "what you told about yourself",
    "screening_answered": "your safety answers",
    "clearance_recorded": "a clearance",
    "restriction_tightened": "a restriction",
    "default_changed": "a changed default",
}


def _because(happened: tuple[Fact, ...]) -> str:
    if not happened:
        return "first plan of the week"
    words = list(dict.fromkeys(_WORDS[fact.kind] for fact in happened))
    return "after " + (words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1])
