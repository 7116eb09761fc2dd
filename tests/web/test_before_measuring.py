"""Before a test is taken again the short safety questions are asked; and every test is shown."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tour import filled
from triplane import coach, screening
from triplane.assessment import battery
from triplane.history import Answer, MeasurementTaken, ScreeningAnswered

TURN_IN = "internal_rotation_prone"
SHORT = screening.short_questions()


@pytest.fixture
def months_later(marathoner: Any) -> Any:
    """The marathoner measured on Monday; it is five weeks later."""
    marathoner.now += timedelta(weeks=5)
    return marathoner


def asked(answer: Any) -> list[str]:
    return sorted(set(re.findall(r'name="([A-Z]\d\d)\.answer"', answer.content.decode())))


def no_to_all(**but: str) -> dict[str, str]:
    return {**{f"{name}.answer": "no" for name in SHORT}, **but}


def answers_of(app: Any) -> dict[str, Answer]:
    told = app.practice.history().all(ScreeningAnswered)
    return {name: answer for _, body in told for name, answer in body.answers.items()}


def test_a_retest_begins_with_the_short_questions_and_then_goes_to_the_test(
    months_later: Any, browser: Any
) -> None:
    first = browser.get(f"/measure/{TURN_IN}/", follow=True)
    assert first.redirect_chain[-1][0] == f"/measure/{TURN_IN}/before/"
    assert asked(first) == sorted(SHORT)

    after = browser.post(f"/measure/{TURN_IN}/before/", no_to_all(), follow=True)

    assert after.redirect_chain[-1][0] == f"/measure/{TURN_IN}/"
    [*_, (fact, body)] = months_later.practice.history().all(ScreeningAnswered)
    assert body.short
    assert set(body.answers) == set(SHORT)
    assert fact.local_date == months_later.now.date()


def test_they_hold_for_the_whole_round_of_tests(months_later: Any, browser: Any) -> None:
    browser.post(f"/measure/{TURN_IN}/before/", no_to_all())

    assert browser.get("/measure/external_rotation_prone/").status_code == 200


def test_a_test_never_taken_before_is_not_a_retest(marathoner: Any, browser: Any) -> None:
    taken = {body.test for _, body in marathoner.practice.history().all(MeasurementTaken)}
    fresh = next(test for test in battery().values() if test.id not in taken)

    assert browser.get(f"/measure/{fresh.id}/").status_code == 200


def test_a_missing_answer_is_said_and_the_others_are_kept(months_later: Any, browser: Any) -> None:
    told = no_to_all()
    del told["S01.answer"]

    answer = browser.post(f"/measure/{TURN_IN}/before/", told)

    assert answer.status_code == 400
    assert answer.content.decode().count("Choose yes or no.") == 1
    assert asked(answer) == ["S01"]
    done = browser.post(f"/measure/{TURN_IN}/before/", {"S01.answer": "no"}, follow=True)
    assert done.redirect_chain[-1][0] == f"/measure/{TURN_IN}/"


def test_no_to_all_the_rest_never_takes_back_a_yes(months_later: Any, browser: Any) -> None:
    everything = {**answers_of(months_later), **dict.fromkeys(coach.first_questions(), False), "H10": True}
    months_later.practice.record(coach.screening_answers(everything))
    months_later.now += timedelta(days=10)

    answer = browser.post(f"/measure/{TURN_IN}/before/", {"rest": "no"})

    assert answer.status_code == 400
    assert "You said yes the last time." in answer.content.decode()
    assert answers_of(months_later)["H10"] is True


def test_an_answer_that_stops_stops_at_once(months_later: Any, browser: Any) -> None:
    answer = browser.post(f"/measure/{TURN_IN}/before/", {"H07.answer": "yes"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/stop/"
    assert browser.get(f"/measure/{TURN_IN}/", follow=True).redirect_chain[-1][0] == "/stop/"
    assert answers_of(months_later)["H07"] is True


def test_what_belongs_to_a_yes_is_asked_on_the_same_page(months_later: Any, browser: Any) -> None:
    answer = browser.post(f"/measure/{TURN_IN}/before/", no_to_all(**{"H09.answer": "yes"}))

    assert answer.status_code == 400
    for follow in coach.question("H09").follow_up:
        assert f'name="H09.asked_{follow.key}"' in answer.content.decode()


@pytest.mark.parametrize("test", battery().values(), ids=lambda test: test.id)
def test_every_test_is_shown_on_its_page_on_both_sides(test: Any, marathoner: Any, browser: Any) -> None:
    marathoner.practice.record(
        ScreeningAnswered(answers=dict.fromkeys(SHORT, False), short=True),
    )

    page = browser.get(f"/measure/{test.id}/").content.decode()

    assert 'class="tp-work-left' in page
    assert 'class="tp-work-right' in page
    named = re.findall(r' id="(tp-[a-z]+-[0-9a-f]+)"', page)
    assert len(named) == len(set(named)) == 4


def test_the_battery_says_how_long_it_truly_takes(app, browser) -> None:
    app.practice.record(coach.disclaimer_accepted())
    app.practice.record(coach.screening_answers(dict.fromkeys(coach.first_questions(), False)))
    shown = re.sub(r"\s+", " ", browser.get("/measure/").content.decode())
    due = [test for test, retest in coach.tests_to_take(app.practice.history(), app.now) if retest.is_due]

    assert f"About 4 minutes a test for both sides, {4 * len(due)} for all {len(due)}." in shown


ROWS = """() => [...document.querySelectorAll(".asked-row")].map(row => ({
  words: parseFloat(getComputedStyle(row.querySelector("legend")).fontSize),
  answers: [...row.querySelectorAll(".no-yes label")].map(one => one.getBoundingClientRect())
    .map(box => Math.min(box.width, box.height)),
  given: row.querySelectorAll("input:checked").length,
}))"""


@pytest.mark.parametrize(
    ("scene", "address", "at_most"),
    [("midweek", f"/measure/{TURN_IN}/before/", 2600), ("midweek", "/session/{slot}/", 844)],
)
def test_the_questions_are_rows_that_a_phone_shows_many_of_with_nothing_answered(
    scene: str, address: str, at_most: int, stage: Any, chrome: Any
) -> None:
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    page.goto(stage.address(scene) + filled(address, stage.scene(scene)))
    rows, tall = page.evaluate(ROWS), page.evaluate("document.scrollingElement.scrollHeight")
    page.close()

    assert len(rows) >= 5
    assert all(row["words"] >= 16 and min(row["answers"]) >= 44 and len(row["answers"]) == 2 for row in rows)
    assert not any(row["given"] for row in rows)
    assert tall <= at_most
