"""What an estimate means: fine or limited, how likely, one side against the other, owned against passive."""

from math import erf, sqrt

from triplane.assessment.norm import NormBand
from triplane.assessment.protocol import Finding, Protocol
from triplane.body import Side
from triplane.value import Value

NEAR_DEG = 10.0
"""Within so many degrees of a threshold a finding says how likely it is (decision of the project)."""
RATIO_FROM_DEG = 15.0
"""Passive range below which a ratio of owned to passive range says nothing."""
VERY_MOBILE_Z = 2.0
"""Standard deviations above the reference from which a direction counts as very mobile."""


class Judgement(Value):
    """A finding, how many standard deviations from the reference, and how likely it is.

    ``probability`` that the true range lies on this side of the threshold; missing further away than
    10 degrees, where it is as good as sure.
    """

    finding: Finding
    z: float | None = None
    probability: float | None = None


class Asymmetry(Value):
    """A side difference that beats its error and the set line; ``lower`` is the lesser side."""

    difference: float
    line: float
    lower: Side


def judge(value: float | None, sd: float, norm: NormBand | None, mdc: float) -> Judgement:
    """Hold a value against its reference (rule B08).

    Limited is one standard deviation or more below the reference mean and more than the smallest
    real change ``mdc`` below it; clearly limited is two. ``sd`` is the value's own error.
    """
    if value is None:
        return Judgement(finding=Finding.NOT_MEASURED)
    if norm is None:
        return Judgement(finding=Finding.NO_REFERENCE)
    z = round((value - norm.mean) / norm.sd, 9)
    beyond_error = round(norm.mean - value, 9) > mdc
    limited_at = min(norm.mean - norm.sd, norm.mean - mdc)
    clearly_at = min(norm.mean - 2 * norm.sd, norm.mean - mdc)
    if z <= -2 and beyond_error:
        return Judgement(finding=Finding.CLEARLY_LIMITED, z=z, probability=_likely(clearly_at - value, sd))
    if z <= -1 and beyond_error:
        return Judgement(finding=Finding.LIMITED, z=z, probability=_likely(limited_at - value, sd))
    return Judgement(finding=Finding.FINE, z=z, probability=_likely(value - limited_at, sd))


def _likely(past: float, sd: float) -> float | None:
    """Return how likely the true range is past a threshold, given how far past the estimate lies."""
    if past > NEAR_DEG or sd <= 0:
        return None
    return 0.5 * (1 + erf(past / (sd * sqrt(2))))


def asymmetry(test: Protocol, left: float | None, right: float | None, mdc: float) -> Asymmetry | None:
    """Return the side difference if it counts (rule B06), in the test's unit."""
    if test.asymmetry is None or left is None or right is None:
        return None
    line = max(mdc, test.asymmetry)
    if abs(left - right) <= line:
        return None
    left_is_worse = (left < right) is test.higher_is_better
    return Asymmetry(
        difference=abs(left - right), line=line, lower=Side.LEFT if left_is_worse else Side.RIGHT
    )


def owned_gap_line(test: Protocol, mdc: float) -> float | None:
    """Return the degrees from which a gap between passive and owned range counts (rule B09)."""
    return None if test.owned_gap is None else max(mdc, test.owned_gap)


def owned_ratio(passive: float, owned: float) -> float | None:
    """Return owned over passive range, or ``None`` below 15 degrees where it says nothing."""
    return owned / passive if passive >= RATIO_FROM_DEG else None
