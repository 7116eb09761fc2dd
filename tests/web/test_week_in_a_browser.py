"""In a browser: Begin by keyboard at a human pace, a session moved by keyboard and by drag, runs dropped."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from test_week_page import SUNDAY, gpx, moved

from stage import opened_page, served_player
from triplane import coach
from triplane.history import RunRecorded, WeekDescribed

A_QUESTION_S, A_FIELD_S, AT_MOST_S = 2.5, 5, 180
"""A reader's pace, counted rather than waited for, and what Begin may take in all."""

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


def test_a_newcomer_begins_by_keyboard_alone_within_three_minutes(app, page) -> None:
    began, questions, fields = time.monotonic(), 0, 0
    page.goto("/")
    press_until(page, "Tab", "button.fill")
    page.keyboard.press("Enter")
    page.wait_for_url("**/begin/safety/**")
    while "/begin/safety/" in page.url:
        here = page.url
        page.keyboard.press("n")
        page.wait_for_url(lambda url, here=here: url != here)
        questions += 1
    press_until(page, "Tab", "[name=age]")
    page.keyboard.type("34")
    press_until(page, "Tab", "form .btn.fill")
    page.keyboard.press("Enter")
    page.wait_for_url("**/begin/equipment/")
    for thing in ("mat", "wall"):
        press_until(page, "Tab", f'[value="{thing}"]')
        page.keyboard.press("Space")
    press_until(page, "Tab", "form .btn.fill")
    page.keyboard.press("Enter")
    page.wait_for_url("**/begin/week/")
    for field in (
        "weekly_minutes",
        "session_minutes",
        "home_at",
        "mon_run",
        "wed_run",
        "run_at",
        "run_minutes",
    ):
        press_until(page, "Tab", f'[name="{field}"]')
        page.keyboard.press("Space")
    press_until(page, "Tab", "form .btn.fill")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hero")
    fields = 5 + 2 + 7

    assert questions == len(coach.first_questions())
    assert app.practice.history().latest(WeekDescribed).weekly_minutes == 30
    machine = time.monotonic() - began
    pace = questions * A_QUESTION_S + fields * A_FIELD_S / 2 + 15
    assert machine + pace < AT_MOST_S, (machine, pace)


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
