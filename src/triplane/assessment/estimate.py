"""The best guess of a true range from all readings, with its error: a Kalman filter in plain Python."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import fmean

from triplane.assessment.error import BAND_PER_SD
from triplane.history import Method
from triplane.value import Value

WALK_DEG_PER_SQRT_WEEK = 1.0
"""How fast a true range may drift: degrees per square root of a week. Coach's default."""
WIDE_PRIOR_SD_DEG = 15.0
"""Spread of what is expected before any reading where there is no reference. Coach's default."""
METHOD_BIAS_SD_DEG = 4.0
"""How far two methods may differ for good, standard deviation in degrees. Coach's default."""

Matrix = list[list[float]]


class Observation(Value):
    """The median of one set of readings: degrees, and the method's standard error in degrees."""

    at: datetime
    value: float
    method: Method
    sem: float


class Estimate(Value):
    """A true range as the filter sees it at an instant: degrees, one standard deviation.

    ``scale`` is the method the runner began with; readings by other methods were allowed a lasting
    difference from it. ``last_at`` is the newest reading.
    """

    value: float
    sd: float
    scale: Method
    methods: tuple[Method, ...]
    readings: int
    last_at: datetime

    @property
    def half_band(self) -> float:
        """How far to either side the true range may lie, with 95 %."""
        return BAND_PER_SD * self.sd


def estimate(
    observations: Iterable[Observation], now: datetime, prior: tuple[float, float] | None = None
) -> Estimate | None:
    """Return the estimate at ``now`` from all readings until then, or ``None`` without any.

    Parameters
    ----------
    observations
        Readings in any order; those after ``now`` are left out.
    prior
        Mean and standard deviation in degrees expected before the first reading, from the reference
        row. Without one it is 15 degrees wide around the first reading.
    """
    seen = sorted((o for o in observations if o.at <= now), key=lambda o: (o.at, o.sem, o.method, o.value))
    if not seen:
        return None
    methods = tuple(dict.fromkeys(o.method for o in seen))
    started = [o.value for o in seen if o.at == seen[0].at]
    mean, sd = prior or (fmean(started), WIDE_PRIOR_SD_DEG)
    state = [mean] + [0.0] * (len(methods) - 1)
    spread = _diagonal([sd**2] + [METHOD_BIAS_SD_DEG**2] * (len(methods) - 1))
    clock = seen[0].at
    for one in seen:
        spread[0][0] += _drift(one.at - clock)
        clock = one.at
        state, spread = _updated(state, spread, methods.index(one.method), one)
    spread[0][0] += _drift(now - clock)
    return Estimate(
        value=state[0],
        sd=spread[0][0] ** 0.5,
        scale=methods[0],
        methods=tuple(sorted(methods)),
        readings=len(seen),
        last_at=clock,
    )


def _drift(passed: timedelta) -> float:
    """Return the variance that a stretch of time adds, in square degrees."""
    return WALK_DEG_PER_SQRT_WEEK**2 * passed / timedelta(weeks=1)


def _diagonal(values: list[float]) -> Matrix:
    return [
        [value if row == column else 0.0 for column in range(len(values))] for row, value in enumerate(values)
    ]


def _updated(
    state: list[float], spread: Matrix, method: int, seen: Observation
) -> tuple[list[float], Matrix]:
    """Take in one reading: it shows the true range plus the lasting difference of its method."""
    parts = [0, method] if method else [0]
    size = range(len(state))
    shown = [sum(spread[row][part] for part in parts) for row in size]
    variance = sum(shown[part] for part in parts) + seen.sem**2
    gain = [share / variance for share in shown]
    surprise = seen.value - sum(state[part] for part in parts)
    moved = [state[row] + gain[row] * surprise for row in size]
    narrowed = [[spread[row][column] - gain[row] * shown[column] for column in size] for row in size]
    return moved, narrowed
