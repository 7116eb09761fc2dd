"""A range read by a camera: positions that are held still, out of all that moves, and why there are none.

Frames go in one by one; what was held is worked out at the end. What the view, the people or the light do not
allow to be read is left out and said.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from math import hypot, isfinite

from triplane.body import Leg, Side
from triplane.movement.form.frame import LandmarkFrame
from triplane.movement.form.framing import TURNED, nearest, trunk_in_picture
from triplane.movement.form.glimpse import HIP, HIP_O, SHOULDER, SHOULDER_O, Glimpse
from triplane.movement.form.rules import View
from triplane.movement.form.signals import read_signal
from triplane.movement.form.swaps import Swaps
from triplane.movement.read_by import ReadBy
from triplane.movement.stillness import Stillness, Stretch

END_SHARE, END_DEG = 0.3, 10.0
"""An end is what lies within this share of the whole way, or so many degrees, of the farthest. Ours."""

SQUARE = 0.9
"""Mean cosine of the way to the camera against where it should be, over a held end: 25 degrees make a
rotation read three degrees less. Ours."""

WELL_LAID = 0.87
"""Cosine of how far the trunk may lie off where the test has it: 30 degrees. Ours."""

CHEST = 0.5
"""Cosine of how far the chest may face off up or down where the trunk lies so: 60 degrees, for a model sees
depth badly. Ours."""

_TOWARD: dict[View, tuple[float, float, float]] = {
    View.FRONT: (1, 0, 0),
    View.BACK: (-1, 0, 0),
    View.FEET: (0, -1, 0),
    View.HEAD: (0, 1, 0),
    View.WORKING_SIDE: (0, 0, 1),
    View.OTHER_SIDE: (0, 0, -1),
}
"""Where the camera is, in the frame of the trunk: ahead, up, to the working side."""


class WhyNot(StrEnum):
    """Why a frame was not read."""

    NOBODY = "nobody was in the picture"
    TWO_PEOPLE = "two people were in the picture"
    VIEW = "the camera did not look from where this test is read"
    TRUNK = "the trunk did not lie as this test asks"
    HIDDEN = "the leg was hidden, or pointed at the camera"


@dataclass(frozen=True)
class Held:
    """One end position that was held: when, how long, and the median of what was read meanwhile."""

    at_s: float
    seconds: float
    value_deg: float


class HeldEnds:
    """Reads one side's range in one recording; ``see`` takes its frames."""

    def __init__(self, by: ReadBy, side: Side) -> None:
        self._by, self._side = by, side
        self._swaps = Swaps()
        self._still = Stillness()
        self._not_read: Counter[WhyNot] = Counter()
        self._last_s = float("-inf")

    def see(self, frame: LandmarkFrame) -> float | WhyNot | None:
        """Take one frame; return what it reads, or why nothing; None where time does not go on."""
        if not (isfinite(frame.at_s) and frame.at_s > self._last_s):
            return None
        self._last_s = frame.at_s
        found = self._value(frame)
        if isinstance(found, WhyNot):
            self._not_read[found] += 1
            return found
        value, square = found
        self._still.take(frame.at_s, value, square)
        return value

    @property
    def why_not(self) -> tuple[WhyNot, ...]:
        """What kept it from being read, the most frequent first; nothing that is rare beside the rest."""
        frames = len(self._still.at) + sum(self._not_read.values())
        often = [why for why, count in self._not_read.most_common() if count > 0.1 * frames]
        is_oblique = any(one.square < SQUARE for one in self._still.found()[0])
        return tuple(dict.fromkeys([*([WhyNot.VIEW] if is_oblique else []), *often]))

    def found(self) -> tuple[Held, ...]:
        """Return the ends that were held, in their order: each once, however often it was left a little."""
        stretches, calm = self._still.found()
        still = [one for one in stretches if one.square >= SQUARE]
        if not still:
            return ()
        top = max(one.value for one in still)
        far = top - max(END_DEG, END_SHARE * (top - min(calm)))
        ends: list[Stretch] = []
        for one in still:
            if one.value < far:
                continue
            if ends and min(calm[ends[-1].stop : one.start], default=far) >= far:
                ends[-1] = max(ends[-1], one, key=self._seconds)
            else:
                ends.append(one)
        return tuple(Held(self._still.at[one.start], self._seconds(one), one.value) for one in ends)

    def _seconds(self, one: Stretch) -> float:
        return self._still.at[one.stop - 1] - self._still.at[one.start]

    def _value(self, frame: LandmarkFrame) -> tuple[float, float] | WhyNot:
        """Return what a frame reads, and the cosine of the way to the camera against where it should be."""
        if not frame.shows_somebody:
            return WhyNot.NOBODY
        if frame.people > 1:
            return WhyNot.TWO_PEOPLE
        glimpse = Glimpse(frame, self._side, self._swaps.look(frame))
        square = nearest(glimpse.toward, (_TOWARD[self._by.view],))
        if square < TURNED:
            return WhyNot.VIEW
        if not _lies(glimpse, self._by.trunk):
            return WhyNot.TRUNK
        value = read_signal(glimpse, self._by.signal, Leg.WORKING)
        if value is None or not isfinite(value):
            return WhyNot.HIDDEN
        return -value if self._by.turned else value, square


def _lies(glimpse: Glimpse, how: str) -> bool:
    """Whether the trunk lies as it should in the picture; face down it points at the camera."""
    if how == "face_down":
        return _chest_up(glimpse) <= -CHEST
    trunk = trunk_in_picture(glimpse)
    if trunk is None:
        return False
    along, up = trunk
    if how == "upright":
        return -up >= WELL_LAID
    return abs(along) >= WELL_LAID and _chest_up(glimpse) >= CHEST


def _chest_up(glimpse: Glimpse) -> float:
    """Return the cosine of where the chest faces against up in the picture; 0 where that cannot be told."""
    ux, uy, uz = (
        one[SHOULDER] + one[SHOULDER_O] - one[HIP] - one[HIP_O]
        for one in (glimpse.wx, glimpse.wy, glimpse.wz)
    )
    rx, ry, rz = (
        one[SHOULDER] + one[HIP] - one[SHOULDER_O] - one[HIP_O]
        for one in (glimpse.wx, glimpse.wy, glimpse.wz)
    )
    ahead = (uy * rz - uz * ry, uz * rx - ux * rz, ux * ry - uy * rx)
    length = hypot(*ahead)
    return -ahead[1] / length if length > 1e-6 else 0.0
