"""What was typed on a page that is older than what it speaks of stands on the page as it is now."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from bad_input import ROWS
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory

from night import WIDE
from triplane import coach
from triplane.errors import JournalError
from triplane.history import CheckinAnswered, RaceEntered
from triplane.web.filled import Forms, filled
from triplane.web.typed_before import TypedBefore, comes_back

HERE = "http://testserver"
HOSTILE = "\"><script>alert(1)</script>'&amp;"


class Typed(HTMLParser):
    """What stands in the fields of a page, by their names."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.told: dict[str, list[str]] = {}
        self.feed(answer if isinstance(answer, str) else answer.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        is_chosen = found.get("type") not in ("radio", "checkbox") or "checked" in found
        if tag == "input" and is_chosen:
            told = found.get("value") or ("on" if found.get("type") == "checkbox" else "")
            self.told.setdefault(found.get("name") or "", []).append(told)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def careful() -> Client:
    return Client(enforce_csrf_checks=True)


def token_of(answer: Any) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[0]


FORMS = {
    "about": ("age", "height_cm", "sex"),
    "usual_week": ("home_at", "wed_run", "wed_minutes"),
    "checkin": ("hours", "course"),
    "change_tell": ("day", "km", "at", "called"),
    "measure_test": ("left_reading", "left_pain"),
    "settings": ("quiet_from", "units"),
    "defaults": ("caps.new_drills",),
    "clearance": ("who", "until"),
    "fact": ("reason",),
    "calendar_words": ("add_race",),
    "how_it_was": ("effort", "discomfort"),
    "bring_from": ("address",),
    "feed_settings": ("remind",),
}
"""Fields of pages that somebody types into or chooses in."""


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_page_whose_token_ended_comes_back_with_what_was_typed(marathoner, name) -> None:
    row, visitor = ROWS[name], careful()
    if name == "clearance":
        marathoner.practice.record(coach.screening_answers({"H01": True}, short=True))
    if name == "how_it_was":
        marathoner.practice.day()
        marathoner.now += timedelta(hours=2)
    if name == "measure_test":
        practice = marathoner.practice
        due = coach.questions_before_test(practice.history(), "flexion_supine", marathoner.now)
        practice.record(coach.screening_answers({one.question.id: False for one in due}, short=True))
    address = row.address(marathoner)
    visitor.get("/settings/")
    before = marathoner.practice.history().facts
    told = {**row.good, "csrfmiddlewaretoken": "a" * 64}
    place = "/week/" if name == "bring_from" else address
    answer = visitor.post(address, told, headers={"Referer": HERE + place})
    stands = Typed(answer).told

    assert answer.status_code == 403
    assert "What you typed stands here again" in text(answer)
    for field in FORMS[name]:
        sent = row.good[field] if isinstance(row.good[field], list) else [row.good[field]]
        assert stands[field][: len(sent)] == sent, field
    assert marathoner.practice.history().facts == before


def test_a_race_sent_again_after_another_tab_took_it_back_waits_to_be_told_anew(marathoner, browser) -> None:
    race = {**ROWS["change_tell"].good, "called": 'Ten " of <b>', "csrfmiddlewaretoken": "a" * 64}
    browser.post("/change/race/", race)
    browser.post("/change/undo/", {"kind": "race", "day": race["day"]})
    told = marathoner.practice.history().facts_of(RaceEntered)
    answer = browser.post("/change/race/", race, headers={"Referer": f"{HERE}/change/race/?day=2026-12-01"})
    stands = Typed(answer).told

    assert answer.status_code == 400
    assert "Something else was told since" in text(answer)
    assert [stands[name] for name in ("day", "km", "at", "called")] == [
        ["2026-12-06"],
        ["10"],
        ["09:00"],
        ['Ten " of <b>'],
    ]
    assert "<title>Nothing was recorded" in answer.content.decode(), "who cannot see hears it first"
    assert marathoner.practice.history().facts_of(RaceEntered) == told
    again = {name: values[0] for name, values in stands.items() if name in race or name == "once"}
    assert browser.post("/change/race/", again).status_code == 302
    assert not marathoner.practice.history().facts_of(RaceEntered)[-1].body.cancelled


@WIDE
def test_what_was_typed_for_a_sample_comes_back_on_ones_own_page_unrecorded(
    marathoner,
) -> None:
    visitor = careful()
    visitor.post("/sample/", {"csrfmiddlewaretoken": token_of(visitor.get("/settings/"))})
    left_open = token_of(visitor.get("/checkin/"))
    visitor.post("/sample/leave/", {"csrfmiddlewaretoken": token_of(visitor.get("/settings/"))})
    felt = {**ROWS["checkin"].good, "csrfmiddlewaretoken": left_open}
    answer = visitor.post("/checkin/", felt, headers={"Referer": f"{HERE}/checkin/"})

    assert answer.status_code == 403
    assert "a sample was looked at or left" in text(answer)
    assert Typed(answer).told["hours"] == ["12"]
    assert '<option value="buttock" selected' in answer.content.decode()
    assert marathoner.practice.history().facts_of(CheckinAnswered) == ()
    sent = visitor.post("/checkin/", {**felt, "csrfmiddlewaretoken": token_of(answer)})
    assert sent.status_code == 302, "sent from the page that came back, it counts"


@pytest.mark.parametrize("told", [{"nothing": "1"}, ROWS["checkin"].good], ids=["nothing", "something"])
def test_a_morning_is_not_told_on_a_page_of_the_day_before(marathoner, browser, told) -> None:
    left_open = Typed(browser.get("/checkin/")).told
    marathoner.now += timedelta(days=1)
    marks = {name: left_open[name][0] for name in ("once", "of", "csrfmiddlewaretoken") if name in left_open}
    answer = browser.post("/checkin/", {**told, **marks}, headers={"Referer": f"{HERE}/checkin/"})

    assert answer.status_code == 400
    assert "This page was opened on another day" in text(answer)
    assert f"{marathoner.now:%-d %B}" in text(answer)
    assert marathoner.practice.history().facts_of(CheckinAnswered) == ()
    stands = Typed(answer).told
    assert stands["hours"] == [told.get("hours", "")]
    marks = {name: stands[name][0] for name in ("once", "of", "csrfmiddlewaretoken")}
    assert browser.post("/checkin/", {**told, **marks}).status_code == 302
    (fact,) = marathoner.practice.history().facts_of(CheckinAnswered)
    assert fact.body.about == marathoner.now.date() - timedelta(days=1)


def test_what_another_place_sends_never_stands_in_a_page(marathoner) -> None:
    visitor = careful()
    visitor.get("/checkin/")
    felt = {**ROWS["checkin"].good, "hours": "7"}
    from_afar = {"Origin": "https://evil.example", "Referer": f"{HERE}/checkin/"}
    answer = visitor.post("/checkin/", felt, headers=from_afar)

    assert answer.status_code == 403
    assert "This was not sent from a page of this app" in text(answer)
    assert "hours" not in Typed(answer).told


def test_a_script_is_told_and_not_shown_a_page(marathoner) -> None:
    visitor = careful()
    visitor.get("/checkin/")
    answer = visitor.post("/checkin/", ROWS["checkin"].good, headers={"Sec-Fetch-Mode": "cors"})

    assert "hours" not in Typed(answer).told


def test_the_page_is_asked_for_with_nothing_that_was_found_out_for_what_was_sent(marathoner) -> None:
    asked: list[HttpRequest] = []
    leaked: list[bool] = []

    def answers(request: HttpRequest) -> HttpResponse:
        asked.append(request)
        leaked.append(hasattr(request, "told_as_a_coach"))
        request.told_as_a_coach = "of somebody else"  # type: ignore[attr-defined]
        return comes_back(HttpResponse(status=400), "Nothing was recorded", "It is older.")

    told = {"a": "1", "csrfmiddlewaretoken": "x"}
    headers = {"Referer": f"{HERE}/caf%C3%A9/?b=2", "X-Idempotent": "1"}
    sent = RequestFactory().post("/x/", told, headers=headers)
    sent.user, sent.session = "who", "session"  # type: ignore[assignment]
    sent.COOKIES["kept"] = "yes"
    TypedBefore(answers)(sent)

    [_, page, _] = asked
    assert (page.method, page.path, page.path_info) == ("GET", "/café/", "/café/")
    assert (page.GET.dict(), page.get_full_path()) == ({"b": "2"}, "/caf%C3%A9/?b=2")
    assert (page.user, page.session, page.COOKIES["kept"]) == ("who", "session", "yes")
    assert (page.get_host(), page.scheme) == (sent.get_host(), sent.scheme)
    assert not page.POST and not page.FILES
    assert page.content_type is None and not {"Content-Type", "Content-Length"} & set(page.headers)
    assert leaked == [False, False, False]


@pytest.mark.parametrize("place", ["/stop/", "/nowhere/", "//evil.example/x", "/drills/", "/session/gone/"])
def test_a_page_without_the_form_leaves_the_sentence_as_it_was(marathoner, browser, place) -> None:
    sent = {"wish": "neither", "csrfmiddlewaretoken": "a" * 64}
    answer = browser.post("/drills/no_such_drill/choose/", sent, headers={"Referer": HERE + place})

    assert answer.status_code == 404
    assert "There is nothing here" in text(answer)


def test_what_waits_for_a_journal_is_sent_again_as_it_was_and_recorded_once(
    marathoner, browser, monkeypatch
) -> None:
    def away(*told: Any, **how: Any) -> None:
        raise JournalError("the journal is used by another program")

    race = {**ROWS["change_tell"].good, "called": HOSTILE, "csrfmiddlewaretoken": "a" * 64}
    with monkeypatch.context() as broken:
        broken.setattr("triplane.bootstrap.Practice.day", away)
        answer = browser.post("/change/race/", race)
    waits = {name: values[0] for name, values in Typed(answer).told.items()}

    assert answer.status_code == 503
    assert waits == race
    assert "<script>" not in answer.content.decode().split("<main")[1]
    assert browser.post("/change/race/", waits).status_code == 302
    told = [body for _, body in marathoner.practice.history().all(RaceEntered) if body.called == HOSTILE]
    assert len(told) == 1, "it was recorded before the journal went away"


def test_of_two_forms_with_one_address_only_the_one_that_was_sent_comes_back(marathoner, browser) -> None:
    days = [(marathoner.now + timedelta(days=ahead)).date().isoformat() for ahead in (1, 2)]
    browser.post("/change/away/", {"day": days[1]})
    visitor = careful()
    visitor.get("/change/")
    sent = [{"kind": "day", "day": day, "csrfmiddlewaretoken": "a" * 64} for day in days]
    gone, there = (visitor.post("/change/undo/", one, headers={"Referer": f"{HERE}/change/"}) for one in sent)

    assert "Go to Today" in text(gone), "the button of another day is no answer to this one"
    assert "Go to Today" not in text(there) and "As usual" in text(there)


PAGE = """<form method="get" action="/x/"><input name="a" value="1"></form>
<form method="post"><input type=hidden name=kept value="now"><input name="a" value="&quot;1"><input name="a">
<details class="more"><textarea name="t">
old &amp; gone</textarea></details><input type="password" name="p"><input type="file" name="f">
<select name="s"><option value="x" selected>X<option value="y">Y</select>
<input type="checkbox" name="c" checked>
<input type=radio name=r value=1 checked><input type=radio name=r value=2></form>"""


def test_every_kind_of_field_is_filled_and_nothing_of_the_page_itself() -> None:
    sent = "kept=old&a=2&a=%22%3E%3Cb%3E&t=%3C/textarea%3E&p=secret&f=x&s=y&r=2&beyond=1"
    forms = Forms(PAGE)
    shown = filled(PAGE, forms.found[0], forms.folds, QueryDict(sent), "<p>Again</p>")

    assert shown.splitlines()[0] == PAGE.splitlines()[0], "what is only looked for is not sent"
    assert '<p>Again</p><form method="post">' in shown
    assert Typed(shown).told == {"a": ["1", "2", '"><b>'], "kept": ["now"], "p": [""], "f": [""], "r": ["2"]}
    assert "&lt;/textarea&gt;</textarea>" in shown and "gone" not in shown
    assert '<details class="more" open="">' in shown, "what was typed is seen"
    assert '<option value="x">' in shown and '<option value="y" selected="">' in shown
    assert "secret" not in shown and "beyond" not in shown


@pytest.mark.parametrize(
    "broken", ["<form method=post><textarea name=a>", "<form method=post", "</form>", "<![x"]
)
def test_a_page_that_is_not_whole_breaks_nothing(broken) -> None:
    forms = Forms(broken)
    for form in forms.found:
        assert filled(broken, form, forms.folds, QueryDict("a=1"), "")
