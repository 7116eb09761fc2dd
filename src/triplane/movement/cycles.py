"""Gait cycles: from strike to strike of one foot, laid over each other at 101 points."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.recording import Event, EventKind

Array = NDArray[np.float64]

POINTS = 101
LONGEST_CYCLE_S = 2.0
"""Longer between two strikes is a pause or a strike that was missed. Ours."""


@dataclass(frozen=True)
class Cycles:
    """The cycles of one side.

    Attributes
    ----------
    each_deg : array, shape (cycles, 101, 3)
    mean_deg, sd_deg : arrays, shape (101, 3)
        Over the cycles; a standard deviation of one cycle is not a number.
    """

    side: Side
    each_deg: Array

    @property
    def mean_deg(self) -> Array:
        mean: Array = np.mean(self.each_deg, axis=0)
        return mean

    @property
    def sd_deg(self) -> Array:
        sd: Array = (
            np.std(self.each_deg, axis=0, ddof=1) if len(self.each_deg) > 1 else np.full((POINTS, 3), np.nan)
        )
        return sd


def cut(angles_deg: Array, events: tuple[Event, ...], side: Side, rate_hz: float) -> Cycles:
    """Return the cycles of a side that were seen whole.

    Parameters
    ----------
    angles_deg : array, shape (frames, n)
    """
    strikes = sorted(one.at_s for one in events if one.kind is EventKind.STRIKE and one.side is side)
    found = []
    frames = np.arange(len(angles_deg)) / rate_hz
    for start, stop in pairwise(strikes):
        if stop - start > LONGEST_CYCLE_S or start < 0 or stop > frames[-1]:
            continue
        at = np.linspace(start, stop, POINTS)
        cycle = np.stack([np.interp(at, frames, column) for column in angles_deg.T], axis=-1)
        if np.isfinite(cycle).all():
            found.append(cycle)
    kept = np.stack(found) if found else np.empty((0, POINTS, angles_deg.shape[1]))
    return Cycles(side, kept)


@dataclass(frozen=True)
class Extremes:
    """What is read off the mean curve of one angle, degrees; ``sd`` from cycle to cycle."""

    highest: float
    highest_sd: float
    lowest: float
    lowest_sd: float

    @property
    def range(self) -> float:
        return self.highest - self.lowest


def extremes(cycles: Cycles) -> tuple[Extremes, ...]:
    """Return highest and lowest of flexion, abduction and rotation; nothing where no cycle was seen whole."""
    if not len(cycles.each_deg):
        return ()
    high, low = cycles.each_deg.max(axis=1), cycles.each_deg.min(axis=1)
    spread = (lambda each: each.std(axis=0, ddof=1)) if len(high) > 1 else (lambda each: np.full(3, np.nan))
    return tuple(
        Extremes(*(float(value) for value in row))
        for row in zip(high.mean(axis=0), spread(high), low.mean(axis=0), spread(low), strict=True)
    )


def symmetry_deg(left: Cycles, right: Cycles) -> Array:
    """Return the root mean square difference of both mean curves, shape (3,), degrees."""
    if not len(left.each_deg) or not len(right.each_deg):
        return np.full(3, np.nan)
    gap: Array = np.sqrt(np.mean((left.mean_deg - right.mean_deg) ** 2, axis=0))
    return gap
