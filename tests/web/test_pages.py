"""A newcomer's way through the pages, without a script: begin, today, a session, the next morning."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from triplane import catalogue, coach, web
from triplane.bootstrap import Histories
from triplane.history import (
    CheckinAnswered,
    Feeling,
    FeelingKind,
    PlanIssued,
    ReadinessAnswered,
    ScreeningAnswered,
    SessionLogged,
)

NO_FEELINGS = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
PAGES = (
    "/", "/week/", "/drills/", "/checkin/", "/drills/mob_quad_band/", "/hips/", "/hips/flexion/", "/measure/",
    "/measure/flexion_supine/",
)  # fmt: skip


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def begin(browser: Any, **yes: dict[str, str]) -> Any:
    """Answer everything with no but what is named, until the questions end or stop."""
    answer = browser.get("/begin/", follow=True)
    browser.post("/begin/welcome/")
    for _ in range(60):
        answer = browser.get("/begin/", follow=True)
        address = answer.redirect_chain[-1][0]
        if "/begin/safety/" not in address:
            return answer
        name = address.split("/")[-2]
        told = {"answer": "yes", "sure": "1", **yes[name]} if name in yes else {"answer": "no"}
        answer = browser.post(address, told, follow=True)
        if any("/stop/" in place for place, _ in answer.redirect_chain):
            return answer
    raise AssertionError("the questions do not end")


def test_a_newcomer_is_led_from_the_first_page_to_a_session_of_today(app, browser) -> None:
    assert "Before you begin" in text(browser.get("/", follow=True))
    assert "Who runs?" in text(begin(browser))
    assert "at hand" in text(browser.post("/begin/about/", {"age": "34", "sex": "female"}, follow=True))
    browser.post("/begin/equipment/", {"equipment": ["mini_band", "wall"]})
    week = {"weekly_minutes": "75", "session_minutes": "25", "home_at": "18:00", "wed_run": "on"}
    week |= {"run_at": "07:00", "run_minutes": "45"}
    asked = browser.post("/begin/week/", {**week, "mon_desk": "on"}, follow=True)
    assert "Make my week" in text(asked)
    assert app.practice.history().facts_of(PlanIssued) == (), "looking plans nothing"
    today = browser.post("/plan/", {"back": "/"}, follow=True)

    assert "Start" in text(today)
    assert app.practice.day().next_slot


def test_a_way_broken_off_goes_on_where_it_was(app, browser) -> None:
    browser.post("/begin/welcome/")
    first = browser.get("/begin/", follow=True).redirect_chain[-1][0]
    browser.post(first, {"answer": "no"})

    second = browser.get("/begin/", follow=True).redirect_chain[-1][0]
    assert second != first
    assert browser.get("/begin/", follow=True).redirect_chain[-1][0] == second


def test_a_red_flag_stops_at_once_and_every_page_leads_to_the_stop_page(app, browser) -> None:
    stopped = begin(browser, H01={"asked_deformed_or_stuck": "1", "deformed_or_stuck": "yes"})

    assert "emergency" in text(stopped).lower()
    call, *others = re.findall(r'<a [^>]*href="([^"]+)"', stopped.content.decode().split("</h1>")[1])
    assert call == "tel:112" and "/begin/" in others
    for page in PAGES:
        shown = browser.get(page, follow=True)
        assert not re.search(r"class=.hero|/session/|<svg[^>]*figure", shown.content.decode()), page


def test_a_yes_asks_what_belongs_to_it_before_anything_is_recorded(app, browser) -> None:
    browser.post("/begin/welcome/")
    shown = browser.post("/begin/safety/H01/", {"answer": "yes"})

    assert "turned or shortened" in text(shown)
    assert app.practice.history().facts_of(ScreeningAnswered) == ()


def test_a_blocked_runner_gets_no_drill_on_any_page(marathoner, browser) -> None:
    slot = marathoner.practice.day().next_slot
    marathoner.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))
    drills = [drill.name for drill in catalogue.load().values()]

    for page in (*PAGES, f"/session/{slot}/", f"/session/{slot}/how-it-was/"):
        shown = browser.get(page, follow=True)
        assert [name for name in drills if name in text(shown)] == [], page


def test_a_session_asks_first_then_shows_its_drills_and_is_logged_once(marathoner, browser) -> None:
    slot = marathoner.practice.day().next_slot
    asked = browser.get(f"/session/{slot}/")
    assert "Has anything changed?" in text(asked)
    assert "asked before every session, also right after the safety questions" in text(asked)

    names = re.findall(r'name="([a-z_]+)" value="no"', asked.content.decode())
    shown = browser.post(f"/session/{slot}/", dict.fromkeys(names, "no"), follow=True)
    assert "When to stop" in text(shown)
    assert marathoner.practice.history().facts_of(ReadinessAnswered)

    for _ in range(2):
        browser.post(
            f"/session/{slot}/how-it-was/", {"effort": "5", "discomfort": "1", **NO_FEELINGS}, follow=True
        )
    assert len(marathoner.practice.history().facts_of(SessionLogged)) == 1


def test_a_drill_that_is_named_many_times_hurt_once(marathoner, browser) -> None:
    slot = str(marathoner.practice.day().next_slot)
    drill = marathoner.practice.bundle(slot).session.items[0].drill
    felt = {"form-0-region": "groin", "form-0-kind": "joint", "form-0-score": "6"}
    told = {**NO_FEELINGS, **felt, "effort": "5", "discomfort": "6", "hurt_in": [drill] * 500}
    told["signs"] = ["groin_pinch"] * 400
    browser.post(f"/session/{slot}/how-it-was/", told)

    ((log,),) = [marathoner.practice.history().facts_of(SessionLogged)]
    hurt = [done for done in log.body.drills if done.drill == drill]
    assert hurt
    assert all((len(done.pain), len(done.signs)) == (1, 1) for done in hurt)


def test_feeling_ill_before_a_session_shows_no_drill(marathoner, browser) -> None:
    slot = marathoner.practice.day().next_slot
    names = re.findall(r'name="([a-z_]+)" value="no"', browser.get(f"/session/{slot}/").content.decode())
    shown = browser.post(f"/session/{slot}/", {**dict.fromkeys(names, "no"), "ill": "yes"}, follow=True)

    assert "Not now" in text(shown)
    assert "When to stop" not in text(browser.get(f"/session/{slot}/", follow=True))


def test_a_sore_morning_is_kept_and_changes_the_day(marathoner, browser) -> None:
    marathoner.practice.day()
    marathoner.now += timedelta(days=1)
    sore = {
        "form-0-region": "buttock", "form-0-side": "left", "form-0-kind": "muscle", "form-0-score": "6",
    }  # fmt: skip
    browser.post("/checkin/", {**NO_FEELINGS, **sore, "course": "stays"}, follow=True)
    said = marathoner.practice.history().latest(CheckinAnswered)

    assert said is not None
    assert said.soreness == (Feeling(region="buttock", side="left", kind=FeelingKind.MUSCLE, score=6),)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"form-0-region": "buttock", "form-0-kind": "muscle"}, "Choose how much"),
        ({"form-0-region": "elbow", "form-0-score": "3"}, "valid choice"),
        ({"form-0-region": "groin", "form-0-score": "11"}, "valid choice"),
        ({"hours": "nan"}, "Give a number from 0 to 1440 hours"),
        ({"course": "sideways"}, "valid choice"),
    ],
)
def test_a_morning_that_cannot_be_says_so_beside_the_field_and_keeps_nothing(
    marathoner, browser, told, says
) -> None:
    shown = browser.post("/checkin/", {**NO_FEELINGS, **told})

    assert shown.status_code == 400
    assert says in text(shown)
    assert marathoner.practice.history().facts_of(CheckinAnswered) == ()


def test_how_it_was_sent_from_two_tabs_leads_to_today_unless_they_say_different_things(
    marathoner, browser
) -> None:
    slot = marathoner.practice.day().next_slot
    marathoner.now += timedelta(hours=1)
    address, told = f"/session/{slot}/how-it-was/", {"effort": "5", "discomfort": "1", **NO_FEELINGS}
    tabs = [browser.post(address, {**told, "csrfmiddlewaretoken": tab * 64}) for tab in "ab"]
    other = browser.post(address, {**told, "discomfort": "4"})

    assert [tab.headers.get("Location") for tab in tabs] == ["/?recorded", "/?recorded"]
    assert len(marathoner.practice.history().facts_of(SessionLogged)) == 1
    assert other.status_code == 400
    assert "logged before" in text(other)


@pytest.mark.parametrize("looked", [False, True])
def test_pain_told_from_a_tab_that_is_older_than_a_block_is_recorded_before_the_stop_page(
    marathoner, browser, looked
) -> None:
    practice, slot = marathoner.practice, marathoner.practice.day().next_slot
    marathoner.now += timedelta(hours=1)
    drill = practice.drills_of(slot)[0]
    address = f"/session/{slot}/how-it-was/"
    practice.record(coach.screening_answers({"Q07": True}, short=True))
    if looked:
        browser.get("/", follow=True)
        practice.day()
    groin = {"form-0-region": "groin", "form-0-side": "left", "form-0-kind": "joint", "form-0-score": "8"}
    told = {**NO_FEELINGS, **groin, "effort": "9", "discomfort": "8", "hurt_in": [drill]}
    halfway = browser.post(address, {**told, "hurt_in": []})
    sent = [browser.post(address, told) for _ in range(2)]
    logged = [body for _, body in practice.history().all(SessionLogged)]

    assert halfway.status_code == 400
    assert "Choose the drill it was in" in text(halfway)
    assert [one.headers.get("Location") for one in sent] == ["/stop/?recorded"] * 2
    assert [felt.score for done in logged[0].drills for felt in done.pain][:1] == [8]
    assert len(logged) == 1
    assert "Recorded" in text(browser.get("/stop/?recorded"))
    assert browser.get(address).headers["Location"] == "/stop/"


@pytest.mark.parametrize("address", ["/nowhere/", "/drills/nonsense/", "/session/2026-01-01-nothing/"])
def test_what_is_not_there_is_a_sentence_and_a_way_back(marathoner, browser, address) -> None:
    browser.raise_request_exception = False
    shown = browser.get(address)

    assert shown.status_code == 404
    assert "Go to Today" in text(shown)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_forbids_what_comes_from_elsewhere(marathoner, browser, page) -> None:
    policy = browser.get(page).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_looking_at_pages_records_nothing(marathoner, browser) -> None:
    before = marathoner.practice.history().facts
    for page in PAGES:
        browser.get(page)

    assert marathoner.practice.history().facts == before


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(marathoner, browser, back) -> None:
    assert browser.post("/plan/", {"back": back}).headers["Location"] == "/"


def test_another_name_than_this_machines_is_refused(marathoner, browser) -> None:
    browser.raise_request_exception = False

    assert browser.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_form_from_elsewhere_records_nothing(marathoner) -> None:
    from django.test import Client

    stranger = Client(enforce_csrf_checks=True)
    before = len(marathoner.practice.history().facts)
    answer = stranger.post("/checkin/", {**NO_FEELINGS})

    assert answer.status_code == 403
    assert "Nothing was recorded" in text(answer)
    assert len(marathoner.practice.history().facts) == before


def every_address() -> list[str]:
    """Return the addresses of all pages that ask for nothing to be shown."""
    from triplane.web.urls import urlpatterns

    return [f"/{found.pattern}" for found in urlpatterns if not found.pattern.converters]


def test_no_page_records_anything_by_being_looked_at(marathoner, browser) -> None:
    before = marathoner.practice.history().facts
    shown = {address: browser.get(address).status_code for address in every_address()}

    assert marathoner.practice.history().facts == before
    assert {address: code for address, code in shown.items() if code >= 500} == {}


def test_no_page_at_all_shows_a_drill_to_a_blocked_runner(marathoner, browser) -> None:
    marathoner.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))
    names = [drill.name for drill in catalogue.load().values()]
    pages = {address: browser.get(address, follow=True) for address in every_address()}
    shown = {a: text(page) for a, page in pages.items() if page.headers["Content-Type"].startswith("text/")}

    assert len(shown) > 15
    told = {address: [name for name in names if name in page] for address, page in shown.items()}
    assert {address: found for address, found in told.items() if found} == {}


def test_a_red_flag_told_elsewhere_between_two_requests_shows_at_once(marathoner, browser) -> None:
    from django.test import override_settings

    kept = Histories()
    with override_settings(OPEN_PRACTICE=lambda request: replace(marathoner.open(), kept=kept)):
        assert "Start" in text(browser.get("/"))
        marathoner.practice.record(coach.screening_answers({"Q07": True}))

        assert browser.get("/").headers["Location"] == "/stop/"
        assert browser.get("/drills/mob_quad_band/").headers["Location"] == "/stop/"


@pytest.mark.parametrize("address", ["/", "/hips/", "/static/base.css"])
def test_pages_and_styles_travel_compressed_to_whoever_takes_that(marathoner, browser, address) -> None:
    plain = browser.get(address)
    packed = browser.get(address, headers={"accept-encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(b"".join(packed)) < len(b"".join(plain)) / 2


def test_an_archive_that_is_packed_as_it_is_is_not_packed_again(marathoner, browser) -> None:
    answer = browser.get("/settings/export/", headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers
    assert answer.content.startswith(b"PK")


def test_a_refused_form_names_its_true_cause(app, browser) -> None:
    from django.test import Client

    stranger = Client(enforce_csrf_checks=True)
    assert "no cookie of this app" in text(stranger.post("/begin/welcome/"))
    stranger.get("/begin/welcome/")
    stale = stranger.post("/begin/welcome/", {"csrfmiddlewaretoken": "a" * 64})
    assert "a sample was looked at or left" in text(stale)
    elsewhere = stranger.post("/begin/welcome/", headers={"origin": "https://evil.example"})
    assert "not sent from a page of this app" in text(elsewhere)
    assert app.practice.history().facts == ()


def test_hours_with_a_decimal_comma_are_taken(marathoner, browser) -> None:
    sore = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-region": "front_of_hip"}
    sore |= {"form-0-kind": "muscle", "form-0-score": "2", "hours": "1,5"}
    browser.post("/checkin/", sore)
    assert marathoner.practice.history().latest(CheckinAnswered).hours_since_onset == 1.5


def test_every_number_field_takes_a_decimal_comma() -> None:
    """A number is asked with ``fields.number`` and no other field, so that each takes a point or a comma."""
    from triplane.web.fields import number

    assert number("Any", 0, 9, "").clean("1,5") == 1.5
    here = Path(web.__file__).parent
    others = re.compile(r"\b(?:FloatField|DecimalField|IntegerField|NumberInput)\(")
    found = {file.name for file in here.rglob("*.py") if others.search(file.read_text(encoding="utf-8"))}
    assert found <= {"fields.py"}


def test_what_hurt_in_two_drills_is_told_of_both_at_once(marathoner, browser) -> None:
    lies = next(s for day in marathoner.practice.week().days for s in day.slots if len(s.items) > 1)
    marathoner.now = max(marathoner.now, lies.slot.starts_at.astimezone(marathoner.now.tzinfo))
    first, second, *_ = marathoner.practice.drills_of(lies.slot.id)
    hurt = {"form-0-region": "groin", "form-0-score": "4", "form-0-kind": "joint", "form-0-side": ""}
    told = {"effort": "5", "discomfort": "4", **NO_FEELINGS, **hurt, "signs": ["giving_way"]}
    place = f"/session/{lies.slot.id}/how-it-was/"

    assert "Choose the drill it was in." in text(browser.post(place, told))
    browser.post(place, {**told, "hurt_in": [first, second]})

    [log] = [body for _, body in marathoner.practice.history().all(SessionLogged)]
    assert {done.drill for done in log.drills if done.pain and done.signs} == {first, second}
    assert {done.drill for done in log.drills if done.pain or done.signs} == {first, second}
