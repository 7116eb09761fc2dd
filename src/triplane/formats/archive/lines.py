"""The whole journal as open text: JSON lines, one fact a line, oldest first.

The first line is a header: ``{"triplane": "journal", "version": 1, "facts": N}``. Every other line is a
fact with all its columns but ``seq``, which belongs to the journal it lies in. Lines are UTF-8; a
``.gz`` ending compresses the file. The format is described in docs/formats.md.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from triplane.errors import UnreadableFile
from triplane.history import Fact

VERSION = 1
"""Version of the archive format; a higher one is refused."""

LARGEST_BYTES = 256 * 2**20
"""An archive unpacks to no more than this. Ours: a hundred times two busy years."""

MOST_FACTS = 1_000_000
LONGEST_HEADER = 1_000
"""Facts of one archive, and letters of its first line: nothing is taken apart that claims more. Ours."""

CLOCKS_APART = timedelta(days=1)
"""How far ahead of now a fact may have been recorded, on a machine whose clock differs. Ours."""

_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
"""One for all lines: facts are trees, and an encoder of its own for each took a seventh of the time."""


def write_archive(facts: Iterable[Fact], *, compress: bool = False) -> bytes:
    """Return the archive of the facts; the same facts give the same bytes."""
    lines = [_line(fact.model_dump(mode="json", exclude={"seq"}, exclude_defaults=False)) for fact in facts]
    header = _line({"triplane": "journal", "version": VERSION, "facts": len(lines)})
    text = "".join(f"{line}\n" for line in (header, *lines)).encode()
    return gzip.compress(text, mtime=0) if compress else text


def read_archive(content: bytes, name: str, now: datetime | None = None) -> tuple[Fact, ...]:
    """Return the facts of an archive, all or none. With ``now``, none may have been recorded after it.

    Raises
    ------
    UnreadableFile
        Naming the line that is not a fact; a cut-off or foreign file is refused whole, and so is one that
        is not the record of one runner: facts of several, one fact twice, corrections of what is not there.
    """
    text = _unpacked(content, name).removesuffix("\n")
    header = _object(text.partition("\n")[0][:LONGEST_HEADER], name, 1)
    if header.get("triplane") != "journal":
        raise UnreadableFile(f"{name}: this is not a Triplane archive")
    if header.get("version") != VERSION:
        raise UnreadableFile(f"{name}: archive version {header.get('version')} is not known; update Triplane")
    there = text.count("\n")
    if there > MOST_FACTS:
        raise UnreadableFile(f"{name}: it holds more than {MOST_FACTS:,} facts; no runner has so many")
    if header.get("facts") != there:
        raise UnreadableFile(
            f"{name}: {header.get('facts')} facts were written but {there} are here; it is cut off"
        )
    lines = text.split("\n")[1:]
    facts = tuple(_fact(line, name, number) for number, line in enumerate(lines, start=2))
    for fault in _faults(facts, now):
        raise UnreadableFile(f"{name}: {fault}")
    return facts


def _faults(facts: tuple[Fact, ...], now: datetime | None) -> Iterator[str]:
    """Yield what keeps facts that are each in order from being the record of one runner."""
    ids = {fact.id for fact in facts}
    if len({fact.runner for fact in facts}) > 1:
        yield "it holds facts of several runners"
    if len(ids) < len(facts):
        yield "it holds a fact twice"
    for number, fact in enumerate(facts, start=2):
        if fact.supersedes and fact.supersedes not in ids:
            yield f"line {number} corrects a fact that is not in it"
        if now and fact.recorded_at > now + CLOCKS_APART:
            yield f"line {number} was recorded after today ({fact.recorded_at:%d %B %Y}); a clock is wrong"


def is_archive(content: bytes) -> bool:
    """Tell from the first bytes whether this may be an archive."""
    return content[:40].lstrip().startswith(b'{"facts"') or (
        content[:2] == b"\x1f\x8b" and b'"triplane"' in _first_bytes(content)
    )


def _first_bytes(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(content, 200)
    except zlib.error:
        return b""


def _line(named: dict[str, Any]) -> str:
    return _WRITER.encode(named)


def _unpacked(content: bytes, name: str) -> str:
    try:
        if content[:2] == b"\x1f\x8b":
            unpacker = zlib.decompressobj(wbits=31)
            content = unpacker.decompress(content, LARGEST_BYTES)
            if not unpacker.eof:
                raise UnreadableFile(f"{name}: the archive is cut off or too large")
        return content.decode("utf-8")
    except (zlib.error, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{name}: this is not a Triplane archive ({error})") from error


def _object(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
        if "\\u" in line:  # half of a pair can be escaped, but neither kept nor shown
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{name}: line {number} is not JSON") from error
    if "\\u0000" in line and "\\u0000" in json.dumps(found).replace("\\\\", ""):
        raise UnreadableFile(f"{name}: line {number} holds a character that is none (NUL)")
    if not isinstance(found, dict):
        raise UnreadableFile(f"{name}: line {number} is not a fact")
    return found


def _fact(line: str, name: str, number: int) -> Fact:
    try:
        return Fact.model_validate(_object(line, name, number))
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(step) for step in detail["loc"]) or "fact"
        raise UnreadableFile(f"{name}: line {number}: {where}: {detail['msg']}") from error
