"""Two dates on one page: what is shown, how it is put right, and that a blocked runner may take it along."""

import re
from datetime import timedelta
from typing import Any

from triplane import coach
from triplane.coach import Side
from triplane.history import (
    CheckinAnswered,
    Feeling,
    FeelingKind,
    Method,
    RestrictionTightened,
    SessionLogged,
)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def three_weeks_later(app: Any, left: float, right: float) -> tuple[str, str]:
    """Measure once more; return both dates."""
    first = app.now.date()
    app.now += timedelta(weeks=3)
    readings = {Side.LEFT: [left] * 3, Side.RIGHT: [right] * 3}
    app.practice.measure("internal_rotation_prone", readings, Method.PHONE_HELPER)
    return first.isoformat(), app.now.date().isoformat()


def test_it_opens_on_what_was_measured_first_and_today(marathoner, browser) -> None:
    three_weeks_later(marathoner, left=38, right=32)
    shown = text(browser.get("/progress/compare/"))

    assert "23 November 2026 and 16 December 2026" in shown
    assert "Real change" in shown
    assert "±" in shown
    assert "Not measured again since" in shown, "the other directions were not read again"
    assert "/progress/compare/" in browser.get("/progress/").content.decode()


def test_a_real_loss_is_not_shown_as_good(marathoner, browser) -> None:
    three_weeks_later(marathoner, left=18, right=8)
    shown = browser.get("/progress/compare/").content.decode()
    assert "Real change" in shown
    assert "verdict real" not in shown


def test_dates_that_cannot_be_are_said_and_nothing_is_compared(marathoner, browser) -> None:
    before, after = three_weeks_later(marathoner, left=38, right=32)
    turned = browser.get("/progress/compare/", {"before": after, "after": before})
    assert turned.status_code == 400
    assert "The first date lies before the second." in text(turned)
    assert "Real change" not in text(turned)
    ahead = browser.get("/progress/compare/", {"before": before, "after": "2030-01-01"})
    assert re.findall(r'class="problem" id="(\w+)_error"', ahead.content.decode()) == ["id_after"]
    for asked in (
        {"before": before},
        {"before": "x", "after": after},
        {"before": before, "after": "2030-01-01"},
    ):
        assert browser.get("/progress/compare/", asked).status_code == 400, asked


def test_whoever_is_blocked_takes_it_to_a_professional_and_sees_no_drill(marathoner, browser) -> None:
    three_weeks_later(marathoner, left=38, right=32)
    marathoner.practice.record(coach.screening_answers({"Q07": True}))
    answer = browser.get("/progress/compare/")
    assert answer.status_code == 200
    assert "/drills/" not in re.sub(r"<nav.*?</nav>", "", answer.content.decode(), flags=re.DOTALL)


def test_what_was_done_felt_and_decided_in_between_is_said(marathoner, browser) -> None:
    three_weeks_later(marathoner, left=38, right=32)
    sore = Feeling(region="groin", side=Side.LEFT, kind=FeelingKind.JOINT, score=4)
    marathoner.practice.record(CheckinAnswered(about=marathoner.practice.yesterday, soreness=(sore,)))
    marathoner.practice.record(RestrictionTightened(tag="acute"), reason="After Sunday.")
    marathoner.practice.record(SessionLogged(minutes=20))
    shown = text(browser.get("/progress/compare/"))

    assert "Groin, left joint 1 4 16 Dec 2026" in shown
    assert "1 session" in shown
    assert "1 morning was told." in shown
    assert "Why: After Sunday." in shown
