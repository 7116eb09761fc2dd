"""The Plug-in Gait model of pelvis and thighs, from its markers alone (davis_1991).

Pelvis from the front spines and the sacrum (or the middle of the back spines); the knee's centre on a chord,
square to the hip's centre and half a knee away from the outer marker, in the plane of the wand on the thigh.
"""

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.anatomy import Hips, hip_in_pelvis, marker_radius_m, pelvis_of
from triplane.movement.hip_centre import Regression
from triplane.movement.markers import Roles
from triplane.movement.recording import Segments
from triplane.movement.segments import segment, unit

Array = NDArray[np.float64]


def sides_with_markers(roles: Roles) -> tuple[Side, ...]:
    """Return the sides whose thigh the markers show."""
    if not roles.has_pelvis:
        return ()
    return tuple(side for side in Side if roles.has(f"{side}_thigh_wand", f"{side}_knee_outer"))


def segments(roles: Roles, regression: Regression, found: Hips) -> Segments:
    """Return pelvis and thighs of every side whose markers are there.

    Raises
    ------
    ValueError
        Half a sentence, where a length is missing that the model asks for.
    """
    pelvis, middle = pelvis_of(roles)
    thighs, hips = {}, {}
    for side in sides_with_markers(roles):
        hips[side] = middle + pelvis @ hip_in_pelvis(roles, side, regression, found)
        thighs[side] = _thigh(roles, side, hips[side], marker_radius_m(roles))
    return Segments(pelvis, middle, thighs, hips)


def _thigh(roles: Roles, side: Side, hip: Array, radius: float) -> Array:
    told = roles.recording.measures_m
    knee_width = told.get(f"{side.title()}KneeWidth", 0.0)
    if not knee_width:
        raise ValueError(f"the file does not say how wide the {side} knee is")
    outer, wand = roles.point(f"{side}_knee_outer"), roles.point(f"{side}_thigh_wand")
    knee = chord(hip, outer, wand, knee_width / 2 + radius)
    to_the_right = (outer - knee) if side is Side.RIGHT else (knee - outer)
    return segment(hip - knee, to_the_right, "yz")


def chord(hip: Array, outer: Array, wand: Array, offset: float) -> Array:
    """Return the joint's centre: square between ``hip`` and ``outer``, ``offset`` metres from ``outer``.

    Parameters
    ----------
    hip, outer, wand : arrays, shape (frames, 3)
        It lies in their plane, on the other side of the line from hip to outer than the wand.
    """
    along = outer - hip
    length = np.linalg.norm(along, axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        sine = np.where(length > offset, offset / length, np.nan)
    axis = unit(along)
    inward = np.cross(axis, unit(np.cross(axis, wand - hip)))
    centre: Array = outer - offset * sine * axis + offset * np.sqrt(1 - sine**2) * inward
    return centre
