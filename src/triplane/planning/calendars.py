"""What calendars say about a week: where one holds its runs or gym visits, those are the week's."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from triplane.history import (
    CalendarEntry,
    CalendarRead,
    DayPattern,
    GymVisit,
    History,
    PlannedRun,
    RunKind,
)

SAME_WITHIN = timedelta(minutes=15)
"""Two calendars hold the same thing where it begins no further apart than this. Ours."""


def calendar_patterns(history: History, monday: date, zone: str) -> dict[date, dict[str, object]]:
    """Return what replaces the usual runs and gym visits of a week's days; nothing where no calendar speaks.

    A week in which a calendar holds a run takes all its runs from calendars, and so with gym visits: days
    without one have none. Races are facts of their own.
    """
    days = [monday + timedelta(days=number) for number in range(7)]
    entries = [(entry.starts_at.astimezone(ZoneInfo(zone)), entry) for entry in _entries(history)]
    here = [(at, entry) for at, entry in entries if at.date() in days and entry.run is not RunKind.RACE]
    told: dict[date, dict[str, object]] = {}
    for day in days:
        runs = tuple(
            PlannedRun(at=at.time(), minutes=entry.minutes, kind=entry.run)
            for at, entry in here
            if at.date() == day and not entry.is_gym
        )
        gym = tuple(
            GymVisit(at=at.time(), minutes=entry.minutes)
            for at, entry in here
            if at.date() == day and entry.is_gym
        )
        told[day] = {
            **({"runs": runs} if any(not entry.is_gym for _, entry in here) else {}),
            **({"gym": gym} if any(entry.is_gym for _, entry in here) else {}),
        }
    return {day: update for day, update in told.items() if update}


def pattern_of(history: History, usual: DayPattern, day: date, zone: str) -> DayPattern:
    """Return how a date goes by the described week and by calendars."""
    monday = day - timedelta(days=day.weekday())
    return usual.model_copy(update=calendar_patterns(history, monday, zone).get(day, {}))


def _entries(history: History) -> Iterator[CalendarEntry]:
    """Yield what the newest word of each calendar holds, first to last, what two of them hold once."""
    newest = {read.source: read for _, read in history.all(CalendarRead)}
    found: list[CalendarEntry] = []
    for entry in sorted(
        (entry for read in newest.values() for entry in read.entries), key=lambda entry: entry.starts_at
    ):
        near = (one for one in found[-8:] if entry.starts_at - one.starts_at <= SAME_WITHIN)
        if not any(one.is_gym == entry.is_gym for one in near):
            found.append(entry)
            yield entry
