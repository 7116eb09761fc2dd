"""What a phone on the leg would read of a test's own figure is what the figure's hip does."""

import math

import numpy as np
import pytest

from triplane.assessment import Protocol, battery
from triplane.body import frames_of, place

TESTS = [pytest.param(test, id=test.id) for test in battery().values() if test.inclinometer]
NEAR_DEG = 8.0
"""A figure's pelvis tilts a little where a runner's lies still; Ober's leg is shown a little abducted."""

HELD_LEVEL = "adduction_ober"
"""Its figure begins level; whoever reads it by phone is asked to hold the leg a little higher first."""

MEANT = {"knee_to_wall_angle": 30.0, "extension_thomas": 12.0, "adduction_ober": 12.0, "leg_lowering": 43.0}
"""What the figure shows at its end, where it is no turn since the start."""


def segments_of(test: Protocol) -> tuple[np.ndarray, np.ndarray]:
    """Return where the segment under the phone points at the start and at the end, y up."""
    assert test.inclinometer is not None
    ends = ("hip", "knee") if "thigh" in test.inclinometer.where.lower() else ("knee", "ankle")
    placed = place(frames_of(test.pose))
    near, far = (placed.point(f"{name}_right") for name in ends)
    along = (far - near) / np.linalg.norm(far - near, axis=1, keepdims=True)
    return along[0], along[-1]


def slope(along: np.ndarray) -> float:
    return math.degrees(math.asin(along[1]))


@pytest.mark.parametrize("test", TESTS)
def test_the_figure_starts_as_the_phone_expects(test: Protocol) -> None:
    first, _ = segments_of(test)
    assert test.inclinometer is not None
    limits = test.inclinometer.limits

    starts = {
        "level": abs(slope(first)) <= limits.near_deg,
        "upright": abs(slope(first)) >= 90 - limits.near_deg,
        "raised": abs(slope(first)) >= limits.raised_deg or test.id == HELD_LEVEL,
    }
    assert starts[test.inclinometer.starts], f"{slope(first):.0f} degrees off level"


@pytest.mark.parametrize("test", TESTS)
def test_what_the_phone_counts_is_what_the_hip_does(test: Protocol) -> None:
    assert test.inclinometer is not None
    first, last = segments_of(test)
    up = math.copysign(1.0, slope(first))
    turned = math.degrees(math.acos(np.clip(first @ last, -1, 1)))
    counts = {
        "turn": turned,
        "below_level": -up * slope(last),
        "above_level": up * slope(last),
        "from_upright": 90 - abs(slope(last)),
    }
    if test.inclinometer.counts == "turn":
        before, after = (np.array(pose.hip_right_deg) for pose in (test.pose[0], test.pose[-1]))
        meant = float(np.abs(after - before).max())
    else:
        meant = MEANT[test.id]

    assert counts[test.inclinometer.counts] == pytest.approx(meant, abs=NEAR_DEG)
