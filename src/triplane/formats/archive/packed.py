"""One file with everything: the facts as lines, which are the truth, and tables beside them.

A packed archive (``.zip``) holds ``archive.json`` with the version, ``README.txt``, ``journal.jsonl`` and a
table for each of ``tables.TABLES``. Only the version and the lines are ever read; nothing is laid on disk.
"""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from triplane.errors import UnreadableFile
from triplane.formats.archive.lines import LARGEST_BYTES, read_archive, write_archive
from triplane.formats.archive.tables import TABLES, described, write_table
from triplane.formats.zip_table import lists_more
from triplane.history import Fact

VERSION = 2
"""Version of the packing; version 1 were the lines alone, which are still read."""

ABOUT, LINES, WORDS = "archive.json", "journal.jsonl", "README.txt"
LARGEST_ABOUT = 4096
MOST_MEMBERS = 200
"""Bytes that the version takes, and files in an archive: ours has eight. Ours."""

LEVEL = 5
"""How hard it is packed, of 9: one step below the usual takes a fifth less time for 7 % more bytes. Ours."""

ALWAYS = (1980, 1, 1, 0, 0, 0)
"""When every member says it was written, so that the same facts give the same file."""

BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, KeyError)


def pack(facts: Sequence[Fact]) -> bytes:
    """Return everything in one file; the same facts give the same lines, tables and words."""
    about = {"triplane": "archive", "version": VERSION, "facts": len(facts), "lines": LINES}
    members = {
        ABOUT: json.dumps(about).encode(),
        WORDS: _words(len(facts)).encode(),
        LINES: write_archive(facts),
        **{table.name: write_table(table, facts) for table in TABLES},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as packed:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, ALWAYS)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            packed.writestr(member, content)
    return out.getvalue()


def _words(facts: int) -> str:
    lines = (
        f"Triplane archive, version {VERSION}: everything on record about one runner, {facts} facts.",
        "",
        f"{LINES} is the truth: one fact a line, oldest first, as JSON. Bring this file in on another",
        "machine (triplane import FILE, or Settings, Files) and everything is there again.",
        "The tables are for reading in a spreadsheet; they are not read back, and changing them changes",
        "nothing. They are UTF-8 with commas, a point in decimals, and an empty cell for what is not known.",
        "Words that a spreadsheet would take for a formula have an apostrophe before them.",
        "What was planned is what was planned then. Do none of it from here: what is safe for you now, only",
        "the app knows.",
        "",
        *described(),
    )
    return "\r\n".join(lines)


def is_packed(file: Path) -> bool:
    """Whether a packed file of a few files claims to be an archive of ours; a site's runs are packed, too."""
    try:
        if lists_more(file, MOST_MEMBERS):
            return False
        with zipfile.ZipFile(file) as packed:
            return any(_base(name) in (ABOUT, LINES) for name in packed.namelist()[:MOST_MEMBERS])
    except BROKEN:
        return False


def unpack(data: bytes | Path, name: str, now: datetime | None = None) -> tuple[Fact, ...]:
    """Return the facts of a packed archive, all or none; ``now`` as in ``read_archive``.

    Raises
    ------
    UnreadableFile
        In one sentence, where it is damaged, was tampered with, or its lines cannot be read.
    """
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        if lists_more(file, MOST_MEMBERS):
            raise UnreadableFile(
                f"{name}: more than {MOST_MEMBERS} files in it; this is not an archive of ours"
            )
        with zipfile.ZipFile(file) as packed:
            members = _members(packed, name)
            _check_version(_content(packed, members, ABOUT, LARGEST_ABOUT, name), name)
            lines = _content(packed, members, LINES, LARGEST_BYTES, name)
    except UnreadableFile:
        raise
    except BROKEN as error:
        raise UnreadableFile(f"{name}: the packing (.zip) is damaged; export it again") from error
    if lines.startswith(b"\x1f\x8b"):
        raise UnreadableFile(f"{name}: {LINES} in it is packed once more; export it again")
    return read_archive(lines, name, now)


def _members(packed: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """Return the files in it by name; one folder around all of them is taken off, as some programs add it."""
    found: dict[str, zipfile.ZipInfo] = {}
    for member in packed.infolist():
        parts = member.filename.replace("\\", "/").split("/")
        if ".." in parts or member.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise UnreadableFile(f"{name}: a file in it names a place outside of it; it was tampered with")
        if member.is_dir() or parts[0] == "__MACOSX" or len(parts) > 2:
            continue
        if parts[-1] in found:
            raise UnreadableFile(f"{name}: {_shown(parts[-1])} is in it twice; it was tampered with")
        found[parts[-1]] = member
    return found


def _content(
    packed: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], wanted: str, most: int, name: str
) -> bytes:
    """Return one file within; the sizes that it claims are not believed."""
    member = members.get(wanted)
    if member is None:
        raise UnreadableFile(f"{name}: {wanted} is missing in it; export it again")
    if member.flag_bits & 1:
        raise UnreadableFile(f"{name}: it is locked with a password; pack it without one")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableFile(f"{name}: it is packed in a way that we do not open; export it again")
    with packed.open(member) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise UnreadableFile(f"{name}: {wanted} unpacks to more than {_size(most)}; no record is so large")
    return content


def _size(most: int) -> str:
    return f"{most // 2**20} MB" if most >= 2**20 else f"{most} bytes"


def _check_version(content: bytes, name: str) -> None:
    try:
        about = json.loads(content)
        version = about["version"] if about["triplane"] == "archive" else None
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UnreadableFile(f"{name}: this is not a Triplane archive") from error
    if version != VERSION:
        raise UnreadableFile(f"{name}: archive version {version!r:.20} is not known; update Triplane")


def _base(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:60]
