"""The lunges: which are done, which are open, and why the others wait."""

import re
from typing import Any

import pytest

from triplane import coach
from triplane.history import EquipmentListed, WeekDescribed


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_clock_names_all_nine_directions_and_their_state(marathoner, browser) -> None:
    shown = browser.get("/lunges/").content.decode()
    told = re.search(r'aria-label="Lunge clock, right leg\. ([^"]+)"', shown)

    assert told
    assert told.group(1).count(":") == 9
    assert "Forward: unlocked" in told.group(1)
    assert "Curtsy: locked" in told.group(1)


def test_the_matrix_says_the_same_as_the_coach_in_every_cell(marathoner, browser) -> None:
    shown = browser.get("/lunges/").content.decode()
    found = coach.lunge_matrix(marathoner.practice.history(), marathoner.practice.now)
    cells = re.findall(r'<td class="(done|unlocked|locked)">', shown)

    assert cells == [str(cell.state) for cell in found.cells]


def test_what_is_locked_says_what_comes_first(marathoner, browser) -> None:
    shown = text(browser.get("/lunges/"))

    assert "First come two clean sessions of “Lunge forward”, short, slow and without weight." in shown


def test_the_left_leg_is_the_right_one_mirrored(marathoner, browser) -> None:
    assert "Left leg" in text(browser.get("/lunges/?side=left"))
    assert "Right leg" in text(browser.get("/lunges/?side=nonsense"))


def test_a_blocked_runner_sees_no_lunge(marathoner, browser) -> None:
    marathoner.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))

    assert browser.get("/lunges/", follow=True).redirect_chain[-1][0] == "/stop/"


def slider(page: str, name: str) -> dict[str, str]:
    found = re.search(rf'<input type="range" id="v-{name}" ([^>]+)>', page)
    assert found
    return dict(re.findall(r'([a-z-]+)="([^"]*)"', found.group(1)))


def test_the_six_variables_are_sliders_with_words_at_todays_level(marathoner, browser) -> None:
    page = browser.get("/lunges/?direction=anterior").content.decode()
    found = coach.lunge_choice(marathoner.practice.history(), "anterior", "none", {}, marathoner.now)

    assert [one.name for one in found.variables] == [
        "load", "range", "environment", "speed", "stability", "duration",
    ]  # fmt: skip
    for one in found.variables:
        told = slider(page, one.name)
        assert (told["min"], told["max"], told["value"]) == ("0", str(len(one.steps) - 1), str(one.today))
        assert told["aria-valuetext"].startswith(one.shown.says)


def test_a_step_that_is_locked_says_why_and_one_that_is_open_does_not(marathoner, browser) -> None:
    found = coach.lunge_choice(marathoner.practice.history(), "anterior", "none", {}, marathoner.now)
    page = text(browser.get("/lunges/?direction=anterior&load=3"))
    [load] = [one for one in found.variables if one.name == "load"]

    assert load.steps[0].because is None
    assert load.steps[3].because is not None
    assert f"Locked: {load.steps[3].because.says}" in page


def test_two_variables_at_once_stay_locked(marathoner, browser) -> None:
    history, now = marathoner.practice.history(), marathoner.now
    found = coach.lunge_choice(history, "anterior", "none", {"range": 1, "speed": 1}, now)

    assert found.because is not None
    assert not found.is_today
    assert found.difficulty > found.today_difficulty


def test_what_is_not_at_hand_locks_its_variable(marathoner, browser) -> None:
    marathoner.practice.record(EquipmentListed(equipment=frozenset()))
    week = marathoner.practice.history().latest(WeekDescribed)
    days = {day: pattern.model_copy(update={"gym": ()}) for day, pattern in week.days.items()}
    marathoner.practice.record(week.model_copy(update={"days": days}))

    page = text(browser.get("/lunges/?direction=anterior&load=1"))

    assert "It needs a weight, which is not on your list." in page


@pytest.mark.parametrize(
    "odd",
    ["direction=up", "direction=anterior&load=99", "load=-1", "load=%F0%9F%A6%B6", "reach=x", "load=1e9"],
)
def test_odd_addresses_show_a_lunge_that_exists(marathoner, browser, odd) -> None:
    answer = browser.get(f"/lunges/?{odd}")

    assert answer.status_code == 200
    assert int(slider(answer.content.decode(), "load")["value"]) <= 7


def test_another_direction_begins_at_its_own_level(marathoner, browser) -> None:
    page = browser.get("/lunges/?was=anterior+none&direction=lateral&range=2&load=4").content.decode()

    assert slider(page, "load")["value"] == "0"
