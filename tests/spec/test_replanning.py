"""Replanning in the middle of a week: what was done stays, little changes, and no rule is bent."""

from datetime import datetime, timedelta

import pytest

from cast import BERLIN, MONDAY
from triplane import coach
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    CheckinAnswered,
    Feeling,
    History,
    Plan,
    PlanIssued,
    SessionLogged,
    record,
)
from triplane.value import Value

NOW = MONDAY.replace(hour=5, minute=30)


def tell(history: History, *bodies: Value, at: datetime) -> History:
    return history.plus(
        *(record(body, "me", at + timedelta(seconds=number)) for number, body in enumerate(bodies))
    )


def plan_of(history: History, now: datetime) -> Plan:
    plan = coach.issued_plan(history, now)
    assert plan is not None
    return plan


def sessions(plan: Plan) -> list[str]:
    """The slots that hold something, by their start."""
    starts = {slot.id: slot.starts_at for slot in plan.slots}
    return sorted({item.slot for item in plan.items}, key=lambda slot: starts[slot])


def lived_through(history: History, slot: str) -> tuple[History, datetime]:
    """Do and log a session as planned, look at the plan, and return what is known then."""
    plan = plan_of(history, NOW)
    at = next(known.starts_at for known in plan.slots if known.id == slot).astimezone(BERLIN)
    at += timedelta(minutes=30)
    history = tell(history, coach.log(history, slot, coach.SessionAnswers(effort=5), at), at=at)
    later = at + timedelta(minutes=1)
    return history.plus(*coach.day(history, later).proposed), later


@pytest.fixture(scope="module")
def told() -> History:
    bodies = sample_runner("marathoner", NOW.date()).bodies(
        coach.first_questions(), coach.disclaimer().version
    )
    history = tell(History("me"), *bodies, at=NOW - timedelta(minutes=10))
    return history.plus(*coach.day(history, NOW).proposed)


@pytest.fixture(scope="module")
def twice_logged(told: History) -> tuple[History, datetime]:
    first, second = sessions(plan_of(told, NOW))[:2]
    history, _ = lived_through(told, first)
    return lived_through(history, second)


def test_what_lies_behind_stays_word_for_word(told: History, twice_logged: tuple[History, datetime]) -> None:
    history, now = twice_logged
    before, after = plan_of(told, NOW), plan_of(history, now)
    behind = {slot.id for slot in before.slots if slot.starts_at < now - timedelta(hours=1)}

    assert [i for i in before.items if i.slot in behind] == [i for i in after.items if i.slot in behind]


def test_a_drill_begun_on_tuesday_is_still_one_of_the_weeks_three_new_ones(
    twice_logged: tuple[History, datetime],
) -> None:
    history, now = twice_logged

    assert len({item.drill for item in plan_of(history, now).items}) <= 3


def test_a_sore_morning_after_a_session_leaves_less_work_than_before(
    twice_logged: tuple[History, datetime],
) -> None:
    history, now = twice_logged
    morning = (now + timedelta(days=1)).replace(hour=5)
    sore = CheckinAnswered(about=now.date(), soreness=(Feeling(score=6, region="buttock", kind="muscle"),))
    felt = tell(history, sore, at=morning)
    day = coach.day(felt, morning + timedelta(minutes=1))
    after = plan_of(felt.plus(*day.proposed), morning)

    def work_ahead(plan: Plan) -> float:
        ahead = {slot.id for slot in plan.slots if slot.starts_at > morning}
        doses = [d for i in plan.items if i.slot in ahead for d in (i.left, i.right) if d]
        return sum(dose.work_s for dose in doses)

    assert work_ahead(after) <= work_ahead(plan_of(history, now))


def test_every_plan_of_the_week_is_a_fact_with_its_cause(twice_logged: tuple[History, datetime]) -> None:
    history, _ = twice_logged
    issued = [body for _, body in history.all(PlanIssued)]

    assert issued[0].because == "first plan of the week"
    assert all("the session you logged" in body.because for body in issued[1:])
    assert len(list(history.all(SessionLogged))) == 2


def test_a_session_done_before_its_time_stays_as_it_was_done(told: History) -> None:
    plan = plan_of(told, NOW)
    slot = sessions(plan)[-1]
    at = next(known.starts_at for known in plan.slots if known.id == slot).astimezone(BERLIN)
    early = at - timedelta(hours=11)
    answers = coach.SessionAnswers(effort=5)
    history = tell(told, coach.log(told, slot, answers, early), at=early)
    sore = CheckinAnswered(about=early.date(), soreness=(Feeling(score=5, region="groin", kind="joint"),))
    history = tell(history, sore, at=early + timedelta(hours=1))
    history = history.plus(*coach.day(history, early + timedelta(hours=2)).proposed)
    after = plan_of(history, early + timedelta(hours=2))

    assert [i for i in after.items if i.slot == slot] == [i for i in plan.items if i.slot == slot]
