"""What whoever was let in takes along of a runner in a file: two dates compared, and that it was done."""

from datetime import date, datetime, timedelta

from triplane.coach.comparing import Comparison, compare
from triplane.coach.preferring import preferences
from triplane.coach.sharing import act, may
from triplane.history import ComparisonTaken, Deed, History, Units
from triplane.value import Value


class HandedOn(Value):
    """What leaves of one runner, in the runner's own units, and the fact that says so."""

    compared: Comparison
    units: Units
    body: ComparisonTaken


def hand_on(history: History, who: str, before: date, after: date, now: datetime) -> HandedOn | None:
    """Return what somebody takes along of a runner, where the facts as they are now let them.

    It is decided here, with the fact that is recorded of it: nothing leaves that the runner is not told of.
    Where the runner's day is not yet that of whoever asks, the runner's counts.
    """
    if not may(history, who, Deed.HAND_ON):
        return None
    after = min(after, now.date())
    before = min(before, after - timedelta(days=1))
    [body] = act(history, who, ComparisonTaken(before=before, after=after))
    assert isinstance(body, ComparisonTaken)
    return HandedOn(
        compared=compare(history, before, after, now), units=preferences(history).units, body=body
    )
