"""From frames to values: what a drill needs of every picture, or why it cannot be had.

Live frames and those of a recording go through the same reader; only what takes their noise off differs.
"""

from dataclasses import dataclass
from math import isfinite

from triplane.body import Leg, Side
from triplane.movement.form.frame import LandmarkFrame
from triplane.movement.form.framing import PATIENCE_S, Framing, Wanted, judge
from triplane.movement.form.glimpse import Glimpse
from triplane.movement.form.learning import Learnt
from triplane.movement.form.rules import PACES, Signal
from triplane.movement.form.signals import READINGS, read_signal
from triplane.movement.form.swaps import Swaps

Key = tuple[Signal, Leg]

CALMED_S = 0.25
"""How long the direction to the camera is smoothed over; the model's depth is its worst number."""

ANEW_S = 0.5
"""After so long without a frame that direction is believed at once."""

UNREADABLE = (Framing.NOBODY, Framing.TWO_PEOPLE, Framing.TURN, Framing.TURN_PHONE)
"""What is wrong so that nothing is measured; the rest makes it worse only."""

WHY_NOT_NOW = {
    Framing.NOBODY: "nobody is in the picture",
    Framing.TWO_PEOPLE: "two people are in the picture",
    Framing.TURN: "the camera sees it from another side than it is measured from",
    Framing.TURN_PHONE: "the picture lies on its side or upside down",
}
"""While it is so; ``WHY_NOT`` says it afterwards."""

WHY_NOT = {
    Framing.NOBODY: "nobody was in the picture",
    Framing.TWO_PEOPLE: "two people were in the picture",
    Framing.TURN: "the camera saw it from another side than it is measured from",
    Framing.TURN_PHONE: "the picture lay on its side or upside down",
}
HIDDEN = "its points are hidden, or the limb points at the camera"


@dataclass(frozen=True, slots=True)
class Shown:
    """One signal as it is shown live, with one standard error; or None with why it is not measured."""

    signal: Signal
    leg: Leg
    value: float | None
    error: float
    unit: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one frame: its values, None where nothing could be read, and advice on the picture."""

    at_s: float
    values: dict[Key, float | None] | None
    framing: Framing | None


def shown(key: Key, value: float | None, framing: Framing | None) -> Shown:
    """Return a value as it is shown."""
    reading = READINGS[key[0]]
    why = "" if value is not None else WHY_NOT_NOW.get(framing, HIDDEN) if framing else HIDDEN
    return Shown(key[0], key[1], value, reading.error, reading.unit, why)


class Reader:
    """Reads the signals of one drill, the counting one first. ``swaps`` counts legs put right."""

    def __init__(self, learnt: Learnt, side: Side) -> None:
        count = learnt.form.count
        assert count is not None  # a drill that is learnt is counted
        self.counted: Key = (count.signal, count.leg)
        rules = [rule for _, rule in sorted(learnt.seen.items()) if rule.signal not in PACES]
        self.keys: tuple[Key, ...] = tuple(
            dict.fromkeys([self.counted, *((rule.signal, rule.leg) for rule in rules)])
        )
        self.swaps = Swaps()
        self._side = side
        self._wanted = Wanted(learnt.toward, learnt.trunk, learnt.size)
        self._toward = (0.0, 0.0, 0.0)
        self._at_s = float("-inf")
        self._advice: tuple[Framing | None, float] = (None, 0.0)
        self._framing: Framing | None = None

    def read(self, frame: LandmarkFrame) -> Read | None:
        """Take a frame; return what it reads, or None where it does not go on in time: it changes nothing."""
        if not (isfinite(frame.at_s) and frame.at_s > self._at_s):
            return None
        since_s, self._at_s = frame.at_s - self._at_s, frame.at_s
        glimpse = None
        if frame.shows_somebody:
            glimpse = Glimpse(frame, self._side, self.swaps.look(frame))
            if glimpse.leg <= 0:
                glimpse = None
        self._framing = self._patiently(self._judge(frame, glimpse, since_s), frame.at_s, since_s)
        if glimpse is None or self._framing in UNREADABLE:
            return Read(frame.at_s, None, self._framing)
        values = {key: read_signal(glimpse, *key) for key in self.keys}
        return Read(frame.at_s, values, self._framing)

    def _judge(self, frame: LandmarkFrame, glimpse: Glimpse | None, since_s: float) -> Framing | None:
        if glimpse is None:
            return Framing.NOBODY
        new = 1.0 if since_s > ANEW_S else since_s / (CALMED_S + since_s)
        (ax, ay, az), (bx, by, bz) = self._toward, glimpse.toward
        x, y, z = ax + new * (bx - ax), ay + new * (by - ay), az + new * (bz - az)
        self._toward = (x, y, z)
        size = (x * x + y * y + z * z) ** 0.5
        return judge(
            frame, glimpse, self._wanted, (x / size, y / size, z / size) if size > 0 else self._toward
        )

    def _patiently(self, found: Framing | None, at_s: float, since_s: float) -> Framing | None:
        if found is not self._advice[0]:
            self._advice = (found, at_s)
        is_first = since_s == float("inf")
        if found in (None, Framing.NOBODY) or is_first or at_s - self._advice[1] >= PATIENCE_S:
            return found
        return self._framing
