"""Planning a runner's week, on a lane where a server has few: looking at a plan that stands takes none."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Protocol

from triplane import coach
from triplane.history import History
from triplane.store import Journal

Lane = Callable[[str], AbstractContextManager[object]]
"""Gives what is held while the week of a runner is planned, or raises ``Later`` where none is free."""

AT_ONCE: Lane = nullcontext
"""The lane of whoever is alone: it is always free."""


class Planned(Protocol):
    """What of a practice its week is planned from."""

    @property
    def journal(self) -> Journal: ...

    @property
    def runner(self) -> str: ...

    @property
    def lane(self) -> Lane: ...

    @property
    def now(self) -> datetime: ...

    def history(self) -> History: ...

    def look(self) -> "coach.Day | None": ...


def day_of(practice: Planned) -> "coach.Day":
    """Return today as ``Practice.day``, for one try: JournalMoved where somebody wrote meanwhile."""
    standing = practice.look()
    if standing is not None:
        return standing
    with practice.lane(practice.runner):
        whole = practice.history()
        day = coach.day(whole, practice.now)
        practice.journal.append(day.proposed, expected_last=whole.last_seq)
        return day


def week_of(practice: Planned) -> "coach.Week":
    """Return this week as ``Practice.week``, for one try: JournalMoved where somebody wrote meanwhile."""
    coach.refuse_if_blocked(practice.history(), practice.now)  # who is stopped has no plan to wait for
    standing = practice.look()
    is_planned = standing is not None and standing.state is not coach.DayState.WEEK_UNKNOWN
    with AT_ONCE(practice.runner) if is_planned else practice.lane(practice.runner):
        whole = practice.history()
        week = coach.week(whole, practice.now)
        practice.journal.append(week.proposed, expected_last=whole.last_seq)
        return week
