"""A session of which one drill was done: nobody says it was not done, and what is left is still offered."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from cast import MONDAY
from triplane import coach
from triplane.coach import Went
from triplane.coach.cues import minutes_to_play
from triplane.formats.runner_file import sample_runner
from triplane.history import History, record

NOW = MONDAY.replace(hour=5, minute=30)


@pytest.fixture(scope="module")
def planned() -> History:
    bodies = sample_runner("marathoner", NOW.date()).bodies(
        coach.first_questions(), coach.disclaimer().version
    )
    at = NOW - timedelta(minutes=10)
    told = History("me").plus(*(record(b, "me", at + timedelta(seconds=n)) for n, b in enumerate(bodies)))
    return told.plus(*coach.day(told, NOW).proposed)


@pytest.fixture(scope="module")
def two(planned: History) -> Any:
    """The first session of the week that holds two drills, in the evening or the morning of its day."""
    found = coach.week(planned, NOW)
    slots = [slot for day in found.days if day.date >= NOW.date() for slot in day.slots]
    return next(slot for slot in slots if len(slot.items) == 2)


def alone(history: History, item: str, at: datetime, seconds_of: float = 1) -> History:
    """One drill is played by itself, as far as told, and handed in."""
    session = coach.bundle(history, item, at).session
    played = coach.Played(seconds=tuple(seconds_of * cue.seconds for cue in session.cues))
    told = coach.HandIn(
        key=f"{len(history.facts):08x}", mark=history.mark, reference=session.reference, played=played,
        effort=5, discomfort=0, ended_at=at,
    )  # fmt: skip
    history = history.plus(*coach.hand_in(history, told, at).facts)
    return history.plus(*coach.day(history, at + timedelta(minutes=1)).proposed)


def of_day(history: History, slot: str, now: datetime) -> Any:
    return next(one for one in coach.day(history, now).slots if one.slot.id == slot)


def of_week(history: History, slot: str, now: datetime) -> Any:
    days = coach.week(history, now).days
    return next(one for day in days for one in day.slots if one.slot.id == slot)


def after(two: Any) -> datetime:
    return two.slot.starts_at + timedelta(minutes=two.slot.minutes, hours=2, seconds=60)


def test_one_drill_of_two_is_a_part_and_not_nothing(planned: History, two: Any) -> None:
    begun = two.slot.starts_at
    told = alone(planned, two.items[0].item.id, begun)
    today, week = (look(told, two.slot.id, after(two)) for look in (of_day, of_week))

    assert today.went is week.went is Went.PARTLY
    assert 0 < today.done_minutes < today.minutes
    assert today.done_minutes == pytest.approx(week.done_minutes)
    others = [one for one in coach.day(told, after(two)).slots if one.slot.id != two.slot.id]
    if not others:
        found = coach.day(told, after(two))
        assert found.quiet is coach.Quiet.PARTLY
        assert found.headline == "Nothing more today."


def test_what_is_left_of_it_is_offered_while_its_time_is(planned: History, two: Any) -> None:
    begun = two.slot.starts_at
    done, left = (one.item for one in two.items)
    day = coach.day(alone(planned, done.id, begun), begun + timedelta(minutes=20))

    assert day.next is not None and day.next.slot.id == two.slot.id
    assert [drill.item.id for drill in day.next.to_do] == [left.id]
    assert day.next.minutes_left == pytest.approx(day.next.minutes - minutes_to_play(done))
    assert re.match(rf"Next: {day.next.minutes_left:.0f} minutes?,", day.headline)


def test_both_one_by_one_are_all_of_it_though_the_last_was_the_shorter(planned: History, two: Any) -> None:
    """The log of the last drill answers the session, with its own minutes: they are not all that was done."""
    begun = two.slot.starts_at
    first, last = sorted((one.item for one in two.items), key=lambda item: -item.minutes)
    told = alone(alone(planned, first.id, begun), last.id, begun + timedelta(minutes=20))
    today, week = (look(told, two.slot.id, after(two)) for look in (of_day, of_week))

    assert today.went is week.went is Went.DONE
    assert today.done_minutes == pytest.approx(today.minutes, abs=0.5)


def test_one_drill_that_was_skipped_is_no_part(planned: History, two: Any) -> None:
    told = alone(planned, two.items[0].item.id, two.slot.starts_at, seconds_of=0)
    assert of_day(told, two.slot.id, after(two)).went is Went.SKIPPED
    assert of_week(told, two.slot.id, after(two)).went is Went.SKIPPED
