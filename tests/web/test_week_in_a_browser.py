"""In a browser: Begin by keyboard at a human pace, a session moved by keyboard and by drag, runs dropped."""

from collections.abc import Iterator
from typing import Any

import pytest
from test_week_page import SUNDAY, gpx, moved

from night import WIDE
from stage import opened_page, served_player
from triplane import coach
from triplane.history import RunRecorded, WeekDescribed

WORDS_A_MINUTE = 238
"""How fast grown-ups read English silently, the mean of 190 studies (Brysbaert 2019)."""

PRESS_S, THINK_S, REACH_S, PAGE_S = 0.65, 1.35, 1.38, 0.1
"""Seconds a reader takes, counted rather than waited for.

To press one of two keys under the hand (a choice, 0.37, and the stroke, 0.28); to think before a field, once
for ticks of one group; to reach a field or a button and press it; a page's coming. By the keystroke-level
model (Card, Moran and Newell 1983) but for the last. How long an answer is thought over is the runner's own.
"""

BESIDE_S, IN_ALL_S = 80, 240
"""What the pages beside the questions, and all of Begin, may take. A clear question comes before a second."""

READ = """
() => {
  const seen = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const passed_over = ".hidden-visually, .tiny, .way-top, .answers, .quiet, form ~ form";
  let words = 0;
  while (seen.nextNode()) {
    const at = seen.currentNode.parentElement;
    if (at.checkVisibility() && !at.closest(passed_over))
      words += (seen.currentNode.data.match(/\\S+/g) ?? []).length;
  }
  return words;
}
"""
"""Words a newcomer reads on a page: all that is shown but small print, unfolding, and what comes on each."""

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse")


@pytest.fixture
def served(app: Any) -> Iterator[str]:
    """The app on loopback, with the islands as they were built."""
    with served_player() as server:
        yield server.address


@pytest.fixture
def page(served: str, chrome: Any) -> Iterator[Any]:
    """A laptop's page; whatever a script complains of fails the test."""
    with opened_page(chrome, 1280, 900, base_url=served) as page:
        yield page


def press_until(page: Any, key: str, holds: str) -> None:
    """Press a key until the focus is on what a selector names."""
    for _ in range(80):
        if page.evaluate(f"document.activeElement.matches({holds!r})"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {holds}")


NEWCOMER = {
    "/begin/about/": [{'[name="age"]': "34"}],
    "/begin/equipment/": [{'[value="mat"]': " ", '[value="wall"]': " ", '[value="chair"]': " "}],
    "/begin/week/": [
        {'[name="mon_run"]': " ", '[name="wed_run"]': " ", '[name="sat_run"]': " "},
        {'[name="run_at"]': " "},
        {'[name="run_minutes"]': " "},
    ],
}
"""What a newcomer fills in after the questions: groups, each thought of once, by selector."""


def told(page: Any, groups: list[dict[str, str]]) -> float:
    """Fill in a page by keyboard and send it; return how long that takes a reader, in seconds."""
    fields = [field for group in groups for field in group.items()]
    for field, typed in fields:
        press_until(page, "Tab", field)
        page.keyboard.type(typed)
    words = page.evaluate(READ)
    press_until(page, "Tab", "form .btn.fill")
    page.keyboard.press("Enter")
    return PAGE_S + words * 60 / WORDS_A_MINUTE + len(groups) * THINK_S + (len(fields) + 1) * REACH_S


@WIDE
def test_a_newcomer_begins_by_keyboard_alone_and_no_page_beside_the_questions_is_long(app, page) -> None:
    page.goto("/")
    beside = told(page, [])
    page.wait_for_url("**/begin/safety/**")
    asked, questions = 0, 0.0
    while "/begin/safety/" in page.url:
        here = page.url
        read = page.locator("#ask").inner_text()
        page.keyboard.press("n")
        page.wait_for_url(lambda url, here=here: url != here)
        questions += PAGE_S + len(read.split()) * 60 / WORDS_A_MINUTE + PRESS_S
        asked += 1
    for address, groups in NEWCOMER.items():
        page.wait_for_url(f"**{address}")
        beside += told(page, groups)
    page.wait_for_selector(".hero, .quiet-day")
    print(f"Begin: {questions:.0f} s of {asked} questions, {beside:.0f} s beside them")

    week = app.practice.history().latest(WeekDescribed)
    assert asked == len(coach.first_questions())
    assert (week.weekly_minutes, sum(bool(day.runs) for day in week.days.values())) == (60, 3)
    assert beside <= BESIDE_S
    assert questions + beside <= IN_ALL_S


@WIDE
def test_a_session_is_moved_by_keyboard_alone(marathoner, page) -> None:
    page.goto("/week/")
    press_until(page, "Tab", f'[data-slot="{SUNDAY}"] .move')
    page.keyboard.press("Enter")
    page.wait_for_selector("#moving form")
    page.keyboard.press("ArrowLeft")
    page.get_by_text("does not suit that place").wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.get_by_text("It fits there").wait_for()
    assert page.locator("#moving .place").inner_text() == "Sunday 19:30"
    press_until(page, "Tab", "#moving form .btn.fill")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/made/**")

    assert [body.to.strftime("%a %H:%M") for body in moved(marathoner)] == ["Sun 19:30"]


def test_escape_leaves_a_session_where_it_was(marathoner, page) -> None:
    page.goto("/week/")
    page.locator(f'[data-slot="{SUNDAY}"] .move').click()
    page.wait_for_selector("#moving form")
    page.keyboard.press("Escape")
    assert page.evaluate(f'document.activeElement.closest("[data-slot]").dataset.slot == "{SUNDAY}"')
    assert moved(marathoner) == []


def test_a_session_dragged_to_a_day_is_asked_about_before_it_is_kept(marathoner, page) -> None:
    page.goto("/week/")
    slot = page.locator(f'[data-slot="{SUNDAY}"]').bounding_box()
    day = page.locator('[data-day="2026-11-28"]').bounding_box()
    page.mouse.move(slot["x"] + 20, slot["y"] + 20)
    page.mouse.down()
    page.mouse.move(day["x"] + 40, day["y"] + 120, steps=6)
    page.mouse.up()
    page.get_by_text("Step-down to the side").first.wait_for()
    assert moved(marathoner) == []
    page.get_by_role("button", name="let the plan make it fit").click()
    page.wait_for_url("**/change/made/**")

    assert [body.to.strftime("%a %H:%M") for body in moved(marathoner)] == ["Sat 19:00"]


DROP = """async ([name, words]) => {
  const moved = new DataTransfer();
  moved.items.add(new File([words], name));
  document.dispatchEvent(new DragEvent("drop", { dataTransfer: moved, bubbles: true, cancelable: true }));
}"""


def test_a_file_dropped_on_the_week_comes_in(marathoner, page) -> None:
    page.goto("/week/")
    page.evaluate(DROP, ["tuesday.gpx", gpx("2026-11-24").decode()])
    page.get_by_text("1 run new").wait_for()
    assert len(marathoner.practice.history().facts_of(RunRecorded)) == 1
