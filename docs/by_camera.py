"""What one camera reads of each test of the hips, tried on our own figure: a table for the papers."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from acting import Take
from held_still import recorded
from triplane.assessment import Protocol, battery
from triplane.body import Side
from triplane.movement import HeldEnds

TAKES = (
    {"stature_m": 1.6, "turned_deg": -15.0, "seed": 1},
    {"stature_m": 1.75, "turned_deg": 0.0, "seed": 2},
    {"stature_m": 1.9, "turned_deg": 15.0, "seed": 3},
)
"""Who takes a test and how askew the camera stands; each on both sides."""

JITTER, LOST = 0.004, 0.05
"""Noise of points in heights of the picture, and the share of pictures that are lost."""


def rows() -> Iterator[tuple[str, ...]]:
    """Give a row for each test of one of the six directions, by camera or not."""
    for test in battery().values():
        if test.direction is None or test.unit != "deg":
            continue
        name = f"{str(test.direction).replace('_', ' ')}: {test.name[0].lower()}{test.name[1:]}"
        if test.camera is None:
            yield name, "no", "", "", "", ""
            continue
        error = test.error_of(test.camera.method)
        assert error is not None
        missed = np.array([read - meant(test) for read in readings(test)])
        yield (
            name,
            _WHERE[test.camera.view],
            f"{missed.mean():+.1f}°".replace("-", "−"),
            f"{missed.std(ddof=1):.1f}°",
            str(len(missed)),
            f"{error.sem:g}°, {error.mdc:g}°",
        )


_WHERE = {"front": "from the front", "feet": "from the feet", "working_side": "from that side"}


def readings(test: Protocol) -> Iterator[float]:
    """Give what is read of each end that our figure holds before a camera."""
    assert test.camera is not None
    for side in Side:
        for take in TAKES:
            ends = HeldEnds(test.camera, side)
            for frame in recorded(test, Take(side=side, fps=15, jitter=JITTER, lost=LOST, **take)):
                ends.see(frame)
            yield from (one.value_deg for one in ends.found())


def meant(test: Protocol) -> float:
    """Return how far the figure's hip goes in a test, by its poses."""
    last = test.pose[-1].hip_right_deg
    return abs(last[0] if test.plane == "sagittal" else last[2])
