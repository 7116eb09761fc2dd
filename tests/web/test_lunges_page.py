"""The lunges: which are done, which are open, and why the others wait."""

import re
from typing import Any

from triplane import coach


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
