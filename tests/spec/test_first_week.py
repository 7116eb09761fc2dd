"""The first week of somebody new: three drills at half a dose, and yet no direction is left out."""

from datetime import timedelta

import pytest

from cast import MONDAY, unmeasured
from personas import history_of_file, persona
from triplane import catalogue, coach
from triplane.body import Direction, Side
from triplane.formats.runner_file import read_runner_file
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    Feeling,
    FeelingKind,
    History,
    Plan,
    SorenessCourse,
    record,
)
from triplane.planning import TOUCH_MIN

BEGUN = MONDAY + timedelta(minutes=5)


def first_week(minutes: int = 60, at_once: int = 15) -> tuple[Plan, "coach.Week"]:
    return begun(unmeasured(minutes, at_once))


def planned(runner: bytes) -> History:
    """Return what is on record of somebody who told everything on Monday and has a first plan."""
    bodies = read_runner_file(runner, "runner").bodies(coach.first_questions(), coach.disclaimer().version)
    told = [record(body, "me", MONDAY + timedelta(seconds=number)) for number, body in enumerate(bodies)]
    history = History("me").plus(*told)
    return history.plus(*coach.day(history, BEGUN).proposed)


def plan_of(history: History) -> Plan:
    plan = history.issued_plan(MONDAY.date())
    assert plan is not None
    return plan


def begun(runner: bytes) -> tuple[Plan, "coach.Week"]:
    history = planned(runner)
    return plan_of(history), coach.week(history, BEGUN)


def reached_s(plan: Plan) -> dict[tuple[Direction, Side], float]:
    """Return the seconds of work in which each direction and side is primary, or gone through by circles."""
    drills, found = catalogue.load(), dict[tuple[Direction, Side], float]()
    for item in plan.items:
        circles = drills[item.drill].dynamic and not drills[item.drill].primary_directions
        for exposure in drills[item.drill].exposure:
            if exposure.primary or circles:
                for side, units in ((Side.LEFT, item.left_units), (Side.RIGHT, item.right_units)):
                    place = (exposure.direction, exposure.leg.on(side))
                    found[place] = found.get(place, 0) + units * 30 * exposure.share
    return found


@pytest.mark.parametrize(("minutes", "at_once"), [(60, 15), (30, 10), (120, 30)])
def test_three_new_drills_touch_every_direction_on_both_sides(minutes: int, at_once: int) -> None:
    plan, week = first_week(minutes, at_once)
    reached = reached_s(plan)
    short = [
        (direction, side)
        for direction in Direction
        for side in Side
        if reached.get((direction, side), 0) < TOUCH_MIN * 60 - 2
    ]

    assert short == []
    assert len({item.drill for item in plan.items}) <= 3
    assert week.clashes == ()


def test_the_first_week_says_why_it_asks_only_for_a_touch() -> None:
    _, week = first_week()

    assert any("At most three drills are new in a week" in note.says for note in week.notes)


def measured_week(name: str) -> tuple[Plan, "coach.Week"]:
    history = history_of_file(persona(name), name)
    now = MONDAY + timedelta(hours=1)
    history = history.plus(*coach.day(history, now).proposed)
    plan = history.issued_plan(MONDAY.date())
    assert plan is not None
    return plan, coach.week(history, now)


def test_what_a_measured_runner_has_still_to_learn_is_said_once_and_as_no_failure() -> None:
    """Three drills at half a dose reach what needs them most; that the rest comes later is the rule."""
    plan, week = measured_week("P1")

    assert len({item.drill for item in plan.items}) == 3
    assert week.clashes == ()
    assert [note.says for note in week.learning] == [
        "The basics of these come as you learn more drills: leg across, knee up and turn in. "
        "Only a few drills are new in one week, and this week's go to what needs them most."
    ]
    assert not set(week.learning) & set(week.other_notes)


def test_a_direction_that_is_worked_through_is_not_told_to_be_left_out() -> None:
    plan, week = first_week()
    reached = reached_s(plan)

    untouched = [one for one in week.shortfalls if one.planned_min == 0]
    assert untouched and all(reached[one.direction, one.side] > 0 for one in untouched)
    assert all("this week works through it" in one.because for one in untouched)


def test_one_test_taken_does_not_take_the_other_directions_out_of_the_week() -> None:
    turn_in = """
[[measurement]]
test = "internal_rotation_prone"
side = "left"
method = "phone_self"
readings = [25, 26, 27]
"""
    plan, _ = begun(unmeasured(60, 10) + turn_in.encode())
    reached = reached_s(plan)

    assert [
        (direction, side)
        for direction in Direction
        for side in Side
        if reached.get((direction, side), 0) < TOUCH_MIN * 60 - 2
    ] == []


def test_sore_muscles_do_not_say_that_there_is_no_room_for_a_drill() -> None:
    history = planned(unmeasured(30, 5))
    sore = Feeling(score=3, region=BodyRegion.FRONT_THIGH, kind=FeelingKind.MUSCLE, side=Side.LEFT)
    next_day = MONDAY + timedelta(days=1)
    morning = CheckinAnswered(about=MONDAY.date(), soreness=(sore,), course=SorenessCourse.GOES_AWAY)
    history = history.plus(record(morning, "me", next_day))
    history = history.plus(*coach.day(history, next_day + timedelta(minutes=5)).proposed)
    plan = plan_of(history)
    said = [short.because for short in plan.shortfalls] + [clash.says for clash in plan.clashes]

    assert said
    assert [one for one in said if "no slot" in one] == []
