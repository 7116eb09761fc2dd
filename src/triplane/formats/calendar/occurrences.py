"""When an entry happens: once, or again and again with its exceptions, by the clock on the wall."""

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any

MOST_OF_ONE = 400
"""Times one entry may happen in the days that are read; a daily one happens 42 times. Ours."""

MOVED_MOST = timedelta(days=31)
"""By how much an exception may move all that follows it. Ours."""

TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
BY_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
EARLIEST_YEAR = 1970


@dataclass(frozen=True)
class Occurrence:
    """One time that an entry happens. ``is_day`` says that it has no time of day."""

    entry: Any
    starts_at: datetime
    minutes: float
    is_day: bool


def occurrences(
    masters: Sequence[Any], exceptions: Sequence[Any], zone: tzinfo, first: date, until: date
) -> Iterator[Occurrence]:
    """Yield when entries of one id happen from ``first`` to before ``until``.

    An exception stands in place of the time it names, wherever it was moved to. One for this and all that
    follow (``RANGE=THISANDFUTURE``) moves each of them by as much, by the clock on the wall.

    Raises
    ------
    ValueError
        With half a sentence where times cannot be reckoned.
    """
    alone = [one for one in exceptions if not _goes_on(one)]
    onward = sorted((_Onward(one, zone) for one in exceptions if _goes_on(one)), key=lambda one: one.named)
    moved = {_instant(one["RECURRENCE-ID"].dt, zone) for one in alone}
    room = max((abs(one.by) for one in onward), default=timedelta()) + timedelta(days=1 if onward else 0)
    if room > MOVED_MOST:
        raise ValueError("it moves all that follows by more than a month")
    for master in masters:
        start, minutes = _span(master, zone)
        for at in _starts(master, start, zone, first - room, until + room):
            last = next((one for one in reversed(onward) if one.named <= at), None)
            found = last.moved(at) if last else Occurrence(master, at, minutes, _is_day(master))
            if at not in moved and first <= found.starts_at.astimezone(zone).date() < until:
                yield found
    for one in alone if masters else exceptions:
        at, minutes = _span(one, zone)
        if first <= at.date() < until:
            yield Occurrence(one, at, minutes, _is_day(one))


class _Onward:
    """An exception for one time and all that follow: by how much it moves them, and what they are then."""

    def __init__(self, entry: Any, zone: tzinfo) -> None:
        self.entry = entry
        self.named = _instant(entry["RECURRENCE-ID"].dt, zone)
        self.start, self.minutes = _span(entry, zone)
        self.by = self.start.replace(tzinfo=None) - self._wall(self.named)

    def _wall(self, at: datetime) -> datetime:
        return at.astimezone(self.start.tzinfo).replace(tzinfo=None)

    def moved(self, at: datetime) -> Occurrence:
        there = (self._wall(at) + self.by).replace(tzinfo=self.start.tzinfo)
        return Occurrence(self.entry, there, self.minutes, _is_day(self.entry))


def _goes_on(exception: Any) -> bool:
    return str(exception["RECURRENCE-ID"].params.get("RANGE", "")).upper() == "THISANDFUTURE"


def _is_day(entry: Any) -> bool:
    return not isinstance(entry["DTSTART"].dt, datetime)


def _span(entry: Any, zone: tzinfo) -> tuple[datetime, float]:
    start = _instant(entry["DTSTART"].dt, zone)
    if start.year < EARLIEST_YEAR:
        raise ValueError(f"it begins in the year {start.year}")
    if "DTEND" in entry:
        return start, (_instant(entry["DTEND"].dt, zone) - start).total_seconds() / 60
    lasts = entry["DURATION"].dt if "DURATION" in entry else timedelta(days=1 if _is_day(entry) else 0)
    return start, lasts.total_seconds() / 60


def _instant(value: date | datetime, zone: tzinfo) -> datetime:
    """A day begins at midnight, and a time without a zone is one of the runner's own."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), tzinfo=zone)
    return value if value.tzinfo else value.replace(tzinfo=zone)


def _starts(entry: Any, start: datetime, zone: tzinfo, first: date, until: date) -> Iterator[datetime]:
    """Yield the starts within the days, told in the runner's zone; each once."""
    wall = start.tzinfo
    without = {_instant(day.dt, zone) for listed in _listed(entry, "EXDATE") for day in listed.dts}
    dates = [_instant(_begin(day.dt), zone) for listed in _listed(entry, "RDATE") for day in listed.dts]
    rules = _listed(entry, "RRULE")
    if len(rules) > 1:
        raise ValueError("it repeats by several rules at once")
    found = [start, *dates]
    if rules:
        latest = datetime.combine(until, time(), tzinfo=zone) + timedelta(days=1)
        found += [naive.replace(tzinfo=wall) for naive in _by_rule(rules[0], start, latest, first)]
    seen = set()
    for at in sorted(found, key=lambda at: at.astimezone(UTC)):
        here = at.astimezone(zone)
        if here not in seen and here not in without and first <= here.date() < until:
            seen.add(here)
            yield here


def _begin(value: Any) -> date | datetime:
    told: date | datetime = value[0] if isinstance(value, tuple) else value
    return told


def _listed(entry: Any, name: str) -> list[Any]:
    found = entry.get(name)
    return [] if found is None else found if isinstance(found, list) else [found]


def _by_rule(rule: Any, start: datetime, latest: datetime, first: date) -> list[datetime]:
    """Return the starts by a rule, as times on the wall of its own zone, up to ``latest``."""
    from dateutil.rrule import rrulestr

    told = {name.upper(): value for name, value in rule.items()}
    frequency = str(told.get("FREQ", [""])[0]).upper()
    every = int(told.get("INTERVAL", [1])[0])
    often = any(len(told.get(name, [])) > 1 for name in BY_CLOCK)
    if frequency in TOO_OFTEN or often:
        raise ValueError("it happens more often than once a day")
    if every < 1:
        raise ValueError("it repeats in no time")
    wall = start.replace(tzinfo=None)
    if "COUNT" not in told and frequency in ("DAILY", "WEEKLY"):
        # What lies years back is stepped over in whole turns, so that nothing is reckoned day by day.
        turn = timedelta(days=every * (7 if frequency == "WEEKLY" else 1))
        back = datetime.combine(first, time()) - timedelta(days=2) - wall
        wall += max(0, back // turn - 1) * turn
    ends = latest.astimezone(start.tzinfo).replace(tzinfo=None)
    until = _until(told, start)
    text = re.sub(r"UNTIL=[^;]*;?", "", rule.to_ical().decode()).strip(";")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = rrulestr(text, dtstart=wall).replace(until=min(ends, until) if until else ends)
        days_before = datetime.combine(first, time()) - timedelta(days=2)
        return list(islice((at for at in found if at >= days_before), MOST_OF_ONE))


def _until(told: dict[str, Any], start: datetime) -> datetime | None:
    """The last start by the rule, as a time on the wall; a day alone counts to its end."""
    value = told.get("UNTIL", [None])[0]
    if value is None:
        return None
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    return (value.astimezone(start.tzinfo) if value.tzinfo else value).replace(tzinfo=None)
