"""How it goes: every value with its error, every change with its verdict, every chart with its table."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

from cast import easy_run
from scenes import answer_before_a_session
from triplane import catalogue, coach
from triplane.coach import Side
from triplane.formats.runner_file import sample_runner
from triplane.history import CheckinAnswered, Feeling, FeelingKind, Method


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def measured_again(app: Any, left: float, right: float) -> None:
    """Three weeks later the hips are measured once more."""
    app.now += timedelta(weeks=3)
    readings = {Side.LEFT: [left] * 3, Side.RIGHT: [right] * 3}
    app.practice.measure("internal_rotation_prone", readings, Method.PHONE_HELPER)


def test_before_anything_was_measured_twice_nothing_is_called_progress(marathoner, browser) -> None:
    shown = text(browser.get("/progress/"))

    assert "Measured once, nothing to compare yet" in shown
    assert "Real change" not in shown


def test_a_change_beyond_measuring_is_real_and_a_small_one_is_noise(marathoner, browser) -> None:
    measured_again(marathoner, left=38, right=32)
    answer = browser.get("/progress/")
    shown = text(answer)

    assert "One real change" in shown
    assert "Real change" in shown
    assert "Within noise" in shown
    assert "±" in shown


def test_a_real_change_for_the_worse_is_not_shown_as_good(marathoner, browser) -> None:
    measured_again(marathoner, left=18, right=8)
    shown = browser.get("/progress/").content.decode()

    assert "Real change" in shown
    assert "verdict real" not in shown


def test_only_what_is_within_noise_is_folded_away(marathoner, browser) -> None:
    measured_again(marathoner, left=18, right=8)
    shown = browser.get("/progress/").content.decode()
    open_to_see, _, folded = shown.partition('<details class="same"')

    assert "Real change" in open_to_see.partition('class="charts"')[2], (
        "a change for the worse is seen at once"
    )
    assert "Within noise" in folded
    assert "Real change" not in folded


def test_real_changes_stand_first_and_charts_before_the_long_table(marathoner, browser) -> None:
    measured_again(marathoner, left=38, right=32)
    shown = browser.get("/progress/").content.decode()
    verdicts = re.findall(
        r'class="verdict (\w+)', shown.partition('<table class="table"><thead><tr><th scope="col">Test')[2]
    )

    assert shown.index('class="charts"') < shown.index('class="card only-laptop')
    assert verdicts[:2] == ["real", "noise"]
    assert "the hip map shows estimates made of them" in shown


def test_minutes_that_were_done_never_stand_under_nothing_measured(app, browser) -> None:
    told = sample_runner("marathoner", app.now.date()).model_copy(update={"measurement": ()})
    app.practice.record(*told.bodies(coach.first_questions(), coach.disclaimer().version))
    app.practice.day()
    app.now += timedelta(days=1, hours=12)
    slot = app.practice.next_slot()
    answer_before_a_session(app)
    app.now += timedelta(hours=1)
    app.practice.log(slot, coach.SessionAnswers(effort=5, discomfort=1))
    shown = browser.get("/progress/").content.decode()

    assert re.search(r"<h1>What you did so far</h1>", shown)
    assert "Nothing measured yet." in shown.partition('id="unmeasured"')[2].partition("</section>")[0]


def test_every_chart_has_its_table(marathoner, browser) -> None:
    marathoner.practice.record(easy_run(marathoner.now - timedelta(hours=2)))
    sore = Feeling(region="groin", side="left", kind=FeelingKind.JOINT, score=2)
    marathoner.practice.record(CheckinAnswered(about=marathoner.practice.yesterday, soreness=(sore,)))
    measured_again(marathoner, left=38, right=32)
    shown = browser.get("/progress/").content.decode()

    assert shown.count('<svg class="chart"') == shown.count('<summary class="quiet">As a table')
    assert "Groin left 2 (joint)" in text(browser.get("/progress/"))


def test_how_far_back_is_chosen_and_nonsense_is_the_usual(marathoner, browser) -> None:
    for weeks in ("4", "-3", "1e9", "x"):
        assert browser.get("/progress/", {"weeks": weeks}).status_code == 200


def test_a_blocked_runner_reads_how_it_went_without_any_drill(marathoner, browser) -> None:
    marathoner.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))
    shown = text(browser.get("/progress/"))

    assert "No exercises now" in shown
    assert [one.name for one in catalogue.load().values() if one.name in shown] == []


def test_every_line_of_a_chart_says_what_it_stands_for(marathoner, browser) -> None:
    marathoner.practice.record(easy_run(marathoner.now - timedelta(hours=2), 50))
    measured_again(marathoner, left=38, right=32)
    shown = browser.get("/progress/").content.decode()
    charts = re.findall(r'<svg class="chart".*?</svg>', shown, re.DOTALL)
    assert charts
    for chart in charts:
        words = [(float(y), said) for y, said in re.findall(r'<text x="52" y="([\d.]+)"[^>]*>([^<]+)', chart)]
        assert len(words) > 1, "a scale has two ends"
        assert words[-1][1] == "0" or all(re.search(r"°|cm|min|^\d+$", said) for _, said in words), words
        heights = sorted(y for y, _ in words)
        assert min(above - below for below, above in pairwise(heights)) >= 13
    assert any(">60 min<" in chart or ">50 min<" in chart for chart in charts)
