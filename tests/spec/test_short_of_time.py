"""A day with less time than usual: what is done at home fits into it, nothing else grows, and it says why."""

from datetime import datetime, timedelta

import pytest

from cast import MONDAY, unmeasured
from triplane import coach
from triplane.coach.issued import issued_plan
from triplane.coach.situation import Situation
from triplane.formats.runner_file import read_runner_file
from triplane.history import Context, History, Plan, SlotMoved, record
from triplane.planning import week_of
from triplane.planning.short_of_time import not_grown
from triplane.value import Value

EVENING_BEFORE_THE_GYM = MONDAY.replace(hour=17, minute=30)


def tell(history: History, *bodies: Value, at: datetime) -> History:
    told = [record(body, "me", at + timedelta(seconds=number)) for number, body in enumerate(bodies)]
    known = history.plus(*told)
    return known.plus(*coach.day(known, at + timedelta(minutes=1)).proposed)


def short_of_time(history: History, day: datetime, minutes: float, at: datetime) -> History:
    return tell(history, coach.changed_day(history, day.date(), at, minutes=minutes), at=at)


def plan_of(history: History, now: datetime) -> Plan:
    plan = issued_plan(history, now)
    assert plan is not None
    return plan


def planned(plan: Plan, day: datetime, *, at_home: bool, since: datetime = MONDAY) -> float:
    """Return the minutes planned on a day that lie ahead, at home or anywhere else."""
    home = (Context.FULL_SESSION, Context.REST_DAY)
    slots = [
        slot.id
        for slot in plan.slots
        if slot.starts_at.date() == day.date()
        and slot.starts_at >= since
        and (slot.context in home) is at_home
    ]
    return sum(item.minutes for item in plan.items if item.slot in slots)


@pytest.fixture(scope="module")
def week() -> History:
    file = read_runner_file(unmeasured(home_at="19:30:00"), "runner")
    bodies = file.bodies(coach.first_questions(), coach.disclaimer().version)
    return tell(History("me"), *bodies, at=MONDAY)


def test_three_minutes_before_the_gym_are_three_minutes_and_nothing_grows_out_of_them(week: History) -> None:
    before = plan_of(week, EVENING_BEFORE_THE_GYM)
    told = short_of_time(week, MONDAY, 3, EVENING_BEFORE_THE_GYM)
    after = plan_of(told, EVENING_BEFORE_THE_GYM)

    assert planned(before, MONDAY, at_home=True) > 3
    assert planned(after, MONDAY, at_home=True) <= 3
    assert planned(after, MONDAY, at_home=False) <= planned(before, MONDAY, at_home=False)


@pytest.mark.parametrize("day", range(7))
def test_before_a_run_and_in_the_gym_there_is_room_for_no_more_than_was_planned_there(
    week: History, day: int
) -> None:
    on = MONDAY + timedelta(days=day)
    before = plan_of(week, on)
    told = week.plus(record(coach.changed_day(week, on.date(), on, minutes=3), "me", on))
    room = [
        slot
        for slot in Situation(told, on + timedelta(minutes=1)).problem.slots
        if slot.starts_at.date() == on.date() and slot.context not in (Context.FULL_SESSION, Context.REST_DAY)
    ]

    assert sum(slot.minutes for slot in room) <= planned(before, on, at_home=False) + 0.2 * len(room)


def test_what_leaves_and_where_it_goes_says_that_the_time_was_short(week: History) -> None:
    wednesday = MONDAY + timedelta(days=2)
    told = short_of_time(week, wednesday, 3, wednesday)
    changes = plan_of(told, wednesday).changes

    left = [change for change in changes if "leaves Wednesday" in change.says]
    came = [change for change in changes if "comes in" in change.says or "more time" in change.says]
    assert left
    assert {change.cause for change in left} == {"You have 3 minutes at home that day."}
    assert came
    gone = {change.says.partition(" leaves")[0] for change in left}
    for change in came:
        if any(change.says.startswith(drill) for drill in gone):
            assert "where you have 3 minutes at home" in change.cause


def test_a_day_without_a_minute_says_so(week: History) -> None:
    wednesday = MONDAY + timedelta(days=2)
    changes = plan_of(short_of_time(week, wednesday, 0, wednesday), wednesday).changes

    assert "You have no time at home that day." in {change.cause for change in changes}


def test_a_session_moved_to_a_short_day_shares_its_minutes(week: History) -> None:
    friday = MONDAY + timedelta(days=4)
    moved = tell(week, SlotMoved(slot="2026-11-28-rest_day-1", to=friday.replace(hour=12)), at=friday)
    after = plan_of(short_of_time(moved, friday, 6, friday + timedelta(minutes=5)), friday)

    assert planned(after, friday, at_home=True) <= 6


def test_however_often_the_week_is_planned_again_a_session_that_was_cut_does_not_grow(
    week: History,
) -> None:
    """What it held is on record to a tenth of a minute, which is not a tenth more each time."""
    told = short_of_time(week, MONDAY, 3, EVENING_BEFORE_THE_GYM)
    plan = plan_of(told, EVENING_BEFORE_THE_GYM)
    known = week_of(told, EVENING_BEFORE_THE_GYM, plan.week)
    made = next(slot for slot in plan.slots if slot.context is Context.PRE_GYM)
    held = sum(item.minutes for item in plan.items if item.slot == made.id)
    cut = made.model_copy(update={"minutes": held + 0.02})
    for _ in range(3):
        again = plan.model_copy(update={"slots": (cut,)})
        [cut] = not_grown(known, [made], again)
        assert cut.minutes == held + 0.02
