"""A phone that lies on the leg reads a test by itself; what it read is a reading like any that is typed."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import pytest

from browsing import as_if_built
from night import WIDE
from stage import Stage, needs_player, opened_page
from triplane import coach
from triplane.assessment import battery
from triplane.history import MeasurementTaken, Method
from triplane.web.built import LEVEL

FLEXION = "/measure/flexion_supine/"
PACE = 15
"""How much faster a test lies down than a runner."""


@pytest.fixture
def measuring(marathoner: Any) -> Any:
    """The marathoner, the short questions before a test answered."""
    due = coach.questions_before_test(marathoner.practice.history(), "flexion_supine", marathoner.now)
    answers = dict.fromkeys((one.question.id for one in due), False)
    marathoner.practice.record(coach.screening_answers(answers, short=True))
    return marathoner


@pytest.fixture
def with_level(measuring: Any, tmp_path: Any) -> Iterator[None]:
    with as_if_built(tmp_path / "built", LEVEL):
        yield


def told(page: str) -> dict[str, Any]:
    found = re.search(r'id="level-told"[^>]*>(.*?)</script>', page)
    assert found is not None
    return dict(json.loads(found[1]))


def test_a_test_that_gravity_can_read_is_offered_to_a_phone(with_level: None, browser: Any) -> None:
    page = browser.get(FLEXION).content.decode()

    assert "Read with this phone" in page
    assert told(page)["start"] == "Lie flat with the leg straight, and keep still."
    assert (told(page)["low"], told(page)["high"]) == battery()["flexion_supine"].plausible


@pytest.mark.parametrize("test", ["bent_knee_fall_out", "side_plank", "step_down", "single_leg_stance"])
def test_what_a_phone_on_the_leg_cannot_read_is_not_offered(
    with_level: None, browser: Any, test: str
) -> None:
    assert "Read with this phone" not in browser.get(f"/measure/{test}/").content.decode()


def test_the_owned_range_is_asked_for_in_its_own_words(with_level: None, browser: Any) -> None:
    one = told(browser.get(FLEXION).content.decode())

    assert one["passive"] == "Pull the thigh up with both hands, and hold still."
    assert one["owned"] == "Bring the thigh up without hands, and hold still."
    assert told(browser.get("/measure/extension_thomas/").content.decode())["owned"] == ""


def test_without_the_script_the_readings_are_typed(measuring: Any, browser: Any) -> None:
    page = browser.get(FLEXION).content.decode()

    assert "Read with this phone" not in page
    assert 'name="left_reading"' in page


def test_a_stopped_runner_is_read_nothing(with_level: None, measuring: Any, browser: Any) -> None:
    measuring.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))

    answer = browser.get(FLEXION, follow=True)

    assert "level-told" not in answer.content.decode()


def test_a_page_may_feel_how_a_phone_lies_and_no_page_of_others_may(marathoner: Any, browser: Any) -> None:
    allowed = browser.get(FLEXION).headers["Permissions-Policy"]

    assert "accelerometer=(self)" in allowed
    assert "geolocation=()" in allowed


class Phone:
    """A phone whose gravity the test holds."""

    KINDS = ("accelerometer", "gravity", "linear-acceleration", "gyroscope")

    def __init__(self, page: Any) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        for kind in self.KINDS:
            self.send("Enabled", type=kind, enabled=True, metadata={"available": True})

    def lies(self, raised: float, rolled: float = 0) -> None:
        """Raise the long edge from level, tipped about it; degrees."""
        up, roll = math.radians(raised), math.radians(rolled)
        pull = (math.sin(roll) * math.cos(up), math.sin(up), math.cos(roll) * math.cos(up))
        for kind in self.KINDS:
            size = 9.81 if kind in ("accelerometer", "gravity") else 0.0
            xyz = dict(zip("xyz", (size * one for one in pull), strict=True))
            self.send("Readings", type=kind, reading={"xyz": xyz})

    def send(self, what: str, **told: Any) -> None:
        self.session.send(f"Emulation.setSensorOverride{what}", told)


@pytest.fixture
def on_a_phone(stage: Stage, chrome: Any) -> Iterator[tuple[Any, Any]]:
    """The test page of somebody who measures, on a phone with fingers; and their app."""
    needs_player()
    with opened_page(chrome, 390, 844, has_touch=True, is_mobile=True) as page:
        page.add_init_script(f"globalThis.__pace = {PACE}")
        app = stage.copy("measuring", "reads-by-phone")
        page.goto(stage.address("reads-by-phone") + FLEXION)
        yield page, app


def begin(page: Any) -> None:
    page.get_by_role("button", name="Read with this phone").click()
    page.get_by_role("button", name="Begin", exact=True).click()


def says(page: Any, words: str) -> None:
    page.locator("#level").get_by_text(words).first.wait_for(timeout=10_000)


@WIDE
def test_a_reading_is_taken_by_holding_still_and_recorded_as_any_other(on_a_phone: Any) -> None:
    page, app = on_a_phone
    phone = Phone(page)
    fields = page.locator("input[name=left_reading]")
    fields.nth(0).fill("108")
    fields.nth(1).fill("111")
    phone.lies(1, rolled=50)
    begin(page)
    says(page, "The phone lies tipped to one side")
    phone.lies(1)
    says(page, "Pull the thigh up with both hands")
    phone.lies(111)
    says(page, "The left side is done")
    page.get_by_role("button", name="Close").click()

    assert fields.nth(2).input_value() == "110"
    page.locator("input[name=left_pain][value='0']").check(force=True)
    page.locator("input[name=left_end_feel][value=stretch]").check(force=True)
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_url("**/done/")
    taken = app.practice.history().facts_of(MeasurementTaken)[-1].body
    assert (taken.test, taken.method, taken.readings) == (
        "flexion_supine",
        Method.PHONE_SELF,
        (108, 111, 110),
    )
    assert coach.measured_today(app.practice.history(), "flexion_supine", app.now)


@WIDE
def test_a_device_that_feels_nothing_says_so_and_the_number_is_typed(on_a_phone: Any) -> None:
    page, _ = on_a_phone
    begin(page)
    says(page, "This device tells nothing of how it lies. Type the readings.")
    page.get_by_role("button", name="It hurts").click()

    assert page.locator("input[name=left_pain]:focus").count() == 1
