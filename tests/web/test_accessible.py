"""Every page in every state, for everybody: axe, the keyboard, large text, forced colours and stillness.

The default run looks at one of each kind of page on a phone, ``make wide`` at every page; ``make night``
looks at every state of it, on the laptop and in the dark, with large text, and goes through all by keyboard.
"""

from collections.abc import Iterable
from typing import Any

import pytest

from everybody import ALL, NARROW, PHONE, ask, axe, found_on_a_phone
from night import IS_NIGHT, IS_WIDE, NIGHT, every
from stage import Stage
from tour import SIGHTS, Sight, excused_in_vain, left_out

LAPTOP = {"width": 1280, "height": 900}
MOST_STOPS = 400
REFUSED = "Content Security Policy"

CORE = (
    "today-midweek", "today-sore", "begin-question-yes", "week-midweek", "checkin", "player-start",
    "player-work-left", "player-work-both", "player-hurts-where", "player-after", "hips-midweek",
    "measure-apart", "drills", "settings",
)  # fmt: skip
"""One of each kind of page: of these the default run goes through every other by keyboard, still and in
forced colours."""

FIRST = {sight.page: sight for sight in reversed(SIGHTS)}
"""One state of every page."""


def over(chosen: Iterable[Sight]) -> Any:
    """Mark a test as one over sights; at night over all of them."""
    return pytest.mark.parametrize(
        "sight", SIGHTS if IS_NIGHT else list(chosen), ids=lambda sight: sight.name
    )


def by_name() -> list[Sight]:
    """Return the sights of the core."""
    return [one for one in SIGHTS if one.name in CORE]


@pytest.fixture
def page(stage: Stage, chrome: Any):
    """A page of a phone's size; what a script complains of and what our policy refuses fail the test."""
    complaints: list[str] = []
    opened = chrome.new_page(viewport=PHONE, reduced_motion="reduce")
    opened.set_default_timeout(20_000)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if REFUSED in said.text else None)
    yield opened
    opened.close()
    assert complaints == []


def look(sight: Sight, page: Any, stage: Stage) -> None:
    if not sight.can_be_seen:
        pytest.skip("the islands are not built here (make run builds them)")
    sight.open(page, stage)


def test_every_page_is_on_the_tour_and_nothing_is_excused_in_vain(configured) -> None:
    assert left_out() == []
    assert excused_in_vain() == []


@over(dict.fromkeys((*FIRST.values(), *by_name())) if IS_WIDE else by_name())
def test_axe_finds_nothing_fingers_hit_and_nothing_scrolls_sideways(sight: Sight, page, stage) -> None:
    look(sight, page, stage)
    assert found_on_a_phone(page) == []


@pytest.mark.parametrize("scene", ["not-measured-session", "sore"])
def test_start_is_in_the_first_view_of_a_phone_whatever_stands_above_it(scene: str, page, stage) -> None:
    stage.scene(scene)
    page.goto(stage.address(scene))
    start, rail = page.locator(".hero .btn.fill").bounding_box(), page.locator(".bar").bounding_box()
    assert start["y"] + start["height"] <= rail["y"]


@NIGHT
@over([FIRST["today"]])
def test_axe_finds_nothing_on_a_laptop_and_in_the_dark(sight: Sight, page, stage) -> None:
    page.set_viewport_size(LAPTOP)
    look(sight, page, stage)
    found = axe(page, ALL)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in axe(page, ALL)]
    page.set_viewport_size(PHONE)
    found += [f"dark phone: {one}" for one in axe(page, ALL)]

    assert found == []


@NIGHT
@over([FIRST["today"]])
def test_text_of_twice_the_size_fits_and_is_not_cut_off(sight: Sight, page, stage) -> None:
    page.set_viewport_size(LAPTOP)
    look(sight, page, stage)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert ask(page, "sideways") <= 0
    assert ask(page, "cut") == []


@NIGHT
@pytest.mark.parametrize(
    "name",
    [
        "hips-midweek",
        "progress-midweek",
        "lunges-midweek",
        "begin-week",
        "settings-clearance",
        "hips-internal_rotation",
    ],
)
def test_text_of_twice_the_size_fits_the_narrowest_phone(name: str, page, stage) -> None:
    page.set_viewport_size({"width": NARROW, "height": 844})
    look(next(one for one in SIGHTS if one.name == name), page, stage)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert ask(page, "sideways") <= 0


def by_keyboard(page: Any) -> list[dict[str, Any]]:
    """Press Tab until the page begins anew; return where it stopped."""
    stops: list[dict[str, Any]] = []
    seen: set[str] = set()
    page.evaluate("document.activeElement?.blur()")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = ask(page, "focus")
        if stop is None or (stops and stop["stop"] == stops[-1]["stop"]):
            continue  # past the end, where the next one is the first; or within hours and minutes of a time
        if stop["stop"] in seen:
            return stops
        seen.add(stop["stop"])
        stops.append(stop)
    raise AssertionError("the keyboard does not come through the page")


@over(every(8, by_name()))
def test_the_keyboard_comes_through_everything_and_is_seen_where_it_is(sight: Sight, page, stage) -> None:
    look(sight, page, stage)
    stops = by_keyboard(page)
    if ask(page, "unreached"):
        stops += by_keyboard(page)  # the figure has come meanwhile, and brought keys of its own

    assert [stop["name"] for stop in stops if not stop["isRinged"]] == []
    assert [stop["name"] for stop in stops if not stop["isInView"] or stop["isCovered"]] == []
    assert ask(page, "unreached") == []


def test_the_first_stop_leads_past_what_stands_before_the_content(page, stage) -> None:
    look(next(one for one in SIGHTS if one.name == "today-midweek"), page, stage)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


@over(every(17, by_name()))
def test_nothing_moves_for_whoever_wants_stillness_and_forced_colours_keep_edges_and_choices(
    sight: Sight, page, stage
) -> None:
    look(sight, page, stage)
    assert ask(page, "moving") == []

    page.emulate_media(forced_colors="active")
    assert ask(page, "edgeless") == []
    assert ask(page, "undecided") == []
