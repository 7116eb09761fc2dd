"""The film of a drill as it is sent: small, steady, and the same figure as the motion."""

import gzip
from collections.abc import Iterator

import numpy as np
import pytest

from drill_poses import DRILLS, TESTS, film_of, poses_of, poses_of_test, stands_on
from night import every
from triplane.body import Pose, Prop, PropKind, Side, draw_pose, film, motion, point_index
from triplane.body.filmed import FRAMES_PER_S, SCALE

LARGEST_GZ = 14_000


@pytest.mark.parametrize("drill", every(2, DRILLS))
def test_every_film_is_small_and_never_jumps(drill: str) -> None:
    found = film_of(drill)
    turned = np.array(found.turned).reshape(len(found.key), -1, 4) / SCALE
    at = np.array(found.at).reshape(len(found.key), -1, 3) / SCALE

    assert len(gzip.compress(found.model_dump_json().encode())) < LARGEST_GZ
    assert np.allclose(np.linalg.norm(turned, axis=2), 1, atol=1e-3)
    assert np.abs(np.diff(at, axis=0)).max() < 0.12
    assert (np.sum(turned[1:] * turned[:-1], axis=2) > 0.8).all()
    assert max(found.key) == len(found.keys) - 1


def test_a_film_holds_the_points_of_the_motion() -> None:
    poses = poses_of("lm_anterior")
    found = film(poses, Side.LEFT)
    moved = motion(poses, (2, 0, 2, 0), stands_on=Side.LEFT, frames_per_s=FRAMES_PER_S)
    knee = found.points.index("knee_right") * 3
    there = np.array([row[knee : knee + 3] for row in found.at]) / SCALE

    assert np.allclose(there, moved.points()[:, point_index("knee_right")], atol=1 / SCALE)


@pytest.mark.parametrize(
    ("drill", "shapes"),
    [
        ("mob_quad_band", ["rod", "ring", "rod", "rod"]),
        ("str_sb_dead_bug", ["ball"]),
        ("str_fire_hydrant_wall", ["box", "ball"]),
        ("str_step_down", ["box"]),
        ("rel_hamstring_roller", ["rod"]),
        ("own_9090_back_ir", []),
    ],
)
def test_a_film_brings_what_the_drill_is_done_with(drill: str, shapes: list[str]) -> None:
    assert [thing.shape for thing in film_of(drill).things] == shapes


def test_what_stands_on_the_floor_is_sent_once_and_a_band_with_the_leg() -> None:
    post, ring, *strands = film_of("mob_quad_band").things

    assert len(post.at) == 1
    assert all(len(one.at) > 1 for one in (ring, *strands))


@pytest.mark.parametrize("drill", every(2, DRILLS))
def test_no_wall_stands_between_the_eye_and_the_figure(drill: str) -> None:
    found = film_of(drill)
    where = np.array(found.at).reshape(-1, 3)
    for wall in (thing for thing in found.things if thing.paint == "wall"):
        low, high = np.array(wall.at[0][:3]), np.array(wall.at[0][3:])
        thin = int(np.argmin(high - low))
        side = np.sign((low + high)[thin] / 2 - np.median(where[:, thin]))
        for around, _ in (found.looks.own, found.looks.side, found.looks.front):
            eye = (np.cos(np.radians(around)), 0, np.sin(np.radians(around)))[thin]
            assert side * eye < 0.2


def test_what_moves_sideways_is_looked_at_from_ahead_and_a_lying_figure_along_its_length() -> None:
    own = {
        drill: film_of(drill).looks.own[0]
        for drill in ("lm_lateral", "str_hip_hike", "lm_anterior", "mob_hooklying_ir")
    }

    assert own == {"lm_lateral": 24, "str_hip_hike": 24, "lm_anterior": 58, "mob_hooklying_ir": 58}


@pytest.mark.parametrize("drill", every(2, DRILLS))
def test_no_knee_bends_backwards_anywhere_in_a_film(drill: str) -> None:
    found = film_of(drill)
    at = np.array(found.at).reshape(len(found.key), -1, 3) / SCALE
    turned = np.array(found.turned).reshape(len(found.key), -1, 4) / SCALE
    for side in ("left", "right"):
        thigh, foot_end = (
            turned[:, found.segments.index(f"thigh_{side}")],
            at[:, found.points.index(f"ankle_{side}")],
        )
        ahead = _first_axis(thigh)
        shank = foot_end - at[:, found.points.index(f"knee_{side}")]
        assert (shank * ahead).sum(axis=1).max() < 0.004, side


def _first_axis(turned: np.ndarray) -> np.ndarray:
    """Where x points after a turn given as a quaternion x, y, z, w; shape (frames, 3)."""
    x, y, z, w = turned.T
    return np.stack([1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)], axis=1)


PARTS = (("hip", "knee", 0.03), ("knee", "ankle", 0.018))


@pytest.mark.parametrize("drill", every(2, DRILLS))
def test_no_leg_goes_through_a_bench_a_step_or_a_wall(drill: str) -> None:
    found = film_of(drill)
    at = np.array(found.at).reshape(len(found.key), -1, 3) / SCALE
    for thing in found.things:
        if thing.shape != "box":
            continue
        low, high = np.array(thing.at[0][:3]) / SCALE, np.array(thing.at[0][3:]) / SCALE
        for side in ("left", "right"):
            for start, end, radius in PARTS:
                first, last = (at[:, found.points.index(f"{name}_{side}")] for name in (start, end))
                for share in np.linspace(0, 1, 9):
                    spot = first + share * (last - first)
                    depth = np.minimum(spot - low, high - spot).min(axis=1).max()
                    assert depth < radius, (side, end, thing.paint, share)


def test_the_knee_stays_on_the_bench_it_presses_on() -> None:
    found = film(poses_of("str_copenhagen"))
    at = np.array(found.at).reshape(len(found.key), -1, 3) / SCALE
    knee = at[:, found.points.index("knee_right")]
    seat = np.array(found.things[0].at[0]) / SCALE

    assert np.ptp(knee, axis=0).max() < 0.0143
    assert abs(knee[:, 1] - 0.033 - seat[4]).max() < 0.0143


LUNGES = [drill for drill in DRILLS if stands_on(drill)]


@pytest.mark.parametrize("drill", LUNGES)
def test_a_lunge_has_a_clock_and_the_foot_lands_on_its_target(drill: str) -> None:
    found = film_of(drill)
    assert found.clock is not None
    far = found.key.index(max(found.key))
    foot = found.points.index(f"ankle_{stands_on(drill).other}") * 3
    ankle = np.array(found.at[far])[[foot, foot + 2]]

    assert np.linalg.norm(ankle - found.clock[2:]) / SCALE < 0.06


def test_what_is_no_lunge_has_no_clock() -> None:
    assert film(poses_of("str_sl_rdl")).clock is None


def done_with(kind: PropKind) -> Iterator[tuple[tuple[Pose, ...], Prop]]:
    """Yield the key poses of every drill and test that is done with such a thing."""
    for poses in [*map(poses_of, DRILLS), *(poses_of_test(file.stem) for file in TESTS.glob("*.toml"))]:
        yield from ((poses, prop) for prop in poses[0].props if prop.kind is kind)


@pytest.mark.parametrize("kind", every(3, [kind for kind in PropKind if kind.is_thing]))
def test_everything_a_pose_may_be_done_with_is_made_and_drawn(kind: PropKind) -> None:
    made, drawn = 0, 0
    for poses, prop in done_with(kind):
        bare = tuple(pose.model_copy(update={"props": ()}) for pose in poses)
        with_it = tuple(pose.model_copy(update={"props": (prop,)}) for pose in poses)
        made += len(film(with_it).things) - len(film(bare).things)
        drawn += draw_pose(with_it[0]).count("<path") - draw_pose(bare[0]).count("<path")

    assert made and drawn


def test_a_table_stands_on_the_floor_and_carries_the_seat() -> None:
    found = film(poses_of_test("internal_rotation_seated"))
    top, *feet = found.things
    high = max(top.at[0][1], top.at[0][4])
    hip = min(row[found.points.index("hip_right") * 3 + 1] for row in found.at)

    assert [one.shape for one in found.things] == ["box", "rod", "rod", "rod", "rod"]
    assert all(min(foot.at[0][1], foot.at[0][4]) == found.floor for foot in feet)
    assert 0 < hip - high < 0.1 * SCALE
