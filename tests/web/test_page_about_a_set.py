"""The page about a set, in a browser as narrow as a phone and as wide as a desk."""

from typing import Any

import pytest

from acting import Take, acted
from screening_cast import MORNING, screened
from stage import opened_page
from triplane.body import Side
from triplane.coach import SetBook, SetWatched, eye_on
from triplane.formats.set_page import set_page

DRILL = "str_step_down"

LAID_OUT = """
region => {
  const drawn = region.querySelector('svg').getBoundingClientRect();
  const texts = [...region.querySelectorAll('text')].map(one => one.getBoundingClientRect());
  const clock = texts.slice(2).sort((a, b) => a.left - b.left);
  return {
    room: region.clientWidth, wide: region.scrollWidth, height: Math.min(...texts.map(one => one.height)),
    isCut: texts.some(one => one.right > drawn.right || one.left < drawn.left),
    lie: clock.some((one, i) => i && one.left < clock[i - 1].right), times: clock.length,
  };
}
"""


def watched() -> SetWatched:
    book = SetBook(eye_on(screened(), DRILL, Side.RIGHT, MORNING))
    for frame in acted(DRILL, Take(repetitions=2)):
        book.take(frame)
    return book.whole()


def laid_out(chrome: Any, seconds: float, width: int) -> dict[str, Any]:
    """Return how the way of a set that took so long lies on a screen so wide."""
    whole = watched()
    first, last = whole.curve[0][0], whole.curve[-1][0]
    curve = tuple((first + (at - first) * seconds / (last - first), share) for at, share in whole.curve)
    with opened_page(chrome, width, 844) as page:
        page.set_content(set_page(whole.model_copy(update={"curve": curve}), "set.mp4"))
        found: dict[str, Any] = page.get_by_role("region", name="The way").evaluate(LAID_OUT)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    return found


@pytest.mark.parametrize("width", [360, 390, 1280])
@pytest.mark.parametrize("seconds", [3.2, 12.1, 41.0, 45.0])
def test_the_way_of_a_short_set_fits_and_can_be_read(chrome: Any, seconds: float, width: int) -> None:
    found = laid_out(chrome, seconds, width)

    assert found["wide"] <= found["room"], "nothing is to be moved sideways"
    assert found["height"] >= 10, "letters are as high as on other pages, in pixels"
    assert (found["isCut"], found["lie"]) == (False, False)
    assert found["times"] >= 2


@pytest.mark.parametrize("seconds", [46.0, 61.0, 301.0, 3600.0])
def test_the_way_of_a_long_set_scrolls_by_itself(chrome: Any, seconds: float) -> None:
    found = laid_out(chrome, seconds, 390)

    assert found["wide"] > found["room"]
    assert (found["isCut"], found["lie"]) == (False, False)
