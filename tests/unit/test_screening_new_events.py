"""A clearance covers what was; what happens after it speaks again."""

from datetime import date

import pytest

from screening_cast import after, cleared, screened
from triplane.catalogue import Tag
from triplane.history import (
    BodyRegion,
    DrillDone,
    Feeling,
    FeelingKind,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
    SessionLogged,
    Sign,
)
from triplane.screening import SafetyLevel, readiness_questions, screen

FELL = ReadinessAnswered(answers={**dict.fromkeys(readiness_questions(), False), "fall": True})
GROIN = Feeling(score=6, region=BodyRegion.GROIN, kind=FeelingKind.JOINT)
HURT = SessionLogged(minutes=10, drills=(DrillDone(drill="str_wall_90_90", pain=(GROIN,)),))
PINCHED = SessionLogged(minutes=10, drills=(DrillDone(drill="str_wall_90_90", signs=(Sign.GROIN_PINCH,)),))


def asked_again(question, event, *, says):
    """Screen a runner who said yes, was cleared, and is asked again because of an event."""
    first = screened({question: True}, cleared(question, *Tag))
    assert not screen(first, after(hours=1)).is_blocked, "the clearance holds before the event"
    history = screened(
        {question: True},
        cleared(question, *Tag),
        (after(days=5), event),
        (after(days=5, minutes=1), ScreeningAnswered(answers={question: says})),
        (after(days=5, minutes=2), ScreeningAnswered(answers=rest_no(question))),
    )
    return screen(history, after(days=6))


def rest_no(question):
    return {name: False for name in ("H01", "H02", "H03", "H04", "H09", "H15", "H16") if name != question}


def test_whoever_falls_again_and_cannot_stand_is_stopped_although_the_last_fall_was_cleared():
    again = asked_again("H01", FELL, says=True)

    assert again.level in (SafetyLevel.URGENT, SafetyLevel.EMERGENCY)
    assert Tag.RED_FLAG in again.tag_names


@pytest.mark.parametrize("question", ["H02", "H03", "H04", "H09"])
def test_joint_pain_and_the_same_yes_again_is_a_new_yes(question):
    assert asked_again(question, HURT, says=True).level.rank >= SafetyLevel.REFER.rank


def test_no_to_what_was_asked_again_leaves_the_clearance_as_it_was():
    assert asked_again("H01", FELL, says=False).level is SafetyLevel.NONE
    assert not asked_again("H09", HURT, says=False).is_blocked


def test_the_new_yes_is_lifted_by_a_new_clearance():
    told = (
        (after(days=5), FELL),
        (after(days=5, minutes=1), ScreeningAnswered(answers={"H01": True, **rest_no("H01")})),
        (after(days=7), cleared("H01", "red_flag", given_on=after(days=7).date())),
    )
    history = screened({"H01": True}, cleared("H01", "red_flag"), *told)

    assert screen(history, after(days=6)).is_blocked
    assert screen(history, after(days=8)).level is SafetyLevel.NONE


def test_a_new_yes_is_told_from_the_old_one_also_when_an_answer_about_pain_changed_in_between():
    history = screened(
        {"H01": True},
        cleared("H01", "red_flag"),
        (after(days=5), FELL),
        (after(days=5, minutes=1), ScreeningAnswered(answers={"H15": True, "H15.kneeling_only": True})),
        (after(days=5, minutes=2), ScreeningAnswered(answers={"H01": True})),
    )

    assert screen(history, after(days=6)).level.rank >= SafetyLevel.URGENT.rank


def test_a_fall_dated_ahead_speaks_again_as_well():
    told = ((after(days=5), FELL), (after(days=5, minutes=1), ScreeningAnswered(answers={"H01": True})))
    history = screened({"H01": True}, cleared("H01", "red_flag"), *told)

    assert screen(history, after(days=1)).level.rank >= SafetyLevel.URGENT.rank


def test_a_restriction_that_a_coach_puts_on_again_after_a_clearance_stands():
    again = (after(days=5), RestrictionTightened(tag="fai"))
    lifted = screened({}, RestrictionTightened(tag="fai"), cleared("fai"))
    put_on_again = screened({}, RestrictionTightened(tag="fai"), cleared("fai"), again)

    assert screen(lifted, after(days=6)).tag_names == ()
    assert screen(put_on_again, after(days=6)).tag_names == (Tag.FAI,)


def test_a_short_restriction_put_on_again_does_not_end_the_long_one():
    again = (after(days=2), RestrictionTightened(tag="fai", ends_on=date(2026, 3, 5)))
    until = cleared("fai", expires_on=date(2026, 3, 10))
    history = screened({}, RestrictionTightened(tag="fai"), until, again)

    assert screen(history, after(days=3)).tag_names == (Tag.FAI,)
    assert screen(history, after(days=20)).tag_names == (Tag.FAI,)
