"""Pelvis and thighs from markers on both sides of the knee in the moving trial itself, in ISB axes."""

import numpy as np

from triplane.body import Side
from triplane.movement.hip_centre import PelvisSize, Regression, hip_centre_m
from triplane.movement.markers import Roles
from triplane.movement.recording import Segments
from triplane.movement.segments import segment


def sides_with_markers(roles: Roles) -> tuple[Side, ...]:
    """Return the sides whose pelvis and knee the markers show."""
    if not roles.has_pelvis:
        return ()
    return tuple(side for side in Side if roles.has(f"{side}_knee_outer", f"{side}_knee_inner"))


def segments(roles: Roles, regression: Regression = Regression.HARRINGTON_WIDTH) -> Segments:
    """Return pelvis and thighs of every side whose markers are there."""
    pelvis, middle = pelvis_of(roles)
    size = size_of(roles)
    thighs, hips = {}, {}
    for side in sides_with_markers(roles):
        hip = middle + pelvis @ hip_centre_m(size, side, regression)
        thighs[side] = thigh_of(
            hip, roles.point(f"{side}_knee_outer"), roles.point(f"{side}_knee_inner"), side
        )
        hips[side] = hip
    return Segments(pelvis, middle, thighs, hips)


def pelvis_of(roles: Roles):  # type: ignore[no-untyped-def]
    """Return the pelvis, shape (frames, 3, 3), and the middle of its front spines, shape (frames, 3)."""
    left, right = roles.point("left_asis"), roles.point("right_asis")
    middle = (left + right) / 2
    return segment(right - left, middle - roles.back_of_pelvis, "zx"), middle


def size_of(roles: Roles) -> PelvisSize:
    """Return the pelvis's lengths as the markers lie, on the median over time."""
    left, right = roles.point("left_asis"), roles.point("right_asis")
    width = np.nanmedian(np.linalg.norm(left - right, axis=-1))
    depth = np.nanmedian(np.linalg.norm((left + right) / 2 - roles.back_of_pelvis, axis=-1))
    legs = {side: roles.leg_length(side) for side in Side}
    return PelvisSize(float(width), float(depth), legs, dict.fromkeys(Side, 0.0))


def thigh_of(hip, outer, inner, side: Side):  # type: ignore[no-untyped-def]
    """Return a thigh from its hip and both sides of its knee: y to the hip, z in their plane to the right."""
    to_the_right = outer - inner if side is Side.RIGHT else inner - outer
    return segment(hip - (outer + inner) / 2, to_the_right, "yz")
