"""Filling short gaps and taking the noise off, without shifting anything in time."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LONGEST_GAP_S = 0.1
"""Gaps up to so long are filled; Sports2D fills fewer than 10 frames. Ours."""

LOW_PASS_HZ = 10.0
"""Cut-off for running, as RBDS was filtered (fukuchi_2017); 6 Hz is usual for walking."""

TWICE = 0.802
"""A filter that passes twice cuts lower; the cut-off is divided by this (winter_2009, 2nd order)."""


def fill_gaps(points: Array, rate_hz: float, longest_s: float = LONGEST_GAP_S) -> Array:
    """Return the points with short gaps filled along a cubic curve; longer ones and the ends stay open.

    Parameters
    ----------
    points : array, shape (frames, ..., 3); not a number where missing
    """
    if np.isfinite(points).all():
        return points
    from scipy.interpolate import CubicSpline

    flat = points.reshape(len(points), -1).copy()
    frames = np.arange(len(flat))
    for column in flat.T:
        seen = np.isfinite(column)
        if seen.all() or seen.sum() < 4:
            continue
        curve = None
        for start, stop in runs_of(~seen):
            inside = start > 0 and stop < len(column)
            if inside and (stop - start) <= longest_s * rate_hz:
                curve = curve or CubicSpline(frames[seen], column[seen])
                column[start:stop] = curve(frames[start:stop])
    return flat.reshape(points.shape)


def low_pass(points: Array, rate_hz: float, cut_hz: float = LOW_PASS_HZ) -> Array:
    """Return the points through a 4th order Butterworth filter without lag, gap by gap.

    Parameters
    ----------
    points : array, shape (frames, ...)
    cut_hz : cut-off of the whole filter, passed both ways; nothing is done at half the rate or above

    Returns
    -------
    array of the same shape; stretches too short to filter are left as they are
    """
    corner = cut_hz / TWICE / (rate_hz / 2)
    if corner >= 1:
        return points
    from scipy.signal import butter

    sections = butter(2, corner, output="sos")
    flat = points.reshape(len(points), -1)
    if np.isfinite(flat).all():
        return _passed(sections, flat).reshape(points.shape)
    found = flat.copy()
    for number, column in enumerate(flat.T):
        for start, stop in runs_of(np.isfinite(column)):
            found[start:stop, number] = _passed(sections, column[start:stop, None])[:, 0]
    return found.reshape(points.shape)


def _passed(sections: Array, columns: Array) -> Array:
    from scipy.signal import sosfiltfilt

    edge = 3 * (2 * len(sections) + 1)
    if len(columns) <= edge:
        return columns
    passed: Array = sosfiltfilt(sections, columns, axis=0)
    return passed


def runs_of(true: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (start, stop) of every stretch that is true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], true, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
