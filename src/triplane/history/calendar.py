"""The runner's calendar: weeks begin on Monday, days are the runner's own."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field

EARLIEST, LATEST = 1900, 2200
"""Years that a date or an instant may lie in. Ours."""

Day = Annotated[date, Field(ge=date(EARLIEST, 1, 1), le=date(LATEST, 12, 31))]
"""A date of the runner's own, near enough to be reckoned with."""

Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime(EARLIEST, 1, 1, tzinfo=UTC), le=datetime(LATEST, 12, 31, tzinfo=UTC)),
]
"""An instant with its zone, near enough to be reckoned with."""


def monday_of(day: date) -> date:
    """Return the Monday of a date's week."""
    return day - timedelta(days=day.weekday())


def zone_name(now: datetime) -> str:
    """Return the name of the zone an instant is told in: where the runner is now.

    An instant without a named zone (a plain offset) counts as UTC; only its date can differ then.
    """
    return now.tzinfo.key if isinstance(now.tzinfo, ZoneInfo) else "UTC"
