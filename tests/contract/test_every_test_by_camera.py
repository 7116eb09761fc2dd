"""What a camera would read of a test's own figure, held still three times, is what the figure's hip does."""

from dataclasses import replace

import numpy as np
import pytest

from acting import Take
from held_still import HOLDS_S, MOVES_S, recorded
from triplane.assessment import Protocol, battery
from triplane.body import Side
from triplane.movement import HeldEnds, LandmarkFrame, View, WhyNot

TESTS = [pytest.param(test, id=test.id) for test in battery().values() if test.camera]

MEANT_DEG = {
    "flexion_supine": 115.0,
    "extension_thomas": 12.0,
    "internal_rotation_prone": 34.0,
    "external_rotation_prone": 38.0,
    "internal_rotation_seated": 34.0,
    "external_rotation_seated": 36.0,
}
"""What the figure's hip does at its end."""

NEAR_DEG = 6.0
"""What the figure's own trunk and thigh lie off level or upright, and a lens sees of it from near."""


def read(test: Protocol, frames: list[LandmarkFrame], side: Side = Side.RIGHT) -> HeldEnds:
    assert test.camera is not None
    ends = HeldEnds(test.camera, side)
    for frame in frames:
        ends.see(frame)
    return ends


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("test", TESTS)
def test_three_held_ends_read_what_the_hip_does(test: Protocol, side: Side) -> None:
    found = read(test, recorded(test, Take(side=side)), side).found()

    assert len(found) == 3
    for one in found:
        assert one.value_deg == pytest.approx(MEANT_DEG[test.id], abs=NEAR_DEG)
        assert one.seconds == pytest.approx(HOLDS_S, abs=0.8)


@pytest.mark.parametrize("take", [Take(fps=15), Take(fps=60), Take(jitter=0.004), Take(lost=0.1)])
@pytest.mark.parametrize("test", TESTS)
def test_noise_gaps_and_rates_change_little(test: Protocol, take: Take) -> None:
    found = read(test, recorded(test, replace(take, stature_m=1.6))).found()

    assert len(found) == 3
    median = float(np.median([one.value_deg for one in found]))
    assert median == pytest.approx(MEANT_DEG[test.id], abs=NEAR_DEG)


@pytest.mark.parametrize("test", TESTS)
def test_from_elsewhere_nothing_is_read(test: Protocol) -> None:
    assert test.camera is not None
    wrong = View.WORKING_SIDE if test.camera.view is not View.WORKING_SIDE else View.HEAD
    ends = read(test, recorded(test, Take(), wrong))

    assert ends.found() == ()
    assert ends.why_not[0] is WhyNot.VIEW


@pytest.mark.parametrize("turned_deg", [-35.0, 32.0])
def test_a_camera_that_looks_askew_is_told_to_move(turned_deg: float) -> None:
    """From so far to the side a shin that turns 34 degrees shows less than 30."""
    ends = read(
        battery()["internal_rotation_prone"],
        recorded(battery()["internal_rotation_prone"], Take(turned_deg=turned_deg)),
    )

    assert ends.found() == () and ends.why_not[0] is WhyNot.VIEW


def test_the_wrong_leg_is_not_read_for_the_right_one() -> None:
    """Who lies with the other side to the camera, or names the other side, gets no number."""
    test = battery()["flexion_supine"]
    ends = read(test, recorded(test, Take(side=Side.LEFT)), Side.RIGHT)

    assert ends.found() == () and ends.why_not == (WhyNot.VIEW,)


def test_who_sits_upright_has_no_lying_test_read() -> None:
    lying, seated = battery()["flexion_supine"], battery()["internal_rotation_seated"]
    ends = read(lying, recorded(seated, Take(), View.WORKING_SIDE))

    assert ends.found() == () and ends.why_not == (WhyNot.TRUNK,)


def test_nobody_and_two_people_are_said() -> None:
    test = battery()["internal_rotation_seated"]
    frames = recorded(test, Take())

    nobody = read(test, [LandmarkFrame(one.at_s, people=0) for one in frames])
    two = read(test, [replace(one, people=2) for one in frames])

    assert (nobody.found(), nobody.why_not) == ((), (WhyNot.NOBODY,))
    assert (two.found(), two.why_not) == ((), (WhyNot.TWO_PEOPLE,))


def turned(frame: LandmarkFrame, quarters: int) -> LandmarkFrame:
    """The same as a phone shows it that stands so many quarters of a turn off upright."""
    for _ in range(quarters):
        frame = replace(
            frame,
            image=tuple((1 - y, x) for x, y in frame.image),
            world=tuple((-y, x, z) for x, y, z in frame.world),
            aspect=1 / frame.aspect,
        )
    return frame


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("test", TESTS)
def test_a_phone_upside_down_or_on_its_side_reads_nothing(test: Protocol, quarters: int) -> None:
    """A thigh 12 degrees below level would be read as 65."""
    ends = read(test, [turned(frame, quarters) for frame in recorded(test, Take())])

    assert ends.found() == () and ends.why_not[0] is WhyNot.TRUNK


def test_what_only_swings_is_never_an_end() -> None:
    test = battery()["internal_rotation_seated"]
    quick = [replace(one, at_s=one.at_s / 4) for one in recorded(test, Take(fps=15))]

    assert read(test, quick).found() == ()


def test_an_end_that_is_eased_a_little_is_one_reading() -> None:
    """Only who goes back and comes again has taken it twice."""
    test = battery()["internal_rotation_seated"]
    once = recorded(test, Take(), times=1)
    held = next(one for one in once if one.at_s > MOVES_S + 0.5)
    frames = [replace(held, at_s=number / 30) for number in range(240)]

    assert len(read(test, frames).found()) == 1


def test_broken_frames_are_left_out() -> None:
    test = battery()["internal_rotation_seated"]
    frames = recorded(test, Take())
    nan = float("nan")
    broken = [
        replace(one, image=((nan, nan),) * 33, world=((nan, nan, nan),) * 33) if number % 7 == 0 else one
        for number, one in enumerate(frames)
    ]
    back = [*broken[:50], replace(broken[50], at_s=0.0), *broken[50:], LandmarkFrame(nan)]

    assert len(read(test, back).found()) == 3
