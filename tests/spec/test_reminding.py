"""What a runner is reminded of: a session soon to begin that may be done, and nothing else."""

from datetime import timedelta
from typing import Any

from triplane import coach
from triplane.history import Slot

HALF_AN_HOUR = timedelta(minutes=30)


def session_of(marathoner: Any) -> Slot:
    """Return today's session of the marathoner, who is put half an hour before it."""
    [entry] = marathoner.practice.day().slots
    marathoner.now = entry.slot.starts_at - HALF_AN_HOUR
    slot: Slot = entry.slot
    return slot


def reminded(marathoner: Any) -> list[str]:
    practice = marathoner.practice
    return [one.slot for one in coach.reminders(practice.history(), practice.now, HALF_AN_HOUR)]


def test_a_session_is_spoken_of_from_when_it_is_soon_until_it_begins(marathoner: Any) -> None:
    slot = session_of(marathoner)
    found = {}
    for minutes in (31, 30, 1, 0, -1):
        marathoner.now = slot.starts_at - timedelta(minutes=minutes)
        found[minutes] = reminded(marathoner)
    assert found == {31: [], 30: [slot.id], 1: [slot.id], 0: [], -1: []}


def test_nothing_is_said_in_quiet_hours_even_over_midnight(marathoner: Any) -> None:
    session_of(marathoner)
    now = marathoner.now
    quiet = {
        "quiet_from": (now + timedelta(hours=2)).time(),
        "quiet_until": (now + timedelta(minutes=1)).time(),
    }
    chosen = coach.preferences(marathoner.practice.history())
    marathoner.practice.record(coach.chosen_preferences(chosen.units, chosen.sound, **quiet))
    assert reminded(marathoner) == []
    marathoner.now += timedelta(minutes=1)
    assert len(reminded(marathoner)) == 1


def test_whom_safety_stops_is_reminded_of_nothing_whatever_stands_in_the_plan(marathoner: Any) -> None:
    session_of(marathoner)
    assert reminded(marathoner)
    marathoner.practice.record(coach.readiness_answers({"ill": True}))
    assert reminded(marathoner) == []
    marathoner.practice.record(coach.screening_answers({"Q07": True}))
    assert reminded(marathoner) == []


def test_a_plan_that_is_to_be_looked_at_again_is_not_spoken_of(marathoner: Any) -> None:
    slot = session_of(marathoner)
    practice = marathoner.practice
    practice.record(coach.changed_day(practice.history(), slot.starts_at.date(), practice.now, away=True))
    assert practice.look() is None
    assert reminded(marathoner) == []
    assert len(practice.history().facts) == len(marathoner.practice.history().facts), "it only looks"
