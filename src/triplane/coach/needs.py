"""Which facts a day needs, and which facts make a plan be looked at again."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

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
