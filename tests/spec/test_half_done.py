"""A session of which one drill was done: nobody says it was not done, and what is left is still offered."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from cast import MONDAY
from triplane import coach
from triplane.coach import Went
from triplane.coach.cues import minutes_to_play
from triplane.errors import UserError
from triplane.formats.runner_file import sample_runner
from triplane.history import History, RestrictionTightened, SessionLogged, record

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


def of_table(history: History, now: datetime) -> tuple[int, int]:
    """Sessions and minutes that a coach's table calls done."""
    line = coach.runners_line(history, now)
    return line.done, line.done_min


def minutes_of_week(history: History, now: datetime) -> int:
    """The minutes that the runner's own week calls done."""
    return round(sum(slot.done_minutes for day in coach.week(history, now).days for slot in day.slots))


def test_a_session_done_drill_by_drill_is_done_in_the_coachs_table_as_in_the_runners_week(
    planned: History, two: Any
) -> None:
    begun, now = two.slot.starts_at, after(two)
    first, last = (one.item for one in two.items)
    part = alone(planned, first.id, begun)
    assert of_week(part, two.slot.id, now).went is Went.PARTLY
    assert of_table(part, now) == (0, minutes_of_week(part, now)), "half a session is not one that is done"
    both = alone(part, last.id, begun + timedelta(minutes=20))
    assert of_week(both, two.slot.id, now).went is Went.DONE
    assert of_table(both, now) == (1, minutes_of_week(both, now))


def test_two_drills_that_two_devices_told_of_at_once_are_a_session_in_the_coachs_table(
    planned: History, two: Any
) -> None:
    """Neither knew of the other, so that no log answers the session as a whole."""
    begun, now = two.slot.starts_at, after(two)
    logs = [SessionLogged(slot=one.item.id, minutes=minutes_to_play(one.item)) for one in two.items]
    told = planned.plus(*(record(log, "me", begun) for log in logs))
    assert of_week(told, two.slot.id, now).went is Went.DONE
    assert of_table(told, now) == (1, minutes_of_week(told, now))


def test_the_last_word_on_a_session_counts_in_the_coachs_table_and_not_both(
    planned: History, two: Any
) -> None:
    begun, now = two.slot.starts_at, after(two)
    logs = [SessionLogged(slot=two.slot.id, minutes=minutes) for minutes in (9, 10)]
    told = planned.plus(*(record(log, "me", begun + timedelta(minutes=n)) for n, log in enumerate(logs)))
    assert of_table(told, now) == (1, minutes_of_week(told, now)) == (1, 10)


def test_a_session_that_was_mostly_skipped_is_not_done_in_the_coachs_table_either(
    planned: History, two: Any
) -> None:
    told = alone(planned, two.slot.id, two.slot.starts_at, seconds_of=0.1)
    assert of_week(told, two.slot.id, after(two)).went is Went.SKIPPED
    assert of_table(told, after(two)) == (0, minutes_of_week(told, after(two)))


def test_a_whole_week_done_is_all_of_what_the_table_says_was_planned(planned: History) -> None:
    told, now = planned, NOW
    for _ in range(12):
        left = [one for day in coach.week(told, now).days for one in day.slots if not one.done]
        if not left:
            break
        now = max(now, left[0].slot.starts_at)
        told = alone(told, left[0].slot.id, now)
    line = coach.runners_line(told, now + timedelta(minutes=1))
    assert (line.done, line.done_min) == (line.planned, line.planned_min)
    assert line.planned > 0


def test_what_was_done_beside_the_plan_counts_among_the_minutes(planned: History, two: Any) -> None:
    begun, now = two.slot.starts_at, after(two)
    first, last = (one.item for one in two.items)
    both = alone(alone(planned, first.id, begun), last.id, begun + timedelta(minutes=20))
    more = both.plus(record(SessionLogged(minutes=21), "me", begun + timedelta(hours=1)))
    assert of_table(more, now) == (1, of_table(both, now)[1] + 21)


@pytest.fixture(scope="module")
def each_told(planned: History, two: Any) -> History:
    """Both drills of a session were told of by themselves, before its hour, and the session was not."""
    early = two.slot.starts_at - timedelta(minutes=10)
    logs = [SessionLogged(slot=one.item.id, minutes=minutes_to_play(one.item)) for one in two.items]
    return planned.plus(*(record(log, "me", early) for log in logs))


def test_a_session_told_drill_by_drill_is_answered_wherever_that_is_asked(
    each_told: History, two: Any
) -> None:
    now = two.slot.starts_at - timedelta(minutes=5)
    name = two.slot.id

    assert of_day(each_told, name, now).done and of_week(each_told, name, now).done
    assert not of_week(each_told, name, now).may_move
    assert name not in {slot.id for slot in coach.movable_slots(each_told, now)}
    assert now.date() not in coach.day(each_told, now).shorter_days
    assert name not in {one.slot.id for one in coach.sessions_along(each_told, now)}
    assert name not in {one.slot.id for one in coach.week_handout(each_told, now)}
    assert coach.session_to_tell_of(each_told, now) != name
    with pytest.raises(UserError, match="logged before"):
        coach.refuse_to_log(each_told, name, now)
    with pytest.raises(UserError, match="is over"):
        coach.slot_of(each_told, name, now)


def test_a_session_told_drill_by_drill_that_is_handed_in_as_a_whole_counts_no_second_time(
    planned: History, each_told: History, two: Any
) -> None:
    at = two.slot.starts_at
    session = coach.bundle(planned, two.slot.id, at).session
    played = coach.Played(seconds=tuple(cue.seconds for cue in session.cues))
    told = coach.HandIn(
        key="0000000f", mark=planned.mark, reference=session.reference, played=played, ended_at=at
    )  # fmt: skip
    with pytest.raises(UserError, match="logged before"):
        coach.hand_in(each_told, told, at + timedelta(minutes=30))


@pytest.mark.parametrize("is_done_shut", [True, False], ids=["what was done", "what is left"])
def test_what_safety_shuts_out_afterwards_makes_a_part_neither_nothing_nor_all(
    planned: History, two: Any, is_done_shut: bool
) -> None:
    shut, free = sorted((one.item for one in two.items), key=lambda item: item.drill != "own_9090_front_er")
    done = shut if is_done_shut else free
    at = two.slot.starts_at + timedelta(minutes=25)
    told = alone(planned, done.id, two.slot.starts_at)
    told = told.plus(record(RestrictionTightened(tag="meniscus"), "me", at))
    now = at + timedelta(minutes=1)
    told = told.plus(*coach.day(told, now).proposed)
    for when in (now, after(two)):
        today, week = (look(told, two.slot.id, when) for look in (of_day, of_week))
        assert shut.drill not in {drill.item.drill for drill in today.drills}
        assert today.went is week.went
        assert today.done_minutes == week.done_minutes
        assert today.done_minutes == pytest.approx(minutes_to_play(done), abs=0.5)
    assert today.went is Went.PARTLY
    assert of_table(told, after(two)) == (0, minutes_of_week(told, after(two)))

    day = coach.day(told, now)
    to_come = [drill.item.id for drill in day.next.to_do] if day.next else []
    assert to_come == ([free.id] if is_done_shut else [])
    assert day.quiet is (None if is_done_shut else coach.Quiet.PARTLY)
