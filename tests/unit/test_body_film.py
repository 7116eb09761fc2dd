"""The film of a drill as it is sent: small, steady, and the same figure as the motion."""

import gzip

import numpy as np
import pytest

from drill_poses import DRILLS, poses_of, stands_on
from triplane.body import Side, film, motion, point_index
from triplane.body.filmed import FRAMES_PER_S, SCALE

LARGEST_GZ = 14_000


@pytest.mark.parametrize("drill", DRILLS)
def test_every_film_is_small_and_never_jumps(drill: str) -> None:
    found = film(poses_of(drill), stands_on(drill))
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
    assert [thing.shape for thing in film(poses_of(drill), stands_on(drill)).things] == shapes


def test_what_stands_on_the_floor_is_sent_once_and_a_band_with_the_leg() -> None:
    post, ring, *strands = film(poses_of("mob_quad_band")).things

    assert len(post.at) == 1
    assert all(len(one.at) > 1 for one in (ring, *strands))
