"""Which facts a day needs, and which facts make a plan be looked at again."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from triplane.history import KINDS, monday_of

MOVERS = frozenset(
    {
        "screening_answered", "clearance_recorded", "restriction_tightened", "about_runner",
        "equipment_listed", "week_described", "day_changed", "race_entered", "run_recorded",
        "slot_moved", "measurement_taken", "session_logged", "checkin_answered", "default_changed",
        "calendar_read",
    }
)  # fmt: skip
"""Kinds of facts after which a plan is looked at again; nothing else ever changes one."""


def day_needs(now: datetime) -> Mapping[str, date | None]:
    """Return the kinds of facts a day is made from, each with the first date that matters.

    Everything is read but the plans of weeks long gone, which say nothing about today and are by far the
    largest facts there are.
    """
    last_week = monday_of(now.date()) - timedelta(days=7)
    return {**dict.fromkeys(KINDS), "plan_issued": last_week, "plan_kept": last_week}
