"""Pelvis and thighs from the ends of their axes, as Plug-in Gait writes them beside the markers."""

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.recording import Recording, Segments
from triplane.movement.segments import from_axis_points, orthonormal

ENDS = ("O", "A", "L", "P")
"""Origin, ahead, left, proximal (upwards)."""

SEGMENT = {Side.LEFT: "LFE", Side.RIGHT: "RFE"}


def has_axes(recording: Recording) -> bool:
    """Whether the axes of the pelvis and of at least one thigh are there."""
    return _has(recording, "PEL") and any(_has(recording, name) for name in SEGMENT.values())


def segments(recording: Recording) -> Segments:
    """Return pelvis and thighs, made square where rounding bent them."""
    thighs = {side: _segment(recording, name) for side, name in SEGMENT.items() if _has(recording, name)}
    hips = {side: recording.point(f"{SEGMENT[side]}P") for side in thighs}
    return Segments(_segment(recording, "PEL"), recording.point("PELO"), thighs, hips)


def _segment(recording: Recording, name: str) -> NDArray[np.float64]:
    return orthonormal(from_axis_points(*(recording.point(f"{name}{end}") for end in ENDS)))


def _has(recording: Recording, name: str) -> bool:
    return recording.has(*(f"{name}{end}" for end in ENDS))
