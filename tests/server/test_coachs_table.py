"""A coach's table with thirty runners: who needs somebody stands first, on a phone and on a laptop."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from night import WIDE
from postgres import schema_in
from stage import chromium, needs_browser
from thirty_runners import NAMES, thirty
from visiting import Page, Running, Visitor, running, signed_up

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
ALL = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
URGENT_FIRST = ["Stopped for safety", "Safety questions not answered", "Something hurts"]


@pytest.fixture(scope="module")
def room(postgres: str, tmp_path_factory: pytest.TempPathFactory, kept_by_all: Path) -> Iterator[Any]:
    """A coach with thirty runners."""
    folder = kept_by_all / "thirty"
    folder.mkdir(exist_ok=True)
    trial = {"TRIPLANE_TRIAL": "yes", "TRIPLANE_HOSTS": "localhost", "TRIPLANE_WORKERS": "1"}
    with running(schema_in(postgres), tmp_path_factory.mktemp("room"), **trial) as server:
        coach = signed_up(server, "cara@example.org")
        thirty(server, "cara@example.org", folder)
        yield server, coach


def worked_out(coach: Visitor) -> Page:
    """Return the table once all lines are there: those that take long are worked out behind."""
    ends = time.monotonic() + 60
    while "Being worked out" in coach.get("/coach/").text:
        assert time.monotonic() < ends
        time.sleep(0.2)
    return coach.get("/coach/")


@WIDE
def test_what_is_not_worked_out_yet_is_said_to_be_and_nobody_waits_for_it(
    room: tuple[Running, Visitor],
) -> None:
    server, coach = room
    worked_out(coach)
    server.tell("DELETE FROM worked_out")
    began, page = time.monotonic(), coach.get("/coach/")
    assert time.monotonic() - began < 5, "thirty lines were waited for"
    waiting = page.text.count("Being worked out")
    assert waiting
    assert f"{waiting} runner" in page.text
    assert "Nobody needs you" not in page.text
    assert page.html.count('<tr class="calm"') + waiting <= 30
    assert "Being worked out" not in worked_out(coach).text


FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON worked_out FOR EACH ROW EXECUTE FUNCTION no_room()
"""


@WIDE
def test_a_database_that_keeps_nothing_is_said_to_be_and_comes_back(room: tuple[Running, Visitor]) -> None:
    server, coach = room
    worked_out(coach)
    assert "keeps nothing" not in coach.get("/coach/").text
    server.tell("DELETE FROM worked_out")
    server.tell(FULL)
    try:
        ends = time.monotonic() + 10
        while "The database keeps nothing that is worked out" not in (page := coach.get("/coach/")).text:
            assert time.monotonic() < ends, page.text[:400]
        assert "Being worked out" in page.text
    finally:
        server.tell("DROP TRIGGER no_room ON worked_out; DROP FUNCTION no_room()")
    assert "keeps nothing" not in worked_out(coach).text


@WIDE
def test_all_stand_in_it_and_who_needs_somebody_most_stands_first(room: tuple[Running, Visitor]) -> None:
    _, coach = room
    page = worked_out(coach)
    rows = re.findall(r"<tr.*?</tr>", page.html, re.DOTALL)[1:]
    found = [next((says for says in URGENT_FIRST if says in row), "") for row in rows]
    order = [URGENT_FIRST.index(says) if says else len(URGENT_FIRST) for says in found]
    assert sorted(re.findall(r'class="t">([^<]+)', page.html)) == sorted(NAMES)
    assert order == sorted(order)
    assert set(order) == set(range(len(URGENT_FIRST) + 1))
    needing = sum('<tr class="calm"' not in row for row in rows)
    assert f"{needing} runners need you" in page.text
    roses = [row for row in rows if '<svg class="rose mini"' in row]
    assert roses == [row for row in rows if "Stopped for" not in row and "Safety questions" not in row]


@WIDE
def test_a_group_shows_its_own_runners_only(room: tuple[Running, Visitor]) -> None:
    _, coach = room
    names = re.findall(r'class="t">([^<]+)', coach.get("/coach/?group=Club").html)
    assert names
    assert set(names) == {name for number, name in enumerate(NAMES) if number % 3 == 0}


@WIDE
@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_the_room_are_for_everybody(
    room: tuple[Running, Visitor], width: int, new_page: Callable[[int], Any]
) -> None:
    server, coach = room
    source = pytest.importorskip("axe_playwright_python.base", reason="axe is not here").AXE_SCRIPT
    page, here = new_page(width), f"http://localhost:{server.port}"
    cookies = [{"name": name, "value": value, "url": here} for name, value in coach.cookies.items()]
    page.context.add_cookies(cookies)
    for path in (
        "/coach/",
        "/coach/assistants/",
        "/coach/group/?name=Club",
        "/coach/runner/",
        "/progress/compare/",
    ):
        page.goto(here + path)
        if path == "/coach/":
            assert page.locator(".caseload tbody tr").count() == 30
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.evaluate(source)
        found = page.evaluate("options => axe.run(document, options)", ALL)
        assert [(one["id"], one["nodes"][0]["target"]) for one in found["violations"]] == [], path
        if "name=Club" in path:
            page.goto(here + "/coach/")
            page.locator(".go button").nth(9).click()
            page.wait_for_load_state()


@pytest.fixture(scope="module")
def new_page() -> Iterator[Callable[[int], Any]]:
    """Open a page of a width in the machine's own browser."""
    needs_browser()
    with chromium() as browser:
        yield lambda width: browser.new_page(viewport={"width": width, "height": 844})
