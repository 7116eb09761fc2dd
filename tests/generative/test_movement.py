"""What angles owe to a recording: the room does not count, mirrors mirror, poses come back."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from moving_people import RATE_HZ, as_axis_points, as_markers, hips_deg, recording, stepping, told
from triplane.body import Side, place, rotation_from_angles
from triplane.movement import Angles, Method, Recording, analyse, functional_centre

pytest.importorskip("scipy", reason="the laboratory's packages are not here (make test brings them)")

Array = NDArray[np.float64]
MADE: dict[Method, Callable[..., Recording]] = {Method.AXES: as_axis_points, Method.KNEES: as_markers}
ways = st.sampled_from(sorted(MADE))
poses = st.lists(
    st.fixed_dictionaries(
        {
            **{f"hip_flexion_{side}": st.floats(-30, 110) for side in Side},
            **{f"hip_abduction_{side}": st.floats(-40, 60) for side in Side},
            **{f"hip_external_rotation_{side}": st.floats(-50, 60) for side in Side},
            "pelvis_pitch": st.floats(-30, 40),
            "pelvis_roll": st.floats(-25, 25),
            "pelvis_yaw": st.floats(-40, 40),
        }
    ),
    min_size=2,
    max_size=5,
)


def angles_of(made: Recording, way: Method) -> Angles:
    found = analyse(made, method=way).angles
    assert found is not None
    return found


@given(poses, ways)
def test_the_poses_of_our_own_body_come_back(angles, way):
    frames = told(angles)
    found = angles_of(MADE[way](frames), way)

    for side in Side:
        np.testing.assert_allclose(found.hip_deg[side], hips_deg(frames, side), atol=1e-6)
    turned = rotation_from_angles(found.pelvis_deg, "zxy", (-1, 1, 1))
    np.testing.assert_allclose(turned, place(frames).rotations["pelvis"], atol=1e-8)


@given(poses, ways, st.floats(0, 360), st.tuples(*[st.floats(-20, 20)] * 3))
def test_hips_do_not_know_where_in_the_room_somebody_is_and_which_way_they_face(angles, way, turn, shift):
    made = MADE[way](told(angles))
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    about_up = np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]])
    moved = replace(made, points_m=made.points_m @ about_up.T + np.array(shift))

    for side in Side:
        np.testing.assert_allclose(
            angles_of(moved, way).hip_deg[side], angles_of(made, way).hip_deg[side], atol=1e-6
        )


@given(poses, ways, st.sampled_from([90, 180, 270]))
def test_the_pelvis_does_not_know_along_which_axis_of_the_room_somebody_faces(angles, way, turn):
    made = MADE[way](told(angles))
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    moved = replace(made, points_m=made.points_m @ np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]]).T)

    np.testing.assert_allclose(angles_of(moved, way).pelvis_deg, angles_of(made, way).pelvis_deg, atol=1e-6)


@given(poses)
def test_a_mirrored_recording_gives_mirrored_angles(angles):
    made = as_markers(told(angles))
    swapped = [{"L": "R", "R": "L"}[name[0]] + name[1:] for name in made.names]
    seen = replace(made, names=tuple(swapped), points_m=made.points_m * (1, 1, -1))
    here, there = angles_of(made, Method.KNEES), angles_of(seen, Method.KNEES)

    np.testing.assert_allclose(there.hip_deg[Side.LEFT], here.hip_deg[Side.RIGHT], atol=1e-6)
    np.testing.assert_allclose(there.hip_deg[Side.RIGHT], here.hip_deg[Side.LEFT], atol=1e-6)
    np.testing.assert_allclose(there.pelvis_deg, here.pelvis_deg * (1, -1, -1), atol=1e-6)


@given(st.integers(0, 2**32 - 1))
def test_a_millimetre_of_noise_moves_an_angle_by_a_degree_or_two_and_not_by_more(seed):
    made = as_markers(told(stepping()))
    shaken = made.points_m + np.random.default_rng(seed).normal(0, 0.001, made.points_m.shape)
    before, after = angles_of(made, Method.KNEES), angles_of(replace(made, points_m=shaken), Method.KNEES)

    for side in Side:
        assert np.sqrt(np.mean((after.hip_deg[side] - before.hip_deg[side]) ** 2)) < 2.0


@given(st.integers(3, 12))
def test_a_filter_takes_noise_off_and_does_not_come_late(cut_hz):
    frames = told(stepping(400))
    made = as_markers(frames)
    smooth = analyse(made, method=Method.KNEES, cut_hz=cut_hz).angles
    assert smooth is not None
    told_deg, found = hips_deg(frames, Side.LEFT)[:, 0], smooth.hip_deg[Side.LEFT][:, 0]
    middle = slice(60, -60)
    lags = range(-5, 6)
    alike = [np.corrcoef(np.roll(found, -lag)[middle], told_deg[middle])[0, 1] for lag in lags]

    assert lags[int(np.argmax(alike))] == 0


@given(st.integers(20, 200), st.integers(1, 40), st.integers(0, 3))
def test_a_short_gap_is_filled_and_a_long_one_is_not_measured(start, length, marker):
    frames = told(stepping(260))
    made = as_markers(frames)
    points = made.points_m.copy()
    points[start : start + length, marker] = np.nan
    found = angles_of(replace(made, points_m=points), Method.KNEES).hip_deg[Side.RIGHT]
    hole = found[start : start + length]

    if length <= 0.1 * RATE_HZ:
        np.testing.assert_allclose(hole, hips_deg(frames, Side.RIGHT)[start : start + length], atol=0.5)
    else:
        assert np.isnan(hole).all()
    assert np.isfinite(np.delete(found, np.s_[start : start + length], axis=0)).all()


@given(st.floats(30, 80), st.floats(25, 60), st.tuples(*[st.floats(-0.1, 0.1)] * 3), st.integers(0, 99))
def test_a_centre_about_which_something_turns_is_found(wide, high, centre, seed):
    at = np.linspace(0, 4 * np.pi, 200)
    angles = [
        {"hip_flexion_left": wide / 2 * np.sin(one), "hip_abduction_left": high / 2 * np.cos(one)}
        for one in at
    ]
    frames = told(angles)
    turn = place(frames).rotations["thigh_left"]
    rng = np.random.default_rng(seed)
    hip = np.array(centre)
    arms = rng.normal(0, 0.1, (4, 3)) - (0, 0.2, 0)
    thigh = hip + np.einsum("fij,pj->fpi", turn, arms) + rng.normal(0, 0.0005, (200, 4, 3))
    pelvis = np.broadcast_to(rng.normal(0, 0.1, (3, 3)), (200, 3, 3))
    found = functional_centre(pelvis, thigh)

    assert np.linalg.norm(np.median(found.at_m, axis=0) - hip) < 0.004
    assert found.residual_m < 0.004


@given(st.permutations(range(4)), ways)
def test_the_order_of_markers_in_a_file_does_not_count(order, way):
    made = MADE[way](told(stepping(10)))
    order = [*order, *range(4, len(made.names))]
    other = recording({made.names[i]: made.points_m[:, i] for i in order})

    for side in Side:
        np.testing.assert_allclose(
            angles_of(other, way).hip_deg[side], angles_of(made, way).hip_deg[side], atol=1e-9
        )
