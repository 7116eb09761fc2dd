"""Legs that bear each other's names: put right where it is plain, left alone where it is not."""

from collections.abc import Callable
from math import cos, pi, sin

import pytest

from triplane.movement import LandmarkFrame
from triplane.movement.form.swaps import Swaps

LEGS = ((25, 26, 0.13, 0.62), (27, 28, 0.22, 0.8), (31, 32, 0.25, 0.83))
"""Knees, ankles and toes: their places among the points, how far they swing and how high they are."""

STRIDE_S = 1.1


def walked(fps: float, is_mixed_up: Callable[[float], bool], seconds: float = 6.0) -> list[LandmarkFrame]:
    """Somebody walks by on the spot, seen from the side; the model calls the legs as it pleases."""
    frames = []
    for number in range(int(seconds * fps)):
        at_s = number / fps
        turn = 2 * pi * at_s / STRIDE_S
        image = [(0.5, 0.5)] * 33
        for left, right, swing, height in LEGS:
            places = (0.5 + swing * cos(turn), height), (0.5 - swing * cos(turn), height - 0.02 * sin(turn))
            if is_mixed_up(at_s):
                places = places[1], places[0]
            image[left], image[right] = places
        frames.append(LandmarkFrame(at_s, tuple(image), ((0.0, 0.0, 0.0),) * 33, (1.0,) * 33, 1.0))
    return frames


def wrong(frames: list[LandmarkFrame], is_mixed_up: Callable[[float], bool]) -> int:
    """Return in how many frames legs bear the wrong names after all."""
    swaps = Swaps()
    return sum(swaps.look(frame) is not is_mixed_up(frame.at_s) for frame in frames)


def never(at_s: float) -> bool:
    return False


def at_the_widest(at_s: float) -> bool:
    """For a moment when the legs are far apart."""
    return at_s % STRIDE_S < 0.1 and at_s > 0.5


def from_where_they_pass(at_s: float) -> bool:
    """From where one leg hides the other, until they are plainly apart again."""
    return STRIDE_S / 4 < at_s % STRIDE_S < STRIDE_S / 4 + 0.09


@pytest.mark.parametrize("fps", [5, 8, 10, 12, 15, 20, 25, 30, 60])
def test_a_walk_that_is_named_rightly_stays_so_at_any_rate(fps: float) -> None:
    assert wrong(walked(fps, never), never) == 0


@pytest.mark.parametrize("fps", [25, 30, 60])
def test_legs_mixed_up_while_far_apart_are_put_right(fps: float) -> None:
    mixed = [frame for frame in walked(fps, at_the_widest) if at_the_widest(frame.at_s)]

    assert len(mixed) > 5
    assert wrong(walked(fps, at_the_widest), at_the_widest) == 0


@pytest.mark.parametrize("mixed_up", [at_the_widest, from_where_they_pass])
@pytest.mark.parametrize("fps", [5, 8, 10, 12, 15, 20, 25, 30, 60])
def test_nothing_is_made_worse_than_the_model_had_it(fps: float, mixed_up: Callable[[float], bool]) -> None:
    frames = walked(fps, mixed_up)

    assert wrong(frames, mixed_up) <= sum(mixed_up(frame.at_s) for frame in frames)
