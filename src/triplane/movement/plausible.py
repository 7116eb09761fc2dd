"""Doubts that a recording raises: a pelvis of no person's size, sides exchanged, angles beyond any hip."""

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.markers import Roles
from triplane.movement.recording import DIRECTIONS, Angles

PELVIS_WIDTH_M = (0.12, 0.40)
"""Distance of the front spines: children of ten to large adults, markers on. Ours."""

BEYOND_DOUBT = 2.5
"""So many times as far apart, or as near, and no unit was right: metres, centimetres and inches are. Ours."""

FARTHEST_DEG = {"flexion": (-70.0, 160.0), "abduction": (-75.0, 100.0), "external rotation": (-100.0, 100.0)}
"""Wider than any hip, dancers' and markers' errors included; beyond it markers were exchanged. Ours."""


def within_a_hip(angles: Angles) -> tuple[Angles, dict[Side, str]]:
    """Return the angles without the frames in which one lies beyond any hip, and what was left out."""
    hips: dict[Side, NDArray[np.float64]] = {}
    notes = {}
    low, high = (np.array([FARTHEST_DEG[name][end] for name in DIRECTIONS]) for end in (0, 1))
    for side, hip in angles.hip_deg.items():
        beyond: NDArray[np.bool_] = np.any((hip < low) | (hip > high), axis=1)
        hips[side] = np.where(beyond[:, None], np.nan, hip)
        if beyond.any():
            notes[side] = f"the {side} hip is not measured in {beyond.sum()} frames: no hip turns so far"
    return Angles(angles.pelvis_deg, hips), notes


def doubt(roles: Roles) -> str:
    """Return what does not look right about a pelvis that may still be one; nothing is changed."""
    width = _width_m(roles)
    return _apart(width) if _is_off(width, 1.0) else ""


def no_pelvis(roles: Roles) -> str:
    """Return why these markers are on no person's pelvis: hips made of them would be wrong by any angle."""
    width = _width_m(roles)
    if _is_off(width, BEYOND_DOUBT):
        return _apart(width)
    if roles.has_pelvis and _are_sides_exchanged(roles):
        return "left and right markers of the pelvis are exchanged"
    return ""


def _width_m(roles: Roles) -> float:
    """How far apart the front spines are; not a number where they are not seen."""
    if not roles.has_pelvis:
        return float("nan")
    widths = np.linalg.norm(roles.point("left_asis") - roles.point("right_asis"), axis=-1)
    seen = widths[np.isfinite(widths)]
    return float(np.median(seen)) if len(seen) else float("nan")


def _is_off(width_m: float, times: float) -> bool:
    low, high = PELVIS_WIDTH_M
    return width_m < low / times or width_m > high * times


def _apart(width_m: float) -> str:
    return f"the front spines would be {width_m * 100:.1f} cm apart: look at the unit and the marker names"


def _are_sides_exchanged(roles: Roles) -> bool:
    left, right, back = roles.point("left_asis"), roles.point("right_asis"), roles.back_of_pelvis
    up = np.cross(right - left, (left + right) / 2 - back)[:, 1]
    seen = up[np.isfinite(up)]
    return bool(len(seen) and np.median(seen) < 0 and _is_upright(roles))


def _is_upright(roles: Roles) -> bool:
    """Whether the knees are below the pelvis: lying down, which way is up says nothing about sides."""
    knees = [place for place in ("left_knee_outer", "right_knee_outer") if roles.has(place)]
    if not knees:
        return False
    middle = (roles.point("left_asis") + roles.point("right_asis"))[:, 1] / 2
    return bool(np.nanmedian(middle - roles.point(knees[0])[:, 1]) > 0.15)
