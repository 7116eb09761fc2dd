"""The lines of a coach's table day by day, so that they may be kept: what a line says while nothing is told.

A table speaks of each runner as of the last thing told, or of the beginning of their day where that came
later. So a line changes with what is told, at once, and else at midnight: what passes with the hours of a day
is not said to have passed before the next one. That somebody took the line along in a file tells nothing of
the runner, and leaves it as it is.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from triplane.coach.caseload import RunnersLine, runners_line
from triplane.history import Fact, History
from triplane.value import Value

LEAVES_LINES = ("comparison_taken",)
"""Kinds of facts from which no line follows, unless one of them stands in the place of another fact."""


def moves_line(fact: Fact) -> bool:
    """Whether a line may follow from a fact."""
    return fact.kind not in LEAVES_LINES or bool(fact.supersedes)


class LineOfDay(Value):
    """What a line says from an instant on."""

    begins: datetime
    line: RunnersLine


class LinesAhead(Value):
    """What a runner's line says day after day until ``ends``, while nothing more is told."""

    days: tuple[LineOfDay, ...]
    ends: datetime

    def at(self, now: datetime) -> RunnersLine | None:
        """Return the line of an instant, or nothing where it lies outside the days that were worked out."""
        said = [day.line for day in self.days if day.begins <= now]
        return said[-1] if said and now < self.ends else None


def line_of_day(history: History, now: datetime) -> RunnersLine:
    """Return a line as a coach's table says it: as of the last thing told, or of this day's beginning."""
    return runners_line(history, _as_of(history, now))


def lines_ahead(history: History, now: datetime, days: int) -> LinesAhead:
    """Return the lines of this day and the next ones, each as ``line_of_day`` says it; ``days`` of them.

    They end where something that was told already begins to count: a clock may have been ahead.
    """
    midnights = [_midnight(now, number) for number in range(1, days + 1)]
    later = [fact.occurred_at for fact in history.facts if fact.occurred_at > now and moves_line(fact)]
    ends = min((*later, midnights[-1]))
    begins = [_as_of(history, now), *(one for one in midnights[:-1] if one < ends)]
    return LinesAhead(days=tuple(_changes(history, begins)), ends=ends)


def _changes(history: History, begins: list[datetime]) -> Iterator[LineOfDay]:
    """Yield the days whose line is another than that of the day before."""
    before = None
    for at in begins:
        line = runners_line(history, at)
        if line != before:
            yield LineOfDay(begins=at, line=line)
        before = line


def _as_of(history: History, now: datetime) -> datetime:
    told = (fact.occurred_at for fact in history.facts if fact.occurred_at <= now and moves_line(fact))
    return max((*told, _midnight(now, 0))).astimezone(now.tzinfo)


def _midnight(now: datetime, days: int) -> datetime:
    return datetime.combine(now.date() + timedelta(days=days), time(), now.tzinfo)
