"""Whole ways through the app in a real browser, from what a runner presses to what the journal holds."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from browsing import App
from night import WIDE, every
from playing import logs
from stage import UNDRAWN, Stage, has_player, served_player
from tour import SIGHTS, filled
from triplane import coach
from triplane.history import CheckinAnswered, DayChanged, PlanIssued, SessionLogged

PHONE = {"width": 390, "height": 844}
TABLET = {"width": 820, "height": 1180}
LAPTOP = {"width": 1280, "height": 900}
PACE = 240

WITH_PLAYER = pytest.mark.skipif(
    not has_player(), reason="the islands are not built here (make run builds them)"
)
SILENT = "Object.defineProperty(window, 'speechSynthesis', { value: undefined });"


@pytest.fixture
def window(chrome: Any) -> Iterator[Any]:
    """A window of a phone's size; each tab of it shares its cookies. Scripts that complain fail the test."""
    complaints: list[str] = []
    opened = chrome.new_context(viewport=PHONE)
    opened.set_default_timeout(30_000)
    opened.add_init_script(SILENT + UNDRAWN)
    opened.on("weberror", lambda error: complaints.append(str(error.error)))
    yield opened
    opened.close()
    assert complaints == []


def since(app: App, before: int) -> list[SessionLogged]:
    return logs(app)[before:]


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def choose(page: Any, name: str, value: str | int) -> None:
    page.locator(
        f"input[name='{name}'][value='{value}']:visible, label:visible input[name='{name}'][value='{value}']"
    ).first.check(force=True)


def answer_no(page: Any) -> None:
    """Answer every question of the page with no."""
    for one in page.locator("main input[type=radio][value=no]").all():
        one.check(force=True)


def ready(page: Any) -> None:
    """Answer the questions before a session."""
    answer_no(page)
    press(page, "Go on")
    page.wait_for_url(re.compile("/play/"))


def play_to_the_end(page: Any) -> None:
    """Begin, let the clock run at many times its pace, and say how it was."""
    page.add_init_script(f"globalThis.__pace = {PACE}")
    page.reload()
    page.wait_for_selector("#start[open]")
    press(page, "Begin")
    tell_how_it_was(page)


def tell_how_it_was(page: Any) -> None:
    """Wait for the end, and save with an effort of 5 and no discomfort."""
    page.wait_for_selector("#after:not([hidden])", timeout=90_000)
    # Counted repetitions arrive while one looks and move the scales: a click by place could miss them.
    for name, score in (("effort", 5), ("discomfort", 0)):
        page.locator(f"#after input[name={name}][value='{score}']").evaluate("scale => scale.click()")
    press(page, "Save")
    page.wait_for_url(re.compile(r":\d+/$"))


@WIDE
@WITH_PLAYER
def test_a_newcomer_comes_from_the_first_page_to_a_finished_session(stage: Stage, window) -> None:
    app, page = stage.copy("first-day", "newcomer"), window.new_page()
    app.now = app.now.replace(hour=6, minute=30)
    page.goto(stage.address("newcomer"))
    press(page, "Yes, begin")
    asked = 0
    while "/begin/safety/" in page.url:
        press(page, "No")
        asked += 1
    page.locator("input[name=age]").fill("34")
    page.locator("main form button").last.click()
    page.locator("input[name=equipment]").first.check(force=True)
    page.locator("main form button").last.click()
    page.locator(".chosen > summary").click()
    choose(page, "weekly_minutes", 90)
    page.locator("input[name=session_minutes_other]").fill("22")
    for day in ("mon", "wed", "sat"):
        page.locator(f"input[name={day}_run]").check(force=True)
    for pick in ("home_at", "run_at", "run_minutes"):
        page.locator(f"input[type=radio][name={pick}]").last.check(force=True)
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    page.get_by_role("link", name="Start").click()
    ready(page)
    play_to_the_end(page)

    assert asked == len(coach.first_questions())
    (done,) = logs(app)
    assert done.effort == 5
    assert all(drill.clean_reps == drill.reps_asked for drill in done.drills)
    assert len(app.practice.history().facts_of(PlanIssued)) >= 1


def doses(app: App, days: int) -> dict[tuple[str, str], float]:
    """Return the work of each drill and side that is planned so many days from today, in seconds."""
    on = (app.now + timedelta(days=days)).date()
    week = coach.week(app.practice.history(), app.now)
    day = next(day for day in week.days if day.date == on)
    items = [item.item for slot in day.slots for item in slot.items]
    return {
        (item.drill, side): dose.sets * dose.reps * (dose.hold_s + 1)
        for item in items
        for side, dose in (("left", item.left), ("right", item.right))
        if dose
    }


@WIDE
def test_a_sore_morning_told_on_the_page_raises_nothing_and_lowers_something(stage: Stage, window) -> None:
    app, page = stage.copy("midweek", "waking"), window.new_page()
    before = [doses(app, days) for days in range(5)]
    page.goto(f"{stage.address('waking')}/checkin/")
    page.locator("select[name=form-0-region]").select_option("buttock")
    page.locator("select[name=form-0-kind]").select_option("muscle")
    choose(page, "form-0-side", "left")
    page.locator("select[name=form-0-kind]").select_option("muscle")
    choose(page, "form-0-score", 7)
    choose(page, "course", "stays")
    press(page, "Tell what is sore")
    page.wait_for_load_state()
    if page.get_by_role("button", name="Make my week").count():
        press(page, "Make my week")
    page.get_by_text(re.compile("changes? to your plan")).first.wait_for()
    after = [doses(app, days) for days in range(5)]

    assert len(app.practice.history().facts_of(CheckinAnswered)) > 0
    assert sum(sum(day.values()) for day in after) < sum(sum(day.values()) for day in before)
    raised = [
        key for old, new in zip(before, after, strict=True) for key in old if new.get(key, 0) > old[key]
    ]
    assert raised == []


FETCH_ALL = """
async (addresses) => {
  const found = {};
  for (const address of addresses) {
    const answer = await fetch(address);
    if (/html|json/.test(answer.headers.get('content-type'))) found[address] = await answer.text();
  }
  return found;
}
"""


@pytest.mark.parametrize("scene", every(3, ["emergency", "urgent", "refer"]))
def test_a_blocked_runner_meets_no_drill_at_any_address(scene: str, stage: Stage, window) -> None:
    sample, page = stage.scene("sample"), window.new_page()
    stage.scene(scene)
    everything = coach.drills(sample.practice.history(), coach.DrillFilter(), sample.now)
    names = [drill.name for drill in everything.drills]
    addresses = {
        filled(one.address, sample) for one in SIGHTS if "{" not in one.address.replace("{slot}", "")
    }
    page.goto(stage.address(scene))
    answers = page.evaluate(FETCH_ALL, sorted(addresses | {filled("/session/{slot}/play.json", sample)}))
    shown = {address: [name for name in names if name in text] for address, text in answers.items()}
    page.goto(stage.address(scene) + filled("/session/{slot}/play/", sample))

    assert len(shown) > 40
    assert {address: found for address, found in shown.items() if found} == {}
    assert "/stop/" in page.url
    assert page.locator("canvas, a[href*=session], .hero").count() == 0


@WIDE
def test_the_same_form_from_two_tabs_is_recorded_once(stage: Stage, window) -> None:
    app = stage.copy("about-to-begin", "twice")
    before = len(logs(app))
    address = stage.address("twice") + filled("/session/{slot}/how-it-was/", app)
    tabs = [window.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto(address)
    for tab in tabs:
        choose(tab, "effort", 5)
        choose(tab, "discomfort", 1)
        tab.locator("main form button").last.click()
        tab.wait_for_load_state()

    assert len(since(app, before)) == 1
    assert tabs[1].get_by_role("link", name="Today").count() >= 1


@WIDE
def test_a_tab_left_open_says_so_when_the_week_changed_in_another(stage: Stage, window) -> None:
    app = stage.copy("about-to-begin", "stale")
    before = len(logs(app))
    old, new = window.new_page(), window.new_page()
    old.goto(stage.address("stale") + filled("/session/{slot}/how-it-was/", app))
    new.goto(stage.address("stale") + "/change/away/")
    new.locator("main form button").last.click()
    new.wait_for_url(re.compile("/change/made/"))
    choose(old, "effort", 5)
    choose(old, "discomfort", 1)
    old.locator("main form button").last.click()
    old.wait_for_load_state()

    assert app.practice.history().facts_of(DayChanged)
    assert len(since(app, before)) <= 1
    assert old.get_by_role("link", name="Today").count() >= 1, "there is a way on"
    assert "Server Error" not in old.content()


@WIDE
@WITH_PLAYER
def test_a_second_player_of_a_session_leaves_it_to_the_first(stage: Stage, window) -> None:
    app = stage.copy("about-to-begin", "two-players")
    before = len(logs(app))
    address = stage.address("two-players") + filled("/session/{slot}/play/", app)
    first, second = window.new_page(), window.new_page()
    first.add_init_script(f"globalThis.__pace = {PACE}")
    first.goto(address)
    press(first, "Begin")
    second.goto(address)
    second.locator("#start[open]").wait_for()
    press(second, "Begin")
    second.locator("#elsewhere[open]").wait_for()
    first.bring_to_front()
    tell_how_it_was(first)

    assert len(since(app, before)) == 1


FOCUSED = "(document.activeElement.closest('label') || document.activeElement).textContent.trim()"


def focused(page: Any) -> str:
    return str(page.evaluate(FOCUSED))


def tab_to(page: Any, holds: str) -> None:
    """Press Tab until what is focused reads so."""
    for _ in range(80):
        if re.search(holds, focused(page)):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {holds}; it stands at {focused(page)}")


@WITH_PLAYER
def test_a_session_is_found_played_and_told_by_keyboard_alone(stage: Stage, window) -> None:
    app, page = stage.copy("midweek", "keys"), window.new_page()
    before = len(logs(app))
    page.goto(stage.address("keys"))
    tab_to(page, "^Start$")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/session/"))
    for _ in range(page.locator("main fieldset").count()):
        page.keyboard.press("Tab")
        while focused(page) not in ("No", "Yes"):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
    tab_to(page, "^Go on$")
    page.keyboard.press("Enter")
    page.wait_for_selector("#start[open]")
    tab_to(page, "^Begin$")
    page.keyboard.press("Enter")
    for _ in range(200):
        if page.locator("#after:not([hidden])").count():
            break
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.tagName") == "H1", "the new page is where the focus is"
    tab_to(page, "^0$")
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "^Save$")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"localhost:\d+/$"))

    (done,) = since(app, before)
    assert done.effort == 4


@WIDE
@WITH_PLAYER
@pytest.mark.parametrize(
    ("size", "scheme"), [(LAPTOP, "dark"), (TABLET, "light")], ids=["laptop in the dark", "tablet"]
)
def test_a_session_is_played_on_other_screens(size, scheme, stage: Stage, window) -> None:
    called = f"screen-{size['width']}"
    app, page = stage.copy("about-to-begin", called), window.new_page()
    before = len(logs(app))
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(stage.address(called))
    page.get_by_role("link", name="Start").click()
    page.wait_for_selector("#start[open]")
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    play_to_the_end(page)

    assert len(since(app, before)) == 1


def count(page: Any) -> int:
    return int(re.sub(r"\D", "", page.locator("[data-show=count]").inner_text()) or 0)


@WITH_PLAYER
def test_a_countdown_follows_the_clock_and_stands_still_while_paused(stage: Stage, window) -> None:
    app, page = stage.scene("about-to-begin"), window.new_page()
    page.clock.install(time=app.now)
    page.goto(stage.address("about-to-begin") + filled("/session/{slot}/play/", app))
    page.wait_for_selector("#start[open]")
    page.clock.pause_at(app.now + timedelta(minutes=5))
    press(page, "Begin")
    for _ in range(60):
        page.clock.run_for(100)
        if page.locator("[data-show=phase]").inner_text() == "Get ready":
            break
        page.keyboard.press("ArrowRight")
    at_first = count(page)
    page.clock.run_for(2000)
    assert count(page) == at_first - 2

    page.keyboard.press("Space")
    page.clock.run_for(3000)
    assert page.locator("[data-show=phase]").inner_text() == "Paused"
    assert count(page) == at_first - 2


def test_what_belongs_to_one_choice_shows_once_that_is_chosen_and_the_rest_goes_on(
    app: App, window: Any
) -> None:
    app.practice.record(coach.disclaimer_accepted())
    page = window.new_page()
    with served_player() as server:
        page.goto(f"{server.address}/begin/safety/Q06/")
        press(page, "Yes")
        score = page.locator("input[name=outer_knee_score]")
        assert not score.is_visible()
        page.locator("input[name=where][value=outer_knee]").check(force=True)
        assert score.is_visible()
        page.locator("input[name=where][value=outer_knee]").uncheck(force=True)
        page.locator("input[name=where][value=nowhere]").check(force=True)
        assert not score.is_visible()
        press(page, "Next")
        page.wait_for_url(lambda address: "Q06" not in address)
