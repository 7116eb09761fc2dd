"""How far a reading may be off: the method's error, or the runner's own after three sessions."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from statistics import fmean, median

from triplane.assessment.measurements import Measurement, Measurements
from triplane.assessment.protocol import Protocol
from triplane.body import Side
from triplane.history import Method
from triplane.value import Value

BAND_PER_SD = 1.96
"""Standard errors to either side of a value that hold the true one with 95 %."""
MDC_PER_SEM = BAND_PER_SD * 2**0.5
"""Smallest real change at 95 % of two readings, per standard error (2.77)."""
OWN_MDC_FLOOR_DEG = 4.0
"""A runner's own smallest real change never goes below this (rule B05, coach's default)."""
OWN_AFTER_SESSIONS = 3


class Error(Value):
    """Standard error and smallest real change in the test's unit; ``own`` where from the runner."""

    sem: float
    mdc: float
    own: bool = False
    sources: tuple[str, ...] = ()

    @property
    def half_band(self) -> float:
        """How far to either side of one reading the true value may lie, with 95 %."""
        return BAND_PER_SD * self.sem


def error_for(known: Measurements, test: Protocol, active: bool, method: Method) -> Error:
    """Return the error to reckon with for this runner (rule B05).

    After three sessions under the same training it is the runner's own: the standard deviation of
    session-to-session differences, freed of their steady trend, over the square root of two.
    """
    published = test.error_of(method)
    assert published is not None, f"{test.id} is not taken by {method}"
    own = _own_sem(known, test, active, method) if test.unit == "deg" else None
    if own is None:
        return Error(sem=published.sem, mdc=published.mdc, sources=published.sources)
    mdc = max(OWN_MDC_FLOOR_DEG, MDC_PER_SEM * own)
    return Error(sem=mdc / MDC_PER_SEM, mdc=mdc, own=True, sources=("coach_default",))


def _own_sem(known: Measurements, test: Protocol, active: bool, method: Method) -> float | None:
    squares, freedom = 0.0, 0
    for side in Side:
        sessions = _sessions(known.of(test.id, side, active, method))
        steps = _same_training(sessions, known.trained_on)
        if len(steps) >= OWN_AFTER_SESSIONS - 1:
            trend = fmean(steps)
            squares += sum((step - trend) ** 2 for step in steps)
            freedom += len(steps) - 1
    return (squares / freedom) ** 0.5 / 2**0.5 if freedom else None


def _sessions(taken: Iterable[Measurement]) -> list[tuple[date, float]]:
    """Return one value per local day, oldest first."""
    days: dict[date, list[float]] = {}
    for fact, _, value in taken:
        days.setdefault(fact.local_date, []).append(value)
    return [(day, median(values)) for day, values in sorted(days.items())]


def _same_training(sessions: list[tuple[date, float]], trained: frozenset[date]) -> list[float]:
    """Return the newest run of differences over which training neither began nor ended."""
    steps: list[float] = []
    before_newer: bool | None = None
    for (earlier, low), (later, high) in reversed(list(pairwise(sessions))):
        was_trained = any(earlier < day <= later for day in trained)
        if before_newer is not None and was_trained is not before_newer:
            break
        before_newer = was_trained
        steps.append(high - low)
    return steps
