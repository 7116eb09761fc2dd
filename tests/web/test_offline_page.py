"""What a device takes along and hands in, without a browser: who gets it, what it holds, how it comes in."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from browsing import App, as_if_built
from playing import KEY, played_in_full
from triplane import coach
from triplane.history import NoteWritten, ReadinessAnswered, SessionLogged
from triplane.web.built import KEEPER, OFFLINE, WORKER


def bundle(browser: Any, have: str = "") -> Any:
    return browser.get("/offline/bundle.json", {"have": have} if have else {})


def hand_in(browser: Any, **told: Any) -> Any:
    given = {"key": KEY, "mark": browser.get("/hand-in/").json()["mark"], **told}
    return browser.post("/hand-in/", json.dumps(given), content_type="application/json")


def test_a_bundle_holds_all_a_session_needs_and_asks_for_nothing_more(marathoner, browser) -> None:
    found = bundle(browser).json()
    session = found["sessions"][0]

    assert found["lasts_s"] == 24 * 3600
    assert session["score"]["slot"] == marathoner.practice.day().next_slot
    assert not re.search(r'"/(figures|session|static)/', json.dumps(found))
    for drill in session["score"]["drills"].values():
        assert drill["film"]["at"]
        assert all(poster.startswith("data:image/svg+xml") for poster in drill["posters"].values())
    assert [one["id"] for one in found["questions"]] == list(
        coach.questions_due(marathoner.practice.history(), marathoner.now, coach.Purpose.SESSION).readiness
    )
    assert found["stop_words"] == list(coach.stop_words())


def test_what_is_taken_along_says_its_day_when_it_opens_and_why_only_then(marathoner, browser) -> None:
    """On Sunday evening a runner looks at Monday morning's session with the app gone."""
    marathoner.now = marathoner.now.replace(hour=13)
    early = next(
        slot.slot.starts_at
        for day in marathoner.practice.week().days
        for slot in day.slots
        if slot.slot.starts_at.hour < 12 and slot.slot.starts_at.date() > marathoner.now.date()
    )
    marathoner.now = early - timedelta(hours=14)
    found = bundle(browser).json()
    last, opens = found["sessions"][-1], early - timedelta(hours=12)

    assert last["when"].startswith(f"{early:%A %H:%M}, ")
    assert last["opens"] == f"From {opens:%A %H:%M} on"
    assert "A session can be begun from 12 hours before its time." in last["about"]
    assert f"{marathoner.now.day} {marathoner.now:%B %Y}" in found["made_says"]


def test_a_bundle_is_sent_again_only_when_something_happened(marathoner, browser) -> None:
    version = bundle(browser).json()["version"]
    assert bundle(browser, version).status_code == 204

    marathoner.practice.record(coach.screening_answers({"H10": False}))
    assert bundle(browser, version).status_code == 200


def test_what_an_older_app_kept_is_taken_and_what_a_newer_one_kept_stays(marathoner, browser) -> None:
    newer = hand_in(browser, version=2, readiness={"ill": False}, weather="rain")
    assert newer.status_code == 400, "it stays on the device, and is sent again"
    assert "newer Triplane" in newer.json()["problem"]
    assert "stays where it is kept" in newer.json()["problem"]
    assert not marathoner.practice.history().facts_of(ReadinessAnswered)

    assert hand_in(browser, version=coach.HAND_IN_VERSION, readiness={"ill": False}).status_code == 200
    before_versions = hand_in(browser, key="0f8fad5b-0000", readiness={"ill": False})
    assert before_versions.status_code == 200
    assert len(marathoner.practice.history().facts_of(ReadinessAnswered)) == 2


@pytest.mark.parametrize(
    "word",
    [
        coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}),
        coach.readiness_answers({"ill": True}),
    ],
    ids=["blocked", "ill"],
)
def test_whoever_is_stopped_is_sent_nothing_and_told_to_let_go(marathoner, browser, word) -> None:
    marathoner.practice.record(word)
    answer = bundle(browser)
    found = answer.json()

    assert found["stopped"] is True
    assert "sessions" not in found
    is_blocked = coach.clearance(marathoner.practice.history(), marathoner.now).is_blocked
    assert answer.headers.get("Clear-Site-Data") == ('"cache"' if is_blocked else None), "who is ill may read"


def test_the_stop_page_lets_go_of_the_figures_a_browser_kept_and_of_nothing_that_waits(
    marathoner, browser
) -> None:
    assert "Clear-Site-Data" not in browser.get("/").headers
    marathoner.practice.record(coach.screening_answers({"Q07": True}))

    assert browser.get("/", follow=True).headers["Clear-Site-Data"] == '"cache"'
    assert browser.get("/stop/").headers["Clear-Site-Data"] == '"cache"'


def test_a_plan_that_has_to_be_looked_at_again_is_not_taken_along_and_asking_records_nothing(
    marathoner, browser
) -> None:
    from triplane.history import DayChanged

    marathoner.practice.record(DayChanged(date=marathoner.now.date(), away=True))
    before = marathoner.practice.history().last_seq

    assert bundle(browser).json()["stopped"] is True
    assert marathoner.practice.history().last_seq == before


def test_what_waited_is_recorded_once_and_what_cannot_be_is_said_in_a_sentence(marathoner, browser) -> None:
    score = bundle(browser).json()["sessions"][0]["score"]
    told = played_in_full(score, effort=4, readiness={"ill": False})
    answers = [hand_in(browser, **told) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(list(marathoner.practice.history().all(SessionLogged))) == 1

    nameless, again = {"key": "0" * 8, "played": {"seconds": [1]}}, {**told, "key": "1" * 8}
    for wrong in ({"key": "x"}, nameless, again):
        refused = hand_in(browser, **wrong)
        assert refused.status_code == 400
        assert refused.json()["problem"].endswith((".", "?"))


def seen_by(app: Any) -> Any:
    """What a browser asks is about another journal."""
    from django.test import override_settings

    return override_settings(OPEN_PRACTICE=app.open)


def test_another_journal_at_the_same_address_never_says_that_nothing_changed(
    marathoner, stranger, browser
) -> None:
    newest = [app.practice.history().facts[-1].id for app in (marathoner, stranger)]
    assert newest[0] == newest[1], "the last that was told of both is the same"
    version = bundle(browser).json()["version"]
    with seen_by(stranger):
        assert bundle(browser, version).status_code == 200

    marathoner.practice.record(NoteWritten(text="An old shoe."))
    assert marathoner.practice.history().last_seq == stranger.practice.history().last_seq
    mine = bundle(browser).json()
    with seen_by(stranger):
        theirs = bundle(browser, mine["version"])
        assert theirs.status_code == 200
        assert theirs.json()["mark"] == stranger.practice.history().mark != mine["mark"]
        assert bundle(browser, theirs.json()["version"]).status_code == 204
    assert bundle(browser, theirs.json()["version"]).status_code == 200


def test_a_journal_laid_back_and_gone_on_with_otherwise_is_another_version(marathoner, browser) -> None:
    """Two tales of one runner, as long as each other: a copy was gone on with."""
    import shutil

    copy = App(marathoner.journal.with_name("copy.journal"), marathoner.now)
    shutil.copy(marathoner.journal, copy.journal)
    marathoner.practice.record(NoteWritten(text="One."))
    copy.practice.record(NoteWritten(text="Other."))
    mine = bundle(browser).json()
    with seen_by(copy):
        found = bundle(browser, mine["version"])
    assert found.status_code == 200
    assert found.json()["mark"] == mine["mark"]


def test_a_stopped_runner_is_told_to_let_go_of_their_own_by_their_mark(marathoner, browser) -> None:
    mark = bundle(browser).json()["mark"]
    marathoner.practice.record(coach.readiness_answers({"ill": True}))
    assert bundle(browser).json()["mark"] == mark


@pytest.mark.parametrize("what", ["a session", "answers alone", "a yes"])
def test_what_was_played_for_another_runner_is_not_taken_and_nothing_of_theirs_is_told(
    marathoner, stranger, browser, what
) -> None:
    found = bundle(browser).json()
    score = found["sessions"][0]["score"]
    assert score["mark"] == found["mark"]
    told: dict[str, Any] = {"readiness": {"ill": what == "a yes"}}
    if what == "a session":
        told = played_in_full(score, effort=4)
    before = stranger.practice.history().facts
    with seen_by(stranger):
        for address in ("/hand-in/", f"/session/{score['slot']}/play/done/"):
            body = json.dumps({"key": KEY, "mark": found["mark"], **told})
            refused = browser.post(address, body, content_type="application/json")
            assert refused.status_code == 409
            assert "for another runner" in refused.json()["problem"]
            assert refused.json().keys() == {"problem"}
    assert stranger.practice.history().facts == before

    assert hand_in(browser, **told).status_code == 200


@pytest.mark.parametrize("mark", ["", "0" * 24, "a", None])
def test_a_forged_or_missing_mark_is_refused_and_records_nothing(marathoner, browser, mark) -> None:
    before = marathoner.practice.history().facts
    forged = hand_in(browser, mark=mark, readiness={"ill": True})

    assert forged.status_code == (409 if isinstance(mark, str) else 400)
    assert forged.json()["problem"].endswith((".", "?", "]"))
    assert marathoner.practice.history().facts == before


def test_what_waited_over_a_deletion_is_of_somebody_who_is_not_there_any_more(marathoner, browser) -> None:
    mark = bundle(browser).json()["mark"]
    marathoner.practice.erase()
    receipt = marathoner.practice.history().facts

    assert hand_in(browser, mark=mark, readiness={"ill": True}).status_code == 409
    assert marathoner.practice.history().facts == receipt
    assert bundle(browser).json()["mark"] not in ("", mark)


def test_nobodys_journal_takes_nothing_in(app, browser) -> None:
    assert browser.get("/hand-in/").json()["mark"] == ""
    assert hand_in(browser, readiness={"ill": True}).status_code == 409
    assert app.practice.history().facts == ()


def test_every_page_says_by_its_mark_whose_what_waits_is(marathoner, stranger, browser, tmp_path) -> None:
    with as_if_built(tmp_path / "built", KEEPER):
        for address in ("/", "/week/", "/settings/"):
            page = browser.get(address, follow=True).content.decode()
            assert re.findall(r'data-mark="(\w*)"', page) == [marathoner.practice.history().mark], address
            assert "anna" not in re.sub(r"<main.*</main>", "", page, flags=re.DOTALL)
        assert "data-mark" not in browser.get("/no-such-page/").content.decode(), "a fault reads no journal"
        with seen_by(stranger):
            page = browser.get("/").content.decode()
            assert re.findall(r'data-mark="(\w*)"', page) == [stranger.practice.history().mark]


def test_what_was_played_from_a_file_is_brought_in_for_nobody_else(
    marathoner, stranger, browser, tmp_path
) -> None:
    found = bundle(browser).json()
    file = tmp_path / "played.json"
    answers = {"schema": "triplane-played/1", "key": KEY, "readiness": {"ill": True}}
    for told, why in (({"mark": found["mark"]}, "for another runner"), ({}, "an older Triplane")):
        file.write_text(json.dumps({**answers, **told}))
        (report,) = stranger.practice.bring_in([file]).files
        assert why in report.problem
        assert report.facts_new == 0
    file.write_text(json.dumps({**answers, "mark": found["mark"]}))
    assert marathoner.practice.bring_in([file]).files[0].facts_new == 1


def test_the_way_in_gives_a_token_and_its_own_clock(marathoner, browser) -> None:
    found = browser.get("/hand-in/").json()

    assert found["token"]
    assert found["now"] == marathoner.now.isoformat()


def test_without_the_islands_there_is_no_worker_and_no_page_for_it(marathoner, browser) -> None:
    browser.raise_request_exception = False

    assert browser.get("/service-worker.js").status_code == 404
    assert browser.get("/offline/").status_code == 404
    assert "keep" not in browser.get("/").content.decode().split("<script")[-1]


def test_without_the_app_it_is_asked_before_anything_of_a_session_is_shown(browser, tmp_path) -> None:
    with as_if_built(tmp_path / "built", WORKER, OFFLINE):
        shown = browser.get("/offline/").content.decode()

    assert re.search(r'<dialog[^>]* id="start"[^>]*(?<! open)>', shown)
    assert re.search(r'id="player"[^>]* hidden', shown)


def test_the_app_can_be_installed(marathoner, browser) -> None:
    page = browser.get("/").content.decode()
    address = re.search(r'rel="manifest" href="([^"]+)"', page)
    assert address
    from django.contrib.staticfiles import finders

    with open(finders.find(address[1].removeprefix("/static/")), encoding="utf-8") as file:
        manifest = json.load(file)
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert {"192x192", "512x512"} <= sizes
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])


def test_deleting_everything_clears_the_device_too(marathoner, browser) -> None:
    wrong = browser.post("/settings/delete/", {"name": "nobody"})
    done = browser.post("/settings/delete/", {"name": "delete"})

    assert "Clear-Site-Data" not in wrong.headers
    assert done.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_what_is_played_from_a_file_is_recorded_though_another_tab_wrote_in_between(
    marathoner, browser, tmp_path, monkeypatch
) -> None:
    from triplane.store import Journal, JournalMoved

    score = bundle(browser).json()["sessions"][0]["score"]
    told = played_in_full(score, effort=4)
    file = tmp_path / "played.json"
    file.write_text(json.dumps({"schema": "triplane-played/1", **told}))
    append, times = Journal.append, iter([True])

    def moved_once(self: Journal, *facts: Any, **how: Any) -> Any:
        if next(times, False):
            raise JournalMoved("moved")
        return append(self, *facts, **how)

    monkeypatch.setattr(Journal, "append", moved_once)
    (report,) = marathoner.practice.bring_in([file]).files

    assert (report.problem, report.facts_new) == ("", 1)


def test_no_file_is_made_of_a_session_that_opens_when_the_file_is_too_old(marathoner) -> None:
    from triplane.errors import UserError

    slots = [one.slot for day in marathoner.practice.week().days for one in day.slots]
    late = max(slots, key=lambda slot: slot.starts_at)
    with pytest.raises(UserError, match="opens on"):
        coach.session_along(marathoner.practice.history(), late.id, marathoner.now)


def test_the_worker_keeps_the_apps_own_files_and_no_figure_or_session(marathoner, browser, tmp_path) -> None:
    with as_if_built(tmp_path / "built", WORKER, OFFLINE):
        (tmp_path / "built" / "built").mkdir()
        (tmp_path / "built" / "built" / "worker-1.js").write_text("")
        told = browser.get("/service-worker.js").content.decode().split(";")[0]

    kept = json.loads(told.removeprefix("self.kept="))
    assert kept["page"] == "/offline/"
    assert kept["files"] and all(file.startswith("/static/") for file in kept["files"])
