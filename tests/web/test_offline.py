"""The app taken away while a runner is at it: what was kept plays, and is handed in once when it is back."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from night import WIDE
from playing import hurt_in_the_groin, logs, until
from scenes import answer_before_a_session
from stage import UNDRAWN, Server, opened_page, served_player
from triplane import coach
from triplane.history import DayChanged, ReadinessAnswered

STUCK = {"H01": True, "H01.deformed_or_stuck": False}

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse")


@pytest.fixture
def server(marathoner: Any) -> Iterator[Server]:
    with served_player() as running:
        yield running


@pytest.fixture
def page(server: Server, chrome: Any) -> Iterator[Any]:
    """A page of a phone's size; whatever a script complains of fails the test."""
    with opened_page(chrome, 390, 844, base_url=server.address) as page:
        page.context.set_default_timeout(10_000)
        page.context.add_init_script(UNDRAWN)
        yield page


@pytest.fixture
def drawn_page(server: Server, chrome: Any) -> Iterator[Any]:
    """A page as ``page``, with the moving figure."""
    with opened_page(chrome, 390, 844, base_url=server.address) as page:
        page.context.set_default_timeout(10_000)
        yield page


READ = """async () => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open("triplane", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("bundle");
      asked.result.createObjectStore("waiting", { keyPath: "key" });
    };
    asked.onsuccess = () => done(asked.result);
  });
  const read = (store) => new Promise((done) => {
    const asked = base.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const keys = await new Promise((done) => {
    const asked = base.transaction("bundle").objectStore("bundle").getAllKeys();
    asked.onsuccess = () => done(asked.result);
  });
  const words = {}, held = await read("bundle");
  keys.forEach((key, i) => { words[key.split(":")[0]] = held[i]; });
  const found = { bundles: words.now ? [words.now] : [], words, waiting: await read("waiting") };
  base.close();
  return { ...found, worker: Boolean(navigator.serviceWorker.controller), caches: await caches.keys() };
}"""


def kept(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(READ)
    return found


def visited(page: Any, address: str = "/") -> None:
    """Open a page with the app there, until the device has taken along what it takes along."""
    page.goto(address)
    until(page, lambda: (found := kept(page))["bundles"] and found["worker"] and found["caches"])


def gone(page: Any, server: Server, address: str = "/week/") -> None:
    server.stop()
    page.goto(address)
    page.get_by_role("heading", name="Triplane does not answer").wait_for()


def answer(page: Any, yes: tuple[str, ...] = ()) -> None:
    """Answer the questions before the session on the device."""
    for name in ("ill", "new_pain", "fall", "new_medicine", "pregnancy"):
        value = "yes" if name in yes else "no"
        page.locator(f"#ready input[name={name}][value={value}]").check(force=True)
    page.locator("#ready").get_by_role("button", name="Go on").click()


def start(page: Any, yes: tuple[str, ...] = ()) -> None:
    page.locator("#kept").get_by_role("button", name="Start").first.click()
    answer(page, yes)


def begin(page: Any) -> None:
    page.get_by_role("button", name="Begin").click()
    page.locator("#start").wait_for(state="hidden")


def finish(page: Any) -> None:
    """Skip to the end, and say how it was."""
    until(page, lambda: page.keyboard.press("ArrowRight") or page.locator("#after").is_visible())
    page.locator("#after input[name=effort][value='5']").check(force=True)
    page.locator("#after input[name=discomfort][value='1']").check(force=True)
    page.get_by_role("button", name="Save", exact=True).click()


def played_without(page: Any, server: Server) -> None:
    """Play a session to its end with the app gone; it waits on the device."""
    visited(page)
    gone(page, server)
    start(page)
    begin(page)
    finish(page)
    page.get_by_text("One session waits on this device").wait_for()


def test_a_session_plays_with_the_app_gone_and_is_handed_in_once(marathoner, server, drawn_page) -> None:
    page = drawn_page
    visited(page)
    slot = marathoner.practice.day().next_slot
    gone(page, server)
    start(page)
    begin(page)
    page.wait_for_selector("canvas:not([hidden])")
    finish(page)
    page.get_by_text("One session waits on this device").wait_for()
    assert logs(marathoner) == []

    marathoner.now += timedelta(hours=2)
    server.start()
    page.goto("/")
    page.get_by_text("Handed in: one session").wait_for()
    page.locator("#waits").get_by_text("Recorded: ").wait_for()
    page.reload()
    until(page, lambda: kept(page)["bundles"])
    (log,) = logs(marathoner)
    assert (log.slot, log.effort) == (slot, 5)
    assert kept(page)["waiting"] == []


@WIDE
def test_two_journals_at_one_address_never_get_what_was_played_for_the_other(
    marathoner, stranger, server, page
) -> None:
    from django.test import override_settings

    played_without(page, server)

    with override_settings(OPEN_PRACTICE=stranger.open):
        server.start()
        page.goto("/")
        page.get_by_text("One session of another runner waits").wait_for()
        until(page, lambda: kept(page)["words"]["owner"] == stranger.practice.history().mark)
        until(page, lambda: kept(page)["bundles"])
        page.reload()
        page.get_by_text("One session of another runner waits").wait_for()
        assert kept(page)["bundles"][0]["bundle"]["mark"] == stranger.practice.history().mark
        gone(page, server)
        page.get_by_text("not known to be yours").wait_for()
        assert page.locator("#kept").get_by_role("button", name="Start").count()
    assert logs(stranger) == []

    server.start()
    page.goto("/")
    page.get_by_text("Handed in: one session").wait_for()
    assert (len(logs(marathoner)), logs(stranger), kept(page)["waiting"]) == (1, [], [])


@WIDE
def test_what_waits_is_recorded_once_from_two_tabs_and_after_the_plan_changed(
    marathoner, server, page
) -> None:
    played_without(page, server)
    second = page.context.new_page()
    marathoner.practice.record(DayChanged(date=marathoner.now.date(), away=True))
    marathoner.practice.day()
    server.start()
    page.goto("/", wait_until="commit")
    second.goto("/", wait_until="commit")
    until(page, lambda: not kept(page)["waiting"])

    assert len(logs(marathoner)) == 1


@WIDE
def test_a_hand_in_that_is_refused_stays_with_its_sentence_until_the_runner_lets_go(
    marathoner, server, page
) -> None:
    visited(page)
    slot = str(marathoner.practice.day().next_slot)
    gone(page, server)
    start(page)
    begin(page)
    finish(page)
    page.get_by_text("One session waits").wait_for()
    marathoner.practice.log(slot, coach.SessionAnswers(effort=3))
    server.start()
    page.goto("/")
    page.get_by_text("was logged before").wait_for()
    assert len(kept(page)["waiting"]) == 1

    page.get_by_role("button", name="Let go of it").click()
    until(page, lambda: not kept(page)["waiting"])
    assert [log.effort for log in logs(marathoner)] == [3]


def test_an_answer_that_forbids_plays_nothing_and_is_handed_in(marathoner, server, page) -> None:
    visited(page)
    gone(page, server)
    start(page, yes=("new_pain",))
    page.get_by_role("heading", name="Not now").wait_for()
    assert page.get_by_text("A pain has changed").is_visible()
    until(page, lambda: not kept(page)["bundles"])
    page.goto("/")
    nothing_is_offered(page)
    assert page.get_by_text("A pain has changed").is_visible()

    server.start()
    page.goto("/drills/")
    until(page, lambda: not kept(page)["waiting"])
    assert [
        f.body.answers["new_pain"] for f in marathoner.practice.history().facts_of(ReadinessAnswered)
    ] == [True]
    assert coach.clearance(marathoner.practice.history(), marathoner.now).is_blocked
    assert kept(page)["bundles"] == []


def hurt(page: Any) -> None:
    """Tell of pain that ends a session, with the app gone."""
    hurt_in_the_groin(page)
    page.get_by_text("what you told is kept here").wait_for()


def nothing_is_offered(page: Any) -> None:
    page.get_by_text("No session is offered on this device").wait_for()
    assert not page.get_by_role("button", name="Start").count()
    assert kept(page)["bundles"] == []


def test_pain_told_offline_ends_what_is_offered_here_until_the_coach_has_looked(
    marathoner, server, page
) -> None:
    visited(page)
    gone(page, server)
    start(page)
    begin(page)
    hurt(page)
    page.goto("/")
    nothing_is_offered(page)
    page.reload()
    nothing_is_offered(page)

    server.start()
    page.goto("/drills/", wait_until="commit")
    until(page, lambda: not kept(page)["waiting"])
    page.goto("/")
    until(page, lambda: "stopped" not in kept(page)["words"])
    assert logs(marathoner)[0].drills[0].pain


@WIDE
def test_pain_told_while_the_app_goes_away_ends_what_is_offered_here(marathoner, server, page) -> None:
    slot = str(marathoner.practice.day().next_slot)
    answer_before_a_session(marathoner)
    visited(page, f"/session/{slot}/play/")
    begin(page)
    page.route("**/play/done/", lambda route: route.abort())
    hurt(page)
    server.stop()
    page.goto("/week/")
    nothing_is_offered(page)


def test_what_stopped_a_runner_here_and_was_not_taken_keeps_sessions_away(marathoner, server, page) -> None:
    visited(page)
    gone(page, server)
    start(page, yes=("ill",))
    page.get_by_role("heading", name="Not now").wait_for()
    until(page, lambda: kept(page)["waiting"])
    page.context.route("**/hand-in/", lambda route: route.fulfill(status=500, body="no"))
    server.start()
    page.goto("/", wait_until="commit")
    page.get_by_text("waits on this device").wait_for()
    page.wait_for_load_state("networkidle")
    assert kept(page)["bundles"] == []


def test_what_is_older_than_a_day_says_so_and_plays_nothing(marathoner, server, page) -> None:
    visited(page)
    page.clock.install()
    page.clock.set_system_time(time.time() + 25 * 3600)
    gone(page, server)

    page.get_by_text("more than a day old").wait_for(timeout=5000)
    assert not page.get_by_role("button", name="Start").count()


def test_a_blocked_runner_keeps_nothing(marathoner, server, page) -> None:
    visited(page)
    marathoner.practice.record(coach.screening_answers(STUCK))
    page.goto("/")
    until(page, lambda: not kept(page)["bundles"])
    gone(page, server)

    page.get_by_text("No session is kept").wait_for()
    assert not page.get_by_role("button", name="Start").count()


@WIDE
def test_the_app_gone_in_mid_session_a_reload_goes_on_and_pain_is_judged_here(
    marathoner, server, page
) -> None:
    visited(page)
    slot = str(marathoner.practice.day().next_slot)
    answer_before_a_session(marathoner)
    visited(page, f"/session/{slot}/play/")
    begin(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    shown = page.locator(".caption h1").inner_text()
    server.stop()
    page.reload()
    page.locator("#player:not([hidden])").wait_for()
    assert not page.locator("#start[open]").count()
    assert page.locator(".caption h1").inner_text() == shown

    hurt(page)
    server.start()
    page.goto("/", wait_until="commit")
    until(page, lambda: not kept(page)["waiting"])
    (log,) = logs(marathoner)
    assert {feeling.score for done in log.drills for feeling in done.pain} == {6}


@WIDE
def test_a_session_begun_with_the_app_is_kept_when_it_is_gone_at_the_end(marathoner, server, page) -> None:
    slot = str(marathoner.practice.day().next_slot)
    answer_before_a_session(marathoner)
    visited(page, f"/session/{slot}/play/")
    begin(page)
    server.stop()
    finish(page)
    page.get_by_text("One session waits").wait_for()

    server.start()
    page.goto("/")
    page.get_by_text("Handed in: one session").wait_for()
    assert len(logs(marathoner)) == 1


def test_what_is_kept_names_nobody_and_other_pages_are_not_kept(marathoner, server, page) -> None:
    visited(page)
    page.goto("/progress/")
    files = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )

    assert {file for file in files if not file.startswith("/static/")} == {"/offline/"}


def test_a_form_sent_with_the_app_gone_says_so_and_keeps_what_was_typed(marathoner, server, page) -> None:
    visited(page, "/checkin/")
    before = marathoner.practice.history().facts
    page.get_by_label("Hours since it began").fill("12")
    server.stop()
    page.get_by_role("button", name="Tell what is sore").click()
    page.get_by_text("nothing was recorded").wait_for()

    assert page.get_by_label("Hours since it began").input_value() == "12"
    assert page.url.endswith("/checkin/")
    assert marathoner.practice.history().facts == before
    server.start()
    page.get_by_role("button", name="Tell what is sore").click()
    page.wait_for_url(lambda address: urlsplit(address).path in ("/", "/plan/"))
    assert len(marathoner.practice.history().facts) > len(before)


@WIDE
def test_what_is_played_of_a_sample_is_never_handed_in_as_the_runners_own(marathoner, server, page) -> None:
    visited(page)
    assert page.evaluate(
        """async () => (await fetch("/sample/", { method: "POST", headers: { "X-CSRFToken":
           (await (await fetch("/hand-in/")).json()).token } })).ok"""
    )
    sample = marathoner.open_sample(coach.monday_of(marathoner.now.date()))
    slot = sample.next_slot()
    sample.answer_readiness({one.id: False for one in sample.bundle(slot).asks})
    page.goto(f"/session/{slot}/play/")
    begin(page)
    server.stop()
    finish(page)
    page.get_by_text("Triplane did not answer").wait_for()

    assert kept(page)["waiting"] == []
    server.start()


def test_a_page_left_open_past_midnight_takes_the_new_day_along(marathoner, server, page) -> None:
    page.clock.install()
    visited(page)
    before = kept(page)["bundles"][0]["bundle"]["version"]
    marathoner.now += timedelta(days=1)
    page.clock.fast_forward("11:00")

    until(page, lambda: kept(page)["bundles"][0]["bundle"]["version"] != before)


@WIDE
def test_a_start_page_that_hangs_is_given_up_for_what_is_kept(marathoner, server, page) -> None:
    visited(page)
    server.stop()
    with socket.create_server(("127.0.0.1", server.port)):
        page.goto("/", timeout=20_000)
        page.get_by_role("heading", name="Triplane does not answer").wait_for()
        page.get_by_role("button", name="Start").first.wait_for()
    server.start()
