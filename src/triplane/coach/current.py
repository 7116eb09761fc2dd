"""The current plan: the one issued, as long as nothing happened and nothing ended since."""

from datetime import datetime

from triplane import screening
from triplane.catalogue import catalogue_version
from triplane.coach.issued import CurrentPlan, happened_since, issued_plan, known_at_last_look
from triplane.history import History, Plan

A_CLEARANCE_ENDED = "something that safety allowed or held back has ended"
A_CORRECTION = "a correction"
DRILLS_WERE_REVISED = "the drills were revised"

_WORDS = {
    "checkin_answered": "your check-in",
    "session_logged": "the session you logged",
    "measurement_taken": "a new measurement",
    "run_recorded": "a run",
    "day_changed": "a day that goes otherwise",
    "slot_moved": "a session you moved",
    "race_entered": "a race",
    "calendar_read": "your calendar",
    "week_described": "your week",
    "equipment_listed": "your equipment",
    "about_runner": "what you told about yourself",
    "screening_answered": "your safety answers",
    "clearance_recorded": "a clearance",
    "restriction_tightened": "a restriction",
    "default_changed": "a changed default",
    "drill_chosen": "a drill that was chosen or left out",
}


def current_plan(history: History, now: datetime) -> CurrentPlan:
    """Return the current plan, planning anew only when there is a cause to.

    What plans is loaded only then: a day with a current plan is shown without it.
    """
    before = issued_plan(history, now)
    causes = causes_since(history, before, now) if before else ()
    if before and not causes:
        return CurrentPlan(plan=before)
    from triplane.coach.plans import plan_anew

    return plan_anew(history, before, causes, now)


def causes_since(history: History, plan: Plan, now: datetime) -> tuple[str, ...]:
    """Return in words what makes an issued plan be looked at again; nothing else ever changes one.

    Facts that came in; a clearance or a restriction that ended by itself; drills that were revised.
    """
    causes = [_WORDS.get(fact.kind, A_CORRECTION) for fact in happened_since(history, plan)]
    if _safety(history, now) != _safety(*known_at_last_look(history, plan)):
        causes.append(A_CLEARANCE_ENDED)
    if plan.catalogue_version != catalogue_version():
        causes.append(DRILLS_WERE_REVISED)
    return tuple(dict.fromkeys(causes))


def _safety(history: History, now: datetime) -> tuple[object, ...]:
    """What safety leaves of the catalogue follows from these, and from nothing else."""
    found = screening.screen(history, now)
    return found.tag_names, found.drills_added, found.strained
