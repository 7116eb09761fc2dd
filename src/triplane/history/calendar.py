"""The runner's calendar: weeks begin on Monday, days are the runner's own."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def monday_of(day: date) -> date:
    """Return the Monday of a date's week."""
    return day - timedelta(days=day.weekday())


def zone_name(now: datetime) -> str:
    """Return the name of the zone an instant is told in: where the runner is now.

    An instant without a named zone (a plain offset) counts as UTC; only its date can differ then.
    """
    return now.tzinfo.key if isinstance(now.tzinfo, ZoneInfo) else "UTC"
