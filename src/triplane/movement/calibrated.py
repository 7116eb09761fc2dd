"""Pelvis and thighs from a standing calibration and clusters of markers, in ISB axes.

Standing, a thigh's axes are found from its hip and both sides of its knee; moving, they go with the cluster.
So does the pelvis with its spines: skin that slides under one of them tips it less than it tips a line to it.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.anatomy import Hips, hip_in_pelvis, pelvis_of, thigh_of
from triplane.movement.clusters import fit
from triplane.movement.hip_centre import Regression
from triplane.movement.markers import Roles
from triplane.movement.recording import Recording, Segments
from triplane.movement.segments import segment

Array = NDArray[np.float64]

LEAST = 3
"""Markers of a cluster that must be seen."""


def segments(standing: Recording, moving: Recording, regression: Regression, found: Hips) -> Segments:
    """Return pelvis and thighs of the moving trial.

    Raises
    ------
    ValueError
        Half a sentence, where markers are missing that both trials must have.
    """
    still, roles = Roles(standing), Roles(moving)
    anatomy, pelvis_at, hips = _standing_pelvis(still, regression, found)
    spines = _spines(still, roles)
    if spines:
        turn, at = _follow(still.point, roles.point, spines)
        pelvis, middle = turn @ anatomy, at(pelvis_at)
    elif roles.has_pelvis:
        pelvis, middle = pelvis_of(roles)
    else:
        shared = _shared(still.cluster("pelvis"), roles.cluster("pelvis"), "pelvis")
        turn, at = _follow(standing.point, moving.point, shared)
        pelvis, middle = turn @ anatomy, at(pelvis_at)
    thighs, hips_at = {}, {}
    for side in Side:
        part = f"{side}_thigh"
        shared = _shared(still.cluster(part), roles.cluster(part), f"{side} thigh")
        turn, _ = _follow(standing.point, moving.point, shared)
        thighs[side] = turn @ _standing_thigh(still, side, hips[side])
        hips_at[side] = middle + pelvis @ anatomy.T @ (hips[side] - pelvis_at)
    return Segments(pelvis, middle, thighs, hips_at)


def _standing_pelvis(roles: Roles, regression: Regression, found: Hips) -> tuple[Array, Array, Hips]:
    """Return the pelvis, its origin and both hips, each as it was on average while standing."""
    if roles.has_pelvis:
        frames, middle = pelvis_of(roles)
        pelvis, at = _mean_turn(frames), _mean(middle)
        return pelvis, at, {s: at + pelvis @ hip_in_pelvis(roles, s, regression, found) for s in Side}
    if found:
        raise ValueError("hips found by moving need the spines of the pelvis in the calibration")
    if roles.has("left_hip", "right_hip"):
        left, right = _mean(roles.point("left_hip")), _mean(roles.point("right_hip"))
        # Without the spines the pelvis is taken as level and square to its hips while standing.
        pelvis = segment(right - left, np.array([0.0, 1.0, 0.0]), "zy")
        return pelvis, (left + right) / 2, {Side.LEFT: left, Side.RIGHT: right}
    raise ValueError("the calibration shows neither the spines of the pelvis nor the hips")


def _spines(still: Roles, moving: Roles) -> tuple[str, ...]:
    """Return the places on the pelvis that both trials show in front and behind, if they do."""
    for back in (("sacrum",), ("left_psis", "right_psis")):
        places = ("left_asis", "right_asis", *back)
        if still.has(*places) and moving.has(*places):
            return places
    return ()


def _standing_thigh(roles: Roles, side: Side, hip: Array) -> Array:
    if not roles.has(f"{side}_knee_outer", f"{side}_knee_inner"):
        raise ValueError(f"the calibration does not show both sides of the {side} knee")
    outer, inner = _mean(roles.point(f"{side}_knee_outer")), _mean(roles.point(f"{side}_knee_inner"))
    return thigh_of(hip, outer, inner, side)


def _shared(still: Sequence[str], moving: Sequence[str], what: str) -> list[str]:
    shared = [name for name in still if name in moving]
    if len(shared) < LEAST:
        raise ValueError(f"fewer than {LEAST} markers of the {what} are in both trials")
    return shared


def _follow(
    standing: Callable[[str], Array], moving: Callable[[str], Array], names: Sequence[str]
) -> tuple[Array, Callable[[Array], Array]]:
    """Return how a cluster turned, shape (frames, 3, 3), and where a standing point went with it."""
    model = np.stack([_mean(standing(name)) for name in names])
    seen = np.stack([moving(name) for name in names], axis=1)
    turn, centre = fit(model, seen)

    def at(point: Array) -> Array:
        went: Array = centre + turn @ (point - model.mean(axis=0))
        return went

    return turn, at


def _mean(points: Array) -> Array:
    """Return the mean over the frames that were seen; refuse where there are none."""
    seen = points[np.isfinite(points).reshape(len(points), -1).all(axis=1)]
    if not len(seen):
        raise ValueError("the calibration never shows all the markers that it is needed for")
    mean: Array = seen.mean(axis=0)
    return mean


def _mean_turn(turns: Array) -> Array:
    u, _, v = np.linalg.svd(_mean(turns))
    turn: Array = u @ v
    return turn
