"""What every way from markers shares: the pelvis from its spines, its size, a thigh from hip and knee.

The axes are those of the ISB (wu_2002); Plug-in Gait's lie the same way.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.hip_centre import PelvisSize, Regression, hip_centre_m
from triplane.movement.markers import Roles
from triplane.movement.segments import segment

Array = NDArray[np.float64]

Hips = Mapping[Side, Array]
"""Centres of hips in the pelvis frame, shape (3,) each, metres from the middle of the front spines."""

MARKER_DIAMETER_M = 0.014
"""Where the file does not say; the usual marker of gait laboratories."""


def pelvis_of(roles: Roles) -> tuple[Array, Array]:
    """Return the pelvis, shape (frames, 3, 3), and the middle of its front spines, shape (frames, 3)."""
    left, right = roles.point("left_asis"), roles.point("right_asis")
    middle = (left + right) / 2
    return segment(right - left, middle - roles.back_of_pelvis, "zx"), middle


def size_of(roles: Roles) -> PelvisSize:
    """Return the lengths a hip's centre asks for: as the file names them, else as the markers lie."""
    told = roles.recording.measures_m
    left, right = roles.point("left_asis"), roles.point("right_asis")
    width = told.get("InterAsisDistance") or _median_length(left - right)
    depth = _median_length((left + right) / 2 - roles.back_of_pelvis)
    spines = {side: told.get(f"{side.title()}AsisTrocanterDistance", 0.0) for side in Side}
    legs = {side: roles.leg_length(side) for side in Side}
    return PelvisSize(width, depth, legs, spines, marker_radius_m(roles))


def marker_radius_m(roles: Roles) -> float:
    """Return half a marker's diameter, as the file names it or as is usual."""
    return (roles.recording.measures_m.get("MarkerDiameter") or MARKER_DIAMETER_M) / 2


def hip_in_pelvis(roles: Roles, side: Side, regression: Regression, found: Hips) -> Array:
    """Return a hip's centre in the pelvis frame, shape (3,): found by moving, else by equations."""
    return found[side] if side in found else hip_centre_m(size_of(roles), side, regression)


def thigh_of(hip: Array, outer: Array, inner: Array, side: Side) -> Array:
    """Return a thigh from its hip and both sides of its knee: y to the hip, z in their plane to the right."""
    to_the_right = outer - inner if side is Side.RIGHT else inner - outer
    return segment(hip - (outer + inner) / 2, to_the_right, "yz")


def _median_length(vectors: Array) -> float:
    lengths = np.linalg.norm(vectors, axis=-1)
    seen = lengths[np.isfinite(lengths)]
    if not len(seen):
        raise ValueError("the markers of the pelvis are never seen at once")
    return float(np.median(seen))
