"""Poses made fit for a runner: limits of a hip, reaches over a lunge, longer and shorter steps."""

import numpy as np
import pytest

from drill_poses import ALL_POSES, NAMES, poses_of
from triplane.body import (
    Direction,
    Pose,
    Reach,
    Side,
    beyond_limits,
    contact_errors,
    frames_of,
    limited,
    mirrored,
    place,
    point_index,
    reached_deg,
    with_range,
    with_reach,
)

CONTACT = 0.025 / 1.75
NO_DEEP_HIP = {
    Side.RIGHT: {
        Direction.FLEXION: 90,
        Direction.ADDUCTION: 0,
        Direction.INTERNAL_ROTATION: 0,
        Direction.EXTENSION: 0,
    }
}
LUNGES = [f"lm_{name}" for name in ("anterior", "anterolateral", "lateral", "posterolateral", "posterior")]
LUNGES += [f"lm_{name}" for name in ("posteromedial", "anteromedial", "rotational_open", "rotational_cross")]


def feet(pose: Pose) -> np.ndarray:
    return place(frames_of([pose])).points[0]


@pytest.mark.parametrize(("drill", "pose"), ALL_POSES, ids=NAMES)
def test_a_limited_hip_keeps_to_its_limits_and_the_body_to_its_contacts(drill: str, pose: Pose) -> None:
    changed = limited(pose, NO_DEEP_HIP)
    reached = reached_deg(changed, Side.RIGHT)

    for direction, most in NO_DEEP_HIP[Side.RIGHT].items():
        assert reached[direction] <= most + 0.051
    assert max((abs(e) for e in contact_errors(changed).values()), default=0) < CONTACT


def test_a_pose_within_its_limits_is_left_alone() -> None:
    standing = poses_of("lm_anterior")[0]

    assert limited(standing, NO_DEEP_HIP) is standing


def test_limits_are_for_the_side_they_are_given_for() -> None:
    bottom = poses_of("lm_anterior")[1]
    changed = limited(bottom, {Side.LEFT: {Direction.EXTENSION: 0}})

    assert reached_deg(changed, Side.LEFT)[Direction.EXTENSION] <= 0.051
    assert reached_deg(changed, Side.RIGHT)[Direction.FLEXION] == pytest.approx(88, abs=8)


def test_a_sideways_stretch_that_is_not_allowed_is_taken_out() -> None:
    arc = next(pose for pose in poses_of("mob_cross_sidebend") if pose.key == "arc")

    assert reached_deg(arc, Side.RIGHT)[Direction.ADDUCTION] > 10
    assert reached_deg(limited(arc, NO_DEEP_HIP), Side.RIGHT)[Direction.ADDUCTION] <= 0.051


@pytest.mark.parametrize("lunge", LUNGES)
@pytest.mark.parametrize("reach", list(Reach))
def test_every_reach_can_be_laid_over_every_lunge(lunge: str, reach: Reach) -> None:
    bottom = poses_of(lunge)[1]
    changed = with_reach(bottom, reach)

    assert max(abs(e) for e in contact_errors(changed).values()) < CONTACT
    assert beyond_limits(changed) == {}


@pytest.mark.parametrize(
    ("reach", "drill", "key"),
    [
        (Reach.BOTH_OVERHEAD, "lm_anterior_overhead", "bottom_reach"),
        (Reach.SAME_SIDE_OVERHEAD_OVER, "lm_anterior_sidebend", "same_side_reach"),
        (Reach.OPPOSITE_SIDE_OVERHEAD_OVER, "lm_anterior_sidebend", "opposite_side_reach"),
        (Reach.ROTATE_TO_FRONT_LEG, "lm_anterior_rotation", "turn_to_front_leg"),
        (Reach.ROTATE_AWAY, "lm_anterior_rotation", "turn_away"),
    ],
)
def test_a_reach_gives_what_the_drill_with_that_reach_shows(reach: Reach, drill: str, key: str) -> None:
    shown = next(pose for pose in poses_of(drill) if pose.key == key)
    made = with_reach(poses_of("lm_anterior")[1], reach)

    assert made.trunk_deg == pytest.approx(shown.trunk_deg, abs=3)
    assert made.pelvis_deg == pytest.approx(shown.pelvis_deg, abs=6)
    assert made.shoulder_right_deg == pytest.approx(shown.shoulder_right_deg, abs=8)
    assert made.shoulder_left_deg == pytest.approx(shown.shoulder_left_deg, abs=8)
    assert made.hip_right_deg == pytest.approx(shown.hip_right_deg, abs=10)


def test_a_floor_reach_brings_the_hands_down() -> None:
    bottom = poses_of("lm_anterior")[1]
    before, after = (
        place(frames_of([p])).point("hand_left")[0, 1] for p in (bottom, with_reach(bottom, "both_floor"))
    )

    assert after < before - 0.1


def test_the_sides_of_a_reach_follow_the_front_leg() -> None:
    bottom = poses_of("lm_anterior")[1]
    right = with_reach(bottom, Reach.ROTATE_AWAY)
    left = with_reach(mirrored(bottom), Reach.ROTATE_AWAY, front=Side.LEFT)

    assert mirrored(left).trunk_deg == pytest.approx(right.trunk_deg, abs=0.5)
    assert mirrored(left).hip_right_deg == pytest.approx(right.hip_right_deg, abs=1)


def test_an_unknown_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="backwards"):
        with_reach(poses_of("lm_anterior")[1], "backwards")


@pytest.mark.parametrize("lunge", ["lm_anterior", "lm_lateral", "lm_posterolateral"])
def test_a_step_is_as_long_as_it_is_asked_to_be(lunge: str) -> None:
    stand, bottom = poses_of(lunge)
    lengths = []
    for factor in (0.5, 1.0, 1.375):
        made = with_range(stand, bottom, factor)
        assert max(abs(e) for e in contact_errors(made).values()) < CONTACT
        assert beyond_limits(made) == {}
        gap = feet(made)
        apart = gap[point_index("ball_of_foot_right")] - gap[point_index("ball_of_foot_left")]
        lengths.append(float(np.hypot(apart[0], apart[2])))

    assert lengths[0] < lengths[1] * 0.75
    assert lengths[2] > lengths[1] * 1.2


def test_a_step_of_three_times_the_length_is_refused() -> None:
    with pytest.raises(ValueError, match="no lunge"):
        with_range(*poses_of("lm_anterior"), 3.0)
