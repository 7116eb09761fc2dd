"""A session with pain that was mistyped is told anew: asked again, never looser, and nothing grows by it."""

from datetime import timedelta

import pytest

from screening_cast import MORNING, after, screened, with_the_rest_no
from triplane import catalogue, coach
from triplane.adaptation.log import events_of
from triplane.adaptation.response import Response
from triplane.body import Side
from triplane.catalogue import Tag
from triplane.errors import Blocked, UnknownName, UserError
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


def told_anew(history: History, at, felt=FINE, answers=ALL_NO, of=None) -> History:
    """Tell the last session anew, of all its drills where none are named."""
    fact = history.facts_of(SessionLogged)[-1]
    of = [done.drill for done in fact.body.drills] if of is None else of
    return history.plus(*coach.session_told_anew(history, fact.id, felt, answers, at, of=of))


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


def test_what_stands_in_the_place_of_a_session_that_hurt_is_not_taken_back_either():
    history = screened({}, (after(hours=1), BOTH_HURT), (after(hours=2), NO))
    anew = told_anew(history, after(hours=3))
    twice = told_anew(anew, after(hours=4))

    for told in (anew, twice):
        with pytest.raises(Blocked, match="hurt"):
            coach.withdrawal(told, told.facts_of(SessionLogged)[-1].id, after(hours=5))
        [line, *_] = coach.facts_told(told, "session_logged", 9, after(hours=5))
        assert (line.may_go, line.may_be_told_anew) == (False, True)
    assert response_of(twice, PLANK) is Response.REPEAT


def response_of(history: History, drill: str) -> Response:
    return events_of(history, catalogue.load(), after(days=13))[drill, Side.LEFT][-1].consequence.response


BOTH_HURT = SessionLogged(
    minutes=10,
    drills=(
        DrillDone(drill=DRILL, pain=(GROIN,), sets_done=1, work_s=30),
        DrillDone(drill=PLANK, signs=(Sign.GIVING_WAY,), too_much=True, sets_done=1, work_s=30),
    ),
)


def test_a_drill_of_which_nothing_is_said_anew_keeps_its_pain_its_signs_and_too_much():
    anew = told_anew(screened({}, (after(hours=1), BOTH_HURT)), after(hours=2), of=[DRILL])
    wall, plank = anew.facts_of(SessionLogged)[-1].body.drills

    assert wall.pain == ()
    assert (plank.signs, plank.too_much) == ((Sign.GIVING_WAY,), True)
    assert response_of(anew, PLANK) is Response.HALVE


def test_each_drill_can_be_told_anew_in_one_go_or_one_after_the_other():
    history = screened({}, (after(hours=1), BOTH_HURT))
    both = told_anew(history, after(hours=2), of=[DRILL, PLANK])
    after_one = told_anew(history, after(hours=2), of=[DRILL])
    after_the_other = told_anew(after_one, after(hours=3), of=[PLANK])

    for told in (both, after_the_other):
        assert not any(done.pain or done.signs or done.too_much for done in told.facts[-1].body.drills)


def test_what_is_said_of_a_drill_that_is_not_told_anew_is_added_to_what_was_told_of_it():
    knee = GROIN.model_copy(update={"region": BodyRegion.KNEE})
    more = coach.SessionAnswers(effort=4, pain=((DRILL, knee),), too_much=(DRILL,))
    anew = told_anew(screened({}, (after(hours=1), BOTH_HURT)), after(hours=2), more, of=[])
    wall = anew.facts_of(SessionLogged)[-1].body.drills[0]

    assert (wall.pain, wall.too_much) == ((GROIN, knee), True)


def test_what_was_told_of_each_drill_is_said_before_it_is_told_anew():
    history = screened({}, (after(hours=1), BOTH_HURT))
    told = coach.drills_told_anew(history, history.facts_of(SessionLogged)[-1].id, after(hours=2))

    assert told[DRILL].says == "What hurt: groin at 6 of 10 (joint)."
    assert told[PLANK].says == "What hurt: giving way. It was too much."


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
        history, history.facts_of(SessionLogged)[0].id, FINE, ALL_NO | {yes: True}, after(hours=3), of=[DRILL]
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
