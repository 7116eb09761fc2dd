"""What the answers to the safety questions lead to."""

from datetime import date

import pytest

from screening_cast import MORNING, after, cleared, history_of, screened
from triplane import coach
from triplane.catalogue import Muscle, Tag
from triplane.history import (
    AboutRunner,
    CheckinAnswered,
    DisclaimerAccepted,
    DrillDone,
    Feeling,
    MeasurementTaken,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
    SessionLogged,
    Sign,
)
from triplane.screening import SafetyLevel, answer_problems, screen, short_questions, stop_page, words


def level_of(answers, now=MORNING):
    return screen(screened(answers), now).level


def tags_of(answers, *more, now=MORNING):
    return {str(tag) for tag in screen(screened(answers, *more), now).tag_names}


def test_all_answers_no_lets_the_runner_train():
    clearance = screen(screened(), MORNING)

    assert clearance.level is SafetyLevel.NONE
    assert not clearance.is_blocked
    assert clearance.messages == ()


def test_a_runner_who_never_answered_is_blocked():
    clearance = screen(history_of(), MORNING)

    assert clearance.level is SafetyLevel.UNSCREENED
    assert clearance.is_blocked
    assert len(clearance.open_questions) == 35


def test_without_the_disclaimer_nothing_is_planned():
    history = screened()
    without = history_of(*(f.body for f in history.facts if not isinstance(f.body, DisclaimerAccepted)))

    assert screen(without, MORNING).open_questions == ("disclaimer",)
    assert screen(without, MORNING).is_blocked


def test_a_disclaimer_of_an_older_text_is_asked_again():
    old = history_of(*(f.body for f in screened().facts[1:]), DisclaimerAccepted(text_version="0"))

    assert screen(old, MORNING).open_questions == ("disclaimer",)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"Q01": True}, "refer"),
        ({"Q02": True}, "refer"),
        ({"Q02": True, "Q02.now": True}, "emergency"),
        ({"Q03": True}, "refer"),
        ({"Q04": True}, "refer"),
        ({"Q04": True, "Q04.unstable": False}, "caution"),
        ({"Q05": True, "Q05.which": ("other",)}, "caution"),
        ({"Q05": True, "Q05.which": ("blood_thinner",)}, "restrict"),
        ({"Q05": True}, "restrict"),
        ({"Q06": True}, "caution"),
        ({"Q06": True, "Q06.where": ("wrist",)}, "restrict"),
        ({"Q07": True}, "refer"),
        ({"Q08": True}, "caution"),
        ({"Q08": True, "Q08.hip_pain": True}, "urgent"),
        ({"Q08": True, "H09": True}, "urgent"),
        ({"H01": True}, "urgent"),
        ({"H01": True, "H01.deformed_or_stuck": True}, "emergency"),
        ({"H02": True}, "refer"),
        ({"H02": True, "H03": True}, "urgent"),
        ({"H02": True, "H04": True}, "urgent"),
        ({"H02": True, "H05": True}, "urgent"),
        ({"H02": True, "P04": True, "P04.vertebra": False}, "urgent"),
        ({"H03": True}, "refer"),
        ({"H04": True}, "refer"),
        ({"H03": True, "H04": True}, "refer"),
        ({"H05": True}, "caution"),
        ({"H06": True}, "urgent"),
        ({"H06": True, "H06.hot_and_stuck": True}, "emergency"),
        ({"H07": True}, "emergency"),
        ({"H08": True}, "emergency"),
        ({"H09": True}, "refer"),
        ({"H09": True, "H09.since_weeks": 2, "H09.giving_way": False}, "restrict"),
        ({"H09": True, "H09.since_weeks": 6, "H09.giving_way": False}, "restrict"),
        ({"H09": True, "H09.since_weeks": 7, "H09.giving_way": False}, "refer"),
        ({"H09": True, "H09.since_weeks": 1, "H09.giving_way": True}, "refer"),
        ({"H10": True}, "restrict"),
        ({"H11": True}, "restrict"),
        ({"H12": True}, "refer"),
        ({"H12": True, "H12.score": 5, "H12.rest_pain": False}, "restrict"),
        ({"H12": True, "H12.score": 6, "H12.rest_pain": False}, "refer"),
        ({"H12": True, "H12.score": 2, "H12.rest_pain": False}, "caution"),
        ({"H12": True, "H12.score": 2, "H12.rest_pain": True}, "refer"),
        ({"H13": True, "H13.weakness": False}, "restrict"),
        ({"H13": True, "H13.weakness": True}, "refer"),
        ({"H14": True}, "restrict"),
        ({"H15": True}, "restrict"),
        ({"H16": True, "H16.bruise_or_cannot_walk": False}, "restrict"),
        ({"H16": True}, "refer"),
        ({"H17": True}, "refer"),
        ({"H18": True}, "refer"),
        ({"P01": True}, "refer"),
        ({"P02": True, "P02.complication": False}, "restrict"),
        ({"P02": True}, "refer"),
        ({"P03": True}, "restrict"),
        ({"P04": True, "P04.vertebra": False}, "restrict"),
        ({"P04": True, "P04.vertebra": True}, "refer"),
        ({"P05": True}, "restrict"),
        ({"P05": True, "P05.diagnosed": False, "P05.beighton": 3}, "caution"),
        ({"P05": True, "P05.diagnosed": False, "P05.beighton": 5}, "restrict"),
        ({"P06": True}, "restrict"),
        ({"P07": True}, "refer"),
        ({"P08": True}, "restrict"),
        ({"H07": True, "P08": True, "Q01": True}, "emergency"),
    ],
    ids=lambda value: " ".join(sorted(value)),
)
def test_each_answer_leads_where_the_handbook_says(answers, expected):
    assert level_of(answers) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"Q01": True}, {"htn"}),
        ({"Q03": True}, {"balance"}),
        ({"Q05": True, "Q05.which": ("blood_thinner",)}, {"acoag"}),
        ({"Q06": True, "Q06.where": ("wrist", "shoulder")}, {"wrist", "shoulder"}),
        ({"Q06": True, "Q06.where": ("outer_knee",), "Q06.outer_knee_score": 4}, {"itb"}),
        ({"Q06": True, "Q06.where": ("outer_knee",)}, {"itb"}),
        ({"Q06": True, "Q06.where": ("nowhere",)}, set()),
        ({"H15": True, "H15.when": ()}, {"knee", "meniscus"}),
        ({"Q06": True, "Q06.where": ("outer_knee",), "Q06.outer_knee_score": 3}, set()),
        ({"H01": True}, {"red_flag"}),
        ({"H02": True}, {"bsi", "bsi_risk"}),
        ({"H05": True}, {"bsi_risk"}),
        ({"H14": True, "H14.worse": "arching"}, {"lbp_ext"}),
        ({"H14": True, "H14.worse": "bending"}, {"lbp_flex"}),
        ({"H14": True}, {"lbp_ext", "lbp_flex"}),
        ({"H15": True, "H15.when": ("kneeling",)}, {"knee"}),
        ({"H15": True}, {"knee", "meniscus"}),
        ({"H18": True}, {"fai"}),
        ({"P01": True, "P01.kind": "replacement", "P01.approach": "posterior"}, {"thr", "thr_post"}),
        ({"P01": True, "P01.kind": "replacement", "P01.approach": "anterior"}, {"thr", "thr_ant"}),
        ({"P01": True, "P01.kind": "keyhole"}, {"scope"}),
        ({"P01": True, "P01.kind": "other"}, {"thr", "thr_post", "thr_ant"}),
        ({"P05": True, "P05.diagnosed": False, "P05.five_questions": 2}, {"hyper"}),
        ({"P05": True, "P05.diagnosed": False, "P05.five_questions": 1}, set()),
        ({"P01": True}, {"thr", "thr_post", "thr_ant", "scope"}),
        ({"P02": True, "P02.complication": False, "P02.pelvic_girdle_pain": False}, {"preg"}),
        ({"P03": True, "P03.weeks": 20, "P03.symptoms": False}, {"post"}),
        ({"P03": True, "P03.weeks": 8, "P03.symptoms": False}, {"post", "post_early"}),
        ({"P03": True, "P03.weeks": 20, "P03.symptoms": True}, {"post", "post_early"}),
    ],
    ids=lambda value: " ".join(sorted(value)),
)
def test_each_answer_puts_on_its_tags(answers, expected):
    assert tags_of(answers) == expected


def test_a_beighton_score_told_elsewhere_counts():
    assert tags_of({}, AboutRunner(beighton=7)) == {"hyper"}
    assert tags_of({}, AboutRunner(beighton=4, age_years=60)) == {"hyper"}
    assert tags_of({}, AboutRunner(beighton=4, age_years=30)) == set()


def test_a_runner_under_sixteen_is_not_planned_for():
    assert screen(screened({}, AboutRunner(age_years=15)), MORNING).level is SafetyLevel.REFER
    assert screen(screened({}, AboutRunner(age_years=16)), MORNING).level is SafetyLevel.NONE
    assert screen(screened({"H10": True}, AboutRunner(age_years=17)), MORNING).level is SafetyLevel.REFER


def test_an_answer_that_is_neither_yes_nor_no_does_not_count_as_no():
    clearance = screen(screened({"H07": "yes"}), MORNING)

    assert clearance.open_questions == ("H07",)
    assert clearance.is_blocked


def test_a_later_no_does_not_lift_a_block():
    history = screened({"H02": True}, (after(days=1), ScreeningAnswered(answers={"H02": False})))

    assert screen(history, after(days=2)).level is SafetyLevel.REFER


def test_a_correction_does_lift_it():
    wrong = screened({"H02": True})
    fixed = screened({})
    mended = wrong.facts[1].model_copy(update={"id": "mended", "seq": 9, "supersedes": wrong.facts[1].id})
    mended = mended.model_copy(update={"body": fixed.facts[1].body})
    history = type(wrong)("runner", (*wrong.facts, mended))

    assert screen(history, MORNING).level is SafetyLevel.NONE


def test_a_restriction_stays_when_the_answer_turns_to_no_but_comfort_ones_leave():
    no_more = ScreeningAnswered(answers={"H10": False, "H15": False})
    history = screened({"H10": True, "H15": True, "H15.when": ("kneeling",)}, (after(days=9), no_more))

    assert screen(history, after(days=10)).tag_names == (Tag.GT,)


def test_a_fresh_strain_rests_its_muscle_for_three_days():
    strained = screened({"H16": True, "H16.bruise_or_cannot_walk": False, "H16.muscle": ("hamstrings",)})

    assert screen(strained, after(hours=71)).strained == (Muscle.HAMSTRINGS,)
    assert screen(strained, after(hours=73)).strained == ()
    assert screen(strained, after(hours=73)).level is SafetyLevel.NONE


def test_feeling_ill_keeps_sessions_away_until_the_day_is_over():
    ill = screened({"Q08": True, "Q08.hip_pain": False})

    assert screen(ill, after(hours=12)).is_paused
    assert not screen(ill, after(hours=12)).is_blocked
    assert not screen(ill, after(hours=17)).is_paused


def test_the_monthly_questions_fall_due_and_then_block():
    history = screened()

    assert screen(history, MORNING).short_due_on == date(2026, 4, 2)
    assert not screen(history, after(days=37)).is_blocked
    assert screen(history, after(days=38)).is_blocked
    assert set(screen(history, after(days=38)).open_questions) == set(short_questions())

    again = screened({}, (after(days=38), ScreeningAnswered(answers=dict.fromkeys(short_questions(), False))))
    assert not screen(again, after(days=39)).is_blocked


def test_a_change_in_health_brings_all_questions_back():
    short = dict.fromkeys(short_questions(), False) | {"S01": True}
    history = screened({}, (after(days=30), ScreeningAnswered(answers=short, short=True)))

    assert screen(history, after(days=30)).is_blocked
    assert "P01" in screen(history, after(days=30)).open_questions


@pytest.mark.parametrize("sign", [sign for sign in Sign if sign is not Sign.CRAMP_OVER_60_S], ids=str)
def test_a_stop_sign_in_a_session_brings_its_questions_back(sign):
    drills = (DrillDone(drill="str_sl_bridge", signs=(sign,)),)
    history = screened({}, (after(hours=2), SessionLogged(minutes=10, drills=drills)))
    clearance = screen(history, after(hours=3))

    assert clearance.is_blocked
    assert clearance.open_questions
    answers = dict.fromkeys(clearance.open_questions, False)
    answered = screened(
        {},
        (after(hours=2), SessionLogged(minutes=10, drills=drills)),
        (after(hours=4), ScreeningAnswered(answers=answers)),
    )
    assert not screen(answered, after(hours=5)).is_blocked


def test_a_cramp_is_not_pain():
    drills = (DrillDone(drill="own_hamstring_halfkneel", signs=(Sign.CRAMP_OVER_60_S,)),)
    history = screened({}, (after(hours=2), SessionLogged(minutes=10, drills=drills)))

    assert screen(history, after(hours=3)).level is SafetyLevel.NONE


def sore(score, region="groin", kind="joint", **more):
    return CheckinAnswered(
        about=more.pop("about", MORNING.date()),
        soreness=(Feeling(score=score, region=region, kind=kind),),
        **more,
    )


def test_joint_soreness_twice_in_two_weeks_refers():
    def twice(days, score=3, kind="joint"):
        second = sore(score, kind=kind, about=after(days=days).date())
        return screen(
            screened({}, (after(hours=1), sore(3)), (after(days=days), second)), after(days=days)
        ).level

    assert twice(10) is SafetyLevel.REFER
    assert twice(14) is SafetyLevel.REFER
    assert twice(15) is SafetyLevel.NONE
    assert twice(10, score=2) is SafetyLevel.NONE
    assert twice(10, kind="cramp") is SafetyLevel.NONE


def test_joint_soreness_on_one_morning_told_twice_does_not_refer():
    history = screened({}, (after(hours=1), sore(4)), (after(hours=2), sore(5)))

    assert screen(history, after(hours=3)).level is SafetyLevel.NONE


def test_a_clearance_for_e52_holds_until_it_happens_again():
    first, second = (
        (after(days=1), sore(4, about=date(2026, 3, 3))),
        (after(days=5), sore(4, about=date(2026, 3, 7))),
    )
    word = (after(days=6), cleared("E52", role="physiotherapist"))
    third = (after(days=9), sore(4, about=date(2026, 3, 11)))

    assert screen(screened({}, first, second, word), after(days=7)).level is SafetyLevel.NONE
    assert screen(screened({}, first, second, word, third), after(days=10)).level is SafetyLevel.REFER


def test_soreness_beyond_three_days_is_asked_about():
    lasting = sore(2, region="back_thigh", kind="muscle", hours_since_onset=73)
    fading = sore(2, region="back_thigh", kind="muscle", hours_since_onset=72)

    assert screen(screened({}, (after(days=4), lasting)), after(days=4)).is_blocked
    assert not screen(screened({}, (after(days=4), fading)), after(days=4)).is_blocked


def reading(test, **fields):
    return MeasurementTaken(test=test, side="left", method="phone_helper", readings=(20,), **fields)


def test_a_pinch_while_measuring_puts_on_the_tag():
    pinched = reading("T01_flexion_supine", end_feel="pinch")
    painful_in = reading("internal_rotation_prone", end_feel="pain", pain=2)
    by_short_name = reading("ir_seated", end_feel="pain", pain=2)
    painful_out = reading("external_rotation_prone", end_feel="pain", pain=2)

    assert tags_of({}, (after(hours=1), pinched), now=after(hours=2)) == {"fai"}
    assert tags_of({}, (after(hours=1), painful_in), now=after(hours=2)) == {"fai"}
    assert tags_of({}, (after(hours=1), by_short_name), now=after(hours=2)) == {"fai"}
    assert tags_of({}, (after(hours=1), painful_out), now=after(hours=2)) == set()


def test_measuring_that_hurts_is_asked_about():
    history = screened({}, (after(hours=1), reading("T03_abduction_sidelying", pain=4)))

    assert screen(history, after(hours=2)).is_blocked


def test_readiness_answers_are_remembered():
    def said(**answers):
        return screen(screened({}, (after(hours=1), ReadinessAnswered(answers=answers))), after(hours=2))

    assert said(ill=False, new_pain=False).level is SafetyLevel.NONE
    assert said(ill=True, new_pain=False).is_paused
    assert said(ill=True, new_pain=True).level is SafetyLevel.URGENT
    assert "H02" in said(ill=False, new_pain=True).open_questions
    assert said(pregnancy=True).tag_names == (Tag.PREG,)


def test_a_pain_answer_that_turns_to_yes_brings_the_other_pain_questions_back():
    history = screened({}, (after(days=5), ScreeningAnswered(answers={"H10": True})))
    opened = screen(history, after(days=5)).open_questions

    assert {"H02", "H09"} <= set(opened)
    assert "H10" not in opened and "P01" not in opened


def test_an_age_that_is_put_right_no_longer_blocks():
    mended = (after(hours=1), AboutRunner(age_years=51))

    assert screen(screened({}, AboutRunner(age_years=15), mended), after(hours=2)).level is SafetyLevel.NONE


def test_a_restriction_added_twice_ends_with_the_later_day():
    long, short = (RestrictionTightened(tag="gt", ends_on=date(2026, 3, day)) for day in (20, 5))

    assert screen(screened({}, long, short), after(days=10)).tag_names == (Tag.GT,)


def test_a_coach_may_tighten_until_a_day():
    added = RestrictionTightened(tag="gt", ends_on=date(2026, 3, 5))
    history = screened({}, added)

    assert screen(history, after(days=3)).tag_names == (Tag.GT,)
    assert screen(history, after(days=5)).tag_names == ()


def test_a_restriction_nobody_knows_blocks_and_says_so():
    clearance = screen(screened({}, RestrictionTightened(tag="hipp")), MORNING)

    assert clearance.is_blocked
    assert "restriction:hipp" in clearance.open_questions


def test_a_yes_speaks_even_where_it_is_dated_later():
    history = screened({}, (after(days=2), ScreeningAnswered(answers={"H07": True})))

    assert screen(history, after(days=1)).level is screen(history, after(days=2)).level
    assert screen(history, after(days=1)).is_blocked


@pytest.mark.parametrize("level", list(SafetyLevel), ids=str)
def test_every_level_has_its_words(level):
    assert words().titles[level]
    assert words().advice[level]


def test_a_stop_page_says_what_to_do_and_that_it_is_no_diagnosis():
    page = stop_page(screen(screened({"H02": True, "H05": True}), MORNING))

    assert page.level is SafetyLevel.URGENT
    assert "bone stress injury" in " ".join(page.do)
    assert page.always == "This is not a diagnosis."
    emergency = stop_page(screen(screened({"H08": True}), MORNING))
    assert emergency.do[0] == "Call your local emergency number now."


@pytest.mark.parametrize(
    ("told", "calls"),
    [
        (("H08",), "Call your local emergency number now."),
        (("H07",), "Call your local emergency number now, or go to an emergency department."),
        (("H07", "H08"), "Call your local emergency number now."),
        (("H01", "H01.deformed_or_stuck"), "Call your local emergency number now."),
        (("Q02", "Q02.now"), "Call your local emergency number now."),
        (("H06", "H06.hot_and_stuck"), "Call your local emergency number now."),
    ],
)
def test_a_stop_page_says_once_to_call_for_help_and_leaves_no_other_step_out(told, calls):
    clearance = screen(screened(dict.fromkeys(told, True)), MORNING)
    page = stop_page(clearance)

    assert page.level is SafetyLevel.EMERGENCY
    assert [step for step in page.do if "emergency number" in step] == [calls] == list(page.do[:1])
    steps = {step for message in clearance.messages for step in message.do}
    assert {step for step in steps if "emergency number" not in step} == set(page.do[1:])


def test_a_number_of_four_hundred_digits_is_a_sentence() -> None:
    assert "is not between" in " ".join(answer_problems({"H09": True, "H09.since_weeks": 10**400}))


def test_an_answer_may_be_put_right_until_the_first_questions_are_done_or_one_stops() -> None:
    answered = dict.fromkeys(coach.first_questions(), False)
    some = dict(list(answered.items())[:3])
    assert coach.may_put_right(history_of(ScreeningAnswered(answers=some)), MORNING)
    assert not coach.may_put_right(history_of(ScreeningAnswered(answers=answered)), MORNING)
    stopped = {**some, "H01": True, "H01.deformed_or_stuck": True}
    assert not coach.may_put_right(history_of(ScreeningAnswered(answers=stopped)), MORNING)
