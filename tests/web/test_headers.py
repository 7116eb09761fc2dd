"""What every answer forbids: over all addresses, web assembly runs only where a camera is opened."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import App, as_if_built
from triplane import coach
from triplane.web.built import KEEPER, OFFLINE, PLAYER, RANGE

SEEN, UNSEEN = "internal_rotation_seated", "abduction_side_lying"
MODEL = "'wasm-unsafe-eval'"


@pytest.fixture
def at_hand(marathoner: App, tmp_path: Path) -> Iterator[App]:
    """A runner who may begin a session and take a test, with the player and the camera built."""
    practice = marathoner.practice
    practice.answer_readiness(dict.fromkeys(coach.asked_before_a_session(), False))
    for test in (SEEN, UNSEEN):
        due = coach.questions_before_test(practice.history(), test, marathoner.now)
        if due:
            practice.record(coach.screening_answers({one.question.id: False for one in due}, short=True))
    with as_if_built(tmp_path / "built", PLAYER, RANGE, KEEPER, OFFLINE):
        yield marathoner


def addresses(app: App) -> Iterator[tuple[str, str]]:
    """Every address by its name, for each way to fill it in."""
    from triplane.web.urls import urlpatterns

    ways = {"slot": [str(app.practice.day().next_slot)], "name": [SEEN, UNSEEN, "own_flex_hover", "flexion"]}
    for pattern in urlpatterns:
        filled = [str(pattern.pattern)]
        for blank, name in re.findall(r"(<\w+:(\w+)>)", str(pattern.pattern)):
            filled = [one.replace(blank, word) for one in filled for word in ways.get(name, ["left"])]
        yield from ((str(pattern.name), f"/{one}") for one in filled)


def test_web_assembly_runs_only_where_a_camera_is_opened(at_hand: App, browser: Any) -> None:
    policies = [
        (name, address, browser.get(address).headers["Content-Security-Policy"])
        for name, address in addresses(at_hand)
    ]

    assert all("default-src 'none'" in policy and "'unsafe-eval'" not in policy for _, _, policy in policies)
    assert [address for _, address, policy in policies if "unsafe-inline" in policy] == []
    allowed = {(name, address) for name, address, policy in policies if MODEL in policy}
    assert {name for name, _ in allowed} == {"play", "measure_test"}
    measured = {address for name, address in allowed if name == "measure_test"}
    assert (f"/measure/{SEEN}/" in measured, f"/measure/{UNSEEN}/" in measured) == (True, False)


def test_the_models_worker_may_run_it_and_no_other_script_or_style(configured: None, browser: Any) -> None:
    def policy(file: str) -> str:
        return str(browser.get(f"/static/{file}").headers["Content-Security-Policy"])

    assert MODEL in policy("built/worker-1.js")
    assert MODEL not in policy("built/player-1.js") + policy("app.css")
