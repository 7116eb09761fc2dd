"""German in a browser: its words are longer than the English that the pages were laid out with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from night import WIDE, every
from stage import Stage
from triplane.web.languages import offered

WIDTHS = (390, 320)
BEGIN_TO_TODAY = [
    ("first-day", "/"),
    ("asked", "/begin/safety/H05/"),
    ("screened", "/begin/about/"),
    ("screened", "/begin/equipment/"),
    ("screened", "/begin/week/"),
    ("midweek", "/"),
]
MAIN_PAGES = ("/week/", "/hips/", "/progress/", "/drills/", "/change/", "/checkin/", "/settings/")

CUT = """() => [...document.querySelectorAll("svg.rose")].flatMap(rose => {
  const paper = rose.getBoundingClientRect();
  const at = text => text.getBoundingClientRect();
  return [...rose.querySelectorAll("text")].filter(text => at(text).width
    && (at(text).left < paper.left - 2 || at(text).right > paper.right + 2)).map(text => text.textContent);
})"""


MEET = """() => [...document.querySelectorAll("svg.rose")].flatMap(rose => {
  const all = [...rose.querySelectorAll("text.lab, text.pm, text.val")].filter(one => !one.closest("g"));
  const boxes = all.map(one => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > -6
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > a.height / 3)
    .map(([other]) => `${one} / ${other}`));
})"""
"""Words of the hip map that run into each other; lines may share what letters leave free above and below."""


@pytest.fixture
def german(stage: Stage, chrome: Any, laid: Path) -> Iterator[Any]:
    """Open a page of the stage in German."""
    from django.test import override_settings

    with override_settings(LOCALE_PATHS=[laid], LANGUAGES=offered(laid)):
        page = chrome.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")

        def opened(scene: str, address: str) -> Any:
            stage.scene(scene)
            base = stage.address(scene)
            page.context.add_cookies([{"name": "language", "value": "de", "url": base}])
            page.goto(base + address)
            assert page.locator("html").get_attribute("lang") == "de"
            return page

        yield opened
        page.close()


@pytest.mark.parametrize(
    ("scene", "address"), every(14, [*BEGIN_TO_TODAY, *(("midweek", one) for one in MAIN_PAGES)])
)
def test_no_page_scrolls_sideways_in_german(german: Any, scene: str, address: str) -> None:
    page = german(scene, address)
    over = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if (wide := page.evaluate("document.scrollingElement.scrollWidth")) > width:
            over[width] = wide

    assert over == {}


@WIDE
@pytest.mark.parametrize("width", [1280, 390])
def test_no_name_on_the_rose_is_cut_off(german: Any, width: int) -> None:
    page = german("midweek", "/hips/")
    page.set_viewport_size({"width": width, "height": 900})

    assert page.locator("svg.rose").count()
    assert page.evaluate(CUT) == []


@WIDE
def test_words_of_the_hip_map_do_not_run_into_each_other_on_a_phone(german: Any) -> None:
    for scene in ("nothing-measured", "midweek", "hypermobile"):
        page = german(scene, "/hips/")
        for width in (375, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(MEET) == [], (scene, width)
