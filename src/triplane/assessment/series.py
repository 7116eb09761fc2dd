"""A trend line of one test by one method, and what a change in it is worth."""

from datetime import date, datetime
from enum import StrEnum

from triplane.assessment.error import MDC_PER_SEM, Error, error_for
from triplane.assessment.load import find_test
from triplane.assessment.measurements import measurements
from triplane.assessment.protocol import spoken
from triplane.body import Side
from triplane.evidence import Reason, reason
from triplane.history import History, Method
from triplane.value import Value


class Point(Value):
    """The median of one set of readings, in the test's unit."""

    at: datetime
    on: date
    value: float


class Series(Value):
    """Readings of one test, side and mode by one method, oldest first."""

    test: str
    unit: str
    side: Side
    active: bool
    method: Method | None
    points: tuple[Point, ...] = ()
    error: Error | None = None
    higher_is_better: bool = True


class Refusal(Value):
    """No trend is drawn, and why."""

    methods: tuple[Method, ...] = ()
    reason: Reason


class Certainty(StrEnum):
    """How sure it is that something changed."""

    REAL = "real"
    MAYBE = "maybe"
    WITHIN_NOISE = "within noise"
    NOT_COMPARABLE = "cannot be compared"


class RangeChange(Value):
    """The difference between two readings and what it is worth.

    ``delta`` is later minus earlier in the test's unit; ``better`` is missing unless the change is
    real. A change that is not real is never called an improvement.
    """

    certainty: Certainty
    delta: float | None = None
    mdc: float | None = None
    better: bool | None = None
    since: date | None = None
    until: date | None = None
    reason: Reason


def series(
    history: History, test: str, side: Side, active: bool = False, method: Method | None = None
) -> Series | Refusal:
    """Return the trend line of a test, or say why there is none (rule B03: methods never mix).

    ``method`` may be left out while the runner has used one method only.
    """
    protocol = find_test(test)
    known = measurements(history)
    found = known.of(protocol.id, side, active, method)
    methods = tuple(sorted({taken.method for _, taken, _ in found}))
    if len(methods) > 1:
        said = " and ".join(methods)
        says = f"We draw no line through {said} together, because methods read differently. Choose one."
        return Refusal(methods=methods, reason=reason("B03", says))
    used = methods[0] if methods else method
    return Series(
        test=protocol.id,
        unit=protocol.unit,
        side=side,
        active=active,
        method=used,
        points=tuple(Point(at=fact.occurred_at, on=fact.local_date, value=value) for fact, _, value in found),
        error=error_for(known, protocol, active, used) if methods and used else None,
        higher_is_better=protocol.higher_is_better,
    )


def change(line: Series | Refusal, since: date | None = None) -> RangeChange:
    """Judge the newest reading of a line against the first one, or the first since a date (rule B04).

    Real is only what exceeds the smallest real change and is at least 95 % sure.
    """
    if isinstance(line, Refusal):
        return RangeChange(certainty=Certainty.NOT_COMPARABLE, reason=line.reason)
    points = [point for point in line.points if since is None or point.on >= since]
    if len(points) < 2 or line.error is None:
        why = reason("B04", "One reading is not enough to speak of change.")
        return RangeChange(certainty=Certainty.NOT_COMPARABLE, reason=why)
    first, last = points[0], points[-1]
    delta = last.value - first.value
    certainty = certainty_of(delta, line.error)
    real = certainty is Certainty.REAL
    return RangeChange(
        certainty=certainty,
        delta=delta,
        mdc=line.error.mdc,
        better=(delta > 0) is line.higher_is_better if real else None,
        since=first.on,
        until=last.on,
        reason=reason("B04", _said(delta, line, certainty)),
    )


def certainty_of(delta: float, error: Error) -> Certainty:
    """Return how sure a difference of two readings with this error is."""
    size = abs(delta)
    if size > error.mdc and size >= MDC_PER_SEM * error.sem:
        return Certainty.REAL
    return Certainty.MAYBE if size > 0.5 * error.mdc else Certainty.WITHIN_NOISE


def _apart(delta: float, mdc: float) -> tuple[str, str]:
    """Say a change and what a real one takes, with as many decimals as keep unequal numbers apart."""
    digits = next((many for many in (3, 4, 5) if f"{abs(delta):.{many}g}" != f"{mdc:.{many}g}"), 3)
    return f"{delta:+.{digits}g}", f"{mdc:.{digits}g}"


def _said(delta: float, line: Series, certainty: Certainty) -> str:
    assert line.error is not None
    sure = line.error.mdc if abs(delta) <= line.error.mdc else MDC_PER_SEM * line.error.sem
    takes = line.error.mdc if certainty is Certainty.REAL else sure
    moved, needed = (f"{number} {spoken(line.unit, float(number))}" for number in _apart(delta, takes))
    if certainty is Certainty.REAL:
        return f"{moved} since your first reading is more than the {needed} a real change takes."
    if certainty is Certainty.MAYBE and moved.lstrip("+-") == needed:
        return f"{moved} may be a change; measuring alone can make as much, and more would be sure."
    if certainty is Certainty.MAYBE:
        return f"{moved} may be a change; it takes more than {needed} to be sure."
    return f"{moved} is within the noise of measuring; it takes more than {needed} to be sure."
