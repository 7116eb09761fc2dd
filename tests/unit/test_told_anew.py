"""A session with pain that was mistyped is told anew: asked again, never looser, and nothing grows by it."""

from datetime import timedelta

import pytest

from screening_cast import MORNING, after, screened, with_the_rest_no
from triplane import catalogue, coach
from triplane.adaptation.log import events_of
from triplane.adaptation.response import Response
from triplane.body import Side
from triplane.catalogue import Tag
from triplane.errors import UnknownName, UserError
from triplane.history import (
    BodyRegion,
    DrillDone,
    Feeling,
    FeelingKind,
    History,
    ReadinessAnswered,
    ScreeningAnswered,
    SessionLogged,
    Sign,
)
from triplane.screening import readiness_questions, screen

DRILL = "str_wall_90_90"
PLANK = "str_side_plank"
GROIN = Feeling(score=6, region=BodyRegion.GROIN, kind=FeelingKind.JOINT)
HURT = SessionLogged(slot="s", minutes=10, effort=7, drills=(DrillDone(drill=DRILL, pain=(GROIN,)),))
PINCHED = SessionLogged(minutes=10, drills=(DrillDone(drill=DRILL, signs=(Sign.GROIN_PINCH,)),))
NO = ScreeningAnswered(answers=with_the_rest_no({}))
FINE = coach.SessionAnswers(effort=4, discomfort=1)
ALL_NO = dict.fromkeys(readiness_questions(), False)


def told_anew(history: History, at, felt=FINE, answers=ALL_NO) -> History:
    fact = history.facts_of(SessionLogged)[-1]
    return history.plus(*coach.session_told_anew(history, fact.id, felt, answers, at))


def test_a_mistyped_pain_no_longer_speaks_of_the_drill_and_what_was_done_stays():
    history = told_anew(screened({}, (after(hours=1), HURT)), after(hours=2))
    [(fact, session)] = history.all(SessionLogged)

    assert (fact.occurred_at, session.slot, session.minutes) == (after(hours=1), "s", 10)
    assert (session.effort, session.drills[0].discomfort, session.drills[0].pain) == (4, 1, ())


def test_telling_anew_lifts_no_block_what_hurt_is_asked_again_first():
    history = screened({}, (after(hours=1), HURT))
    anew = told_anew(history, after(hours=2))

    assert screen(history, after(hours=3)).is_blocked
    assert screen(anew, after(hours=3)).open_questions == screen(history, after(hours=3)).open_questions
    answered = screened({}, (after(hours=1), HURT), (after(hours=2), NO))
    assert not screen(told_anew(answered, after(hours=4)), after(hours=5)).is_blocked


def test_a_restriction_that_a_sign_put_on_stays():
    history = screened({}, (after(hours=1), PINCHED), (after(hours=2), NO))

    assert screen(told_anew(history, after(hours=3)), after(hours=4)).tag_names == (Tag.FAI,)


def test_it_stays_when_what_was_told_anew_is_taken_back_as_well():
    anew = told_anew(screened({}, (after(hours=1), PINCHED), (after(hours=2), NO)), after(hours=3))
    gone = anew.plus(coach.withdrawal(anew, anew.facts_of(SessionLogged)[-1].id, after(hours=4)))

    assert not gone.facts_of(SessionLogged)
    assert screen(gone, after(hours=5)).tag_names == (Tag.FAI,)


def test_what_hurts_by_the_new_words_is_asked_of_from_when_they_were_said():
    knee = GROIN.model_copy(update={"score": 3})
    history = screened(
        {}, (after(hours=1), HURT.model_copy(update={"drills": (DrillDone(drill=DRILL, pain=(knee,)),)})),
        (after(hours=2), NO),
    )  # fmt: skip
    worse = coach.SessionAnswers(effort=4, signs=((DRILL, Sign.SHARP_PAIN),))

    assert not screen(history, after(hours=4)).is_blocked
    assert screen(told_anew(history, after(hours=3), worse), after(hours=4)).is_blocked


@pytest.mark.parametrize("yes", list(readiness_questions()))
def test_a_yes_to_what_is_asked_is_recorded_and_the_session_stays_as_it_was(yes):
    history = screened({}, (after(hours=1), HURT), (after(hours=2), NO))
    told = coach.session_told_anew(
        history, history.facts_of(SessionLogged)[0].id, FINE, ALL_NO | {yes: True}, after(hours=3)
    )

    assert [type(fact.body) for fact in told] == [ReadinessAnswered]


def test_nothing_is_told_anew_unasked_later_or_of_a_session_in_which_nothing_hurt():
    fine = screened({}, (after(hours=1), SessionLogged(minutes=10, drills=(DrillDone(drill=DRILL),))))
    hurt = screened({}, (after(hours=1), HURT))

    for history, at, answers in (
        (fine, after(hours=2), ALL_NO),
        (hurt, after(days=9), ALL_NO),
        (hurt, after(hours=2), {}),
        (hurt, after(hours=2), ALL_NO | {"ill": 0}),
    ):
        with pytest.raises(UserError):
            told_anew(history, at, answers=answers)
    with pytest.raises(UnknownName):
        told_anew(hurt, after(hours=2), coach.SessionAnswers(too_much=("own_hip_cars",)))


def test_no_drill_grows_by_a_session_that_was_told_anew():
    done = DrillDone(drill=PLANK, sets_done=2, sets_asked=2, clean_reps=16, reps_asked=16, work_s=60)
    hurt = done.model_copy(update={"pain": (GROIN.model_copy(update={"score": 2}),)})
    sessions = [
        (after(days=day), SessionLogged(minutes=10, effort=4, drills=(done if day < 12 else hurt,)))
        for day in (3, 6, 9, 12)
    ]
    history = told_anew(screened({}, *sessions), after(days=12, hours=1))
    last = events_of(history, catalogue.load(), after(days=13))[PLANK, Side.LEFT][-1].consequence

    assert last.response is Response.REPEAT
    assert last.reason and "put right" in last.reason.says


def test_the_list_offers_only_what_can_be_done_and_says_why_otherwise():
    history = screened({}, (after(hours=1), HURT))
    [session] = coach.facts_told(history, "session_logged", 9, after(hours=2))
    [answers] = coach.facts_told(history, "screening_answered", 9, after(hours=2))

    assert (session.may_go, session.may_be_told_anew) == (False, True)
    assert "hurt" in session.stays
    assert not coach.facts_told(history, "session_logged", 9, MORNING + timedelta(days=9))[0].may_be_told_anew
    assert not answers.may_go and "told anew" in answers.stays.replace("tell it anew", "told anew")
