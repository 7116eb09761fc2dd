"""The sample runner on any day and hour: somebody who uses the coach, told without contradiction."""

import re
from datetime import datetime, time, timedelta
from itertools import product
from typing import Any

import pytest

from night import every
from triplane import coach
from triplane.history import CheckinAnswered, RunRecorded, SessionLogged, monday_of

HOURS = (time(7), time(13), time(21, 30))


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize(("day", "hour"), [(day, hour) for day in range(7) for hour in HOURS[:2]])
def test_whoever_looks_at_a_sample_sees_a_session_whatever_day_it_is(
    app: Any, browser: Any, day: int, hour: time
) -> None:
    monday = monday_of(app.now.date())
    app.now = datetime.combine(monday + timedelta(days=day), hour, app.now.tzinfo)
    told = text(browser.post("/sample/", follow=True))
    today = app.open_sample(monday).look()

    assert "A rest day" not in told
    assert today is not None
    assert any(slot.drills for slot in today.slots)


@pytest.mark.parametrize(("day", "hour"), every(4, [*product(range(7), HOURS)]))
def test_a_sample_is_in_use_on_any_day_and_today_never_contradicts_itself(
    app: Any, browser: Any, day: int, hour: time
) -> None:
    monday = monday_of(app.now.date())
    app.now = datetime.combine(monday + timedelta(days=day), hour, app.now.tzinfo)
    told = text(browser.post("/sample/", follow=True))
    practice = app.open_sample(monday)
    history, today = practice.history(), practice.look()
    assert today is not None, "nothing is left to plan"
    missed = [
        slot for slot in today.slots if not slot.done and slot.slot.starts_at < app.now - timedelta(hours=3)
    ]

    assert "A week or more has passed" not in told
    assert "was not done" not in told and "were not done" not in told
    assert not missed, "what is past today was done"
    if any(slot.done for slot in today.slots):
        assert "A rest day" not in told and "Nothing is planned" not in told
        assert today.next or "Done for today" in told
    if day > 1:
        assert [fact for fact in history.facts_of(SessionLogged) if fact.local_date >= monday]
        assert [fact for fact in history.facts_of(RunRecorded) if fact.local_date >= monday]
        assert [fact for fact in history.facts_of(CheckinAnswered) if fact.local_date > monday]
    week = coach.week(history, practice.now)
    past = [slot for one in week.days if one.date < app.now.date() for slot in one.slots]
    assert sum(not slot.done for slot in past) <= 1, "most was done"
    assert all(fact.occurred_at <= app.now for fact in history.facts)
