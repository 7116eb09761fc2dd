"""Coming back after days without training (E63). Missed sessions are gone; they are not piled up."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from triplane.catalogue import Drill
from triplane.evidence import Reason, reason
from triplane.history import History, SessionLogged
from triplane.planning import BREAK_AFTER, Adjustment, was_done

LONG_BREAK = timedelta(days=28)
"""Under two weeks resume; two to four weeks resume at 50 to 70 %; beyond, begin again (E63)."""

RESUME_FACTOR = 0.6
RESTART_FACTOR = 0.5
"""Shares of the dose after a break of two to four weeks, and after a longer one (first exposure)."""


def days_off(history: History, now: datetime) -> timedelta | None:
    """Return the time since the last session in which anything was done, or ``None`` without one."""
    done = [
        fact.occurred_at
        for fact, session in history.all(SessionLogged)
        if fact.occurred_at <= now and any(was_done(drill) for drill in session.drills)
    ]
    return now - max(done) if done else None


def after_a_break(history: History, drills: Mapping[str, Drill], now: datetime) -> Iterator[Adjustment]:
    """Yield what a break of two weeks or more asks of every drill."""
    off = days_off(history, now)
    if off is None or off <= BREAK_AFTER:
        return
    factor = RESUME_FACTOR if off <= LONG_BREAK else RESTART_FACTOR
    reason = _why(off)
    for drill in drills.values():
        yield Adjustment(drill=drill.id, dose_factor=factor, reason=reason)


def break_notice(history: History, now: datetime) -> Reason | None:
    """Return what a runner is told after a break, or ``None`` without one."""
    off = days_off(history, now)
    return _why(off) if off is not None and off > BREAK_AFTER else None


def _why(off: timedelta) -> Reason:
    weeks = off.days // 7
    if off <= LONG_BREAK:
        return reason("E63", f"You were away for {weeks} weeks, so we resume at about 60%.")
    return reason("E63", f"You were away for {weeks} weeks, so we measure again and begin at the first dose.")
