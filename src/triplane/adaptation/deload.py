"""Easier weeks: every fourth one, and weeks with clearly less running (E75)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from triplane.catalogue import Drill, Stage
from triplane.evidence import Reason, reason
from triplane.history import History
from triplane.planning import Adjustment, RunnersWeek, is_down_week, training_week

EVERY_WEEKS = 4
DELOAD_FACTOR = 0.55
"""Stages 3 to 5 lose 40 to 50 % of their volume in a deload week; stages 1 and 2 stay (E75)."""


def is_deload_week(history: History, monday: date, now: datetime) -> bool:
    """Say whether a week is a fourth one: 4, 8, 12 and so on."""
    return training_week(history, monday, now) % EVERY_WEEKS == 0


def deload(
    history: History, drills: Mapping[str, Drill], week: RunnersWeek, now: datetime
) -> Iterator[Adjustment]:
    """Yield what a deload or down week asks of the drills of stages 3 to 5."""
    reason = deload_notice(history, week, now)
    if reason is None:
        return
    for drill in drills.values():
        if drill.stage >= Stage.OWN:
            yield Adjustment(drill=drill.id, dose_factor=DELOAD_FACTOR, reason=reason)


def deload_notice(history: History, week: RunnersWeek, now: datetime) -> Reason | None:
    """Return why the week is an easier one, or ``None``."""
    if is_deload_week(history, week.monday, now):
        number = training_week(history, week.monday, now)
        return reason(
            "E75", f"Week {number} is an easier one: holds and strength work go down by about half."
        )
    if is_down_week(week, history, now):
        return reason("E75", "You run clearly less this week, so the strength work goes down with it.")
    return None
