"""Before a session, and which questions are due."""

from zoneinfo import ZoneInfo

import pytest

from screening_cast import MORNING, after, history_of, screened
from triplane.history import ReadinessAnswered, SessionLogged
from triplane.screening import (
    Purpose,
    QuestionsDue,
    ReadyVerdict,
    SafetyLevel,
    answer_problems,
    questions_due,
    readiness_questions,
    ready,
    screen,
    short_questions,
)

FINE = dict.fromkeys(readiness_questions(), False)


def verdict(answers, history=None, now=MORNING):
    return ready(answers, screen(history or screened(), now)).verdict


def test_all_no_means_go():
    assert verdict(FINE) is ReadyVerdict.GO


def test_a_missing_answer_is_asked_for():
    answers = {name: False for name in FINE if name != "fall"}

    assert ready(answers, screen(screened(), MORNING)).unanswered == ("fall",)
    assert verdict(answers) is ReadyVerdict.ASK


@pytest.mark.parametrize("name", list(FINE))
def test_any_yes_keeps_the_session_from_starting(name):
    assert verdict({**FINE, name: True}) is not ReadyVerdict.GO


def test_ill_rests_and_ill_with_new_pain_stops():
    assert verdict({**FINE, "ill": True}) is ReadyVerdict.REST
    urgent = ready({**FINE, "ill": True, "new_pain": True}, screen(screened(), MORNING))
    assert (urgent.verdict, urgent.level) == (ReadyVerdict.STOP, SafetyLevel.URGENT)


def test_a_new_pain_names_the_questions_to_answer():
    assert "H02" in ready({**FINE, "new_pain": True}, screen(screened(), MORNING)).reopens


def test_no_answer_opens_a_block():
    assert verdict(FINE, screened({"H08": True})) is ReadyVerdict.STOP
    assert verdict(FINE, history_of()) is ReadyVerdict.STOP


def test_ill_this_morning_is_no_session_this_evening():
    history = screened({}, (after(hours=1), ReadinessAnswered(answers={**FINE, "ill": True})))

    assert verdict(FINE, history, after(hours=10)) is ReadyVerdict.REST
    assert verdict(FINE, history, after(hours=20)) is ReadyVerdict.GO


def test_readiness_is_due_before_every_session():
    answered = (after(hours=1), ReadinessAnswered(answers=FINE))
    logged = (after(hours=2), SessionLogged(minutes=10))

    def due(at, *facts):
        return bool(questions_due(screened({}, *facts), at, Purpose.SESSION).readiness)

    assert due(after(hours=1))
    assert not due(after(hours=2), answered)
    assert due(after(hours=3), answered, logged)
    assert due(after(hours=6), answered)
    assert not questions_due(screened(), MORNING, Purpose.PLAN).readiness


def test_everything_is_due_at_the_beginning_and_nothing_after():
    first = questions_due(history_of(), MORNING)

    assert first.disclaimer
    assert len(first.must) == 34
    assert questions_due(screened(), MORNING) == QuestionsDue()


def test_the_short_questions_come_monthly_and_before_retests():
    history = screened()

    assert questions_due(history, after(days=30)) == QuestionsDue()
    assert set(questions_due(history, after(days=31)).should) == set(short_questions())
    assert set(questions_due(history, after(days=2), Purpose.RETEST).must) == set(short_questions())
    assert questions_due(history, after(hours=2), Purpose.RETEST) == QuestionsDue()


def test_a_yes_leaves_its_follow_ups_open():
    assert questions_due(screened({"H09": True}), MORNING).follow_ups == ("H09.since_weeks", "H09.giving_way")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"H99": True}, "no safety question 'H99'"),
        ({"H09": "yes"}, "neither yes nor no"),
        ({"H09.since_weeks": -1}, "not between 0 and 2000 weeks"),
        ({"H09.since_weeks": True}, "not a number"),
        ({"H14.worse": "sitting"}, "not among the choices: arching, bending, both"),
        ({"H14.worse": ("arching", "bending")}, "choose one of"),
        ({"H15.when": ()}, "choose at least one of kneeling"),
        ({"ill": 1}, "neither yes nor no"),
        ({"H09.since_week": 3}, "did you mean H09.since_weeks"),
    ],
    ids=str,
)
def test_wrong_answers_get_one_clear_sentence(answers, words):
    (problem,) = answer_problems(answers)

    assert words in problem


def test_right_answers_have_no_problems():
    right = {
        "H09": True,
        "H09.since_weeks": 3,
        "Q05.which": ("other", "steroid"),
        "ill": False,
        "H14.worse": "both",
    }

    assert answer_problems(right) == ()


def test_whoever_feels_ill_gains_no_day_by_travelling_east():
    ill = (after(hours=11), ReadinessAnswered(answers={**FINE, "ill": True}))
    history = screened({}, ill)
    east, west = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/Los_Angeles")

    assert verdict(FINE, history, after(hours=11, minutes=5).astimezone(east)) is ReadyVerdict.REST
    assert verdict(FINE, history, after(hours=20).astimezone(west)) is ReadyVerdict.REST
    assert verdict(FINE, history, after(hours=24).astimezone(east)) is ReadyVerdict.GO


def test_whoever_feels_ill_late_in_the_evening_rests_eight_hours():
    history = screened({}, (after(hours=15), ReadinessAnswered(answers={**FINE, "ill": True})))

    assert verdict(FINE, history, after(hours=22)) is ReadyVerdict.REST
    assert verdict(FINE, history, after(hours=23, minutes=1)) is ReadyVerdict.GO
