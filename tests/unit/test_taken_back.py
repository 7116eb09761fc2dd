"""Taking a fact back never loosens: not today, and not once a clearance no longer hides what it held."""

from datetime import date

import pytest

from screening_cast import MORNING, after, cleared, screened, with_the_rest_no
from triplane import coach
from triplane.catalogue import Tag
from triplane.errors import Blocked
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    ClearanceRecorded,
    DrillDone,
    Feeling,
    FeelingKind,
    History,
    RestrictionTightened,
    ScreeningAnswered,
    SessionLogged,
    Sign,
    SorenessCourse,
)
from triplane.screening import screen

DRILL = "str_wall_90_90"
GROIN = Feeling(score=6, region=BodyRegion.GROIN, kind=FeelingKind.JOINT)
PINCHED = SessionLogged(minutes=10, drills=(DrillDone(drill=DRILL, signs=(Sign.GROIN_PINCH,)),))
NO = ScreeningAnswered(answers=with_the_rest_no({}))


def taken_back(history: History, kind: type, at, place: int = -1) -> History:
    fact = history.facts_of(kind)[place]
    return history.plus(coach.withdrawal(history, fact.id, at))


def test_a_pinch_is_not_taken_back_while_a_clearance_hides_its_restriction():
    word = (after(days=1), cleared("fai", expires_on=date(2026, 3, 10)))
    history = screened({}, (after(hours=1), PINCHED), (after(hours=2), NO), word)
    assert screen(history, after(days=2)).tag_names == ()

    with pytest.raises(Blocked):
        taken_back(history, SessionLogged, after(days=2))
    assert screen(history, after(days=20)).tag_names == (Tag.FAI,)


def test_the_end_of_a_clearance_is_not_taken_back_while_a_stricter_block_hides_it():
    ended = (after(hours=2), cleared("Q07", withdrawn=True))
    worse = (after(hours=3), ScreeningAnswered(answers={"H07": True}))
    history = screened({"Q07": True}, (after(hours=1), cleared("Q07")), ended, worse)

    with pytest.raises(Blocked):
        taken_back(history, ClearanceRecorded, after(hours=4))


def test_a_shorter_clearance_is_not_taken_back_for_the_longer_one_before_it():
    shorter = (after(hours=2), cleared("Q07", expires_on=date(2026, 3, 9)))
    history = screened({"Q07": True}, (after(hours=1), cleared("Q07")), shorter)

    with pytest.raises(Blocked):
        taken_back(history, ClearanceRecorded, after(hours=4))


def test_a_clearance_that_should_not_be_there_is_taken_back():
    history = screened({"Q07": True}, (after(hours=1), cleared("Q07")))

    assert screen(taken_back(history, ClearanceRecorded, after(hours=2)), after(hours=3)).is_blocked


def test_a_restriction_put_on_by_hand_is_not_taken_back_while_an_answer_holds_the_same_tag():
    by_hand = RestrictionTightened(tag="bsi")
    history = screened({}, by_hand, (after(hours=1), ScreeningAnswered(answers={"H02": True, "H03": True})))

    with pytest.raises(Blocked):
        taken_back(history, RestrictionTightened, after(hours=2))


def test_a_session_that_hurt_is_not_taken_back_when_the_questions_about_it_are_answered():
    hurt = SessionLogged(minutes=10, drills=(DrillDone(drill=DRILL, pain=(GROIN,)),))
    history = screened({}, (after(hours=1), hurt), (after(hours=2), NO))
    assert not screen(history, after(hours=3)).is_blocked

    with pytest.raises(Blocked):
        taken_back(history, SessionLogged, after(days=1))


@pytest.mark.parametrize(
    "felt",
    [
        DrillDone(drill=DRILL, too_much=True),
        DrillDone(drill=DRILL, discomfort=6),
        DrillDone(drill=DRILL, signs=(Sign.CRAMP_OVER_60_S,)),
    ],
)
def test_what_made_the_next_dose_smaller_is_not_taken_back(felt):
    history = screened({}, (after(hours=1), SessionLogged(minutes=10, drills=(felt,))))

    with pytest.raises(Blocked):
        taken_back(history, SessionLogged, after(hours=2))


def test_a_morning_on_which_a_joint_was_felt_is_not_taken_back():
    felt = CheckinAnswered(about=MORNING.date(), soreness=(GROIN.model_copy(update={"score": 1}),))

    with pytest.raises(Blocked):
        taken_back(screened({}, (after(hours=1), felt)), CheckinAnswered, after(hours=2))


@pytest.mark.parametrize(
    "told",
    [{"score": 5}, {"course": SorenessCourse.STAYS}, {"course": SorenessCourse.UNKNOWN}],
    ids=str,
)
def test_a_morning_of_sore_muscles_that_made_a_dose_smaller_is_not_taken_back(told):
    told = {"course": SorenessCourse.GOES_AWAY, "score": 3, **told}
    sore = Feeling(score=told.pop("score"), region=BodyRegion.BUTTOCK, kind=FeelingKind.MUSCLE)
    morning = CheckinAnswered(about=MORNING.date(), soreness=(sore,), **told)

    with pytest.raises(Blocked, match="Calm mornings let it grow again"):
        taken_back(screened({}, (after(hours=1), morning)), CheckinAnswered, after(hours=2))


def test_a_session_without_pain_and_a_morning_of_muscle_soreness_are_taken_back():
    fine = SessionLogged(minutes=10, drills=(DrillDone(drill=DRILL, discomfort=2),))
    sore = Feeling(score=3, region=BodyRegion.BUTTOCK, kind=FeelingKind.MUSCLE)
    morning = CheckinAnswered(about=MORNING.date(), soreness=(sore,))
    history = screened({}, (after(hours=1), fine), (after(hours=2), morning))

    assert not taken_back(history, SessionLogged, after(hours=3)).facts_of(SessionLogged)
    assert not taken_back(history, CheckinAnswered, after(hours=3)).facts_of(CheckinAnswered)
