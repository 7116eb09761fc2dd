"""The plan that stands: the one issued, as long as nothing happened since."""

from datetime import datetime

from triplane.coach.issued import Standing, happened_since, issued_plan
from triplane.history import History


def standing_plan(history: History, now: datetime) -> Standing:
    """Return the plan that stands, planning anew only when something happened since it was issued.

    What plans is loaded only then: a day with a current plan is shown without it.
    """
    before = issued_plan(history, now)
    happened = happened_since(history, before) if before else ()
    if before and not happened:
        return Standing(plan=before)
    from triplane.coach.plans import plan_anew

    return plan_anew(history, before, happened, now)
