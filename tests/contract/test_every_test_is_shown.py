"""Every test of the battery is shown from start to end by a figure that could stand, lie or sit so."""

import re

import pytest

from triplane import coach
from triplane.assessment import Protocol, battery
from triplane.body import (
    Direction,
    Pose,
    PropKind,
    Side,
    beyond_limits,
    contact_errors,
    frames_of,
    off_support,
    place,
    points,
    reached_deg,
)

TESTS = list(battery().values())
POSES = [pytest.param(test, pose, id=f"{test.id}-{pose.key}") for test in TESTS for pose in test.pose]
ONE_DIRECTION = [pytest.param(test, id=test.id) for test in TESTS if test.direction]

FULL_RANGE_DEG = {
    Direction.FLEXION: 120.3,
    Direction.EXTENSION: 9.4,
    Direction.ABDUCTION: 38.8,
    Direction.ADDUCTION: 30.5,
    Direction.INTERNAL_ROTATION: 32.6,
    Direction.EXTERNAL_ROTATION: 33.6,
}
"""Mean passive range of adults; roaas_andersson_1982."""

GOOD_PART = 0.4
CONTACT = 0.025 / 1.75
"""2.5 cm of a stature of 1.75 m."""

BALANCE = 0.065


def reached(pose: Pose, direction: Direction) -> float:
    return reached_deg(pose, Side.RIGHT)[direction]


@pytest.mark.parametrize(("test", "pose"), POSES)
def test_a_figure_rests_where_it_says_and_no_joint_goes_too_far(test: Protocol, pose: Pose) -> None:
    off = {name: error for name, error in contact_errors(pose).items() if abs(error) > CONTACT}

    assert off == {}
    assert beyond_limits(pose) == {}
    assert pose.floor or pose.props


@pytest.mark.parametrize(("test", "pose"), POSES)
def test_no_limb_goes_through_the_floor_it_lies_on(test: Protocol, pose: Pose) -> None:
    if any(prop.kind in (PropKind.STEP, PropKind.TABLE) for prop in pose.props):
        return
    heights = place(frames_of([pose])).points[0, :, 1]
    sunk = [point.name for point, y in zip(points(), heights, strict=True) if y < point.radius - CONTACT]

    # Pointed toes may: without a toe joint the drawing bends them.
    assert [name for name in sunk if not name.startswith("toe")] == []


@pytest.mark.parametrize(("test", "pose"), POSES)
def test_a_figure_that_leans_on_nothing_keeps_its_mass_over_its_support(test: Protocol, pose: Pose) -> None:
    assert pose.props or off_support(pose) < BALANCE


@pytest.mark.parametrize("test", ONE_DIRECTION)
def test_the_leg_truly_goes_where_the_test_measures(test: Protocol) -> None:
    assert test.direction
    first, last = (reached(pose, test.direction) for pose in (test.pose[0], test.pose[-1]))

    assert last >= GOOD_PART * FULL_RANGE_DEG[test.direction]
    assert last - first >= 10


@pytest.mark.parametrize("test", ONE_DIRECTION)
def test_between_start_and_end_no_other_direction_goes_as_far(test: Protocol) -> None:
    gone = {way: reached(test.pose[-1], way) - reached(test.pose[0], way) for way in Direction}

    assert max(gone, key=lambda way: gone[way]) is test.direction


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.id)
def test_the_working_leg_wears_the_colour_of_its_side(test: Protocol) -> None:
    left, right = (coach.test_figure(test, side) for side in (Side.LEFT, Side.RIGHT))

    assert "--left-mark" in left
    assert 'class="tp-work-left' in left
    assert 'class="tp-work-right' not in left
    assert 'class="tp-work-right' in right
    assert test.name in left


def test_a_table_carries_whoever_sits_or_lies_on_it_and_feet_hang_free() -> None:
    for test in TESTS:
        for pose in test.pose:
            if any(prop.kind is PropKind.TABLE for prop in pose.props):
                assert place(frames_of([pose])).points[0, :, 1].min() > 0, test.id
                assert 'class="tp-prop' in coach.test_figure(test, Side.LEFT)


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.id)
def test_the_words_below_a_figure_are_legible_on_a_phone(test: Protocol) -> None:
    """The page leaves a figure 322 pixels across and 340 down."""
    drawn = coach.test_figure(test, Side.LEFT)
    wide, high = (float(size) for size in re.findall(r'viewBox="0 0 (\S+) (\S+)"', drawn)[0])
    words = [float(size) for size in re.findall(r'tp-words"[^>]*font-size="([^"]+)"', drawn)]

    assert min(words) * min(322 / wide, 340 / high) >= 11
