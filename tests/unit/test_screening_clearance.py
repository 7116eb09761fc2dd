"""Only a professional's word loosens, for as long as it holds and for what it names."""

from datetime import date

import pytest

from screening_cast import MORNING, after, cleared, screened
from triplane.catalogue import Tag
from triplane.history import RestrictionTightened, ScreeningAnswered
from triplane.screening import SafetyLevel, screen

PINCH = {"H09": True, "H09.since_weeks": 8, "H09.giving_way": False}
POSSIBLE_STRESS_FRACTURE = {"H02": True, "H03": True}


def level(answers, *later, at=None):
    return screen(screened(answers, *later), at or after(hours=9)).level


def test_a_clearance_lifts_the_block_and_leaves_the_restriction():
    clearance = screen(screened(PINCH, cleared("H09", role="physiotherapist")), MORNING)

    assert clearance.level is SafetyLevel.RESTRICT
    assert clearance.tag_names == (Tag.FAI,)
    assert clearance.messages[0].cleared


def test_a_clearance_for_something_else_lifts_nothing():
    assert level(PINCH, cleared("H10", "P01")) is SafetyLevel.REFER


def test_urgent_needs_a_physician_or_surgeon():
    both = ("H02", "H03")

    assert level(POSSIBLE_STRESS_FRACTURE, cleared(*both, role="physiotherapist")) is SafetyLevel.URGENT
    assert level(POSSIBLE_STRESS_FRACTURE, cleared(*both, role="physician")) is SafetyLevel.RESTRICT
    assert level(POSSIBLE_STRESS_FRACTURE, cleared(*both, role="surgeon")) is SafetyLevel.RESTRICT
    assert level({"H08": True}, cleared("H08", role="midwife_or_obstetrician")) is SafetyLevel.EMERGENCY


def test_after_a_cleared_stress_fracture_the_risk_stays():
    history = screened(POSSIBLE_STRESS_FRACTURE, cleared("H02", "H03"))

    assert screen(history, MORNING).tag_names == (Tag.BSI_RISK,)


def test_clearing_one_of_two_blocks_is_not_enough():
    assert level(POSSIBLE_STRESS_FRACTURE, cleared("H02")) is SafetyLevel.URGENT


@pytest.mark.parametrize("role", ["physiotherapist", "midwife_or_obstetrician"])
def test_the_heart_is_cleared_by_a_physician(role):
    clearance = screen(screened({"Q01": True}, cleared("Q01", role=role)), MORNING)

    assert clearance.level is SafetyLevel.REFER
    assert clearance.messages[0].why_not_cleared
    assert level({"Q01": True}, cleared("Q01")) is SafetyLevel.RESTRICT


def test_an_expired_clearance_blocks_again():
    word = cleared("H09", expires_on=date(2026, 3, 20))

    assert level(PINCH, word, at=after(days=18)) is SafetyLevel.RESTRICT
    assert level(PINCH, word, at=after(days=19)) is SafetyLevel.REFER


def test_a_clearance_without_an_end_holds_a_year():
    assert screen(screened(PINCH, cleared("H09")), MORNING).clearance_ends_on == date(2027, 3, 2)


def test_a_clearance_that_begins_later_does_not_hold_yet():
    assert level(PINCH, cleared("H09", given_on=date(2026, 3, 9))) is SafetyLevel.REFER


def test_a_withdrawn_clearance_blocks_again():
    taken_back = (after(days=1), cleared("H09", withdrawn=True))

    assert level(PINCH, cleared("H09"), taken_back, at=after(days=2)) is SafetyLevel.REFER
    again = (after(days=3), cleared("H09"))
    assert level(PINCH, cleared("H09"), taken_back, again, at=after(days=4)) is SafetyLevel.RESTRICT


def test_a_lesser_role_does_not_undo_a_clearance():
    weaker = (after(days=1), cleared("Q01", role="physiotherapist"))

    assert level({"Q01": True}, cleared("Q01"), weaker, at=after(days=2)) is SafetyLevel.RESTRICT


def test_the_same_yes_a_month_later_stays_cleared():
    again = (after(days=30), ScreeningAnswered(answers={"H09": True}))

    assert level(PINCH, cleared("H09"), again, at=after(days=31)) is SafetyLevel.RESTRICT


def test_a_yes_after_a_no_needs_a_new_clearance():
    no = (after(days=10), ScreeningAnswered(answers={"H09": False}))
    yes = (after(days=30), ScreeningAnswered(answers=PINCH))

    assert level(PINCH, cleared("H09"), no, yes, at=after(days=31)) is SafetyLevel.REFER


def test_a_milder_yes_after_a_no_does_not_soften_what_stands():
    no = (after(days=1), ScreeningAnswered(answers={"H02": False, "H03": False}))
    milder = (after(days=2), ScreeningAnswered(answers={"H02": True}))

    assert level(POSSIBLE_STRESS_FRACTURE, no, milder, at=after(days=3)) is SafetyLevel.URGENT
    assert (
        level(POSSIBLE_STRESS_FRACTURE, cleared("H02", "H03"), no, milder, at=after(days=3))
        is SafetyLevel.REFER
    )


def test_getting_worse_is_not_covered_by_the_clearance_before():
    worse = (after(days=10), ScreeningAnswered(answers={"H03": True}))

    assert level({"H02": True}, cleared("H02"), at=after(days=9)) is SafetyLevel.RESTRICT
    assert level({"H02": True}, cleared("H02"), worse, at=after(days=11)) is SafetyLevel.URGENT


def test_a_clearance_may_end_a_tag_and_add_a_drill():
    history = screened(PINCH, cleared("H09", "dyspl:lm_anterolateral"), cleared("fai"))
    clearance = screen(history, MORNING)

    assert clearance.tag_names == ()
    assert clearance.drills_added == ((Tag.DYSPL, "lm_anterolateral"),)


def test_what_a_coach_added_is_lifted_by_a_professional():
    added = RestrictionTightened(tag="gt")

    assert screen(screened({}, added), MORNING).tag_names == (Tag.GT,)
    assert screen(screened({}, added, cleared("gt")), MORNING).tag_names == ()


def test_a_coach_may_stop_a_runner_altogether():
    assert screen(screened({}, RestrictionTightened(tag="bsi")), MORNING).is_blocked


def test_a_clock_set_back_hides_no_red_flag():
    history = screened({}, (after(days=1), ScreeningAnswered(answers={"H02": True, "H03": True})))

    assert screen(history, MORNING).level is screen(history, after(days=2)).level is SafetyLevel.URGENT


def test_a_clearance_dated_ahead_waits_for_its_date():
    history = screened(PINCH, (after(days=1), cleared("H09")))

    assert screen(history, MORNING).level is SafetyLevel.REFER
    assert screen(history, after(days=1)).level is SafetyLevel.RESTRICT


def test_a_no_dated_ahead_takes_nothing_back():
    history = screened({"H05": True}, (after(days=1), ScreeningAnswered(answers={"H05": False})))

    assert screen(history, MORNING) == screen(screened({"H05": True}), MORNING)
