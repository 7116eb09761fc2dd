"""A coach's table answers in one look who needs somebody, and a block hides all else."""

from datetime import datetime, timedelta

from browsing import App
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


def sore_on(day: int, region: str, score: int) -> tuple[CheckinAnswered, datetime]:
    """A morning that speaks of the day so many days after Monday, told at six the morning after."""
    where = Feeling(region=region, side=Side.LEFT, kind=FeelingKind.MUSCLE, score=score)
    about = (MONDAY + timedelta(days=day)).date()
    return CheckinAnswered(about=about, soreness=(where,)), EARLY + timedelta(days=day + 1)


def sore_places(app: App, *told: tuple[CheckinAnswered, datetime], on_day: int) -> list[str]:
    """What a coach's line says is sore twice, a few hours after the morning of a day."""
    for number, (body, at) in enumerate(told):
        app.practice.as_of(at + timedelta(minutes=number)).record(body)
    line = coach.runners_line(app.practice.history(), EARLY + timedelta(days=on_day, hours=3))
    return [place for call in line.calls if call.need is Need.SORE for place in call.of]


def test_the_same_place_sore_on_two_mornings_one_after_the_other_calls(marathoner: App) -> None:
    told = sore_on(0, "calf", 4), sore_on(1, "calf", 5)
    assert sore_places(marathoner, *told, on_day=2) == ["calf"]


def test_two_places_once_each_do_not_call(marathoner: App) -> None:
    assert sore_places(marathoner, sore_on(0, "buttock", 4), sore_on(1, "calf", 4), on_day=2) == []


def test_one_morning_told_twice_is_one_morning(marathoner: App) -> None:
    assert sore_places(marathoner, sore_on(0, "calf", 4), sore_on(0, "calf", 5), on_day=1) == []


def test_mornings_that_lie_apart_do_not_call(marathoner: App) -> None:
    assert sore_places(marathoner, sore_on(0, "calf", 4), sore_on(2, "calf", 4), on_day=3) == []
    assert sore_places(marathoner, sore_on(112, "calf", 4), on_day=113) == []


def test_two_sore_mornings_call_for_two_days_and_no_longer(marathoner: App) -> None:
    told = sore_on(0, "calf", 4), sore_on(1, "calf", 5)
    assert sore_places(marathoner, *told, on_day=3) == ["calf"]
    assert sore_places(marathoner, on_day=4) == []


def test_a_calm_morning_ends_it(marathoner: App) -> None:
    told = sore_on(0, "calf", 4), sore_on(1, "calf", 5), sore_on(2, "calf", 0)
    assert sore_places(marathoner, *told, on_day=3) == []


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
