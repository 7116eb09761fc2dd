"""A drill drawn small: kept for good, small, and still where motion is unwelcome."""

import gzip
import re

import pytest

from triplane import coach

LARGEST_GZ = 30_000
MANY = ("mob_9090_switch", "lm_lateral", "str_copenhagen", "str_band_er", "own_hip_cars")


def address(app, drill: str) -> str:
    from triplane.web.figures.view import moving_address

    card = coach.drill_card(app.practice.history(), drill, app.now)
    return moving_address(card, coach.Side.LEFT)


@pytest.mark.parametrize("drill", MANY)
def test_a_moving_thumbnail_is_small_kept_for_a_day_and_still_by_itself(
    marathoner, browser, drill: str
) -> None:
    answer = browser.get(address(marathoner, drill))
    text = answer.content.decode()

    assert answer["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer["Cache-Control"]
    assert len(gzip.compress(answer.content)) < LARGEST_GZ
    assert text.count("@keyframes") == text.count('<g class="f"') > 5
    assert "<script" not in text
    before, moving = text.split("@media (prefers-reduced-motion:no-preference)", 1)
    assert "animation" not in before and "animation" in moving
    assert ".f{visibility:hidden}#f0{visibility:visible}" in before


def test_an_old_address_leads_to_the_new_one(marathoner, browser) -> None:
    new = address(marathoner, "lm_lateral")
    old = re.sub(r"/[0-9a-f]{12}\.", "/000000000000.", new)

    assert browser.get(old).url == new
