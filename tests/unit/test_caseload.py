"""A coach's table answers in one look who needs somebody, and a block hides all else."""

from datetime import timedelta

from cast import MONDAY, history_of
from triplane import coach
from triplane.coach import Need, Side
from triplane.history import CheckinAnswered, Feeling, FeelingKind, History, SessionLogged

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


def sore_on(region: str, score: int) -> CheckinAnswered:
    where = Feeling(region=region, side=Side.LEFT, kind=FeelingKind.MUSCLE, score=score)
    return CheckinAnswered(about=MONDAY.date(), soreness=(where,))


def test_the_same_place_sore_on_two_mornings_calls_and_two_places_once_each_do_not(marathoner) -> None:
    practice = marathoner.practice
    practice.record(sore_on("buttock", 4))
    practice.record(sore_on("calf", 4))
    line = coach.runners_line(practice.history(), practice.now + timedelta(minutes=1))
    assert Need.SORE not in [call.need for call in line.calls]

    practice.as_of(practice.now + timedelta(hours=1)).record(sore_on("calf", 5))
    line = coach.runners_line(practice.history(), practice.now + timedelta(hours=2))
    assert [call.of for call in line.calls if call.need is Need.SORE] == [("calf",)]


def test_planned_and_done_minutes_are_those_of_this_week(marathoner) -> None:
    practice = marathoner.practice
    line = coach.runners_line(practice.history(), practice.now)
    assert line.planned_min > 0
    assert line.done_min == 0
    practice.record(SessionLogged(minutes=21))
    later = coach.runners_line(practice.history(), practice.now + timedelta(minutes=1))
    assert (later.planned_min, later.done_min) == (line.planned_min, 21)
    assert coach.runners_line(practice.history(), practice.now + timedelta(days=7)).done_min == 0


def test_a_small_hip_map_shows_what_is_limited_and_a_blocked_runner_has_none(marathoner) -> None:
    practice = marathoner.practice
    petals = coach.runners_line(practice.history(), practice.now).petals
    assert len(petals) == 12
    drawn = coach.hip_map(practice.history(), practice.now)
    limited = {(one.direction, one.side) for one in drawn.directions if one.is_surely_limited}
    assert limited
    assert {(one.direction, one.side) for one in petals if one.is_limited} == limited
    practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))
    assert coach.runners_line(practice.history(), practice.now + timedelta(minutes=1)).petals == ()


def test_a_gain_is_no_need() -> None:
    gained = coach.RunnersLine(calls=(coach.Call(need=Need.GAIN, of=("Hip flexion",)),))
    lost = coach.RunnersLine(calls=(coach.Call(need=Need.LOSS, of=("Hip flexion",)),))
    assert not gained.needs_somebody
    assert lost.needs_somebody
    assert lost.urgency < gained.urgency < coach.RunnersLine().urgency


def test_what_a_line_holds_can_be_kept_and_read_again(marathoner) -> None:
    practice = marathoner.practice
    line = coach.runners_line(practice.history(), practice.now)
    assert coach.RunnersLine.model_validate_json(line.model_dump_json()) == line
