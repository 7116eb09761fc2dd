"""Calendars: by which words their entries are known, and what one read anew changes about the week."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from triplane import planning
from triplane.datafile import folder, read_one
from triplane.errors import UnknownName
from triplane.history import (
    CalendarEntry,
    CalendarRead,
    CalendarWords,
    Fact,
    History,
    RaceEntered,
    RunKind,
    monday_of,
    record,
)
from triplane.planning import Anchor
from triplane.value import Value

LOOKS_AHEAD = timedelta(days=42)
"""How far from this Monday on a calendar is read: a taper begins two weeks before a race. Coach's default."""

MIN_PER_KM = 6.0
"""Minutes a kilometre of a race takes where its calendar tells no distance (coach's default)."""


class CalendarWeek(Value):
    """What lies ahead in a week by the week as it was described, and by a calendar that holds less."""

    monday: date
    before: tuple[Anchor, ...]
    after: tuple[Anchor, ...]


class _WordsFile(CalendarWords):
    id: str = ""


@lru_cache(maxsize=1)
def our_calendar_words() -> CalendarWords:
    """Return the coach's defaults."""
    found = read_one(folder("triplane.coach", "data"), "calendar_words", _WordsFile, "list")
    return CalendarWords(**found.model_dump(exclude={"id"}))


def calendar_words(history: History) -> CalendarWords:
    """Return the words that were chosen last, or the coach's defaults."""
    return history.latest(CalendarWords) or our_calendar_words()


def calendar_window(now: datetime) -> tuple[date, date]:
    """Return the days a calendar is read for: from this Monday to before the second."""
    monday = monday_of(now.date())
    return monday, monday + LOOKS_AHEAD


def calendars_read(history: History) -> tuple[CalendarRead, ...]:
    """Return what each calendar that speaks about the week held when it was read last."""
    newest = {read.source: read for _, read in history.all(CalendarRead)}
    return tuple(read for read in newest.values() if read.entries)


def calendar_read(
    history: History, source: str, entries: Sequence[CalendarEntry], now: datetime
) -> tuple[Fact, ...]:
    """Return the facts of a calendar that was read: none where it says what it said before.

    A race is entered as if it had been told; one that the calendar no longer holds is cancelled. What was
    told of a race by hand stands.
    """
    first, until = calendar_window(now)
    before = next((one for one in reversed([*history.all(CalendarRead)]) if one[1].source == source), None)
    body = CalendarRead(source=source, first=first, until=until, entries=tuple(entries))
    held = () if before is None else before[1].entries
    ahead = tuple(entry for entry in held if entry.starts_at.astimezone(now.tzinfo).date() >= first)
    facts = []
    if body.entries != ahead and (before is not None or entries):
        key = f"calendar:{source}:{before[0].id if before else ''}:{_digest(body)}"
        facts.append(record(body, history.runner, now, author="import", origin_key=key))
    return (*facts, *_races(history, held, entries, now))


def weeks_thinned(history: History, facts: Sequence[Fact], now: datetime) -> tuple[CalendarWeek, ...]:
    """Return the weeks in which ``facts`` of a calendar take runs or gym visits out of the usual week.

    A week that goes by a calendar already is none of them: what that calendar loses, it loses on purpose.
    """
    first, until = calendar_window(now)
    told = history.plus(*facts)
    mondays = (first + timedelta(days=days) for days in range(0, (until - first).days, 7))
    weeks = ((monday, _ahead(history, now, monday), _ahead(told, now, monday)) for monday in mondays)
    return tuple(
        CalendarWeek(monday=monday, before=before, after=after)
        for monday, before, after in weeks
        if any(
            _count(after, is_run) < _count(before, is_run)
            for is_run in (True, False)
            if not _speaks(history, monday, now, is_run)
        )
    )


def _ahead(history: History, now: datetime, monday: date) -> tuple[Anchor, ...]:
    week = planning.week_of(history, now, monday)
    return tuple(
        anchor.model_copy(update={"starts_at": anchor.starts_at.astimezone(now.tzinfo)})
        for anchor in week.anchors
        if anchor.starts_at >= now
    )


def _count(anchors: Sequence[Anchor], is_run: bool) -> int:
    return sum(anchor.is_run is is_run for anchor in anchors)


def _speaks(history: History, monday: date, now: datetime, is_run: bool) -> bool:
    """Whether a calendar says already when a week's runs, or its gym visits, are."""
    return any(
        monday <= entry.starts_at.astimezone(now.tzinfo).date() < monday + timedelta(days=7)
        and entry.is_gym is not is_run
        and entry.run is not RunKind.RACE
        for read in calendars_read(history)
        for entry in read.entries
    )


def calendar_forgotten(history: History, source: str, now: datetime) -> tuple[Fact, ...]:
    """Return the facts by which a calendar no longer speaks about the week.

    Raises
    ------
    UnknownName
        When no calendar of that name does.
    """
    known = [read.source for read in calendars_read(history)]
    if source not in known:
        raise UnknownName("calendar", source, known)
    return calendar_read(history, source, (), now)


def _races(
    history: History, held: Sequence[CalendarEntry], entries: Sequence[CalendarEntry], now: datetime
) -> list[Fact]:
    told = {
        fact.body.date: fact for fact, _ in history.all(RaceEntered) if isinstance(fact.body, RaceEntered)
    }
    coming = {body.date: (entry, body) for entry in entries if (body := _race(entry, now))}
    gone = {body.date: body for entry in held if (body := _race(entry, now)) and body.date not in coming}
    wanted = [(entry.uid, body) for entry, body in coming.values()]
    wanted += [("gone", body.model_copy(update={"cancelled": True})) for body in gone.values()]
    facts = []
    for uid, body in wanted:
        last = told.get(body.date)
        by_hand = last is not None and last.author != "import"
        if body.date < now.date() or by_hand or (last is None and body.cancelled):
            continue
        if last is None or last.body != body:
            key = f"calendar:{uid}:{body.date}:{last.id if last else ''}:{_digest(body)}"
            facts.append(record(body, history.runner, now, author="import", origin_key=key))
    return facts


def _race(entry: CalendarEntry, now: datetime) -> RaceEntered | None:
    if entry.run is not RunKind.RACE:
        return None
    at = entry.starts_at.astimezone(now.tzinfo)
    metres = entry.distance_m or round(entry.minutes / MIN_PER_KM) * 1000 or 1000
    return RaceEntered(date=at.date(), at=at.time().replace(second=0, microsecond=0), distance_m=metres)


def _digest(body: CalendarRead | RaceEntered) -> str:
    from hashlib import sha256

    return sha256(body.model_dump_json().encode()).hexdigest()[:16]
