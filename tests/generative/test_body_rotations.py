"""Rotations and figures hold for any angles, not only for ours."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from triplane.body import (
    Frames,
    Pose,
    Side,
    angles_from_rotation,
    frames_of,
    mirrored,
    place,
    points,
    pose_of,
    rotation_from_angles,
    turns,
)
from triplane.body.rotation import quaternion_from_rotation, rotation_from_quaternion, slerp

ORDERS = st.sampled_from(["xyz", "xzy", "yxz", "yzx", "zxy", "zyx"])
SIGNS = st.tuples(*[st.sampled_from([-1, 1])] * 3)
TURNS = arrays(float, (4, 3), elements=st.floats(-179, 179))
MIDDLES = arrays(float, (4,), elements=st.floats(-85, 85))
HIPS = st.tuples(st.integers(-25, 130), st.integers(-35, 80), st.integers(-60, 80))
SHOULDERS = st.tuples(st.integers(-60, 80), st.integers(-30, 80), st.integers(-90, 90))


@st.composite
def poses(draw: st.DrawFn) -> Pose:
    def pair(low: int, high: int) -> tuple[int, int]:
        return draw(st.tuples(st.integers(low, high), st.integers(low, high)))

    return Pose(
        key="any",
        pelvis_deg=draw(st.tuples(st.integers(-120, 120), st.integers(-85, 85), st.integers(-170, 170))),
        pelvis_height=draw(st.floats(0.05, 0.6)),
        hip_right_deg=draw(HIPS),
        hip_left_deg=draw(HIPS),
        knee_deg=pair(0, 150),
        ankle_deg=pair(-80, 40),
        trunk_deg=draw(st.tuples(st.integers(-35, 80), st.integers(-40, 40), st.integers(-50, 50))),
        shoulder_right_deg=draw(SHOULDERS),
        shoulder_left_deg=draw(SHOULDERS),
        elbow_deg=pair(0, 150),
    )


@given(ORDERS, SIGNS, TURNS, MIDDLES)
def test_angles_come_back_from_their_rotation(
    order: str, signs: tuple[int, ...], angles: np.ndarray, middles: np.ndarray
) -> None:
    angles = angles.copy()
    angles[:, 1] = middles
    back = angles_from_rotation(rotation_from_angles(angles, order, signs), order, signs)

    assert np.allclose(back, angles, atol=1e-6)


@given(ORDERS, SIGNS, TURNS)
def test_any_angles_give_the_same_rotation_again_even_where_two_of_them_are_not_apart(
    order: str, signs: tuple[int, ...], angles: np.ndarray
) -> None:
    angles = angles.copy()
    angles[0, 1] = 90
    rotation = rotation_from_angles(angles, order, signs)
    again = rotation_from_angles(angles_from_rotation(rotation, order, signs), order, signs)

    assert np.allclose(again, rotation, atol=1e-5)
    assert np.allclose(rotation @ np.swapaxes(rotation, 1, 2), np.eye(3), atol=1e-9)


@given(ORDERS, SIGNS, TURNS)
def test_a_quaternion_is_its_rotation(order: str, signs: tuple[int, ...], angles: np.ndarray) -> None:
    rotation = rotation_from_angles(angles, order, signs)

    assert np.allclose(rotation_from_quaternion(quaternion_from_rotation(rotation)), rotation, atol=1e-9)


@given(TURNS, TURNS, st.floats(0, 1))
def test_slerp_starts_and_ends_where_it_should_and_turns_at_an_even_pace(
    first: np.ndarray, second: np.ndarray, share: float
) -> None:
    a, b = (quaternion_from_rotation(rotation_from_angles(t, "zxy", (1, 1, 1))) for t in (first, second))
    whole = np.arccos(np.clip(np.abs(np.sum(a * b, axis=1)), 0, 1))
    shares = np.full(4, share)
    part = np.arccos(np.clip(np.abs(np.sum(a * slerp(a, b, shares), axis=1)), 0, 1))

    assert np.allclose(part, share * whole, atol=1e-6)
    assert np.allclose(np.abs(np.sum(slerp(a, b, np.ones(4)) * b, axis=1)), 1, atol=1e-9)


@given(poses())
def test_a_mirror_changes_sides_and_nothing_else(pose: Pose) -> None:
    assert mirrored(mirrored(pose)) == pose
    plain, seen = place(frames_of([pose])), place(frames_of([mirrored(pose)]))
    for point in points():
        twin = point.name.replace("_right", "\0").replace("_left", "_right").replace("\0", "_left")
        assert np.allclose(seen.point(twin)[0], plain.point(point.name)[0] * (1, 1, -1), atol=1e-9)


@given(poses(), st.tuples(*[st.floats(-2, 2)] * 3))
def test_a_moved_figure_keeps_its_shape(pose: Pose, shift: tuple[float, float, float]) -> None:
    frames = frames_of([pose])
    moved = place(Frames(frames.angles_deg, frames.mid_hip + np.array(shift)))

    assert np.allclose(moved.points - np.array(shift), place(frames).points, atol=1e-9)


@given(poses())
def test_bones_keep_their_length(pose: Pose) -> None:
    placed = place(frames_of([pose]))
    for side in Side:
        for a, b, length in (("hip", "knee", 0.245), ("knee", "ankle", 0.246), ("shoulder", "elbow", 0.186)):
            apart = placed.point(f"{a}_{side}") - placed.point(f"{b}_{side}")
            assert np.isclose(np.linalg.norm(apart), length)


@given(poses())
def test_a_pose_survives_the_figure(pose: Pose) -> None:
    again = pose_of(frames_of([pose]), 0, pose)

    assert again.hip_right_deg == pose.hip_right_deg
    assert again.pelvis_deg == pose.pelvis_deg
    assert abs(again.pelvis_height - pose.pelvis_height) < 1e-4


@given(HIPS, st.sampled_from(list(Side)))
def test_hip_angles_mean_the_same_on_both_sides(hip: tuple[int, int, int], side: Side) -> None:
    out = -1 if side is Side.RIGHT else 1
    rotation = rotation_from_angles(np.array(hip, dtype=float), "zxy", (1, out, out))

    assert np.allclose(angles_from_rotation(rotation, "zxy", (1, out, out)), hip, atol=1e-6)


@given(poses())
def test_slopes_of_the_figure_are_what_small_turns_do(pose: Pose) -> None:
    from triplane.body.settle import Holds, _misses

    frames = frames_of([pose])
    holds = Holds.nothing(1)
    holds.weight[:] = 1
    slopes, misses = _misses(frames, holds)
    held = slice(0, 3 * len(points()))
    for column in range(0, len(turns()), 4):
        angles = frames.angles_deg.copy()
        angles[0, column] += 1e-4
        _, after = _misses(Frames(angles, frames.mid_hip), holds)
        change = (after - misses)[0, held] / np.radians(1e-4)
        assert np.allclose(change, slopes[0, held, column], atol=1e-4)
