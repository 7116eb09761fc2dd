"""A professional's word: what it lifts, how long, and that what it would not lift is said."""

from datetime import date

import pytest

from screening_cast import MORNING, after, history_of, screened
from triplane import coach
from triplane.errors import UserError
from triplane.history import ClearedBy, History, RestrictionTightened, ScreeningAnswered
from triplane.screening import SafetyLevel, questions, screen

PHYSIO, PHYSICIAN = ClearedBy.PHYSIOTHERAPIST, ClearedBy.PHYSICIAN
TO_MARCH = date(2026, 3, 22)


def word(history: History, *scope: str, role: ClearedBy = PHYSIO, until: date | None = TO_MARCH):
    at = after(hours=1)
    return at, coach.clearance_word(history, "A. Example", role, at.date(), scope, until, at)


def with_word(history: History, *scope: str, role: ClearedBy = PHYSIO) -> History:
    facts = [(fact.occurred_at, fact.body) for fact in history.facts]
    return history_of(*facts, word(history, *scope, role=role))


def test_a_physiotherapist_lifts_long_standing_pain_for_its_scope_until_its_last_day() -> None:
    history = with_word(screened({"P07": True}), "P07")

    assert not screen(history, after(hours=2)).is_blocked
    assert not screen(history, after(days=20)).is_blocked
    assert screen(history, after(days=21)).level is SafetyLevel.REFER


def test_what_is_cleared_lifts_nothing_else() -> None:
    history = with_word(screened({"P07": True, "Q07": True}), "P07")

    assert {m.origin for m in screen(history, after(hours=2)).messages if not m.cleared} == {"Q07"}


def test_told_to_exercise_under_supervision_is_a_physicians_to_lift_and_a_physiotherapist_is_told_so() -> (
    None
):
    history = screened({"Q07": True})

    with pytest.raises(UserError, match="physician, surgeon") as told:
        word(history, "Q07")
    assert told.value.field == "scope"
    assert coach.who_may_clear(history, "Q07", MORNING) == (PHYSICIAN, ClearedBy.SURGEON)
    assert not screen(with_word(history, "Q07", role=PHYSICIAN), after(hours=2)).is_blocked


@pytest.mark.parametrize(
    ("answers", "scope"),
    [
        ({"H02": True, "H03": True}, ("H02",)),
        ({"H07": True}, ("H07",)),
        ({"P07": True, "Q01": True}, ("P07", "Q01")),
        ({"Q01": True}, ("htn",)),
    ],
)
def test_one_part_that_may_not_be_lifted_refuses_the_word(
    answers: dict[str, bool], scope: tuple[str, ...]
) -> None:
    with pytest.raises(UserError, match="it takes one of: physician"):
        word(screened(answers), *scope)


@pytest.mark.parametrize("scope", ["H09", "fai", "E52", "fai:lm_lateral"])
def test_a_word_about_what_does_not_stand_is_refused(scope: str) -> None:
    with pytest.raises(UserError, match="nothing is held back now"):
        word(screened(), scope)


def test_a_question_that_only_restricts_is_cleared_by_its_restriction() -> None:
    pinching = screened({"H09": True, "H09.since_weeks": 2, "H09.giving_way": False})

    with pytest.raises(UserError, match="nothing is held back now"):
        word(pinching, "H09")
    assert screen(with_word(pinching, "fai"), after(hours=2)).tag_names == ()
    added = screen(with_word(pinching, "fai:lm_lateral"), after(hours=2)).drills_added
    assert [drill for _, drill in added] == ["lm_lateral"]


def test_no_single_drill_is_allowed_where_everything_waits() -> None:
    with pytest.raises(UserError, match="nothing is held back now"):
        word(screened({}, RestrictionTightened(tag="bsi")), "bsi:lm_lateral", role=PHYSICIAN)


def test_a_word_that_is_over_is_refused_and_one_that_runs_out_is_renewed() -> None:
    history = screened({"P07": True})
    with pytest.raises(UserError, match="over already") as told:
        coach.clearance_word(history, "A", PHYSIO, date(2026, 1, 5), ("P07",), date(2026, 3, 1), MORNING)
    assert told.value.field == "expires_on"
    with pytest.raises(UserError, match="over already"):
        coach.clearance_word(history, "A", PHYSIO, date(2025, 3, 1), ("P07",), None, MORNING)

    renewed = coach.clearance_word(
        with_word(history, "P07"), "A", PHYSIO, date(2026, 4, 1), ("P07",), None, after(days=30)
    )
    assert renewed.scope == ("P07",)


def test_a_restriction_by_hand_that_stops_is_cleared_by_its_name() -> None:
    history = screened({}, RestrictionTightened(tag="bsi"))
    messages, held = coach.may_be_cleared(screen(history, MORNING))

    assert ([m.origin for m in messages], [str(one.tag) for one in held]) == ([], ["bsi"])
    assert not screen(with_word(history, "bsi", role=PHYSICIAN), after(hours=2)).is_blocked


def test_whatever_stops_a_physician_may_lift() -> None:
    for question in questions().values():
        assert PHYSICIAN in question.cleared_by


def test_a_yes_after_a_no_is_not_covered_by_the_word_before() -> None:
    cleared = with_word(screened({"P07": True}), "P07")
    facts = [(fact.occurred_at, fact.body) for fact in cleared.facts]
    no = (after(days=2), ScreeningAnswered(answers={"P07": False}, short=True))
    again = (after(days=3), ScreeningAnswered(answers={"P07": True}, short=True))

    assert screen(history_of(*facts, no, again), after(days=4)).is_blocked
