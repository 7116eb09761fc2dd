"""When a test is worth taking again: not too soon, not too late."""

from datetime import date, datetime, timedelta

from triplane.assessment.hip_map import hip_map
from triplane.assessment.load import battery
from triplane.assessment.measurements import Measurements, measurements
from triplane.assessment.protocol import Protocol, Role
from triplane.body import Direction, Side
from triplane.evidence import Reason, reason
from triplane.history import History
from triplane.value import Value

EARLIEST = timedelta(weeks=2)
LATEST = timedelta(weeks=4)
"""Range is measured again after two to four weeks (rules R27 and E85)."""


class Retest(Value):
    """A test of the core battery and when it comes again. ``last_on`` missing: never measured."""

    test: str
    last_on: date | None = None
    earliest_on: date | None = None
    due_on: date | None = None
    is_due: bool
    reason: Reason


def retest_due(
    history: History, now: datetime, excluded: frozenset[Direction] = frozenset()
) -> tuple[Retest, ...]:
    """Return every core test with when it comes again, the longest overdue first.

    ``now`` is in the runner's zone. Excluded directions are not tested, nor is the passive maximum of
    directions that are very mobile.
    """
    known = history.until(now)
    taken = measurements(known)
    left_out = excluded | set(hip_map(known, now).mobile)
    wanted = [
        test
        for test in battery().values()
        if (test.core or test.role is Role.PRIMARY)
        and not (test.direction is not None and test.direction in left_out)
    ]
    return tuple(
        sorted((_retest(taken, test, now.date()) for test in wanted), key=lambda one: one.due_on or date.min)
    )


def _retest(known: Measurements, test: Protocol, today: date) -> Retest:
    days = [
        fact.local_date
        for side in Side
        for active in test.modes()
        for fact, _, _ in known.of(test.id, side, active)
    ]
    if not days:
        why = reason("E85", f"{test.name} has not been measured yet.")
        return Retest(test=test.id, is_due=True, reason=why)
    last = max(days)
    due = today >= last + LATEST
    says = f"{test.name} was last measured on {last:%d %B}; it is time to measure it again."
    if not due:
        says = (
            f"{test.name} was last measured on {last:%d %B}; "
            f"from {last + EARLIEST:%d %B} it tells you something new."
        )
    return Retest(
        test=test.id,
        last_on=last,
        earliest_on=last + EARLIEST,
        due_on=last + LATEST,
        is_due=due,
        reason=reason("E85", says),
    )
