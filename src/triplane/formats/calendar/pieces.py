"""A calendar's text taken apart: its zones, and its entries with the few lines that tell whether they matter.

Reading an entry in full takes half a millisecond; a calendar of work holds tens of thousands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAMED = re.compile(r"(?P<name>[A-Za-z0-9-]+)(?P<more>(?:;(?:[^:\"]|\"[^\"]*\")*)?):(?P<value>.*)", re.DOTALL)
LOOKED_AT = {"UID", "SUMMARY", "CATEGORIES", "RRULE", "RDATE", "RECURRENCE-ID", "DTSTART"}
READ = LOOKED_AT | {"DTEND", "DURATION", "EXDATE", "STATUS", "SEQUENCE"}
DATES = {"EXDATE", "RDATE"}
"""Of an entry's lines those that are read; descriptions, alarms and all that is attached are not."""

LONGEST = 4_000
MOST_DATES = 1_000
"""Letters of one entry beside its single days, and how many days it may name one by one. Ours."""

ESCAPED = re.compile(r"\\([\\,;nN])")


@dataclass(frozen=True)
class Piece:
    """One entry in the lines that are read, and what they say; a name that stands twice counts first.

    ``too_much`` is half a sentence about one that takes longer to read than any entry of a person.
    """

    text: str
    told: dict[str, str]
    too_much: str = ""

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
            called = called or (plain(found["value"][:LONGEST]) if name in ("X-WR-CALNAME", "NAME") else "")
            zone = zone or (found["value"].strip() if name == "X-WR-TIMEZONE" else "")
        if upper.startswith("END:") and depth:
            kind = depth.pop()
            if len(depth) == 1 and kind == "VTIMEZONE":
                zones.append("\r\n".join(inside))
                inside = []
            elif len(depth) == 1 and kind == "VEVENT":
                entries.append(_piece(inside))
                inside = []
                if len(entries) > most:
                    raise ValueError(f"it holds more than {most} entries; export a part of it")
    if inside:
        raise ValueError("it ends in the middle of an entry; export it again")
    return Pieces(called, zone, tuple(zones), tuple(entries))


def _piece(lines: list[str]) -> Piece:
    """Return an entry of its lines; what its alarms say is left out, and so is what nobody reads."""
    kept = ["BEGIN:VEVENT"]
    told: dict[str, str] = {}
    depth = dates = letters = 0
    for line in lines:
        upper = line[:6].upper()
        if upper.startswith("BEGIN:"):
            depth += 1
        elif upper.startswith("END:"):
            depth -= 1
        elif depth == 1:
            name = _name(line)
            if name not in READ:
                continue
            if name in DATES:
                dates += line.count(",") + 1
            else:
                letters += len(line)
            kept.append(line)
            if name in LOOKED_AT and (found := NAMED.fullmatch(line[:LONGEST])):
                told.setdefault(name, found["value"])
    kept.append("END:VEVENT")
    if letters > LONGEST:
        return Piece("", told, f"it takes more than {LONGEST} letters")
    if dates > MOST_DATES:
        return Piece("", told, f"it names more than {MOST_DATES} days one by one")
    return Piece("\r\n".join(kept), told)


def _name(line: str) -> str:
    return line[:64].partition(":")[0].partition(";")[0].upper()


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
