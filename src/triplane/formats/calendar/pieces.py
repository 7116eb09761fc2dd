"""A calendar's text taken apart: its zones, and its entries with the few lines that tell whether they matter.

Reading an entry in full takes half a millisecond; a calendar of work holds tens of thousands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAMED = re.compile(r"(?P<name>[A-Za-z0-9-]+)(?P<more>(?:;(?:[^:\"]|\"[^\"]*\")*)?):(?P<value>.*)", re.DOTALL)
LOOKED_AT = {"UID", "SUMMARY", "CATEGORIES", "RRULE", "RDATE", "RECURRENCE-ID", "DTSTART"}
ESCAPED = re.compile(r"\\([\\,;nN])")


@dataclass(frozen=True)
class Piece:
    """One entry as it stands, and what its lines say; a name that stands twice counts first."""

    text: str
    told: dict[str, str]

    @property
    def uid(self) -> str:
        return self.told.get("UID", "")

    @property
    def title(self) -> str:
        return plain(self.told.get("SUMMARY", ""))

    @property
    def words(self) -> str:
        """Title and categories: what an entry is known by."""
        return f"{self.title} {plain(self.told.get('CATEGORIES', ''))}"

    @property
    def recurs(self) -> bool:
        return "RRULE" in self.told or "RDATE" in self.told

    @property
    def is_exception(self) -> bool:
        return "RECURRENCE-ID" in self.told

    @property
    def starts_on(self) -> str:
        """The eight digits of the day it begins on, or nothing."""
        found = re.match(r"\d{8}", self.told.get("DTSTART", ""))
        return found[0] if found else ""


@dataclass(frozen=True)
class Pieces:
    """A calendar taken apart: what it is called, the zone it names, the rules of zones, its entries."""

    called: str
    zone: str
    zones: tuple[str, ...]
    entries: tuple[Piece, ...]


def plain(value: str) -> str:
    """Return a value's text without its escapes, on one line and printable."""
    text = ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def taken_apart(text: str, most: int) -> Pieces:
    """Return a calendar's pieces.

    Raises
    ------
    ValueError
        With half a sentence, where it holds more entries than are read or ends within one.
    """
    called = zone = ""
    zones: list[str] = []
    entries: list[Piece] = []
    inside: list[str] = []
    depth: list[str] = []
    for line in _unfolded(text):
        upper = line[:24].upper()
        if upper.startswith("BEGIN:"):
            depth.append(upper[6:].strip())
        if len(depth) > 1 and depth[1] in ("VEVENT", "VTIMEZONE"):
            inside.append(line)
        elif len(depth) == 1 and (found := NAMED.fullmatch(line)):
            name = found["name"].upper()
            called = called or (plain(found["value"]) if name in ("X-WR-CALNAME", "NAME") else "")
            zone = zone or (found["value"].strip() if name == "X-WR-TIMEZONE" else "")
        if upper.startswith("END:") and depth:
            kind = depth.pop()
            if len(depth) == 1 and kind == "VTIMEZONE":
                zones.append("\r\n".join(inside))
                inside = []
            elif len(depth) == 1 and kind == "VEVENT":
                entries.append(Piece("\r\n".join(inside), _told(inside)))
                inside = []
                if len(entries) > most:
                    raise ValueError(f"it holds more than {most} entries; export a part of it")
    if inside:
        raise ValueError("it ends in the middle of an entry; export it again")
    return Pieces(called, zone, tuple(zones), tuple(entries))


def _told(lines: list[str]) -> dict[str, str]:
    """What an entry's own lines say; those of its alarms are left out."""
    told: dict[str, str] = {}
    depth = 0
    for line in lines:
        upper = line[:6].upper()
        if upper.startswith("BEGIN:"):
            depth += 1
        elif upper.startswith("END:"):
            depth -= 1
        elif depth == 1:
            name = line.partition(":")[0].partition(";")[0].upper()
            if name in LOOKED_AT and (found := NAMED.fullmatch(line)):
                told.setdefault(name, found["value"])
    return told


def _unfolded(text: str) -> Iterator[str]:
    """Yield whole lines: one that begins with a blank goes on with the line before it."""
    whole: list[str] = []
    for line in text.splitlines():
        if line[:1] in (" ", "\t"):
            whole.append(line[1:])
            continue
        if whole:
            yield "".join(whole)
        whole = [line]
    if whole:
        yield "".join(whole)
