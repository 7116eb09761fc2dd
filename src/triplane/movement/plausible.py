"""Doubts that a recording's own points raise: a pelvis of no person's size, sides exchanged."""

import numpy as np

from triplane.movement.markers import Roles
from triplane.movement.recording import Recording

PELVIS_WIDTH_M = (0.12, 0.40)
"""Distance of the front spines: children of ten to large adults, markers on. Ours."""


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
