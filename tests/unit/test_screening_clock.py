"""Safety told by a clock that was wrong, or in two parts: nothing that loosens goes by it."""

from datetime import timedelta

import pytest

from screening_cast import MORNING, after, history_of, screened, with_the_rest_no
from triplane import coach
from triplane.catalogue import Tag
from triplane.errors import UserError
from triplane.history import AboutRunner, DisclaimerAccepted, ReadinessAnswered, ScreeningAnswered
from triplane.screening import SafetyLevel, screen, words

ACCEPTED = DisclaimerAccepted(text_version=words().disclaimer.version)


def test_a_clock_set_back_puts_no_answer_right() -> None:
    told = history_of(
        ACCEPTED, *(ScreeningAnswered(answers={name: name == "Q07"}) for name in coach.first_questions())
    )
    back = MORNING - timedelta(hours=3)
    assert screen(told, MORNING).level is SafetyLevel.REFER

    assert not coach.may_put_right(told, back)
    with pytest.raises(UserError, match="on record"):
        coach.answers_put_right(told, "Q07", {"Q07": False}, back)


def test_what_is_told_after_a_word_that_is_dated_ahead_is_not_undone_when_its_date_comes() -> None:
    ahead = ScreeningAnswered(answers=with_the_rest_no({}))
    pregnant = ScreeningAnswered(
        answers={"P02": True, "P02.complication": False, "P02.pelvic_girdle_pain": True}
    )
    history = history_of(
        ACCEPTED, (after(days=1), AboutRunner(age_years=34)), (after(days=1), ahead),
        (after(hours=1), AboutRunner(age_years=15)), (after(hours=1), pregnant),
    )  # fmt: skip

    for hours in (2, 26, 24 * 20):
        found = screen(history, after(hours=hours))
        assert found.is_blocked, hours
        assert Tag.PREG in found.tag_names, hours


def test_what_is_answered_anew_after_that_counts_again() -> None:
    history = history_of(
        ACCEPTED, (after(days=1), ScreeningAnswered(answers=with_the_rest_no({}))),
        (after(hours=1), ScreeningAnswered(answers={"H15": True, "H15.when": ("kneeling",)})),
        (after(days=2), ScreeningAnswered(answers={"H15": False})),
    )  # fmt: skip

    assert Tag.KNEE in screen(history, after(hours=30)).tag_names
    assert Tag.KNEE not in screen(history, after(days=3)).tag_names


@pytest.mark.parametrize("first", ["ill", "new_pain"])
def test_ill_and_a_new_pain_told_one_after_the_other_are_as_urgent_as_told_at_once(first: str) -> None:
    second = {"ill": "new_pain", "new_pain": "ill"}[first]
    said = [
        (after(minutes=n), ReadinessAnswered(answers={name: True})) for n, name in enumerate([first, second])
    ]
    found = screen(screened({}, *said), after(hours=1))

    assert found.level is SafetyLevel.URGENT
    assert Tag.RED_FLAG in found.tag_names


def test_whoever_is_ill_and_was_not_asked_for_pain_is_asked() -> None:
    found = screen(screened({}, (after(hours=1), ReadinessAnswered(answers={"ill": True}))), after(hours=2))

    assert found.is_paused
    assert "Q08.hip_pain" in found.unanswered_follow_ups


def test_a_no_before_a_session_closes_no_question_that_was_never_asked() -> None:
    found = screen(history_of(ACCEPTED, ReadinessAnswered(answers={"ill": False})), MORNING)

    assert "Q08" in found.open_questions


def test_a_hurt_of_another_time_does_not_make_an_illness_urgent() -> None:
    before = ScreeningAnswered(answers={"Q08": False, "Q08.hip_pain": True})
    ill = (after(days=1), ReadinessAnswered(answers={"ill": True, "new_pain": False}))

    assert screen(screened({}, before, ill), after(days=1)).level is SafetyLevel.CAUTION
