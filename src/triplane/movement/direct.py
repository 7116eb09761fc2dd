"""Pelvis and thighs from markers on both sides of the knee in the moving trial itself, in ISB axes."""

from triplane.body import Side
from triplane.movement.anatomy import Hips, hip_in_pelvis, pelvis_of, thigh_of
from triplane.movement.hip_centre import Regression
from triplane.movement.markers import Roles
from triplane.movement.recording import Segments


def sides_with_markers(roles: Roles) -> tuple[Side, ...]:
    """Return the sides whose pelvis and knee the markers show."""
    if not roles.has_pelvis:
        return ()
    return tuple(side for side in Side if roles.has(f"{side}_knee_outer", f"{side}_knee_inner"))


def segments(roles: Roles, regression: Regression, found: Hips) -> Segments:
    """Return pelvis and thighs of every side whose markers are there."""
    pelvis, middle = pelvis_of(roles)
    thighs, hips = {}, {}
    for side in sides_with_markers(roles):
        hips[side] = middle + pelvis @ hip_in_pelvis(roles, side, regression, found)
        outer, inner = roles.point(f"{side}_knee_outer"), roles.point(f"{side}_knee_inner")
        thighs[side] = thigh_of(hips[side], outer, inner, side)
    return Segments(pelvis, middle, thighs, hips)
