"""A coach's table answers in one look who needs somebody, and a block hides all else."""

from datetime import timedelta

from cast import MONDAY, history_of
from triplane import coach
from triplane.coach import Need, Side
from triplane.history import CheckinAnswered, Feeling, FeelingKind, History

EARLY = MONDAY.replace(hour=6)


def needs(history: History, days: int = 0) -> list[Need]:
    return [call.need for call in coach.runners_line(history, EARLY + timedelta(days=days)).calls]


def test_a_newcomer_has_answered_nothing() -> None:
    assert needs(History("anna")) == [Need.UNSCREENED]


def test_a_newcomer_with_a_red_flag_is_stopped_before_all_else_is_answered() -> None:
    red = coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False})
    line = coach.runners_line(history_of(red), MONDAY + timedelta(days=1))
    assert [(call.need, call.since) for call in line.calls] == [(Need.BLOCKED, None)]


def test_of_a_blocked_runner_nothing_but_the_block_is_said(marathoner) -> None:
    practice = marathoner.practice
    practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))
    line = coach.runners_line(practice.history(), practice.now)
    assert [call.need for call in line.calls] == [Need.BLOCKED]
    assert (line.planned, line.done) == (0, 0)
    assert line.urgency == 0


def test_who_began_on_monday_is_not_silent_on_wednesday_but_is_on_friday(marathoner) -> None:
    practice = marathoner.practice
    assert coach.runners_line(practice.history(), practice.now).calls == ()
    line = coach.runners_line(practice.history(), practice.now + timedelta(days=2))
    assert [call.need for call in line.calls] == [Need.SILENT]


def test_pain_comes_before_silence(marathoner) -> None:
    practice = marathoner.practice
    quiet = coach.runners_line(practice.history(), practice.now + timedelta(days=3))
    assert quiet.planned > 0
    sore = Feeling(region="groin", side=Side.LEFT, kind=FeelingKind.JOINT, score=3)
    practice.record(CheckinAnswered(about=practice.yesterday, soreness=(sore,)))
    hurt = coach.runners_line(practice.history(), practice.now + timedelta(minutes=1))
    assert hurt.calls[0].need in (Need.PAIN, Need.BLOCKED)
    assert hurt.urgency < quiet.urgency
    assert hurt.told_on == practice.now.date()


def test_looking_at_the_table_proposes_nothing(marathoner) -> None:
    practice = marathoner.practice
    before = practice.history().facts
    coach.runners_line(practice.history(), practice.now)
    assert practice.history().facts == before
