"""Left and right legs that a pose model mixes up for a moment, caught by where each leg was going.

Only what is plain is put right: a recording is never to be made worse. Between pictures that lie far apart,
or just after the legs lay together, nobody can tell a leg that went there from one that was misnamed.
"""

from math import hypot

from triplane.movement.form.frame import LandmarkFrame

Points = list[tuple[float, float]]

_PAIRS = ((25, 26), (27, 28), (31, 32))

NEAR_S = 0.045
"""Between pictures further apart than this legs may truly have changed places; coach_default. On a real walk
seen ten times a second, putting right made as much worse as better."""

MUST_GAIN = 0.5
"""Legs are taken as swapped where that halves how far they would have jumped; coach_default."""

FITS = 0.06
"""And only where they then lie so near to where they were going, and otherwise do not, on average of all
points and in shares of the picture's height: what fits neither way says nothing; coach_default."""

KNOWN_S = 0.2
"""And only so long after they lay together: models often find back to the right names then; coach_default."""

LONGEST_S = 0.3
"""Models mix legs up for moments; what stays so for longer is how it is."""

STEADY = 0.5
"""How much of the last motion is believed to go on."""


class Swaps:
    """Says for each frame whether the legs below the hips bear each other's names."""

    __slots__ = ("_at_s", "_legs", "_since_s", "_speed", "_together_s", "are_swapped", "times")

    def __init__(self) -> None:
        self._at_s = self._since_s = self._together_s = float("-inf")
        self._legs: Points | None = None
        self._speed: Points = []
        self.are_swapped = False
        self.times = 0

    def look(self, frame: LandmarkFrame) -> bool:
        """Take a frame with somebody in it; return whether its legs are to be swapped back."""
        wide, image, at_s = frame.aspect, frame.image, frame.at_s
        named = [(image[a][0] * wide, image[a][1]) for pair in _PAIRS for a in pair]
        other = [named[n ^ 1] for n in range(len(named))]
        step = at_s - self._at_s
        before = self._legs
        overdue = self.are_swapped and at_s - self._since_s > LONGEST_S
        if before is None or overdue or not 0 < step <= NEAR_S:
            self.are_swapped = False
            self._note(named, [(0.0, 0.0)] * len(named), at_s)
            return False
        swapped = self._is_swapped(before, named, other, at_s)
        if swapped and not self.are_swapped:
            self.times, self._since_s = self.times + 1, at_s
        self.are_swapped = swapped
        now = other if swapped else named
        speed = [((x - bx) / step, (y - by) / step) for (x, y), (bx, by) in zip(now, before, strict=True)]
        self._note(now, speed, at_s)
        return swapped

    def _is_swapped(self, before: Points, named: Points, other: Points, at_s: float) -> bool:
        go_on = (at_s - self._at_s) * STEADY
        expected = [
            (x + vx * go_on, y + vy * go_on) for (x, y), (vx, vy) in zip(before, self._speed, strict=True)
        ]
        as_named, as_other = _jump(expected, named), _jump(expected, other)
        if self.are_swapped:
            return as_named >= MUST_GAIN * as_other
        is_plain = as_other < MUST_GAIN * as_named and as_other < FITS * len(named) < as_named
        return is_plain and at_s - self._together_s > KNOWN_S

    def _note(self, legs: Points, speed: Points, at_s: float) -> None:
        self._legs, self._speed, self._at_s = legs, speed, at_s
        if _jump(legs[::2], legs[1::2]) * 2 < FITS * len(legs):
            self._together_s = at_s


def _jump(before: Points, after: Points) -> float:
    return sum(hypot(x - bx, y - by) for (x, y), (bx, by) in zip(after, before, strict=True))
