"""A trunk that bends towards the camera: how far its lean to the side is read, and where it no longer is."""

from dataclasses import replace
from math import hypot

import numpy as np
import pytest

from acting import Take, acted, cell
from triplane.body import Leg, Side
from triplane.catalogue.lunges import learnt_lunge
from triplane.history import LungeVector
from triplane.movement import READINGS, Glimpse, LandmarkFrame, Signal, Watch, read_signal
from triplane.movement.form.glimpse import HIP, HIP_O, SHOULDER, SHOULDER_O
from triplane.movement.form.signals import NOISE, POINTS_DEG, TRUNK_SIDE_TRUNK

TO_THE_FLOOR = LungeVector(direction="anterior", reach="both_floor", range=2)
"""Both hands go to the floor: the trunk bends forward by 59 degrees."""

LEG_CM = 90


def drawn(glimpse: Glimpse) -> float:
    """How long the trunk is drawn, in legs."""
    x, y = glimpse.x, glimpse.y
    across = x[HIP] + x[HIP_O] - x[SHOULDER] - x[SHOULDER_O]
    return hypot(across, y[HIP] + y[HIP_O] - y[SHOULDER] - y[SHOULDER_O]) / 2 / glimpse.leg


def jittered(frame: LandmarkFrame, times: int, seed: int = 1) -> list[Glimpse]:
    """A picture over and over, each point a centimetre off in it, down and across."""
    dice = np.random.default_rng(seed)
    centimetre = Glimpse(frame, Side.RIGHT).leg / LEG_CM
    off = dice.normal(0, centimetre, (times, len(frame.image), 2)) / (frame.aspect, 1)
    moved = (np.asarray(frame.image) + off).tolist()
    return [Glimpse(replace(frame, image=tuple(map(tuple, one))), Side.RIGHT) for one in moved]


@pytest.mark.parametrize(
    ("signal", "noise"),
    [
        (Signal.KNEE_IN, NOISE["deg"]),
        (Signal.THIGH_OUT, NOISE["deg"]),
        (Signal.TRUNK_SIDE, POINTS_DEG),
        (Signal.FOOT_HEIGHT, NOISE["legs"]),
        (Signal.KNEE_RISE, NOISE["legs"]),
    ],
)
def test_noise_of_a_signal_is_what_points_a_centimetre_off_make_of_it(signal: Signal, noise: float) -> None:
    stands = acted("str_step_down", Take(repetitions=1))[0]

    read = [read_signal(one, signal, Leg.WORKING) for one in jittered(stands, 2000)]

    assert np.std(np.array(read, dtype=float)) == pytest.approx(noise, rel=0.1)


def test_a_trunk_that_is_read_bent_to_a_camera_askew_is_as_good_as_is_claimed() -> None:
    """Landmarks of our figure, jittered, where its trunk is drawn as short as is still read."""
    leans: list[float] = []
    for turned_deg in np.linspace(-8, 8, 9):
        frames = acted(cell(TO_THE_FLOOR), Take(turned_deg=float(turned_deg), repetitions=1))
        bent = min(frames, key=lambda one: abs(drawn(Glimpse(one, Side.RIGHT)) - TRUNK_SIDE_TRUNK))
        read = (read_signal(one, Signal.TRUNK_SIDE, Leg.WORKING) for one in jittered(bent, 400))
        leans += [lean for lean in read if lean is not None]

    assert len(leans) > 1000
    assert np.std(leans) == pytest.approx(READINGS[Signal.TRUNK_SIDE].error, rel=0.2)


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
