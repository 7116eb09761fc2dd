"""Pelvis and thighs from a standing calibration and clusters of markers, in ISB axes (Wu 2002).

Standing, a thigh's axes are found from its hip and both sides of its knee; moving, they go with the cluster.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.hip_centre import PelvisSize, Regression, hip_centre_m
from triplane.movement.markers import Roles
from triplane.movement.recording import Recording, Segments
from triplane.movement.segments import segment

Array = NDArray[np.float64]

LEAST = 3
"""Markers of a cluster that must be seen."""


def segments(
    standing: Recording, moving: Recording, regression: Regression = Regression.HARRINGTON_WIDTH
) -> Segments:
    """Return pelvis and thighs of the moving trial.

    Raises
    ------
    ValueError
        Half a sentence, where markers are missing that both trials must have.
    """
    still, roles = Roles(standing), Roles(moving)
    anatomy, pelvis_at, hips = _standing_pelvis(still, regression)
    if roles.has_pelvis:
        pelvis, middle = _pelvis(roles)
        hips_in_pelvis = {side: anatomy.T @ (hip - pelvis_at) for side, hip in hips.items()}
    else:
        turn, at = _follow(
            standing, moving, _shared(still.cluster("pelvis"), roles.cluster("pelvis"), "pelvis")
        )
        pelvis, middle = turn @ anatomy, at(pelvis_at)
        hips_in_pelvis = {side: anatomy.T @ (hip - pelvis_at) for side, hip in hips.items()}
    thighs, hips_at = {}, {}
    for side in Side:
        names = f"{side}_thigh"
        turn, _ = _follow(
            standing, moving, _shared(still.cluster(names), roles.cluster(names), f"{side} thigh")
        )
        thighs[side] = turn @ _standing_thigh(still, side, hips[side])
        hips_at[side] = middle + pelvis @ hips_in_pelvis[side]
    return Segments(pelvis, middle, thighs, hips_at)


def _pelvis(roles: Roles) -> tuple[Array, Array]:
    left, right = roles.point("left_asis"), roles.point("right_asis")
    middle = (left + right) / 2
    return segment(right - left, middle - roles.back_of_pelvis, "zx"), middle


def _standing_pelvis(roles: Roles, regression: Regression) -> tuple[Array, Array, dict[Side, Array]]:
    """Return the pelvis, its origin and both hips, each as it was on average while standing."""
    if roles.has_pelvis:
        frames, middle = _pelvis(roles)
        pelvis, at = _mean_turn(frames), _mean(middle)
        size = PelvisSize(
            float(np.linalg.norm(_mean(roles.point("left_asis") - roles.point("right_asis")))),
            float(np.linalg.norm(at - _mean(roles.back_of_pelvis))),
            {side: roles.leg_length(side) for side in Side},
            dict.fromkeys(Side, 0.0),
        )
        return pelvis, at, {side: at + pelvis @ hip_centre_m(size, side, regression) for side in Side}
    if roles.has("left_hip", "right_hip"):
        left, right = _mean(roles.point("left_hip")), _mean(roles.point("right_hip"))
        # Without the spines the pelvis is taken as level and square to its hips while standing.
        return (
            segment(right - left, np.array([0.0, 1.0, 0.0]), "zy"),
            (left + right) / 2,
            {
                Side.LEFT: left,
                Side.RIGHT: right,
            },
        )
    raise ValueError("the calibration shows neither the spines of the pelvis nor the hips")


def _standing_thigh(roles: Roles, side: Side, hip: Array) -> Array:
    if not roles.has(f"{side}_knee_outer", f"{side}_knee_inner"):
        raise ValueError(f"the calibration does not show both sides of the {side} knee")
    outer, inner = _mean(roles.point(f"{side}_knee_outer")), _mean(roles.point(f"{side}_knee_inner"))
    to_the_right = outer - inner if side is Side.RIGHT else inner - outer
    return segment(hip - (outer + inner) / 2, to_the_right, "yz")


def _shared(still: Sequence[str], moving: Sequence[str], what: str) -> list[str]:
    shared = [name for name in still if name in moving]
    if len(shared) < LEAST:
        raise ValueError(f"fewer than {LEAST} markers of the {what} are in both trials")
    return shared


def _follow(standing: Recording, moving: Recording, names: Sequence[str]):  # type: ignore[no-untyped-def]
    """Return how a cluster turned, shape (frames, 3, 3), and where a standing point went with it."""
    model = np.stack([_mean(standing.point(name)) for name in names])
    seen = np.stack([moving.point(name) for name in names], axis=1)
    turn, centre = fit(model, seen)

    def at(point: Array) -> Array:
        return centre + turn @ (point - model.mean(axis=0))

    return turn, at


def fit(model: Array, seen: Array) -> tuple[Array, Array]:
    """Return what lays a rigid cluster over what was seen: least squares (Söderkvist 1993).

    Parameters
    ----------
    model : array, shape (points, 3)
    seen : array, shape (frames, points, 3)

    Returns
    -------
    array, shape (frames, 3, 3), and array, shape (frames, 3); not a number where a point is missing
    """
    centre = seen.mean(axis=1)
    arms = np.einsum("fpi,pj->fij", seen - centre[:, None], model - model.mean(axis=0))
    whole = np.isfinite(arms).all(axis=(1, 2))
    turn = np.full_like(arms, np.nan)
    u, _, v = np.linalg.svd(arms[whole])
    u[..., -1] *= np.sign(np.linalg.det(u) * np.linalg.det(v))[:, None]
    turn[whole] = u @ v
    return turn, centre


def _mean(points: Array) -> Array:
    mean: Array = np.nanmean(points, axis=0)
    return mean


def _mean_turn(turns: Array) -> Array:
    u, _, v = np.linalg.svd(np.nanmean(turns, axis=0))
    turn: Array = u @ v
    return turn
