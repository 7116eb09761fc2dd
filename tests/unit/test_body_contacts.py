"""Every key pose holds what it says it touches, within what joints can do."""

import math

import pytest

from drill_poses import ALL_POSES, DRILLS, NAMES, moved, poses_of
from night import every
from triplane.body import Pose, beyond_limits, contact_errors, frames_of, off_support, place, points

CONTACT = 0.025 / 1.75
"""2.5 cm at 1.75 m."""

SINKS = 0.006

BALANCE = 0.065
"""The farthest a free-standing pose of ours leans out of its support: 11 cm at 1.75 m, in a side bend."""


@pytest.mark.parametrize(("drill", "pose"), every(2, ALL_POSES), ids=every(2, NAMES))
def test_a_pose_holds_its_contacts(drill: str, pose: Pose) -> None:
    off = {name: error for name, error in contact_errors(pose).items() if abs(error) > CONTACT}

    assert off == {}


@pytest.mark.parametrize(("drill", "pose"), every(2, ALL_POSES), ids=every(2, NAMES))
def test_a_pose_asks_no_joint_for_more_than_it_has(drill: str, pose: Pose) -> None:
    assert beyond_limits(pose) == {}


@pytest.mark.parametrize(("drill", "pose"), every(2, ALL_POSES), ids=every(2, NAMES))
def test_a_free_standing_pose_keeps_its_mass_near_its_support(drill: str, pose: Pose) -> None:
    if pose.props or not pose.floor:
        return
    assert off_support(pose) < BALANCE


@pytest.mark.parametrize("drill", every(2, DRILLS))
def test_a_settled_pose_rests_on_its_contacts_and_sinks_nowhere(drill: str) -> None:
    keys = moved(drill).keys
    where = place(keys.frames).points
    for key, rests in enumerate(keys.rests):
        for i, point in enumerate(points()):
            height = where[key, i, 1]
            if point.radius:
                assert height - point.radius - keys.ground[i] > -SINKS, (keys.poses[key].key, point.name)
            if point.name in rests:
                assert height == pytest.approx(rests[point.name], abs=CONTACT), (
                    keys.poses[key].key,
                    point.name,
                )


def test_a_body_without_contacts_has_no_support_to_lean_out_of() -> None:
    pose = poses_of(DRILLS[0])[0].model_copy(update={"floor": ()})

    assert math.isnan(off_support(pose))
    assert contact_errors(pose) == {}


def test_a_standing_figure_leans_out_of_one_foot_by_half_its_stance() -> None:
    standing = poses_of("lm_anterior")[0]
    on_right = standing.model_copy(update={"floor": tuple(c for c in standing.floor if c.side == "right")})

    assert off_support(standing) == 0
    assert off_support(on_right) == pytest.approx(0.05, abs=0.005)


def test_toes_bend_where_the_floor_stops_them() -> None:
    kneeling = poses_of("mob_kn3d_sagittal")[0]
    placed = place(frames_of([kneeling]))

    assert placed.point("toe_right")[0, 1] > 0.010 - SINKS
