"""The Plug-in Gait model of pelvis and thighs, from its markers alone (Davis 1991; Kadaba 1990).

Pelvis from the front spines and the sacrum (or the middle of the back spines); the knee's centre on a chord,
square to the hip's centre and half a knee away from the outer marker, in the plane of the wand on the thigh.
"""

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.hip_centre import PelvisSize, Regression, hip_centre_m
from triplane.movement.markers import Roles
from triplane.movement.recording import Segments
from triplane.movement.segments import segment, unit

Array = NDArray[np.float64]

MARKER_DIAMETER_M = 0.014
"""Where the file does not say; the usual marker of that model."""


def sides_with_markers(roles: Roles) -> tuple[Side, ...]:
    """Return the sides whose thigh the markers show."""
    if not roles.has_pelvis:
        return ()
    return tuple(side for side in Side if roles.has(f"{side}_thigh_wand", f"{side}_knee_outer"))


def segments(roles: Roles, regression: Regression = Regression.DAVIS) -> Segments:
    """Return pelvis and thighs of every side whose markers are there.

    Raises
    ------
    ValueError
        Half a sentence, where a length is missing that the model asks for.
    """
    left, right = roles.point("left_asis"), roles.point("right_asis")
    middle = (left + right) / 2
    pelvis = segment(right - left, middle - roles.back_of_pelvis, "zx")
    size = _size(roles)
    thighs, hips = {}, {}
    for side in sides_with_markers(roles):
        hips[side] = middle + pelvis @ hip_centre_m(size, side, regression)
        thighs[side] = _thigh(roles, side, hips[side], size.marker_radius)
    return Segments(pelvis, middle, thighs, hips)


def _size(roles: Roles) -> PelvisSize:
    """Return the lengths the hip's centre asks for: as the file names them, else as the markers lie."""
    told = roles.recording.measures_m
    left, right = roles.point("left_asis"), roles.point("right_asis")
    width = told.get("InterAsisDistance") or _median_length(left - right)
    depth = _median_length((left + right) / 2 - roles.back_of_pelvis)
    spines = {side: told.get(f"{side.title()}AsisTrocanterDistance", 0.0) for side in Side}
    radius = (told.get("MarkerDiameter") or MARKER_DIAMETER_M) / 2
    return PelvisSize(width, depth, {side: roles.leg_length(side) for side in Side}, spines, radius)


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
    return outer - offset * sine * axis + offset * np.sqrt(1 - sine**2) * inward


def _median_length(vectors: Array) -> float:
    lengths = np.linalg.norm(vectors, axis=-1)
    return float(np.median(lengths[np.isfinite(lengths)]))
