"""Left and right legs that a pose model mixes up for a while, caught by where each leg was going."""

from math import hypot

from triplane.movement.form.frame import LandmarkFrame

_PAIRS = ((25, 26), (27, 28), (31, 32))
LOST_S = 0.4
"""After so long without a frame nothing is known of before."""

MUST_GAIN = 0.5
"""Legs are taken as swapped where that halves how far they would have jumped; coach_default."""

MUST_JUMP = 0.12
"""And only where they would have jumped by more than this, shares of the picture's height; coach_default."""

LONGEST_S = 0.6
"""Models mix legs up for moments; what stays so for longer is how it is."""

STEADY = 0.5
"""How much of the last motion is believed to go on."""


class Swaps:
    """Says for each frame whether the legs below the hips bear each other's names."""

    __slots__ = ("_at_s", "_legs", "_since_s", "_speed", "are_swapped", "times")

    def __init__(self) -> None:
        self._at_s = float("-inf")
        self._legs: list[tuple[float, float]] | None = None
        self._speed: list[tuple[float, float]] = []
        self._since_s = float("-inf")
        self.are_swapped = False
        self.times = 0

    def look(self, frame: LandmarkFrame) -> bool:
        """Take a frame with somebody in it; return whether its legs are to be swapped back."""
        wide, image = frame.aspect, frame.image
        named = [(image[a][0] * wide, image[a][1]) for pair in _PAIRS for a in pair]
        other = [named[n ^ 1] for n in range(len(named))]
        step = frame.at_s - self._at_s
        before = self._legs
        overdue = self.are_swapped and frame.at_s - self._since_s > LONGEST_S
        if before is None or overdue or not 0 < step <= LOST_S:
            self.are_swapped, self._speed = False, [(0.0, 0.0)] * len(named)
            self._legs, self._at_s = named, frame.at_s
            return False
        expected = [
            (x + vx * step * STEADY, y + vy * step * STEADY)
            for (x, y), (vx, vy) in zip(before, self._speed, strict=True)
        ]
        as_named, as_other = _jump(expected, named), _jump(expected, other)
        if as_other < MUST_GAIN * as_named and as_named > MUST_JUMP * len(_PAIRS):
            now, swapped = other, True
        elif as_named < MUST_GAIN * as_other or not self.are_swapped:
            now, swapped = named, False
        else:
            now, swapped = other, True
        if swapped and not self.are_swapped:
            self.times, self._since_s = self.times + 1, frame.at_s
        self.are_swapped = swapped
        self._speed = [
            ((x - bx) / step, (y - by) / step) for (x, y), (bx, by) in zip(now, before, strict=True)
        ]
        self._legs, self._at_s = now, frame.at_s
        return swapped


def _jump(before: list[tuple[float, float]], after: list[tuple[float, float]]) -> float:
    return sum(hypot(x - bx, y - by) for (x, y), (bx, by) in zip(after, before, strict=True))
