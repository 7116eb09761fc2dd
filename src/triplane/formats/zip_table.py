"""How many files a ``.zip`` lists, counted without taking its list into memory.

The library reads a list as a whole, a value for every line, before anybody can ask how long it is. The list
lies before the record at the end of the file, which says its size; what the record says of how many lines
there are is not believed.
"""

import struct
from pathlib import Path
from typing import IO

END, END_64, LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
LINE = b"PK\x01\x02"
END_SIZE, END_64_SIZE, LOCATOR_64_SIZE, LINE_SIZE = 22, 56, 20, 46
LONGEST_COMMENT = 2**16

LONGEST_LINE = 512
"""Bytes that a line of a list takes at most, as a mean over the list; a name is rarely of a hundred. Ours."""


def lists_more(data: Path | IO[bytes], most: int) -> bool:
    """Whether a ``.zip`` lists more files than ``most``, or so many bytes that nobody's list is so long.

    What is no ``.zip``, or damaged, lists nothing: whoever opens it says so.
    """
    if isinstance(data, Path):
        with data.open("rb") as opened:
            return lists_more(opened, most)
    lists = [(begins, ends) for begins, ends in _lists(data) if begins >= 0]
    return any(
        ends - begins > most * LONGEST_LINE or _lines(data, begins, ends, most) > most
        for begins, ends in lists
    )


def _lists(file: IO[bytes]) -> list[tuple[int, int]]:
    """Return where lists begin and end: as the usual record says, and as that of large files does."""
    whole = file.seek(0, 2)
    begins = max(0, whole - LONGEST_COMMENT - END_SIZE)
    file.seek(begins)
    tail = file.read()
    at = _end(tail)
    if at < 0:
        return []
    [size] = struct.unpack_from("<L", tail, at + 12)
    before = begins + at
    found = [(before - size, before)]
    far = before - LOCATOR_64_SIZE - END_64_SIZE
    if far >= 0:
        file.seek(far)
        record = file.read(END_64_SIZE + LOCATOR_64_SIZE)
        if record.startswith(END_64) and record[END_64_SIZE:].startswith(LOCATOR_64):
            [size] = struct.unpack_from("<Q", record, 40)
            found.append((far - size, far))
    return found


def _end(tail: bytes) -> int:
    """Return where the record at the end begins: the very last bytes, or before a comment."""
    last = len(tail) - END_SIZE
    if last >= 0 and tail.startswith(END, last) and tail.endswith(b"\0\0"):
        return last
    at = tail.rfind(END)
    return at if at + END_SIZE <= len(tail) else -1


def _lines(file: IO[bytes], begins: int, ends: int, most: int) -> int:
    """Count the lines of a list, one more than ``most`` at most."""
    file.seek(begins)
    table, at, lines = file.read(ends - begins), 0, 0
    while lines <= most and at + LINE_SIZE <= len(table) and table.startswith(LINE, at):
        at += LINE_SIZE + sum(struct.unpack_from("<HHH", table, at + 28))
        lines += 1
    return lines
