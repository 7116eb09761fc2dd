"""The personas with their first weeks, lived once and shared by every test that looks at them."""

from datetime import timedelta
from functools import cache

from cast import MONDAY
from living import Life, LivedWeek
from night import IS_WIDE
from personas import history_of_file, persona
from plan_reading import sentences
from triplane import coach
from triplane.history import History, PlanItem

NOW = MONDAY + timedelta(hours=1)

WEEKS = {"P1": 4, "P2": 10, "P3": 4, "P4": 4, "P6": 6 if IS_WIDE else 4}
"""How long each is followed: as far as its expectations reach."""


@cache
def history(name: str) -> History:
    """Return a persona's history before its first plan."""
    return history_of_file(persona(name), name)


@cache
def life(name: str) -> tuple[LivedWeek, ...]:
    """Return a persona's first weeks, lived as planned."""
    return tuple(Life(history(name), MONDAY).live(WEEKS[name]).weeks)


def placed(name: str, drill: str) -> list[PlanItem]:
    """Return every placement of a drill in a persona's weeks, in order of weeks."""
    return [item for week in life(name) for item in week.placed(drill)]


def all_that_is_said(name: str) -> str:
    """Return all that the coach says to a persona: map, safety words and plans, in small letters."""
    said = [coach.hip_map(history(name), NOW), coach.clearance(history(name), NOW)]
    plans = [week.plan for week in life(name)]
    return "\n".join(text.lower() for value in (*said, *plans) for text in sentences(value))
