"""Unpack ``.gz`` and ``.zip``, within bounds: nothing can swell beyond them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from triplane.errors import UnreadableFile

LARGEST_MEMBER = 64 * 2**20
"""Bytes that one packed file may unpack to. Ours."""

LARGEST_TOTAL = 1024 * 2**20
"""Bytes that all files of one archive may unpack to together. Ours."""

MOST_MEMBERS = 20_000
"""Files in one archive; years of daily runs with room to spare. Ours."""

READ = (".fit", ".tcx", ".gpx")
TOO_LARGE = f"unpacks to more than {LARGEST_MEMBER // 2**20} MB"
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"


def unpack(data: bytes, name: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield (name, content) of each file within; in place of content a reason why it is left out.

    A file that is not packed comes back as it is, under its own name.

    Raises
    ------
    UnreadableFile
        When the packing itself is broken or swells beyond all bounds.
    """
    if data.startswith(ZIP) or data.startswith(b"PK\x05\x06"):
        yield from _unzip(data, name)
    elif data.startswith(GZIP):
        try:
            yield name, _gunzip(data)
        except ValueError as error:
            raise UnreadableFile(f"{name}: {error}") from error
    else:
        yield name, data


def _gunzip(data: bytes) -> bytes:
    """Return what is packed, however many gzip members follow each other."""
    parts: list[bytes] = []
    size = 0
    while data:
        engine = zlib.decompressobj(wbits=31)
        try:
            part = engine.decompress(data, LARGEST_MEMBER - size + 1)
        except zlib.error as error:
            raise ValueError("the packing (.gz) is damaged; export it again") from error
        size += len(part)
        if size > LARGEST_MEMBER:
            raise ValueError(TOO_LARGE)
        if not engine.eof:
            raise ValueError("the packing (.gz) ends too early; export it again")
        parts.append(part)
        data = engine.unused_data.lstrip(b"\0")
    return b"".join(parts)


def _unzip(data: bytes, name: str) -> Iterator[tuple[str, bytes | str]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if member.filename.strip("/")]
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, RuntimeError, KeyError) as error:
        raise UnreadableFile(f"{name}: the packing (.zip) is damaged; export it again") from error
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(f"{name}: more than {MOST_MEMBERS} files in one archive")
    activities = [m for m in members if m.filename.lower().removesuffix(".gz").endswith(READ)]
    if not activities:
        raise UnreadableFile(f"{name}: there is no FIT, TCX or GPX file in it")
    total = 0
    for member in activities:
        content = _member(archive, member)
        total += len(content) if isinstance(content, bytes) else 0
        if total > LARGEST_TOTAL:
            raise UnreadableFile(f"{name}: unpacks to more than {LARGEST_TOTAL // 2**20} MB")
        yield f"{name}/{_printable(member.filename)}", content


def _printable(name: str) -> str:
    """A name from an archive, safe to show on one line."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[-120:]


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | str:
    """Return one file of an archive, or why it cannot be read; the sizes it claims are not believed."""
    if member.flag_bits & 1:
        return "it is locked with a password"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "it is packed in a way that we do not open"
    try:
        with archive.open(member) as stream:
            content = stream.read(LARGEST_MEMBER + 1)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError):
        return "it is damaged inside the archive"
    if len(content) > LARGEST_MEMBER:
        return TOO_LARGE
    if not content.startswith(GZIP):
        return content
    try:
        return _gunzip(content)
    except ValueError as error:
        return str(error)
