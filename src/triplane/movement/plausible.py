"""Doubts that a recording raises: a pelvis of no person's size, sides exchanged, angles beyond any hip."""

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.markers import Roles
from triplane.movement.recording import DIRECTIONS, Angles, Recording

PELVIS_WIDTH_M = (0.12, 0.40)
"""Distance of the front spines: children of ten to large adults, markers on. Ours."""


FARTHEST_DEG = {"flexion": (-70.0, 160.0), "abduction": (-75.0, 100.0), "external rotation": (-100.0, 100.0)}
"""Wider than any hip, dancers' and markers' errors included; beyond it markers were exchanged. Ours."""


def within_a_hip(angles: Angles) -> tuple[Angles, tuple[str, ...]]:
    """Return the angles without the frames in which one lies beyond any hip, and what was left out."""
    hips: dict[Side, NDArray[np.float64]] = {}
    notes = []
    low, high = (np.array([FARTHEST_DEG[name][end] for name in DIRECTIONS]) for end in (0, 1))
    for side, hip in angles.hip_deg.items():
        beyond: NDArray[np.bool_] = np.any((hip < low) | (hip > high), axis=1)
        hips[side] = np.where(beyond[:, None], np.nan, hip)
        if beyond.any():
            notes.append(f"the {side} hip is not measured in {beyond.sum()} frames: no hip turns so far")
    return Angles(angles.pelvis_deg, hips), tuple(notes)


def doubts(recording: Recording) -> tuple[str, ...]:
    """Return what does not look right, as sentences; nothing is changed."""
    roles = Roles(recording)
    if not roles.has_pelvis:
        return ()
    left, right, back = roles.point("left_asis"), roles.point("right_asis"), roles.back_of_pelvis
    found = []
    width = float(np.nanmedian(np.linalg.norm(left - right, axis=-1)))
    low, high = PELVIS_WIDTH_M
    if not low <= width <= high:
        found.append(
            f"the front spines would be {width * 100:.1f} cm apart: look at the unit and the marker names"
        )
    up = np.cross(right - left, (left + right) / 2 - back)
    if np.nanmedian(up[:, 1]) < 0 and _is_upright(roles):
        found.append("left and right markers of the pelvis seem to be exchanged")
    return tuple(found)


def _is_upright(roles: Roles) -> bool:
    """Whether the knees are below the pelvis: lying down, which way is up says nothing about sides."""
    knees = [place for place in ("left_knee_outer", "right_knee_outer") if roles.has(place)]
    if not knees:
        return False
    middle = (roles.point("left_asis") + roles.point("right_asis"))[:, 1] / 2
    return bool(np.nanmedian(middle - roles.point(knees[0])[:, 1]) > 0.15)
