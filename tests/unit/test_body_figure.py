"""The figure: symmetric by construction, standing where the measures say, the same seen in a mirror."""

import subprocess
import sys

import numpy as np
import pytest

from drill_poses import ALL_POSES, NAMES
from triplane.body import (
    Direction,
    Frames,
    Pose,
    Side,
    angle_index,
    angles_from_rotation,
    beyond_limits,
    centre_of_mass,
    frames_of,
    mirrored,
    place,
    point_index,
    points,
    pose_of,
    reached_deg,
    segments,
    turns,
)

STANDING = Pose(
    key="standing",
    pelvis_height=0.53,
    hip_right_deg=(0, 0, 0),
    hip_left_deg=(0, 0, 0),
    knee_deg=(0, 0),
    ankle_deg=(0, 0),
    shoulder_right_deg=(0, 0, 0),
    shoulder_left_deg=(0, 0, 0),
    elbow_deg=(0, 0),
)


def where(pose: Pose, name: str) -> np.ndarray:
    return place(frames_of([pose])).point(name)[0]


def test_every_sided_point_has_its_mirror_image_on_the_other_side() -> None:
    by_name = {point.name: point for point in points()}
    for name, point in by_name.items():
        if name.endswith("_right"):
            twin = by_name[name.replace("_right", "_left")]
            x, y, z = point.offset
            assert twin.offset == (x, y, -z)
            assert twin.radius == point.radius


def test_every_sided_segment_weighs_and_turns_the_same_on_both_sides() -> None:
    by_name = {segment.name: segment for segment in segments()}
    for name, segment in by_name.items():
        if name.endswith("_right"):
            twin = by_name[name.replace("_right", "_left")]
            assert twin.mass_share == segment.mass_share
            for a, b in zip(segment.turns, twin.turns, strict=True):
                assert (a.axis, a.low_deg, a.high_deg) == (b.axis, b.low_deg, b.high_deg)
                assert a.sign == (b.sign if a.axis == "z" else -b.sign)


def test_segment_masses_add_up_to_the_whole_body() -> None:
    assert sum(segment.mass_share for segment in segments()) == pytest.approx(1.0, abs=1e-9)


def test_a_standing_figure_has_its_joints_above_each_other() -> None:
    assert where(STANDING, "hip_right") == pytest.approx((0, 0.53, 0.05))
    assert where(STANDING, "knee_left") == pytest.approx((0, 0.285, -0.05))
    assert where(STANDING, "ankle_right") == pytest.approx((0, 0.039, 0.05))
    assert where(STANDING, "hand_left") == pytest.approx((-0.005, 0.53 + 0.07 + 0.218 - 0.392, -0.115))


def test_the_centre_of_mass_of_a_standing_figure_is_in_its_pelvis() -> None:
    x, y, z = centre_of_mass(frames_of([STANDING]))[0]

    assert abs(x) < 0.02
    assert 0.5 < y < 0.62
    assert z == pytest.approx(0)


@pytest.mark.parametrize(
    ("hip", "knee_goes"),
    [((30, 0, 0), "forward"), ((-20, 0, 0), "back"), ((0, 30, 0), "right"), ((0, -20, 0), "left")],
)
def test_the_right_knee_goes_where_the_direction_says(hip: tuple[float, ...], knee_goes: str) -> None:
    moved = where(STANDING.model_copy(update={"hip_right_deg": hip}), "knee_right")
    step = moved - where(STANDING, "knee_right")
    axis, sign = {"forward": (0, 1), "back": (0, -1), "right": (2, 1), "left": (2, -1)}[knee_goes]

    assert sign * step[axis] > 0.05


def test_turning_out_takes_a_bent_right_foot_inward_and_a_bent_left_foot_inward() -> None:
    bent = STANDING.model_copy(update={"knee_deg": (90, 90)})
    turned = bent.model_copy(update={"hip_right_deg": (0, 0, 30), "hip_left_deg": (0, 0, 30)})

    assert where(turned, "ankle_right")[2] < where(bent, "ankle_right")[2] - 0.05
    assert where(turned, "ankle_left")[2] > where(bent, "ankle_left")[2] + 0.05


@pytest.mark.parametrize(("drill", "pose"), ALL_POSES, ids=NAMES)
def test_a_pose_and_its_mirror_image_are_one_figure_with_left_and_right_changed(
    drill: str, pose: Pose
) -> None:
    plain, seen = place(frames_of([pose])), place(frames_of([mirrored(pose)]))
    for point in points():
        twin = point.name.replace("_right", "\0").replace("_left", "_right").replace("\0", "_left")
        assert seen.point(twin)[0] == pytest.approx(plain.point(point.name)[0] * (1, 1, -1), abs=1e-9)


@pytest.mark.parametrize(("drill", "pose"), ALL_POSES, ids=NAMES)
def test_a_pose_is_itself_again_after_two_mirrors_and_after_the_figure(drill: str, pose: Pose) -> None:
    assert mirrored(mirrored(pose)) == pose
    assert pose_of(frames_of([pose]), 0, pose) == pose


def test_a_mirrored_prop_speaks_of_the_other_side() -> None:
    band = {"kind": "band", "at": "ankle right to ankle left"}
    pose = Pose.model_validate({**STANDING.model_dump(), "props": (band,)})

    assert mirrored(pose).props[0].at == "ankle left to ankle right"


@pytest.mark.parametrize(("drill", "pose"), ALL_POSES, ids=NAMES)
def test_hip_angles_come_back_out_of_the_rotations(drill: str, pose: Pose) -> None:
    placed = place(frames_of([pose]))
    for side, stated in ((Side.RIGHT, pose.hip_right_deg), (Side.LEFT, pose.hip_left_deg)):
        thigh_in_world = placed.rotations[f"thigh_{side}"]
        thigh_in_pelvis = np.swapaxes(placed.rotations["pelvis"], 1, 2) @ thigh_in_world
        out = -1 if side is Side.RIGHT else 1
        angles = angles_from_rotation(thigh_in_pelvis, "zxy", (1, out, out))[0]
        assert angles == pytest.approx(stated, abs=1e-6)


def test_directions_reached_are_the_angles_of_the_pose() -> None:
    pose = STANDING.model_copy(update={"hip_left_deg": (-12, 8, -30)})
    reached = reached_deg(pose, Side.LEFT)

    assert reached[Direction.EXTENSION] == 12
    assert reached[Direction.ABDUCTION] == 8
    assert reached[Direction.INTERNAL_ROTATION] == 30
    assert all(reached[d] == -reached[d.opposite] for d in Direction)


def test_an_angle_beyond_its_joint_is_named_with_the_degrees_too_many() -> None:
    assert beyond_limits(STANDING.model_copy(update={"knee_deg": (160, 0)})) == {"knee_right": 10}


def test_many_frames_at_once_are_the_same_as_one_by_one() -> None:
    poses = [pose for _, pose in ALL_POSES[:20]]
    together = place(frames_of(poses)).points
    alone = np.concatenate([place(frames_of([pose])).points for pose in poses])

    assert np.allclose(together, alone)
    assert together.shape == (20, len(points()), 3)


def test_moving_the_pelvis_moves_every_point_by_as_much() -> None:
    frames = frames_of([STANDING])
    shifted = place(Frames(frames.angles_deg, frames.mid_hip + np.array([0.2, 0.1, -0.3]))).points

    assert np.allclose(shifted - place(frames).points, (0.2, 0.1, -0.3))


def test_an_angle_and_a_point_are_found_by_name() -> None:
    assert turns()[angle_index("knee_left")].name == "knee_left"
    assert points()[point_index("toe_right")].name == "toe_right"


def test_the_words_of_the_body_do_not_need_numpy() -> None:
    code = "import sys, triplane.body; sys.exit('numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
