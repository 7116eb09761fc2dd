"""The plan as it was issued: which one it is, what happened since, and what was known then."""

from datetime import datetime

from triplane.coach.needs import MOVERS, monday_of
from triplane.evidence import Reason
from triplane.history import Fact, History, Plan, PlanIssued, PlanKept
from triplane.value import Value


class Standing(Value):
    """The plan to go by, whether it is new, and the facts to append. No plan: why not."""

    plan: Plan | None = None
    is_new: bool = False
    clashes: tuple[Reason, ...] = ()
    proposed: tuple[Fact, ...] = ()


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
