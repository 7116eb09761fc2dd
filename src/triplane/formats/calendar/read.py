"""Read a calendar: which of its entries are runs, gym visits and races, when, and what was left out."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from triplane.errors import UnreadableFile
from triplane.formats.calendar.occurrences import Occurrence, occurrences
from triplane.formats.calendar.pieces import Piece, Pieces, taken_apart
from triplane.history import CalendarEntry, CalendarWords, RunKind

LARGEST_BYTES = 32 * 2**20
MOST_ENTRIES = 50_000
MOST_ALIKE = 3_000
MOST_FOUND = 500
MOST_LETTERS = 3_000_000
MOST_OF_ZONE = 20_000
"""Bytes and entries of one calendar, entries of it that look like sport, times they happen, and letters read
in full: those of each entry with the rules of its zones, and the rules of one zone alone. Ours."""

NAMED_SKIPS = 20
"""Entries left out that are named; the rest of them is counted. Ours."""

RUN_MIN, RACE_AT_H = 45.0, 9
"""Minutes of a run whose entry has no end, and when a race of a whole day begins. Coach's defaults."""

RUNS = {
    "race": RunKind.RACE,
    "interval": RunKind.INTERVAL,
    "tempo": RunKind.TEMPO,
    "long": RunKind.LONG,
    "training": None,
    "run": None,
}
DISTANCES_M = {"half": 21_097.5, "halb": 21_097.5, "marathon": 42_195.0}
KILOMETRES = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d+)?)\s?(?:k|km)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class CalendarFound:
    """What a calendar holds for the days asked about; ``skipped`` is (what, why).

    ``titles`` are by an entry's id, for whoever looks now; no fact is made of them.
    """

    called: str
    entries: tuple[CalendarEntry, ...]
    skipped: tuple[tuple[str, str], ...]
    unread: int = 0
    titles: dict[str, str] = field(default_factory=dict)


def is_calendar(content: bytes) -> bool:
    """Whether these bytes claim to be a calendar."""
    return content[:256].lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCALENDAR")


def read_calendar(
    content: bytes, name: str, words: CalendarWords, zone: ZoneInfo, first: date, until: date
) -> CalendarFound:
    """Return the runs, gym visits and races that happen from ``first`` to before ``until``.

    Raises
    ------
    UnreadableFile
        In one sentence, where it is no calendar, too large, or broken as a whole.
    """
    if not is_calendar(content):
        raise UnreadableFile(f"{name}: this is not a calendar")
    if len(content) > LARGEST_BYTES:
        raise UnreadableFile(f"{name}: larger than {LARGEST_BYTES // 2**20} MB; export a part of it")
    text = content.decode("utf-8-sig", errors="replace")
    try:
        pieces = taken_apart(text, MOST_ENTRIES)
    except ValueError as error:
        raise UnreadableFile(f"{name}: {error}") from error
    if not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise UnreadableFile(f"{name}: the calendar is cut off; export it again")
    reading = _Reading(words, _zone(pieces.zone) or zone, zone, first, until)
    reading.all_of(pieces, name)
    return CalendarFound(
        called=pieces.called[:80],
        entries=tuple(sorted(reading.found, key=lambda one: (one.starts_at, one.uid))),
        skipped=tuple(reading.left_out()),
        unread=reading.unread,
        titles=reading.titles,
    )


def kind_of(words: CalendarWords, told: str) -> str:
    """Return the first list of words that finds an entry; nothing where none does."""
    for name, found in _patterns(words):
        if found.search(told):
            return "" if name == "none" else name
    return ""


@lru_cache(maxsize=8)
def _patterns(words: CalendarWords) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each list what finds one of its words, whole; an empty list finds nothing."""
    return tuple(
        (name, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)", re.IGNORECASE))
        for name, listed in words
        if listed
    )


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@dataclass
class _Reading:
    """One calendar being read. ``floating`` is the zone of times that name none, ``zone`` the runner's."""

    words: CalendarWords
    floating: ZoneInfo
    zone: ZoneInfo
    first: date
    until: date
    found: list[CalendarEntry] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    titles: dict[str, str] = field(default_factory=dict)
    unread: int = 0
    letters: int = 0

    def all_of(self, pieces: Pieces, name: str) -> None:
        near = [piece for piece in pieces.entries if self._may_happen(piece)]
        alike = {piece.uid for piece in near if kind_of(self.words, piece.words)}
        wanted = [piece for piece in near if piece.uid in alike]
        if len(wanted) > MOST_ALIKE:
            raise UnreadableFile(
                f"{name}: more than {MOST_ALIKE} entries look like sport; export a part of it"
            )
        for piece in near:
            if piece.uid not in alike:
                self._leave(piece.title, "no word in it says that it is a run, a gym visit or a race")
        zones = [_named(zone) for zone in pieces.zones]
        groups: dict[str, list[Piece]] = {}
        for piece in wanted:
            groups.setdefault(piece.uid or str(id(piece)), []).append(piece)
        for uid, group in groups.items():
            self._group(uid, group, zones)
        if len(self.found) > MOST_FOUND:
            raise UnreadableFile(f"{name}: more than {MOST_FOUND} runs and visits; export a part of it")

    def left_out(self) -> Iterator[tuple[str, str]]:
        yield from self.skipped
        for why, number in self.others.items():
            yield f"{number} more", why

    def _may_happen(self, piece: Piece) -> bool:
        """Whether an entry can happen in these days; a day of room for zones."""
        if piece.recurs or piece.is_exception:
            return True
        try:
            on = datetime.strptime(piece.starts_on, "%Y%m%d").replace(tzinfo=UTC).date()
        except ValueError:
            return True
        return self.first - timedelta(days=1) <= on <= self.until

    def _leave(self, title: str, why: str) -> None:
        if len(self.skipped) < NAMED_SKIPS:
            self.skipped.append((title[:60] or "an entry without a title", why))
        else:
            self.others[why] += 1

    def _group(self, uid: str, group: Sequence[Piece], zones: Sequence[tuple[str, str]]) -> None:
        try:
            for piece in group:
                if piece.too_much:
                    raise ValueError(piece.too_much)
            near = [zone for named, zone in zones if any(named in piece.text for piece in group)]
            if any(len(zone) > MOST_OF_ZONE for zone in near):
                raise ValueError(f"its time zone takes more than {MOST_OF_ZONE} letters")
            self.letters += sum(len(piece.text) for piece in group) + len(group) * sum(map(len, near))
            if self.letters > MOST_LETTERS:
                raise ValueError("the calendar is too long to be read to its end; export a part of it")
            entries = [_parsed(piece, near) for piece in group]
            masters = [one for one in entries if "RECURRENCE-ID" not in one]
            exceptions = [one for one in entries if "RECURRENCE-ID" in one]
            happens = list(
                occurrences(_newest(masters), _newest(exceptions), self.floating, self.first, self.until)
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            self.unread += 1
            why = str(error) if type(error) is ValueError and " " in str(error) else "it is damaged"
            self._leave(group[0].title, why)
            return
        for one in happens:
            self._one(uid, one)

    def _one(self, uid: str, happens: Occurrence) -> None:
        title = _text(happens.entry, "SUMMARY")
        at = happens.starts_at.astimezone(self.zone)
        what = f"{title[:40]}, {at:%d %B}".strip(", ")
        kind = kind_of(self.words, f"{title} {_text(happens.entry, 'CATEGORIES')}")
        why = ""
        if _text(happens.entry, "STATUS").upper() == "CANCELLED":
            why = "it is cancelled"
        elif not kind:
            why = "no word in it says that it is a run, a gym visit or a race"
        elif happens.is_day and kind != "race":
            why = "it has no time of day"
        elif happens.minutes > 24 * 60 or happens.minutes < 0:
            why = "it lasts longer than a day, or less than nothing"
        if why:
            self._leave(what, why)
            return
        if happens.is_day:
            at = at.replace(hour=RACE_AT_H)
        minutes = RUN_MIN if happens.is_day else happens.minutes or RUN_MIN
        name = hashlib.sha256(f"{uid} {at.date()}".encode()).hexdigest()[:16]
        self.titles[name] = title[:60]
        self.found.append(
            CalendarEntry(
                uid=name,
                starts_at=at,
                minutes=minutes,
                is_gym=kind == "gym",
                run=RUNS.get(kind),
                distance_m=_metres(title) if kind == "race" else None,
            )
        )


def _named(zone: str) -> tuple[str, str]:
    """Return the rules of a zone with its name before them; one without a name is near to every entry."""
    found = re.search(r"^TZID[^:\r\n]*:(.+)$", zone, re.MULTILINE | re.IGNORECASE)
    return (found[1].strip() if found else ""), zone


def _parsed(piece: Piece, zones: Sequence[str]) -> Any:
    from icalendar import Calendar

    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", *zones, piece.text, "END:VCALENDAR", "")
    (entry,) = Calendar.from_ical("\r\n".join(lines)).walk("VEVENT")
    if entry.errors:
        raise ValueError("it is damaged: " + ", ".join(str(name) for name, _ in entry.errors[:3]))
    return entry


def _newest(entries: Sequence[Any]) -> list[Any]:
    """Of entries that stand for the same time, the one with the highest sequence number."""
    kept: dict[object, Any] = {}
    for entry in sorted(entries, key=lambda one: int(one.get("SEQUENCE", 0))):
        named = entry.get("RECURRENCE-ID")
        kept[named.dt if named is not None else None] = entry
    return list(kept.values())


def _text(entry: Any, name: str) -> str:
    found = entry.get(name)
    if found is None:
        return ""
    told = found.to_ical().decode() if hasattr(found, "to_ical") and name == "CATEGORIES" else str(found)
    return " ".join("".join(c if c.isprintable() else " " for c in told).split())


def _metres(title: str) -> float | None:
    told = KILOMETRES.search(title)
    if told:
        metres = float(told[1].replace(",", ".")) * 1000
        return metres if metres > 0 else None
    return next((m for word, m in DISTANCES_M.items() if word in title.casefold()), None)
