"""Counting: how far along its way a signal is, when a repetition is whole, how long a position is held."""

from dataclasses import dataclass

LEFT = 0.25
HALFWAY = 0.6
"""Shares of the way: a repetition begins beyond the second and is whole once back below the first. Far enough
apart for noise, low enough for somebody who moves two thirds as far as the figure; coach_default."""

FULL = 0.75
"""Up to here a way is timed."""

GAP_S = 0.5
"""What is not seen for longer is not held, and a way that was not seen so long is not timed."""

WORTH_S = 1.0
"""What is held for less was passing through."""


SETTLED_S = 1.2
"""By then a signal has come to rest, where it is going to."""

NEAR = 0.5
"""Near the rest is within this share of what a hold allows."""

LEAVES_S = 0.3
"""Giving way takes longer than this: noise alone leaves a rest for moments; coach_default."""

FOLLOWS = 0.02
"""How much of a frame's value the rest takes on: it creeps with the runner."""

MOST_EARLY = 200
"""Frames kept until a signal is at rest, at any rate."""


@dataclass(frozen=True)
class Way:
    """The way of the counting signal: where the first pose has it, and the farthest point of a repetition."""

    home: float
    far: float

    def share(self, value: float) -> float:
        """Return how much of the way is done, 0 at home and 1 at the far end."""
        return (value - self.home) / (self.far - self.home)


BACK_S = 0.1
"""Back means back for so long: noise alone shows somebody halfway as home for a moment (half of it is gone
after a tenth of a second)."""

OWN_HOME = 0.45
"""A runner's own first position may lie off the figure's by so much of the way."""

ENOUGH = 5
"""Frames at home before that is believed."""


class OwnWay:
    """The way as this runner goes it: shifted to where they rest before the first repetition."""

    __slots__ = ("_count", "_sum", "_way", "has_left")

    def __init__(self, way: Way) -> None:
        self._way = way
        self._sum, self._count = 0.0, 0
        self.has_left = False

    def share(self, value: float) -> float:
        """Take the signal in a frame; return how much of the way is done."""
        share = self._way.share(value)
        if not self.has_left:
            if abs(share) < OWN_HOME:
                self._sum, self._count = self._sum + share, self._count + 1
            self.has_left = abs(share) > HALFWAY and self._count >= ENOUGH
        return share - self._sum / self._count if self._count >= ENOUGH else share


@dataclass(frozen=True)
class Pace:
    """Seconds from the first line to the full way, and back; None where it was not gone or not seen."""

    out_s: float | None = None
    back_s: float | None = None


@dataclass(frozen=True)
class Repetition:
    """One repetition: when it began and was whole, how far it went (share of the figure's way), how fast."""

    number: int
    start_s: float
    end_s: float
    reached: float
    pace: Pace
    faults: tuple[int, ...] = ()


class Repetitions:
    """Counts ways out and back. Nothing counts before the runner has been at home once."""

    __slots__ = (
        "_at_home",
        "_back_s",
        "_before",
        "_full_s",
        "_last_full_s",
        "_least_s",
        "_left_s",
        "count",
        "is_away",
        "out_s",
        "reached",
    )

    def __init__(self, least_s: float) -> None:
        self._least_s = least_s
        self._at_home = self.is_away = False
        self._before: tuple[float, float] | None = None
        self._back_s: float | None = None
        self._left_s: float | None = None
        self._full_s: float | None = None
        self._last_full_s: float | None = None
        self.count = 0
        self.reached = 0.0
        self.out_s: float | None = None

    def step(self, share: float, at_s: float) -> Repetition | None:
        """Take the share of the way in a frame; return the repetition that is whole with it."""
        before, self._before = self._before, (share, at_s)
        if before is not None and at_s - before[1] > GAP_S:
            self._left_s = self._full_s = self._last_full_s = None
            before = None
        if before is not None:
            self._cross(before, share, at_s)
        if share > HALFWAY and self._at_home:
            self.is_away = True
        self.reached = max(self.reached, share) if self.is_away else share
        if share >= LEFT:
            self._back_s = None
            return None
        whole = self._back(before, share, at_s) if self.is_away else None
        if whole is not None or not self.is_away:
            self._at_home, self.is_away = True, False
            self._full_s = self._last_full_s = self.out_s = None
        return whole

    def _back(self, before: tuple[float, float] | None, share: float, at_s: float) -> Repetition | None:
        """Take a frame at home after a way out; return the repetition once that has lasted."""
        if self._back_s is None:
            is_crossed = before is not None and before[0] >= LEFT
            self._back_s = _when(before, (share, at_s), LEFT) if is_crossed and before else at_s
        return self._whole(self._back_s) if at_s - self._back_s >= BACK_S else None

    def _cross(self, before: tuple[float, float], share: float, at_s: float) -> None:
        """Keep the instants at which the lines were crossed, between frames where they were."""
        if before[0] < LEFT <= share and not self.is_away:
            self._left_s = _when(before, (share, at_s), LEFT)
        if before[0] < FULL <= share and self._full_s is None:
            self._full_s = _when(before, (share, at_s), FULL)
            if self._left_s is not None:
                self.out_s = self._full_s - self._left_s
        if share < FULL <= before[0]:
            self._last_full_s = _when(before, (share, at_s), FULL)

    def _whole(self, end: float) -> Repetition | None:
        start = self._left_s if self._left_s is not None else end
        if self._left_s is not None and end - start < self._least_s:
            self.is_away = False
            return None
        self.count += 1
        back = end - self._last_full_s if self._last_full_s is not None else None
        return Repetition(self.count, start, end, self.reached, Pace(self.out_s, back))


def _when(before: tuple[float, float], after: tuple[float, float], line: float) -> float:
    """The instant at which a line was crossed between two frames."""
    return before[1] + (after[1] - before[1]) * (line - before[0]) / (after[0] - before[0])


class HoldClock:
    """Counts the seconds in which a signal rests where it came to; deeper is fine, giving way ends it.

    Coming to rest and leaving it are slow, so both ends are cut to when the signal was truly near its rest.
    """

    __slots__ = ("_anchor", "_at_s", "_deeper", "_early", "_left_s", "_near_s", "_rest", "_within", "held_s")

    def __init__(self, within: float, deeper: float) -> None:
        self._within, self._deeper = within, deeper
        self._anchor: float | None = None
        self._early: list[tuple[float, float]] = []
        self._rest: float | None = None
        self._left_s: float | None = None
        self._at_s = self._near_s = 0.0
        self.held_s = 0.0

    def step(self, value: float, at_s: float, in_place: bool) -> float | None:
        """Take the signal in a frame; return the seconds of the hold that has just ended, if one has."""
        if self._anchor is None:
            if in_place:
                self._begin(value, at_s)
            return None
        step, self._at_s = at_s - self._at_s, at_s
        off = (value - self._anchor) * self._deeper
        if self._has_left(not in_place or off < -self._within, at_s):
            ended = self.let_go()
            if in_place:
                self._begin(value, at_s)
            return ended
        if off > self._within:
            self._anchor = value
            if self._rest is None:
                self._begin(value, at_s)
        if 0 < step <= GAP_S:
            self.held_s += step
        self._settle(value, at_s)
        return None

    def _has_left(self, is_off: bool, at_s: float) -> bool:
        """Whether the place that was held is left, for longer than noise would."""
        if not is_off:
            self._left_s = None
        elif self._left_s is None:
            self._left_s = at_s
        return self._left_s is not None and at_s - self._left_s >= LEAVES_S

    def let_go(self) -> float | None:
        """End the hold; return its seconds if it was worth counting."""
        held = self.held_s
        if self._rest is not None:
            held = max(0.0, held - (self._at_s - self._near_s))
        self.held_s, self._anchor, self._rest, self._left_s = 0.0, None, None, None
        self._early.clear()
        return None if held < WORTH_S else held

    def _begin(self, value: float, at_s: float) -> None:
        self._anchor, self._at_s, self._rest, self.held_s = value, at_s, None, 0.0
        self._left_s = None
        self._early[:] = [(at_s, value)]

    def _settle(self, value: float, at_s: float) -> None:
        """Find the rest once it has lasted a while, and when it began; then keep when it was last near."""
        near = self._within * NEAR
        if self._rest is None:
            if len(self._early) < MOST_EARLY:
                self._early.append((at_s, value))
            if self.held_s < SETTLED_S:
                return
            late = [v for t, v in self._early if t > at_s - SETTLED_S / 2] or [value]
            self._rest = sum(late) / len(late)
            began = next((t for t, v in self._early if abs(v - self._rest) <= near), at_s)
            self.held_s = max(0.0, min(self.held_s, at_s - began))
            self._near_s = at_s
        if (value - self._rest) * self._deeper >= -near:
            self._near_s = at_s
            self._rest += (value - self._rest) * FOLLOWS
