"""Unpack ``.gz`` and ``.zip``, within bounds: nothing can swell beyond them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from triplane.errors import UnreadableFile
from triplane.formats.zip_table import lists_more

LARGEST_MEMBER = 64 * 2**20
"""Bytes that one packed file may unpack to. Ours."""

LARGEST_TOTAL = 4096 * 2**20
"""Bytes that all files of one archive may unpack to together, one after the other. Ours."""

LARGEST_INNER = 512 * 2**20
"""Bytes of an archive within an archive, as one maker of watches packs them; laid on disk. Ours."""

MOST_MEMBERS = 100_000
"""Files in one archive: decades of days, and their photographs. Ours."""

BEGINNING = 4096
"""Bytes by which a file is judged before the rest of it is unpacked. Ours."""

READ = (".fit", ".tcx", ".gpx", "activities.csv")
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)
TOO_LARGE = f"unpacks to more than {LARGEST_MEMBER // 2**20} MB"
Known = Callable[[bytes], bool]
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"


def unpack(
    data: bytes | Path, name: str, known: Known = lambda beginning: True
) -> Iterator[tuple[str, bytes | str]]:
    """Yield (name, content) of each file within; in place of content a reason why it is left out.

    A file that is not packed comes back as it is, under its own name. An archive on disk stays there: one
    of its files is in memory at a time. Of one whose beginning is not ``known`` no more is unpacked.

    Raises
    ------
    UnreadableFile
        When the packing itself is broken or swells beyond all bounds.
    """
    if isinstance(data, Path):
        yield from _unzip(data, name, known)
    elif data.startswith(ZIP) or data.startswith(b"PK\x05\x06"):
        yield from _unzip(io.BytesIO(data), name, known)
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


def _begun(data: bytes) -> bytes:
    """Return the beginning of what is packed; nothing where it is damaged."""
    with suppress(zlib.error):
        return zlib.decompressobj(wbits=31).decompress(data, BEGINNING)
    return b""


def _unzip(
    data: Path | IO[bytes], name: str, known: Known, is_inner: bool = False, most: int | None = None
) -> Iterator[tuple[str, bytes | str]]:
    most = MOST_MEMBERS if most is None else most
    try:
        if lists_more(data, most):
            raise UnreadableFile(f"{name}: more than {most} files in one archive")
        archive = zipfile.ZipFile(data)
        members = [member for member in archive.infolist() if member.filename.strip("/")]
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, RuntimeError, KeyError) as error:
        raise UnreadableFile(f"{name}: the packing (.zip) is damaged; export it again") from error
    activities = [m for m in members if m.filename.lower().removesuffix(".gz").endswith(READ)]
    most -= len(members)
    inner = [m for m in members if m.filename.lower().endswith(".zip") and not is_inner]
    if not (activities or inner or is_inner):
        raise UnreadableFile(f"{name}: there is no FIT, TCX or GPX file in it")
    total = 0
    for member in activities:
        content = _member(archive, member, known)
        total += len(content) if isinstance(content, bytes) else 0
        if total > LARGEST_TOTAL:
            raise UnreadableFile(f"{name}: unpacks to more than {LARGEST_TOTAL // 2**20} MB")
        yield f"{name}/{_printable(member.filename)}", content
    for member in inner:
        within = f"{name}/{_printable(member.filename)}"
        try:
            with archive.open(member) as stream, TemporaryFile() as laid:
                _lay_down(stream, laid)
                for found, content in _unzip(laid, within, known, is_inner=True, most=most):
                    total += len(content) if isinstance(content, bytes) else 0
                    if total > LARGEST_TOTAL:
                        raise UnreadableFile(f"{name}: unpacks to more than {LARGEST_TOTAL // 2**20} MB")
                    yield found, content
        except UnreadableFile as error:
            yield within, str(error).removeprefix(f"{within}: ")
        except BROKEN as error:
            yield within, "it is damaged inside the archive" if type(error) is not ValueError else str(error)


def _lay_down(stream: IO[bytes], laid: IO[bytes]) -> None:
    """Copy an archive within an archive to disk, as far as it may be large."""
    size = 0
    while part := stream.read(2**20):
        size += len(part)
        if size > LARGEST_INNER:
            raise ValueError(f"unpacks to more than {LARGEST_INNER // 2**20} MB")
        laid.write(part)
    laid.seek(0)


def _printable(name: str) -> str:
    """A name from an archive, safe to show on one line."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[-120:]


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, known: Known) -> bytes | str:
    """Return one file of an archive, or why it cannot be read; the sizes it claims are not believed.

    Of what is not known by its beginning, the beginning is all that comes back.
    """
    if member.flag_bits & 1:
        return "it is locked with a password"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "it is packed in a way that we do not open"
    try:
        with archive.open(member) as stream:
            packed = stream.read(BEGINNING)
            beginning = _begun(packed) if packed.startswith(GZIP) else packed
            if beginning and not known(beginning):
                return beginning
            content = packed + stream.read(LARGEST_MEMBER + 1 - len(packed))
    except BROKEN:
        return "it is damaged inside the archive"
    if len(content) > LARGEST_MEMBER:
        return TOO_LARGE
    if not content.startswith(GZIP):
        return content
    try:
        return _gunzip(content)
    except ValueError as error:
        return str(error)
