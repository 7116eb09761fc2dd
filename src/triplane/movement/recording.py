"""A recording of points: where the markers, joints or landmarks were, in our frame and in metres.

Whatever a file's frame, axes, units and signs were, its reader has turned them into ours: y up, right-handed,
metres, instants from 0 s. Only the horizontal axes stay the room's; which way someone faced is found later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side

Array = NDArray[np.float64]


DIRECTIONS = ("flexion", "abduction", "external rotation")
"""What the three angles of a hip are, in the order of every array; their negatives are the other three."""


class EventKind(StrEnum):
    """What a foot did."""

    STRIKE = "foot_strike"
    OFF = "foot_off"


@dataclass(frozen=True)
class Event:
    """One foot event; ``at_s`` counts from the first frame of the recording."""

    kind: EventKind
    side: Side
    at_s: float


@dataclass(frozen=True)
class Angles:
    """Angles over time, degrees, in our directions; not a number where not measured.

    Attributes
    ----------
    pelvis_deg : array, shape (frames, 3)
        Tilt (forward +), obliquity (right side down +), rotation (turned to the left +).
    hip_deg : for each side, array, shape (frames, 3)
        Flexion +, abduction +, external rotation +.
    """

    pelvis_deg: Array
    hip_deg: Mapping[Side, Array]


@dataclass(frozen=True)
class Segments:
    """Pelvis and thighs over time.

    Attributes
    ----------
    pelvis : array, shape (frames, 3, 3)
        Its axes as columns: forward, up, to the right.
    pelvis_at : array, shape (frames, 3)
        Where it is, metres.
    thigh : for each side that was seen, array, shape (frames, 3, 3)
    hip_at : for each side, the hip's centre, shape (frames, 3), metres
    """

    pelvis: Array
    pelvis_at: Array
    thigh: Mapping[Side, Array]
    hip_at: Mapping[Side, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Recording:
    """Points over time.

    Attributes
    ----------
    rate_hz : frames a second
    names : one for each point, without prefixes of a subject
    points_m : array, shape (frames, points, 3)
        Metres, y up; not a number where a point was not seen.
    given : the laboratory's own angles, where the file carries them
    events : foot events that the file names
    measures_m : lengths of the person that the file names, in metres, such as ``LeftLegLength``
    notes : what the reader had to decide or to leave out, as sentences
    segments : pelvis and thighs, where the file holds turns instead of markers
    visibility : array, shape (frames, points), 0 to 1, where a camera's model says how well it sees
    at_s : array, shape (frames,), where frames are not evenly spaced
    """

    rate_hz: float
    names: tuple[str, ...]
    points_m: Array
    given: Angles | None = None
    events: tuple[Event, ...] = ()
    measures_m: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    segments: Segments | None = None
    visibility: Array | None = None
    at_s: Array | None = None

    @cached_property
    def _index(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.names)}

    @property
    def frames(self) -> int:
        return len(self.points_m)

    @property
    def times_s(self) -> Array:
        return self.at_s if self.at_s is not None else np.arange(self.frames) / self.rate_hz

    def has(self, *names: str) -> bool:
        """Whether all these points are there, in at least one frame."""
        return all(name in self._index and np.isfinite(self.point(name)).any() for name in names)

    def point(self, name: str) -> Array:
        """Return one point's way, shape (frames, 3), metres; KeyError where it is not there."""
        return self.points_m[:, self._index[name]]


LANDMARKS = (
    "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear", "mouth_left", "mouth_right", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_pinky", "right_pinky", "left_index", "right_index",
    "left_thumb", "right_thumb", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
    "right_ankle",
    "left_heel", "right_heel", "left_foot_index", "right_foot_index",
)  # fmt: skip
"""The 33 points of a BlazePose-like model, in its order."""
