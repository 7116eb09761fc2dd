"""A trunk that bends towards the camera: how far its lean to the side is read, and where it no longer is."""

from math import hypot

import numpy as np
import pytest

from acting import Take, acted, cell
from triplane.body import Leg, Side
from triplane.catalogue.lunges import learnt_lunge
from triplane.history import LungeVector
from triplane.movement import READINGS, Glimpse, Signal, Watch, read_signal
from triplane.movement.form.glimpse import HIP, HIP_O, SHOULDER, SHOULDER_O
from triplane.movement.form.signals import ASKEW_DEG, POINTS_DEG, TRUNK_LEGS, least_trunk

TO_THE_FLOOR = LungeVector(direction="anterior", reach="both_floor", range=2)
"""Both hands go to the floor: the trunk bends forward by 59 degrees."""


def drawn(glimpse: Glimpse) -> float:
    """How long the trunk is drawn, in legs."""
    x, y = glimpse.x, glimpse.y
    across = x[HIP] + x[HIP_O] - x[SHOULDER] - x[SHOULDER_O]
    return hypot(across, y[HIP] + y[HIP_O] - y[SHOULDER] - y[SHOULDER_O]) / 2 / glimpse.leg


@pytest.mark.parametrize("signal", [Signal.TRUNK_SIDE, Signal.LEG_OUT])
def test_a_trunk_is_read_as_long_as_noise_and_a_camera_askew_leave_its_line_as_good_as_is_claimed(
    signal: Signal,
) -> None:
    dice = np.random.default_rng(1)
    claimed = READINGS[signal].error
    bend = np.arccos(least_trunk(claimed) / TRUNK_LEGS)
    askew = np.radians(dice.normal(0, ASKEW_DEG, 20_000))
    ends = np.radians(dice.normal(0, POINTS_DEG, 20_000))

    leans = np.degrees(np.arctan2(np.sin(bend) * np.sin(askew) + ends, np.cos(bend)))

    assert np.std(leans) == pytest.approx(claimed, rel=0.03)


@pytest.mark.parametrize("turned_deg", [-8, 8])
def test_hands_that_go_to_the_floor_before_a_camera_askew_are_not_a_trunk_that_tips_to_the_side(
    turned_deg: float,
) -> None:
    frames = acted(cell(TO_THE_FLOOR), Take(turned_deg=turned_deg))
    glimpses = [Glimpse(frame, Side.RIGHT) for frame in frames]
    leans = [read_signal(one, Signal.TRUNK_SIDE, Leg.WORKING) for one in glimpses]
    deepest = min(range(len(glimpses)), key=lambda number: drawn(glimpses[number]))
    watch = Watch(learnt_lunge(TO_THE_FLOOR), Side.RIGHT)
    last = [watch.see(frame) for frame in frames][-1]

    assert leans[0] is not None and leans[deepest] is None
    assert max(abs(lean) for lean in leans if lean is not None) < 8
    assert (last.repetitions, last.clean) == (3, 3)
