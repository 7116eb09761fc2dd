"""A whole recording judged at once: the same reader and tally, with its noise taken off without lag."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import pi, sqrt, tan

from triplane.body import Leg, Side
from triplane.movement.form.counting import GAP_S, Repetition
from triplane.movement.form.frame import LandmarkFrame
from triplane.movement.form.framing import Framing
from triplane.movement.form.learning import Learnt
from triplane.movement.form.reading import HIDDEN, WHY_NOT, Key, Read, Reader
from triplane.movement.form.rules import Signal
from triplane.movement.form.signals import READINGS
from triplane.movement.form.tally import Happened, Tally, What

MOST_FRAMES = 250_000
"""More than an hour at sixty frames a second; what goes on for longer is no set."""

CUT_HZ = 3.0
"""What is slower than this is movement, the rest is the model's noise; drills are slow. coach_default."""

TWICE = 0.802
"""A filter that passes twice cuts lower; the cut-off is divided by this (winter_2009, 2nd order)."""

ENDS = 0.02
"""So much of the frames at either end of a range is taken as stray."""

Trace = tuple[float | None, ...]


@dataclass(frozen=True)
class Range:
    """How far a signal went in a recording, with one standard error; or None with why it is not measured."""

    signal: Signal
    leg: Leg
    low: float | None
    high: float | None
    error: float
    unit: str
    why_not: str = ""


@dataclass(frozen=True)
class FormReport:
    """What was seen of a set.

    Attributes
    ----------
    repetitions : each with its faults, how far it went and how fast
    clean : those without a fault before the set ended
    held_s : seconds of every hold
    faults : number in the drill's file to how many repetitions had it, or how often it was there
    ended_by, ended_s : the fault after which the set was over, and when
    ranges : the signals that were needed, the counting one first
    framing_s : seconds with each piece of advice on the picture
    swaps : how often left and right legs were put right
    happened : all of it in order, cues too
    times_s, shares, traces : every frame, how much of the way was done, and its values without noise, for
        drawing; None where not measured
    """

    seconds: float
    frames: int
    repetitions: tuple[Repetition, ...] = ()
    clean: int = 0
    held_s: tuple[float, ...] = ()
    faults: dict[int, int] = field(default_factory=dict)
    ended_by: int | None = None
    ended_s: float | None = None
    ranges: tuple[Range, ...] = ()
    framing_s: dict[Framing, float] = field(default_factory=dict)
    swaps: int = 0
    happened: tuple[Happened, ...] = ()
    times_s: tuple[float, ...] = ()
    shares: Trace = ()
    traces: dict[Key, Trace] = field(default_factory=dict)


class WholeSet:
    """Takes the frames of one set, live or from a file, and judges it as a whole whenever asked."""

    def __init__(self, learnt: Learnt, side: Side, reader: Reader | None = None) -> None:
        self._learnt = learnt
        self._reader = reader or Reader(learnt, side)
        self._times: list[float] = []
        self._raw: dict[Key, list[float | None]] = {key: [] for key in self._reader.keys}
        self._framing_s: dict[Framing, float] = {}

    def take(self, frame: LandmarkFrame) -> bool:
        """Take one frame, unless it does not go on in time; return whether there is room for more."""
        read = self._reader.read(frame)
        return read is None or self.keep(read)

    def keep(self, read: Read) -> bool:
        """Take what this set's reader read of one frame; return whether there is room for more."""
        times, at_s = self._times, read.at_s
        if len(times) >= MOST_FRAMES:
            return False
        if read.framing is not None and times:
            seconds = min(at_s - times[-1], GAP_S)
            self._framing_s[read.framing] = self._framing_s.get(read.framing, 0.0) + seconds
        times.append(at_s)
        for key, column in self._raw.items():
            column.append(read.values[key] if read.values else None)
        return True

    def report(self) -> FormReport:
        """Return what the set came to until now; an empty one before the first frame."""
        times = self._times
        if not times:
            return FormReport(seconds=0.0, frames=0)
        traces = {key: without_noise(times, column) for key, column in self._raw.items()}
        tally = Tally(self._learnt, self._reader.counted)
        happened, shares = _tallied(times, traces, tally)
        whole = tuple(one.repetition for one in happened if one.repetition)
        ended = next((one for one in happened if one.what is What.SET_ENDED), None)
        return FormReport(
            seconds=times[-1] - times[0],
            frames=len(times),
            repetitions=whole,
            clean=tally.clean,
            held_s=tuple(one.seconds for one in happened if one.what is What.HOLD),
            faults=_times_seen(whole, happened),
            ended_by=ended.fault if ended else None,
            ended_s=ended.at_s if ended else None,
            ranges=tuple(_range(key, trace, self._framing_s) for key, trace in traces.items()),
            framing_s=dict(self._framing_s),
            swaps=self._reader.swaps.times,
            happened=happened,
            times_s=tuple(times),
            shares=shares,
            traces=traces,
        )


def analyse_form(frames: Iterable[LandmarkFrame], learnt: Learnt, side: Side) -> FormReport:
    """Judge a recording of one set. Frames may come one by one; only what is read off them is kept.

    Raises
    ------
    ValueError
        With half a sentence, where there is no frame, or no end of them.
    """
    whole = WholeSet(learnt, side)
    for frame in frames:
        if not whole.take(frame):
            raise ValueError(f"it goes on for more than {MOST_FRAMES} frames; cut one set out of it")
    report = whole.report()
    if not report.frames:
        raise ValueError("there is no frame in it")
    return report


def _tallied(
    times: Sequence[float], traces: Mapping[Key, Trace], tally: Tally
) -> tuple[tuple[Happened, ...], Trace]:
    happened: list[Happened] = []
    shares: list[float | None] = []
    for number, at_s in enumerate(times):
        share, new = tally.step({key: trace[number] for key, trace in traces.items()}, at_s)
        shares.append(share)
        happened += new
    return (*happened, *tally.miss(times[-1])), tuple(shares)


def _times_seen(whole: Sequence[Repetition], happened: Sequence[Happened]) -> dict[int, int]:
    seen: dict[int, int] = {}
    for one in happened:
        if one.what is What.FAULT and one.fault is not None:
            seen.setdefault(one.fault, 0)
    for repetition in whole:
        for fault in repetition.faults:
            seen[fault] = seen.get(fault, 0) + 1
    return {number: max(1, times) for number, times in sorted(seen.items())}


def _range(key: Key, trace: Trace, framing_s: dict[Framing, float]) -> Range:
    reading = READINGS[key[0]]
    values = sorted(value for value in trace if value is not None)
    if not values:
        most = max(framing_s, key=lambda one: framing_s[one], default=None)
        why = WHY_NOT.get(most, HIDDEN) if most else HIDDEN
        return Range(*key, None, None, reading.error, reading.unit, why)
    stray = int(ENDS * len(values))
    return Range(*key, values[stray], values[-1 - stray], reading.error, reading.unit)


def without_noise(times: Sequence[float], values: Sequence[float | None], cut_hz: float = CUT_HZ) -> Trace:
    """Return values through a second order Butterworth filter both ways, stretch by stretch."""
    found: list[float | None] = list(values)
    start = 0
    while start < len(values):
        stop = start
        while (
            stop < len(values)
            and values[stop] is not None
            and (stop == start or times[stop] - times[stop - 1] <= GAP_S / 2)
        ):
            stop += 1
        if stop - start >= SHORTEST:
            step = (times[stop - 1] - times[start]) / (stop - 1 - start)
            stretch = [value for value in values[start:stop] if value is not None]
            found[start:stop] = _both_ways(stretch, step, cut_hz)
        start = max(stop, start + 1)
    return tuple(found)


SHORTEST = 8
"""Shorter stretches are left as they are."""


def _both_ways(values: list[float], step_s: float, cut_hz: float) -> list[float]:
    corner = cut_hz / TWICE * step_s
    if corner >= 0.45:
        return values
    edge = min(len(values) - 1, round(1 / (cut_hz * step_s)))
    before = [2 * values[0] - value for value in values[edge:0:-1]]
    after = [2 * values[-1] - value for value in values[-2 : -edge - 2 : -1]]
    there = _passed([*before, *values, *after], corner)
    back = _passed(there[::-1], corner)[::-1]
    return back[len(before) : len(before) + len(values)]


def _passed(values: list[float], corner: float) -> list[float]:
    """Once through a second order Butterworth low pass; ``corner`` is the cut-off in cycles a frame."""
    warped = tan(pi * corner)
    scale = 1 / (1 + sqrt(2) * warped + warped * warped)
    b0 = warped * warped * scale
    a1 = 2 * (warped * warped - 1) * scale
    a2 = (1 - sqrt(2) * warped + warped * warped) * scale
    found: list[float] = []
    x1 = x2 = y1 = y2 = values[0]
    for x0 in values:
        y0 = b0 * (x0 + 2 * x1 + x2) - a1 * y1 - a2 * y2
        x2, x1, y2, y1 = x1, x0, y1, y0
        found.append(y0)
    return found
