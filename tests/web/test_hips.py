"""Both hips on a page, one direction, and measuring by hand: what a coach would look at."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from night import WIDE
from stage import Stage, opened_page
from triplane import catalogue, coach, screening
from triplane.assessment import battery
from triplane.coach import Direction, Side
from triplane.formats.runner_file import sample_runner
from triplane.history import ClearanceRecorded, EndFeel, MeasurementTaken, Method, ScreeningAnswered
from triplane.web.hips import rose

TURN_IN = "internal_rotation_prone"
ADDRESS = f"/measure/{TURN_IN}/"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def links(answer: Any) -> list[str]:
    """What the petals of the first rose say to whoever does not see them, in their order."""
    rose = answer.content.decode().split('<svg class="rose" viewBox="0 0 342', 1)[1].split("</svg>")[0]
    return re.findall(r'<a class="[a-z]+" href="[^"]+" aria-label="([^"]+)"', rose)


def readings(side: Side, *values: float, pain: int = 0, end_feel: str = "stretch") -> dict[str, Any]:
    return {
        f"{side}_reading": [str(value) for value in values],
        f"{side}_pain": str(pain),
        f"{side}_end_feel": end_feel,
    }


def told(*sides: dict[str, Any], method: str = "phone_helper", **more: str) -> dict[str, Any]:
    return {"method": method, "mode": "passive", **more, **{k: v for side in sides for k, v in side.items()}}


def taken(app: Any) -> list[MeasurementTaken]:
    """Return what was measured today."""
    facts = app.practice.history().all(MeasurementTaken)
    return [body for fact, body in facts if fact.local_date == app.now.date()]


def bodies_of_marathoner(app: Any, **answers: Any) -> list[Any]:
    """Return what the sample marathoner tells, with some safety answers of another runner."""
    file = sample_runner("marathoner", app.now.date())
    return [
        body.model_copy(update={"answers": {**body.answers, **answers}})
        if isinstance(body, ScreeningAnswered)
        else body
        for body in file.bodies(coach.first_questions(), coach.disclaimer().version)
    ]


@pytest.fixture
def unmeasured(app: Any) -> Any:
    """The sample marathoner who has measured nothing yet."""
    bodies = bodies_of_marathoner(app)
    app.practice.record(*(body for body in bodies if not isinstance(body, MeasurementTaken)))
    return app


@pytest.fixture
def pinching(app: Any) -> Any:
    """The same runner with a front-hip pinch that a physiotherapist has looked at: a restriction stays."""
    answers = {"H09": True, "H09.since_weeks": 8.0, "H09.giving_way": False}
    word = ClearanceRecorded(
        who="A. Physio",
        role="physiotherapist",
        given_on=app.now.date(),
        scope=("H09",),
        expires_on=app.now.date() + timedelta(days=300),
    )
    app.practice.record(*bodies_of_marathoner(app, **answers), word)
    return app


def test_both_hips_stand_on_one_page_and_the_limited_side_is_named_first(marathoner, browser) -> None:
    shown = browser.get("/hips/")

    assert "Turn in on the left comes first" in text(shown)
    assert "27 to 43 is usual" in text(shown)


def test_the_picture_says_in_words_what_it_draws_and_each_petal_leads_to_its_direction(
    marathoner, browser
) -> None:
    shown = browser.get("/hips/")
    said = links(shown)

    assert len(said) == 12
    assert "Turn in, left: 19 degrees plus or minus 4, 13 owned, limited" in said
    for direction in Direction:
        assert f'href="/hips/{direction}/"' in shown.content.decode()


def test_the_table_says_the_same_as_the_picture(marathoner, browser) -> None:
    table = text(browser.get("/hips/")).split("All values", 1)[1]
    values = marathoner.practice.history()
    drawn = coach.hip_map(values, marathoner.now).directions

    for one in drawn:
        assert f"{round(one.shown.value)}° ±{round(one.shown.half_band)}" in table


def test_a_petal_whose_error_touches_the_usual_range_gets_no_mark(marathoner, browser) -> None:
    left, right = (
        coach.hip_map(marathoner.practice.history(), marathoner.now).on(Direction.INTERNAL_ROTATION, side)
        for side in Side
    )

    assert left.is_surely_limited
    assert not right.is_surely_limited
    assert browser.get("/hips/").content.decode().count('class="val low"') == 2


def test_the_rose_never_leaves_its_rim_nor_vanishes_in_its_centre() -> None:
    usual = rose.PHONE.radius(-1), rose.PHONE.radius(1)

    assert 0 < rose.PHONE.radius(-12) < usual[0] < usual[1] < rose.PHONE.radius(12) == rose.PHONE.rim
    assert {round(sheet.radius(1) / sheet.rim, 3) for sheet in (rose.PHONE, rose.LAPTOP)} == {0.87}


def test_the_right_rose_is_the_mirror_of_the_left() -> None:
    left, right = rose.LAPTOP.centre, rose.LAPTOP.at(rose.LAPTOP.centre, Side.RIGHT)

    assert left[0] + right[0] == rose.LAPTOP.width
    assert left[1] == right[1]


def test_what_was_not_measured_is_drawn_as_open_and_never_as_bad(unmeasured, browser) -> None:
    shown = browser.get("/hips/")

    assert "Nothing measured yet" in text(shown)
    assert all(said.endswith("not yet") for said in links(shown))
    assert "imited" not in "".join(links(shown))


def test_a_hip_measured_in_part_says_how_much_is_open(unmeasured, browser) -> None:
    unmeasured.practice.measure(TURN_IN, {Side.LEFT: (20, 21, 22)}, Method.PHONE_HELPER)
    shown = browser.get("/hips/")

    assert "1 of 12 measured" in text(shown)
    assert "11 values are still open" in text(shown)


def test_what_has_no_reference_has_a_value_and_no_ring(unmeasured, browser) -> None:
    unmeasured.practice.measure("adduction_ober", {Side.LEFT: (20,)}, Method.RBDS_LAB)
    shown = browser.get("/hips/")

    assert "Across, left: 20 degrees plus or minus 6, no reference" in links(shown)
    assert 'transform="rotate(30)"' not in shown.content.decode().split("<a ", 1)[0]


def test_what_safety_leaves_out_is_locked_and_not_chased(pinching, browser) -> None:
    shown = browser.get("/hips/")

    assert len([said for said in links(shown) if "left out" in said]) == 4
    assert 'class="lock"' in shown.content.decode()
    assert "left out for your safety" in text(browser.get("/hips/internal_rotation/"))
    assert "19°" in text(shown), "what is known is still told in the table"


def test_no_drill_stands_under_a_direction_that_safety_refuses(pinching, browser) -> None:
    page = browser.get("/hips/internal_rotation/").content.decode()
    clearance = coach.clearance(pinching.practice.history(), pinching.now)
    offer = screening.offer(clearance, catalogue.load().values())
    shown = set(re.findall(r'href="/drills/([a-z0-9_]+)/"', page))

    assert shown
    assert all(offer.of(drill).is_allowed for drill in shown)
    assert "mob_hooklying_ir" not in shown


def test_a_direction_shows_its_history_with_a_verdict_for_each_side(marathoner, browser) -> None:
    now = {"left": (27, 28, 29), "right": (31, 32, 33)}
    for side, values in now.items():
        marathoner.practice.record(
            MeasurementTaken(test=TURN_IN, side=side, method=Method.PHONE_HELPER, readings=values)
        )
    shown = browser.get("/hips/internal_rotation/")

    assert "Real change" in text(shown)
    assert "18° to 28°" in text(shown)
    assert "Within noise" in text(shown)
    assert "Turn in: left from 18° on 23 Nov to 28° on 25 Nov" in shown.content.decode()


def test_a_direction_says_what_this_week_gives_it(marathoner, browser) -> None:
    shown = text(browser.get("/hips/internal_rotation/"))

    assert "Minutes this week" in shown
    assert "Its drills are all new to you" in shown
    assert "This week" in shown.split("Drills for it", 1)[1]


def test_a_direction_that_is_none_is_a_sentence(marathoner, browser) -> None:
    browser.raise_request_exception = False
    assert browser.get("/hips/sideways/").status_code == 404


@pytest.mark.parametrize("page", ["/hips/", "/hips/flexion/", "/measure/", ADDRESS, f"{ADDRESS}done/"])
def test_a_blocked_runner_is_led_to_the_stop_page(marathoner, browser, page) -> None:
    marathoner.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))
    shown = browser.get(page, follow=True)

    assert shown.redirect_chain[-1][0] == "/stop/"


def test_the_tests_to_take_are_listed_and_each_says_when_it_was_last_taken(unmeasured, browser) -> None:
    shown = browser.get("/measure/")

    for test, _ in coach.tests_to_take(unmeasured.practice.history(), unmeasured.now):
        assert f'href="/measure/{test.id}/"' in shown.content.decode()
    assert text(shown).count("measured yet") == 1, "what holds for all of them is said once"


def test_every_test_of_the_battery_can_be_reached_from_there(unmeasured, browser) -> None:
    page = browser.get("/measure/").content.decode()

    assert [name for name in battery() if f'href="/measure/{name}/"' not in page] == []


@pytest.mark.parametrize("name", sorted(battery()))
def test_every_test_of_the_battery_has_a_page(unmeasured, browser, name) -> None:
    shown = browser.get(f"/measure/{name}/")

    assert "It does not count when" in text(shown)
    assert shown.content.decode().count('name="left_reading"') >= 2


def test_a_test_says_how_it_is_done_and_what_spoils_it(unmeasured, browser) -> None:
    shown = text(browser.get(ADDRESS))
    protocol = battery()[TURN_IN]

    for line in (*protocol.setup, *protocol.steps, *protocol.active_steps, *protocol.spoils):
        assert line in shown


def unfolded(page: str) -> str:
    """A page without what is folded away on it."""
    return re.sub(r"<details\b(?![^>]* open).*?</details>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("name", sorted(battery()))
def test_at_most_five_lines_stand_between_the_figure_and_the_readings_of_one_way(
    unmeasured, browser, name
) -> None:
    """What spoils it, the other side's figure and the other ways to read it are one tap away."""
    page, protocol = browser.get(f"/measure/{name}/").content.decode(), battery()[name]
    at_hand = unfolded(page)
    how = at_hand[: at_hand.index('id="readings"')]

    for lines in filter(None, (protocol.steps, protocol.active_steps)):
        assert len((*protocol.setup, *lines)) <= 5
    assert all(
        line in unescape(how) for line in (*protocol.setup, *protocol.steps[1:], *protocol.active_steps)
    )
    assert not any(line in unescape(at_hand) for line in protocol.spoils)
    assert at_hand.count("<svg") < page.count("<svg")
    assert len(re.findall('name="method"', at_hand)) == 1
    assert len(re.findall('name="method"', page)) == len(protocol.method)


def test_what_is_taken_is_chosen_above_how_it_is_done_and_sent_with_the_readings(unmeasured, browser) -> None:
    page = browser.get(ADDRESS).content.decode()
    modes = re.findall(r'<input form="readings" type="radio" name="mode" value="(\w+)"', page)

    assert modes == ["passive", "owned"]
    assert page.index('name="mode"') < page.index("do-passive") < page.index("do-owned")
    assert page.index("do-owned") < page.index('id="readings"')


@WIDE
def test_a_phone_shows_only_the_steps_of_what_is_taken_and_the_fields_soon(stage: Stage, chrome: Any) -> None:
    stage.scene("measuring")
    with opened_page(chrome, 390, 844) as page:
        page.goto(stage.address("measuring") + ADDRESS)
        passive, owned = page.locator(".do-passive"), page.locator(".do-owned")
        assert passive.is_visible() and not owned.is_visible()
        first = page.locator("#id_left_reading").bounding_box()
        assert first and first["y"] + first["height"] < 1.5 * 844, "within a screen and a half"
        page.get_by_text("Owned: the leg moves itself").click()
        assert owned.is_visible() and not passive.is_visible()
        page.locator("summary", has_text="It does not count when").press("Enter")
        assert page.get_by_text(battery()[TURN_IN].spoils[0]).is_visible()


FIRST_FIELD = """document.querySelector(".side-readings :is(.choice, label:has(.field))")
  .getBoundingClientRect().top + scrollY"""


@WIDE
def test_the_first_reading_of_every_test_stands_within_a_screen_and_a_half_of_a_phone(
    stage: Stage, chrome: Any
) -> None:
    stage.scene("measuring")
    with opened_page(chrome, 390, 844, has_touch=True, is_mobile=True) as page:
        far = {}
        for name in battery():
            page.goto(stage.address("measuring") + f"/measure/{name}/")
            if (down := page.evaluate(FIRST_FIELD)) > 1.5 * 844:
                far[name] = down

    assert far == {}


def test_what_a_test_asks_and_how_it_is_done_stand_before_its_fields_and_the_rest_behind(
    unmeasured, browser
) -> None:
    page = browser.get(ADDRESS).content.decode()

    assert page.index("do-passive") < page.index('id="readings"') < page.index("It does not count when")


def test_a_test_that_needs_a_helper_is_read_by_the_helper_unless_told_otherwise(unmeasured, browser) -> None:
    alone, helped = browser.get(ADDRESS), browser.get("/measure/extension_thomas/")
    assert 'value="phone_self" checked' in alone.content.decode()
    assert 'value="phone_helper" checked' in helped.content.decode()


def test_three_readings_a_side_are_recorded_and_their_median_is_told_with_its_error(
    unmeasured, browser
) -> None:
    posted = told(readings(Side.LEFT, 17, 19, 18), readings(Side.RIGHT, 30, 31, 32))
    shown = browser.post(ADDRESS, posted, follow=True)

    assert [body.readings for body in taken(unmeasured)] == [(17, 19, 18), (30, 31, 32)]
    assert "18° ±4" in text(shown)
    assert "2° apart" in text(shown)


def test_the_same_form_sent_twice_is_recorded_once(unmeasured, browser) -> None:
    for _ in range(2):
        browser.post(ADDRESS, told(readings(Side.LEFT, 17, 19, 18)))

    assert len(taken(unmeasured)) == 1


def test_readings_far_apart_wait_for_two_more_while_the_other_side_is_kept(unmeasured, browser) -> None:
    posted = told(readings(Side.LEFT, 17, 19, 26), readings(Side.RIGHT, 30, 31, 32))
    asked = browser.post(ADDRESS, posted, follow=True)

    assert "take two more and we use the median" in text(asked)
    assert [body.side for body in taken(unmeasured)] == [Side.RIGHT]
    assert asked.content.decode().count('name="left_reading"') == 5
    assert 'value="26"' in asked.content.decode()

    shown = browser.post(ADDRESS, told(readings(Side.LEFT, 17, 19, 26, 18, 20)), follow=True)
    assert "19° ±4" in text(shown)
    assert len(taken(unmeasured)) == 2


def test_whoever_cannot_take_two_more_keeps_the_three(unmeasured, browser) -> None:
    browser.post(ADDRESS, told(readings(Side.LEFT, 17, 19, 26), keep="yes"))

    assert [body.readings for body in taken(unmeasured)] == [(17, 19, 26)]


def test_a_pinch_is_recorded_void_and_what_follows_for_safety_is_said(unmeasured, browser) -> None:
    shown = browser.post(ADDRESS, told(readings(Side.LEFT, 17, 18, 19, end_feel="pinch")), follow=True)

    assert taken(unmeasured)[0].end_feel is EndFeel.PINCH
    assert "Void" in text(shown)
    assert "pinched or hurt while you measured it" in text(shown)
    assert coach.hip_map(unmeasured.practice.history(), unmeasured.now).tags


def test_pain_is_never_lost_even_beside_a_side_that_waits(unmeasured, browser) -> None:
    posted = told(readings(Side.LEFT, 17, 19, 26), readings(Side.RIGHT, 30, 31, 32, pain=6, end_feel="pain"))
    browser.post(ADDRESS, posted)

    assert [(body.side, body.pain) for body in taken(unmeasured)] == [(Side.RIGHT, 6)]


@pytest.mark.parametrize(
    ("posted", "says"),
    [
        (told(), "Write the readings of one side at least"),
        (told(readings(Side.LEFT, 17, 18, 400)), "Write numbers from −10 to 95°"),
        (told({"left_reading": ["eighteen"], "left_pain": "0", "left_end_feel": "block"}), "Write numbers"),
        (told({"left_reading": ["nan"], "left_pain": "0", "left_end_feel": "block"}), "Write numbers"),
        (told({"left_reading": ["18", "17", "19"], "left_end_feel": "block"}), "Choose how much it hurt"),
        (told({"left_reading": ["18", "17", "19"], "left_pain": "0"}), "Choose what stopped it"),
        (told({"left_pain": "5"}), "even where it hurt"),
    ],
)
def test_readings_that_cannot_be_are_told_beside_the_field_and_nothing_is_lost(
    unmeasured, browser, posted, says
) -> None:
    shown = browser.post(ADDRESS, {**posted, "method": "goniometer"})
    page = shown.content.decode()

    assert shown.status_code == 400
    assert says in text(shown)
    assert taken(unmeasured) == []
    for value in posted.get("left_reading", []):
        assert f'value="{value}"' in page
    assert re.search(r'value="goniometer" checked', page)


def test_the_owned_range_is_a_reading_of_its_own(unmeasured, browser) -> None:
    browser.post(ADDRESS, told(readings(Side.LEFT, 11, 12, 13), mode="owned"))

    assert [body.active for body in taken(unmeasured)] == [True]


def test_a_test_that_safety_refuses_says_why(app, browser) -> None:
    word = ClearanceRecorded(who="Dr B", role="physician", given_on=app.now.date(), scope=("P02",))
    app.practice.record(*bodies_of_marathoner(app, P02=True), word)
    if coach.clearance(app.practice.history(), app.now).is_blocked:
        pytest.fail("this runner was meant to be restricted, not stopped")
    shown = browser.get(ADDRESS)

    assert "Not this test now" in text(shown)
    assert "This test waits with" in text(shown)
    assert 'name="left_reading"' not in shown.content.decode()


@pytest.mark.parametrize(
    ("test", "value", "says"), [("step_down", "1", "fair"), ("lunge_screen_forward", "1", "passed")]
)
def test_a_rating_is_chosen_by_its_word(unmeasured, browser, test, value, says) -> None:
    method = str(battery()[test].method[0].method)
    posted = {"method": method, "left_reading": value, "left_pain": "0"}
    shown = browser.post(f"/measure/{test}/", posted, follow=True)

    assert says in text(shown)
