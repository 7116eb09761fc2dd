"""The sample runner at one fixed instant, so that the pictures are the same every time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from triplane import coach
from triplane.formats.runner_file import sample_runner
from triplane.history import History, record

MONDAY = datetime(2026, 11, 23, 6, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def sample_history(now: datetime = MONDAY) -> History:
    """Return the history of the sample marathoner on the morning of the first day."""
    told = sample_runner("marathoner", now.date())
    bodies = told.bodies(coach.first_questions(), coach.disclaimer().version)
    return History("me", tuple(record(body, "me", now) for body in bodies))
