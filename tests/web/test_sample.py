"""The sample runner is looked at, and never stands among the runner's own facts."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client, override_settings

from triplane import coach
from triplane.history import CheckinAnswered, DrillDone, MeasurementTaken, SessionLogged, Sign

SAYS = "You are looking at a sample runner"
CHECKIN = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sample_facts(app: Any) -> tuple[Any, ...]:
    return app.open_sample(coach.monday_of(app.now.date())).history().facts


def test_a_newcomer_looks_around_in_a_sample_and_begins_as_if_nothing_had_been(app, browser) -> None:
    assert "Look at a sample runner" in text(browser.get("/", follow=True))
    shown = browser.post("/sample/", follow=True)

    assert SAYS in text(shown)
    assert "Monday" in text(shown)
    assert len(sample_facts(app)) > 10
    assert app.practice.history().facts == ()
    back = browser.post("/sample/leave/", follow=True)
    assert SAYS not in text(back)
    assert "Before you begin" in text(back)


def test_the_sample_has_weeks_behind_it_that_are_worth_a_look(app, browser) -> None:
    browser.post("/sample/")
    facts = sample_facts(app)
    measured = {fact.local_date for fact in facts if isinstance(fact.body, MeasurementTaken)}
    sessions = [fact.body for fact in facts if isinstance(fact.body, SessionLogged)]
    mornings = [fact.body for fact in facts if isinstance(fact.body, CheckinAnswered)]

    assert len(measured) == 2
    assert max(measured) - min(measured) == timedelta(weeks=3)
    assert len(sessions) >= 10
    assert any(one.soreness for one in mornings)
    assert all(fact.occurred_at <= app.now for fact in facts)

    shown = text(browser.get("/progress/"))
    assert "real change" in shown
    assert "minutes a week Week of" in shown, "what was done is drawn, with its table"
    assert "No check-in in this time" not in shown
    assert "You are looking at a sample runner" in shown


def test_every_page_says_that_it_is_about_a_sample(app, browser) -> None:
    browser.post("/sample/")

    for page in ("/", "/week/", "/hips/", "/progress/", "/drills/", "/settings/", "/measure/", "/nowhere/"):
        assert SAYS in text(browser.get(page)), page


def test_what_is_told_in_the_sample_stays_in_the_sample(marathoner, browser) -> None:
    before = marathoner.practice.history().facts
    browser.post("/sample/")
    browser.post("/checkin/", CHECKIN, follow=True)

    assert marathoner.practice.history().facts == before
    assert [fact for fact in sample_facts(marathoner) if isinstance(fact.body, CheckinAnswered)]
    assert {fact.runner for fact in sample_facts(marathoner)} == {"sample-2026-11-23"}


def test_a_form_left_open_in_the_sample_is_refused_once_the_runner_is_back(marathoner) -> None:
    careful = Client(enforce_csrf_checks=True)
    token = _token(careful.get("/settings/"))
    careful.post("/sample/", {"csrfmiddlewaretoken": token})
    left_open = _token(careful.get("/checkin/"))
    careful.post("/sample/leave/", {"csrfmiddlewaretoken": left_open})
    before = marathoner.practice.history().facts
    answer = careful.post("/checkin/", {**CHECKIN, "csrfmiddlewaretoken": left_open})

    assert answer.status_code == 403
    assert marathoner.practice.history().facts == before


def test_deleting_everything_in_the_sample_deletes_nothing_of_the_runners(marathoner, browser) -> None:
    before = marathoner.practice.history().facts
    browser.post("/sample/")
    browser.post("/settings/delete/", {"name": "delete"})

    assert len(sample_facts(marathoner)) == 1, "the receipt"
    assert marathoner.practice.history().facts == before


def test_a_sample_that_has_begun_goes_on_and_another_week_has_another(marathoner, browser) -> None:
    browser.post("/sample/")
    browser.post("/checkin/", CHECKIN)
    known = len(sample_facts(marathoner))
    browser.post("/sample/leave/")
    browser.post("/sample/")
    assert len(sample_facts(marathoner)) == known

    marathoner.now += timedelta(days=7)
    browser.post("/sample/")
    assert {fact.runner for fact in sample_facts(marathoner)} == {"sample-2026-11-30"}, "a runner of its own"


def test_only_who_started_the_app_is_led_to_the_sample_without_a_button(app, browser) -> None:
    assert browser.get("/sample/anything/").status_code == 404
    assert SAYS not in text(browser.get("/", follow=True))
    with override_settings(SAMPLE_KEY="known-to-the-terminal"):
        assert SAYS in text(browser.get("/sample/known-to-the-terminal/", follow=True))


def test_another_app_at_another_port_of_this_machine_goes_on_about_its_own_runner(app, browser) -> None:
    browser.post("/sample/")
    assert "You are looking at a sample runner" in text(browser.get("/"))
    assert "You are looking at a sample runner" not in text(browser.get("/", SERVER_PORT="8433"))


def test_a_cookie_of_nonsense_is_no_sample(marathoner, browser) -> None:
    browser.cookies["sample-80"] = "../../../etc/passwd"

    assert SAYS not in text(browser.get("/"))


def _token(answer: Any) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[0]


def test_whoever_safety_stops_looks_at_no_samples_drills(marathoner, browser) -> None:
    browser.post("/sample/")
    assert SAYS in text(browser.get("/"))
    marathoner.practice.record(coach.screening_answers({"Q07": True}))

    for answer in (browser.get("/", follow=True), browser.post("/sample/", follow=True)):
        assert answer.redirect_chain[-1][0] == "/stop/"
        assert SAYS not in text(answer)
    with override_settings(SAMPLE_KEY="the-key"):
        assert browser.get("/sample/the-key/").headers["Location"] == "/stop/"


def test_whoever_hurt_in_a_session_answers_first_before_any_samples_drills(marathoner, browser) -> None:
    browser.post("/sample/")
    hurt = DrillDone(drill="str_wall_90_90", signs=(Sign.SHARP_PAIN,))
    marathoner.practice.record(SessionLogged(minutes=10, drills=(hurt,)))

    for answer in (browser.get("/", follow=True), browser.post("/sample/", follow=True)):
        assert SAYS not in text(answer)


def test_who_feels_ill_plays_no_samples_session_either(marathoner, browser) -> None:
    browser.post("/sample/")
    marathoner.practice.answer_readiness({"ill": True})

    for answer in (browser.get("/", follow=True), browser.post("/sample/", follow=True)):
        assert SAYS not in text(answer)
        assert "You feel ill" in text(answer)
