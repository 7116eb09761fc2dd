"""Which facts a day needs, and which facts make a plan be looked at again."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from triplane.history import Fact, History, Plan, PlanIssued, PlanKept

SAFETY = (
    "disclaimer_accepted", "screening_answered", "clearance_recorded", "restriction_tightened",
    "about_runner", "readiness_answered", "measurement_taken", "session_logged", "checkin_answered",
)  # fmt: skip
"""Kinds that safety reads, always from the beginning: a block of long ago stands until it is cleared."""

MOVERS = frozenset(
    {
        "screening_answered", "clearance_recorded", "restriction_tightened", "about_runner",
        "equipment_listed", "week_described", "day_changed", "race_entered", "run_recorded",
        "measurement_taken", "session_logged", "checkin_answered", "default_changed",
    }
)  # fmt: skip
"""Kinds of facts after which a plan is looked at again; nothing else ever changes one."""


def monday_of(day: date) -> date:
    """Return the Monday of a date's week."""
    return day - timedelta(days=day.weekday())


def day_needs(now: datetime) -> Mapping[str, date | None]:
    """Return the kinds of facts a day is made from, each with the first date that matters."""
    this_week = monday_of(now.date()) - timedelta(days=7)
    safety = dict.fromkeys(SAFETY)
    return {
        **safety,
        "equipment_listed": None,
        "week_described": None,
        "race_entered": None,
        "default_changed": None,
        "run_recorded": this_week,
        "day_changed": this_week,
        "plan_issued": this_week,
        "plan_kept": this_week,
    }


def issued_plan(history: History, now: datetime) -> Plan | None:
    """Return the newest plan for the week of ``now``, or ``None``."""
    week = monday_of(now.date())
    found = None
    for _, issued in history.all(PlanIssued):
        if issued.plan.week == week:
            found = issued.plan
    return found


def happened_since(history: History, plan: Plan) -> tuple[Fact, ...]:
    """Return the facts recorded after a plan was issued or last kept that may change it."""
    seen = -1
    for place, fact in enumerate(history.facts):
        body = fact.body
        if (isinstance(body, PlanIssued) and body.plan.id == plan.id) or (
            isinstance(body, PlanKept) and body.plan == plan.id
        ):
            seen = place
    return tuple(fact for fact in history.facts[seen + 1 :] if fact.kind in MOVERS)


def known_at_issue(history: History, plan: Plan) -> tuple[History, datetime]:
    """Return what was known when a plan was issued, and that instant."""
    for place, fact in enumerate(history.facts):
        if isinstance(fact.body, PlanIssued) and fact.body.plan.id == plan.id:
            return History(history.runner, history.facts[:place]), fact.occurred_at
    raise LookupError(plan.id)
