"""Every drill moves smoothly: nothing jumps, sinks or skates, and the last frame meets the first."""

import numpy as np
import pytest

from drill_poses import DRILLS, moved, poses_of, stands_on
from triplane.body import Side, mirrored, motion, point_index, points

FASTEST = 1.6
"""Statures per second at two seconds a move: an arm that goes from the hip to overhead reaches 1.4."""

SKATES = 0.005
"""Under 9 mm from frame to frame at 1.75 m; most drills stay below 1 mm."""

SINKS = 0.006


@pytest.mark.parametrize("drill", DRILLS)
def test_nothing_moves_faster_than_a_person_would(drill: str) -> None:
    where = moved(drill).points()
    speed = np.linalg.norm(np.roll(where, -1, axis=0) - where, axis=2) * 12

    assert speed.max() < FASTEST


@pytest.mark.parametrize("drill", DRILLS)
def test_nothing_starts_or_stops_in_a_jerk(drill: str) -> None:
    where = moved(drill).points()
    velocity = (np.roll(where, -1, axis=0) - where) * 12
    change = np.linalg.norm(np.roll(velocity, -1, axis=0) - velocity, axis=2)

    assert change.max() < 0.75


@pytest.mark.parametrize("drill", DRILLS)
def test_what_stays_put_does_not_skate(drill: str) -> None:
    found = moved(drill)
    where = found.points()
    for here, there in zip(range(len(where) - 1), range(1, len(where)), strict=True):
        for name in found.planted[here] & found.planted[there]:
            slip = np.linalg.norm(where[there, point_index(name)] - where[here, point_index(name)])
            assert slip < SKATES, (name, here)


@pytest.mark.parametrize("drill", DRILLS)
def test_nothing_sinks_into_the_ground_on_the_way(drill: str) -> None:
    found = moved(drill)
    radii = np.array([point.radius for point in points()])
    height = np.where(radii > 0, found.points()[:, :, 1] - radii - found.keys.ground, 1)

    assert height.min() > -SINKS


@pytest.mark.parametrize("drill", DRILLS)
def test_a_drill_passes_through_its_key_poses(drill: str) -> None:
    found = moved(drill)
    for key in range(len(found.keys.poses)):
        frame = int(np.flatnonzero(found.key == key)[0])
        assert np.allclose(found.frames.angles_deg[frame], found.keys.frames.angles_deg[key])


@pytest.mark.parametrize("drill", DRILLS[::4])
def test_the_other_side_moves_as_the_mirror_image(drill: str) -> None:
    if len(poses_of(drill)) > 2:
        return
    other = stands_on(drill)
    left = motion([mirrored(p) for p in poses_of(drill)], (1, 0, 1, 0), 0, other.other if other else None, 5)
    right = motion(poses_of(drill), (1, 0, 1, 0), 0, other, 5)
    twins = [
        point_index(p.name.replace("_right", "\0").replace("_left", "_right").replace("\0", "_left"))
        for p in points()
    ]

    assert np.allclose(left.points()[:, twins] * (1, 1, -1), right.points(), atol=0.005)


def test_a_tempo_takes_its_seconds() -> None:
    found = motion(poses_of("lm_anterior"), (3, 1, 2, 0.5), hold_s=2, stands_on=Side.LEFT, frames_per_s=20)

    assert len(found.time_s) / 20 == pytest.approx(3 + 1 + 2 + 2 + 0.5, abs=0.15)
    assert (found.key == 1).sum() / 20 == pytest.approx(1 + 2)


def test_a_single_pose_stands_still_for_as_long_as_it_is_held() -> None:
    found = motion(poses_of("lm_anterior")[1:], hold_s=5, frames_per_s=10)

    assert len(found.time_s) == 50
    assert np.ptp(found.points(), axis=0).max() == 0


def test_a_motion_needs_a_pose() -> None:
    with pytest.raises(ValueError, match="at least one pose"):
        motion([])


def test_the_foot_that_is_said_to_stay_stays() -> None:
    for side in Side:
        found = motion(poses_of("lm_anterior"), (1, 0, 1, 0), stands_on=side, frames_per_s=10)
        ball = found.points()[:, point_index(f"ball_of_foot_{side}")]
        other = found.points()[:, point_index(f"ball_of_foot_{side.other}")]
        assert np.ptp(ball[:, [0, 2]], axis=0).max() < 0.01
        assert np.ptp(other[:, 0]) > 0.4


def test_a_stepping_foot_is_lifted() -> None:
    found = motion(poses_of("lm_anterior"), (2, 0, 2, 0), stands_on=Side.LEFT, frames_per_s=10)

    assert found.points()[:, point_index("ball_of_foot_right"), 1].max() > 0.03


def test_legs_change_sides_by_way_of_the_middle() -> None:
    keys = [pose.key for pose in moved("mob_9090_switch").keys.poses]

    assert keys == ["feet_wide", "drop_to_one_side", "feet_wide", "drop_to_the_other"]


def test_a_step_up_raises_the_body_by_the_step() -> None:
    found = moved("int_step_up_drive")
    foot = found.points()[:, point_index("ball_of_foot_right")]

    assert found.keys.step_height > 0.1
    assert np.ptp(foot, axis=0).max() < 0.01
    assert np.ptp(found.frames.mid_hip[:, 1]) > 0.08


@pytest.mark.parametrize(
    ("drill", "stays"),
    [
        ("int_split_squat", ("ball_of_foot_left", "heel_right", "ball_of_foot_right")),
        ("mob_kn3d_transverse", ("knee_right", "heel_left", "ball_of_foot_left")),
        ("mob_quad_band", ("knee_right", "heel_left", "ball_of_foot_left")),
        ("mob_quadruped_rock", ("knee_right", "knee_left", "hand_right", "hand_left")),
        ("str_sl_rdl", ("heel_right", "ball_of_foot_right")),
        ("mob_ankle_wall", ("hand_right", "hand_left", "heel_right")),
    ],
)
def test_feet_knees_and_hands_that_bear_stay_where_they_are(drill: str, stays: tuple[str, ...]) -> None:
    where = moved(drill).points()
    for name in stays:
        assert np.ptp(where[:, point_index(name)], axis=0).max() < 0.0143, name
