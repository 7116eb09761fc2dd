"""What was held still in a stream of values: told as they come, at the same cost after an hour as at once."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from statistics import fmean, median

STILL_S = 1.0
"""A position counts that is held so long. Ours."""

STILL_DEG = 5.0
"""Held still is what moves no further, smoothed; landmarks alone wander by a degree or two. Ours."""

SMOOTHED_S = 0.3
"""Over so long the median of the readings is taken before stillness is judged. Ours."""

GAP_S = 0.5
"""What was not seen for longer was not held. Ours."""


@dataclass(frozen=True)
class Stretch:
    """A stretch in which nothing moved: first and past-the-last reading, its median and mean squareness."""

    start: int
    stop: int
    value: float
    square: float


@dataclass
class _Scan:
    """How far the readings were looked through: the stretch that may begin at ``start``, and its range."""

    start: int = 0
    stop: int = 0
    low: float = 0.0
    high: float = 0.0


class Stillness:
    """Takes readings, and keeps the longest stretches in which none moved."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self._values: list[float] = []
        self._square: list[float] = []
        self._calm: list[float] = []
        self._found: list[Stretch] = []
        self._scan = _Scan()

    def take(self, at_s: float, value: float, square: float) -> None:
        """Take one reading that goes on in time, with how squarely the camera looked at it."""
        self.at.append(at_s)
        self._values.append(value)
        self._square.append(square)
        while self.at[len(self._calm)] + SMOOTHED_S / 2 < at_s:
            self._calm.append(self._smoothed(len(self._calm)))
        self._found += self._looked(self._scan, self._calm)

    def found(self) -> tuple[tuple[Stretch, ...], list[float]]:
        """Return all that was held until now, what is held still too, and every reading smoothed."""
        calm = self._calm + [self._smoothed(n) for n in range(len(self._calm), len(self.at))]
        scan = _Scan(**vars(self._scan))
        found = [*self._found, *self._looked(scan, calm)]
        while scan.start < len(calm):
            found += self._end(scan)
            found += self._looked(scan, calm)
        return tuple(found), calm

    def _smoothed(self, number: int) -> float:
        """Return a reading as the median of those around it."""
        at_s = self.at[number]
        first = bisect_left(self.at, at_s - SMOOTHED_S / 2)
        return median(self._values[first : bisect_right(self.at, at_s + SMOOTHED_S / 2)])

    def _looked(self, scan: _Scan, calm: list[float]) -> list[Stretch]:
        """Look through what is smoothed; return the stretches that ended in it."""
        ended: list[Stretch] = []
        while scan.stop < len(calm):
            value = calm[scan.stop]
            if scan.stop == scan.start:
                scan.low = scan.high = value
            low, high = min(scan.low, value), max(scan.high, value)
            is_gap = scan.stop > scan.start and self.at[scan.stop] - self.at[scan.stop - 1] > GAP_S
            if is_gap or high - low > STILL_DEG:
                ended += self._end(scan)
            else:
                scan.low, scan.high, scan.stop = low, high, scan.stop + 1
        return ended

    def _end(self, scan: _Scan) -> list[Stretch]:
        """End the stretch that was looked at; without one, another may begin at the next reading."""
        start, stop = scan.start, scan.stop
        is_held = self.at[stop - 1] - self.at[start] >= STILL_S
        scan.start = scan.stop = stop if is_held else start + 1
        if not is_held:
            return []
        return [Stretch(start, stop, median(self._values[start:stop]), fmean(self._square[start:stop]))]
