"""The plan as it was issued: which one it is, what happened since, and what was known then."""

from datetime import datetime

from triplane.coach.needs import MOVERS
from triplane.evidence import Reason
from triplane.history import Change, Fact, History, Plan, PlanIssued, PlanKept, monday_of
from triplane.value import Value

ONLY_REASONS = "Your drills and doses stay; what stands behind them changed."
"""What a plan says of itself that is new in its reasons alone."""


class CurrentPlan(Value):
    """The plan to go by, whether it is new, and the facts to append. No plan: why not."""

    plan: Plan | None = None
    is_new: bool = False
    clashes: tuple[Reason, ...] = ()
    proposed: tuple[Fact, ...] = ()


def issued_plan(history: History, now: datetime) -> Plan | None:
    """Return the plan for the week of ``now`` that was recorded last, or ``None``."""
    return history.issued_plan(monday_of(now.date()))


def changes_told(plan: Plan) -> tuple[Change, ...]:
    """Return what a plan changed for the runner; new reasons alone are no change to tell of."""
    return tuple(change for change in plan.changes if change.says != ONLY_REASONS)


def happened_since(history: History, plan: Plan) -> tuple[Fact, ...]:
    """Return the facts recorded after a plan was issued or last kept that may change it."""
    known, _ = known_at_last_look(history, plan)
    later = history.facts[len(known.facts) + 1 :]
    return tuple(fact for fact in later if fact.kind in MOVERS or fact.supersedes)


def known_at_last_look(history: History, plan: Plan) -> tuple[History, datetime]:
    """Return what was known when a plan was issued or last kept, and that instant."""
    return history.follows(("known_at_last_look", plan.id), lambda: _known_at_last_look(history, plan))


def _known_at_last_look(history: History, plan: Plan) -> tuple[History, datetime]:
    looks = [
        place
        for place, fact in enumerate(history.facts)
        if (isinstance(fact.body, PlanIssued) and fact.body.plan.id == plan.id)
        or (isinstance(fact.body, PlanKept) and fact.body.plan == plan.id)
    ]
    last = looks[-1]
    return History(history.runner, history.facts[:last]), history.facts[last].occurred_at


def known_at_issue(history: History, plan: Plan) -> tuple[History, datetime]:
    """Return what was known when a plan was issued, and that instant."""
    for place, fact in enumerate(history.facts):
        if isinstance(fact.body, PlanIssued) and fact.body.plan.id == plan.id:
            return History(history.runner, history.facts[:place]), fact.occurred_at
    raise LookupError(plan.id)


def because(causes: tuple[str, ...]) -> str:
    """Join causes to one sentence's end: 'after your check-in and a run'."""
    if not causes:
        return "first plan of the week"
    first = ", ".join(causes[:-1])
    return f"after {first} and {causes[-1]}" if first else f"after {causes[-1]}"
