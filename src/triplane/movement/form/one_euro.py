"""The One Euro filter: calm at rest, quick in motion, a little late. For what is live, not for reports."""

from math import pi

MINIMUM_HZ = 2.0
"""Cut-off at rest (casiez_2012 begins at 1 Hz); coach_default, by the noise of still landmarks."""

QUICKER = 0.06
"""How much the cut-off rises with speed, Hz for a degree a second; raised until no lag was seen."""

SPEED_HZ = 1.0
LONGEST_GAP_S = 0.5
"""After so long without a value the filter starts anew."""


class OneEuro:
    """One filtered value."""

    __slots__ = ("_at_s", "_quicker", "_speed", "value")

    def __init__(self, quicker: float = QUICKER) -> None:
        self._quicker = quicker
        self._at_s = float("-inf")
        self._speed = 0.0
        self.value = 0.0

    def take(self, value: float, at_s: float) -> float:
        """Take a value in and return it filtered."""
        step = at_s - self._at_s
        if not 0 < step <= LONGEST_GAP_S:
            self._speed, self.value, self._at_s = 0.0, value, at_s
            return value
        self._speed += _share(SPEED_HZ, step) * ((value - self.value) / step - self._speed)
        cut = MINIMUM_HZ + self._quicker * abs(self._speed)
        self.value += _share(cut, step) * (value - self.value)
        self._at_s = at_s
        return self.value


def _share(cut_hz: float, step_s: float) -> float:
    """How much of a new value is taken at a cut-off."""
    late = 1 / (2 * pi * cut_hz)
    return 1 / (1 + late / step_s)
