"""In a browser: Begin by keyboard at a human pace, a session moved by keyboard and by drag, runs dropped."""

from collections.abc import Iterator
from typing import Any

import pytest
from test_week_page import SUNDAY, gpx, moved

from night import WIDE
from stage import opened_page, served_player
from triplane import coach
from triplane.history import RunRecorded, WeekDescribed

WELCOME_S, A_QUESTION_S, A_FIELD_S, A_PAGE_S, AT_MOST_S = 15, 2.5, 5, 0.3, 170
"""A reader's pace and a page's coming, counted rather than waited for, and what Begin may take in all.

A field that is filled in already, and is right, is read like a question.
"""

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
    "/begin/about/": {'[name="age"]': "34"},
    "/begin/equipment/": {'[value="mat"]': " ", '[value="wall"]': " ", '[value="chair"]': " "},
    "/begin/week/": {
        '[name="mon_run"]': " ",
        '[name="wed_run"]': " ",
        '[name="sat_run"]': " ",
        '[name="run_at"]': " ",
        '[name="run_minutes"]': " ",
    },
}
"""What a newcomer fills in on each page after the questions, by the field's selector."""

ASKED = """
[...new Set([...document.querySelectorAll("main form :is(input, select)")]
  .filter(one => one.checkVisibility() && one.type !== "checkbox" && !one.name.endsWith("_other"))
  .map(one => one.name))]
"""
"""The questions a page shows without being unfolded, by name; boxes are ticked one by one and counted so."""


@WIDE
def test_a_newcomer_begins_by_keyboard_alone_within_three_minutes(app, page) -> None:
    questions, filled, left_as_it_was = 0, 0, 0
    page.goto("/")
    press_until(page, "Tab", "button.fill")
    page.keyboard.press("Enter")
    page.wait_for_url("**/begin/safety/**")
    while "/begin/safety/" in page.url:
        here = page.url
        page.keyboard.press("n")
        page.wait_for_url(lambda url, here=here: url != here)
        questions += 1
    for address, fields in NEWCOMER.items():
        page.wait_for_url(f"**{address}")
        asked = page.evaluate(ASKED)
        for field, typed in fields.items():
            press_until(page, "Tab", field)
            page.keyboard.type(typed)
        named = {page.locator(field).first.get_attribute("name") for field in fields}
        filled, left_as_it_was = filled + len(fields), left_as_it_was + len(set(asked) - named)
        press_until(page, "Tab", "form .btn.fill")
        page.keyboard.press("Enter")
    page.wait_for_selector(".hero, .quiet-day")

    week = app.practice.history().latest(WeekDescribed)
    assert questions == len(coach.first_questions())
    assert (week.weekly_minutes, sum(bool(day.runs) for day in week.days.values())) == (60, 3)
    read = WELCOME_S + (questions + left_as_it_was) * A_QUESTION_S + filled * A_FIELD_S
    pages = 1 + questions + len(NEWCOMER)
    assert read + pages * A_PAGE_S <= AT_MOST_S, (questions, left_as_it_was, filled, pages)


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
