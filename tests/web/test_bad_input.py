"""Bad input wherever something is taken: a sentence, nothing lost, nothing doubled, no fault of ours.

The addresses are found; one that takes something and has no row in ``bad_input`` fails here.
"""

import json
import re
from typing import Any

import pytest
from bad_input import HOSTILE, ROWS, Row
from django.test import Client

from triplane.bootstrap import Practice

TAKEN = (200, 302)
SAID = (400, 403, 404, 409, 413, 429)
NAMES = sorted(ROWS)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def send(browser: Any, row: Row, app: Any, told: Any, **more: Any) -> Any:
    if row.is_json:
        return browser.post(row.address(app), json.dumps(told), content_type="application/json", **more)
    return browser.post(row.address(app), told, **more)


@pytest.fixture
def without_planning(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent is read and recorded, and the week is not made anew for each sending of many."""
    monkeypatch.setattr(Practice, "day", Practice.look)
    monkeypatch.setattr(Practice, "week", Practice.look)


ANYTHING = {"str": "anything", "feed_secret": "a" * 43}
"""What stands for a part of an address, by its kind."""


def addresses() -> dict[str, str]:
    """Return where every view is met, by its name."""
    from triplane.web.urls import urlpatterns

    return {
        one.name: "/" + re.sub(r"<(\w+):\w+>", lambda part: ANYTHING[part[1]], str(one.pattern))
        for one in urlpatterns
    }


def test_every_address_says_which_methods_it_answers(app, browser) -> None:
    answered = {name: browser.generic("PURGE", place).status_code for name, place in addresses().items()}

    assert {name for name, status in answered.items() if status != 405} == set()


def test_every_address_that_takes_something_is_tried_here(app, browser, without_planning) -> None:
    takes = {name for name, place in addresses().items() if browser.post(place).status_code != 405}

    assert takes == set(ROWS)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_sent_is_taken_whole_or_answered_with_a_sentence(
    marathoner, browser, name, request
) -> None:
    row = ROWS[name]
    if row.plans:
        request.getfixturevalue("without_planning")
    address = row.address(marathoner)
    for what in row.good:
        for kind, bad in HOSTILE.items():
            before = marathoner.practice.history().facts
            told = {**row.told(marathoner), what: bad}
            answer = (
                browser.post(address, json.dumps(told), content_type="application/json")
                if row.is_json
                else browser.post(address, told)
            )
            where = f"{name}, {what}: {kind}"
            assert answer.status_code in (*TAKEN, *SAID), where
            if answer.status_code in SAID:
                assert marathoner.practice.history().facts == before, where
                assert 'role="alert"' in answer.content.decode() or "problem" in answer.content.decode(), (
                    where
                )
            if answer.headers["Content-Type"].startswith("text/html"):
                assert "<script>alert(1)" not in answer.content.decode(), where
    assert browser.get("/", follow=True).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_nothing_everything_and_bytes_that_are_no_letters_break_nothing(
    marathoner, browser, name, request
) -> None:
    row = ROWS[name]
    if row.plans:
        request.getfixturevalue("without_planning")
    address = row.address(marathoner)
    broken = "&".join(f"{what}=%ff%fe%ed%a0%80%00" for what in row.good) or "a=%ff"
    form = "application/x-www-form-urlencoded"
    bodies = [
        (b"", form),
        (b"", "application/json"),
        (broken.encode(), form),
        (b"a=1&" * 5000, form),
        (b"x=" + b"y" * (3 * 2**20), form),
        (b'{"key": "\\ud800", "played": {"seconds": [1e999]}}', "application/json"),
        (b"[" * 20_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"null", "application/json"),
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (b"x", "text/plain; charset=no-such-thing"),
    ]
    for body, kind in bodies:
        answer = browser.generic("POST", address, body, content_type=kind)
        assert answer.status_code in (*TAKEN, *SAID), (name, body[:40], kind)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_whose_token_ended_records_nothing_and_says_so(marathoner, name) -> None:
    stranger, row = Client(enforce_csrf_checks=True), ROWS[name]
    row.address(marathoner)
    before = marathoner.practice.history().facts
    answer = send(stranger, row, marathoner, row.told(marathoner))

    assert answer.status_code == 403
    assert "Nothing was recorded" in words(answer)
    assert marathoner.practice.history().facts == before


@pytest.mark.parametrize("name", NAMES)
def test_the_same_page_sent_twice_is_recorded_once(marathoner, browser, name) -> None:
    row = ROWS[name]
    address = row.address(marathoner)
    told = row.told(marathoner) if row.is_json else {**row.good, "csrfmiddlewaretoken": "a" * 64}
    kind = {"content_type": "application/json"} if row.is_json else {}
    sent = json.dumps(told) if row.is_json else told
    browser.post(address, sent, **kind)
    once = [fact for fact in marathoner.practice.history().facts if fact.kind != "plan_issued"]
    browser.post(address, sent, **kind)
    twice = [fact for fact in marathoner.practice.history().facts if fact.kind != "plan_issued"]

    assert twice == once


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("about", {"age": "abc"}),
        ("usual_week", {"weekly_minutes": "none"}),
        ("checkin", {"hours": "nan"}),
        ("change_tell", {"km": "-1"}),
        ("measure_test", {"left_reading": ["9999", "31", "30"]}),
    ],
)
def test_what_was_told_beside_a_wrong_field_still_stands_there(marathoner, browser, name, wrong) -> None:
    row = ROWS[name]
    shown = browser.post(row.address(marathoner), {**row.good, **wrong}).content.decode()
    typed = [value for key, value in row.good.items() if isinstance(value, str) and key not in wrong]
    lost = [value for value in typed if f'"{value}"' not in shown and f">{value}<" not in shown]

    assert "problem" in shown
    assert [value for value in lost if value not in ("on", "2", "0")] == []
