"""Faults while they happen: held against what is usual at that point of the way, spoken once and calmly."""

from math import sqrt

from triplane.movement.form.counting import FULL, HALFWAY, LEFT, Repetition
from triplane.movement.form.learning import Usual
from triplane.movement.form.rules import PACES, SeenBy, Signal
from triplane.movement.form.signals import READINGS

EASED = 0.6
"""A fault is over once the signal is back below this share of its limit."""

OWN_SHAPE = {"deg": 6.0, "legs": 0.06}
"""A constant difference up to this is the runner's own shape, or the camera's tilt; coach_default."""

LOST_S = 0.1
"""A point that is lost for less than this breaks off no fault; noise that falls below its limit does: what is
as large as a fault for moments only is noise. With points twice as restless as in the grid, joining it over
such moments found as many faults (78 of 78, six drills) and blamed 5 clean sets of 36 instead of 2."""

ENOUGH = 5
"""Frames at home before that difference is believed."""

CALM_S = 5.0
"""Seconds between two cues; coach_default."""

LASTING_S = 4.0
"""A fault that goes on for so long after its cue has come to stay; coach_default."""

MORE_REPETITIONS = 2
"""And so has one that is seen in so many repetitions after it; coach_default."""


class FaultEye:
    """One visible fault: whether it is there now, was there in this repetition, was spoken of."""

    __slots__ = (
        "_count",
        "_lost_s",
        "_since_s",
        "_sum",
        "after_cue",
        "in_this",
        "is_there",
        "number",
        "rule",
        "spoken_s",
        "times",
        "usual",
    )

    def __init__(self, number: int, rule: SeenBy, usual: Usual | None) -> None:
        self.number, self.rule, self.usual = number, rule, usual
        self._since_s: float | None = None
        self._lost_s: float | None = None
        self._sum, self._count = 0.0, 0
        self.is_there = self.in_this = False
        self.spoken_s: float | None = None
        self.after_cue = self.times = 0

    def step(self, value: float, share: float, at_s: float, is_before: bool) -> bool:
        """Take the signal in a frame; return whether the fault has just become one."""
        if self.usual is None:
            return False
        when = self.rule.when
        if (when == "far" and share < HALFWAY) or (when == "home" and share > LEFT):
            return self._judge(0.0, at_s)
        part = 1.0 if when == "far" else 0.0 if when == "home" else share
        if is_before and when == "always":
            self._learn_shape(value)
        limit = abs(self.rule.over)
        beyond = self.usual.beyond(value - self._shape(), part, self.rule.over, self.rule.either)
        return self._judge(beyond / limit, at_s)

    @property
    def began_s(self) -> float:
        """Since when it has been there without a break."""
        return self._since_s if self._since_s is not None else float("inf")

    def missed(self, at_s: float) -> None:
        """Take a frame in which the signal is not measured: one that is lost breaks off nothing."""
        if self._lost_s is None:
            self._lost_s = at_s
        if not self.is_there and at_s - self._lost_s >= LOST_S:
            self._since_s = None

    def take_pace(self, times_as_fast: float) -> bool:
        """Take how many times as fast as shown a way was; return whether that is the fault."""
        return times_as_fast > self.rule.over

    def _judge(self, amount: float, at_s: float) -> bool:
        if amount < (EASED if self._since_s is not None else 1.0):
            self._since_s, self._lost_s, self.is_there = None, None, False
            return False
        if self._since_s is None:
            self._since_s = at_s
        elif self._lost_s is not None and not self.is_there:
            # What was not seen does not count as having lasted.
            self._since_s += at_s - self._lost_s
        self._lost_s = None
        if self.is_there or at_s - self._since_s < self.rule.for_s:
            return False
        self.is_there = True
        return True

    def _learn_shape(self, value: float) -> None:
        assert self.usual is not None
        low, high = self.usual.low[0], self.usual.high[0]
        self._sum += value - min(max(value, low), high)
        self._count += 1

    def _shape(self) -> float:
        if self._count < ENOUGH:
            return 0.0
        most = OWN_SHAPE[READINGS[self.rule.signal].unit]
        return max(-most, min(most, self._sum / self._count))


class Judge:
    """All visible faults of a set: which there are, which is spoken of, and which ends the set.

    ``noise`` is what noise makes of the counting signal, as a share of its way. A way took as long as was
    seen, and longer by what noise at both lines can hide: it is not called hasty for that.
    """

    def __init__(self, eyes: tuple[FaultEye, ...], noise: float = 0.0) -> None:
        self.eyes = eyes
        self._slower = 1 + sqrt(2) * noise / (FULL - LEFT)
        self._last_cue_s = float("-inf")

    def there(self) -> tuple[int, ...]:
        """Return the faults that are there now, most important first."""
        return tuple(eye.number for eye in self.eyes if eye.is_there)

    def note(self, eye: FaultEye) -> None:
        """Note that a fault has just become one."""
        if not eye.in_this:
            eye.in_this = True
            eye.times += 1

    def cue(self, at_s: float) -> FaultEye | None:
        """Return the fault to speak of now: the first of the file that is new in this set, or none yet."""
        if at_s - self._last_cue_s < CALM_S:
            return None
        for eye in self.eyes:
            if eye.spoken_s is None and (eye.is_there or eye.in_this):
                eye.spoken_s = self._last_cue_s = at_s
                return eye
        return None

    def broken(self, at_s: float) -> FaultEye | None:
        """Return the first fault that has come to stay although it was spoken of."""
        for eye in self.eyes:
            if eye.spoken_s is None:
                continue
            goes_on = eye.is_there and eye.began_s <= eye.spoken_s < at_s - LASTING_S
            if goes_on or eye.after_cue >= MORE_REPETITIONS:
                return eye
        return None

    def judge_pace(self, whole: Repetition, out_s: float | None, back_s: float | None) -> tuple[int, ...]:
        """Judge the pace of a repetition that is over, and return the faults of pace that it had."""
        found = []
        for eye in self.eyes:
            if eye.rule.signal in PACES:
                out = eye.rule.signal is Signal.PACE_OUT
                shown, took = (out_s, whole.pace.out_s) if out else (back_s, whole.pace.back_s)
                if shown and took and eye.take_pace(shown / (took * self._slower)):
                    self.note(eye)
                    found.append(eye.number)
        return tuple(found)

    def end_repetition(self, whole: Repetition) -> tuple[int, ...]:
        """Close a repetition, and return the faults that were in it."""
        faults = tuple(eye.number for eye in self.eyes if eye.in_this)
        for eye in self.eyes:
            if eye.in_this and eye.spoken_s is not None and eye.spoken_s < whole.start_s:
                eye.after_cue += 1
            eye.in_this = False
        return faults
