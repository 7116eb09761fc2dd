"""Whether a C3D file's own counts can be true, asked before it is handed to a reader that trusts them.

The reader is compiled code: a size that cannot be would end the whole program, not only the reading.
"""

import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path

BLOCK = 512
BIG_ENDIAN = 86
"""The processor's mark of files whose bytes stand the other way round."""

SIZES = {-1: 1, 1: 1, 2: 2, 4: 4}
"""Bytes of a value by the type that a parameter names."""

LARGEST_PROMISE = 64 * 2**20
"""Bytes of points that a file may promise without holding; a short file is read as far as it goes. Ours."""


SLACK = 2
"""Bytes that writers are off by in what follows a group's name."""

COUNTS = {("POINT", "USED"), ("POINT", "FRAMES"), ("POINT", "SCALE"), ("POINT", "RATE"), ("ANALOG", "USED")}
"""What the reader takes as a number without asking."""

WORDS = ("LABELS", "UNITS", "DESCRIPTIONS", "X_SCREEN", "Y_SCREEN", "CONTEXTS", "FORMAT")
NUMBERS = ("USED", "FRAMES", "SCALE", "RATE", "OFFSET", "BITS", "DATA_START", "GEN_SCALE")
GROUPS = ("POINT", "ANALOG", "ROTATION", "EVENT", "FORCE_PLATFORM")
"""What the reader takes as words, as numbers, and of which groups."""

OF_CHANNELS = ("SCALE", "OFFSET")
"""What the reader takes for every channel without asking."""


@dataclass(frozen=True)
class _Parameter:
    name: str
    group: int
    kind: int
    sizes: tuple[int, ...]
    content: bytes


def check(file: Path) -> int:
    """Refuse what cannot be a C3D file; return how many frames its header promises.

    Raises
    ------
    ValueError
        Half a sentence that names what is wrong.
    """
    size = file.stat().st_size
    with file.open("rb") as stream:
        header = stream.read(BLOCK)
        if len(header) < BLOCK:
            raise ValueError("the C3D file ends within its header")
        stream.seek((header[0] - 1) * BLOCK if header[0] else 0)
        # The number of blocks is one byte: no more parameters than that can be there.
        parameters = stream.read(256 * BLOCK)
    if header[0] == 0 or len(parameters) < 4:
        raise ValueError("the C3D file ends before its parameters")
    order = ">" if parameters[3] == BIG_ENDIAN else "<"
    groups, found = _walk(parameters, order)
    _check_kinds(groups, found, order)
    _check_promise(header, groups, found, order, size)
    first, last = struct.unpack_from(f"{order}2H", header, 6)
    # From 65,535 frames on the header cannot count them.
    return max(0, last - first + 1) if last < 0xFFFF else 0


def _walk(content: bytes, order: str) -> tuple[dict[int, str], list[_Parameter]]:
    """Go through groups and parameters as the reader will; refuse what lies outside the file."""
    groups: dict[int, str] = {}
    found: list[_Parameter] = []
    at = 4
    while at + 2 <= len(content):
        length, group = struct.unpack_from("bb", content, at)
        end = at + 2 + abs(length)
        if length == 0:
            break
        if end + 2 > len(content):
            raise ValueError("the C3D file's parameters are damaged: a name goes beyond the file")
        name = content[at + 2 : end].decode("latin-1").strip().upper()
        if not (name.isascii() and name.isprintable()):
            raise ValueError("the C3D file's parameters are damaged: a name is no name")
        step = struct.unpack_from(f"{order}h", content, end)[0]
        if group > 0:
            found.append(_parameter(content, end, name, group, step))
        else:
            groups[-group] = name
            # Then comes one byte that says how long the group's own description is.
            if end + 3 > len(content) or 3 + content[end + 2] > max(step, 3) + SLACK:
                raise ValueError(f"the C3D file's parameters are damaged: {name} is larger than its place")
        if step == 0:
            break
        if step < 0:
            raise ValueError("the C3D file's parameters are damaged: they lead backwards")
        at = end + step
    return groups, found


def _parameter(content: bytes, end: int, name: str, group: int, step: int) -> _Parameter:
    if end + 4 > len(content):
        raise ValueError(f"the C3D file's parameters are damaged: {name} goes beyond the file")
    kind, dimensions = struct.unpack_from("bB", content, end + 2)
    sizes = tuple(content[end + 4 : end + 4 + dimensions])
    start = end + 4 + dimensions
    length = prod(sizes) * SIZES.get(kind, 0)
    room = end + step + SLACK if step > 0 else len(content)
    if kind not in SIZES or dimensions > 7 or start + length > min(room, len(content)):
        raise ValueError(f"the C3D file's parameters are damaged: {name} is larger than its place")
    return _Parameter(name, group, kind, sizes, content[start : start + length])


def _check_kinds(groups: dict[int, str], found: list[_Parameter], order: str) -> None:
    """Refuse counts that are words, and channels without what turns them into numbers."""
    named = {(groups.get(one.group, ""), one.name): one for one in found}
    for group, name in COUNTS & named.keys():
        if named[group, name].kind not in (2, 4) or not named[group, name].content:
            raise ValueError(f"the C3D file's parameters are damaged: {group} {name} is no number")
    for (group, name), one in named.items():
        kinds = (-1,) if name.rstrip("0123456789") in WORDS else (2, 4) if name in NUMBERS else tuple(SIZES)
        if group in GROUPS and one.kind not in kinds:
            raise ValueError(f"the C3D file's parameters are damaged: {group} {name} is of a wrong kind")
    used = named.get(("ANALOG", "USED"))
    if used is not None and _whole(used, order):
        for name in OF_CHANNELS:
            if ("ANALOG", name) not in named:
                raise ValueError(f"the C3D file's parameters are damaged: ANALOG {name} is missing")


def _check_promise(
    header: bytes, groups: dict[int, str], found: list[_Parameter], order: str, size: int
) -> None:
    """Refuse a file that promises far more points than it holds."""
    points, analog, first, last = struct.unpack_from(f"{order}4H", header, 2)
    frames = max(0, last - first + 1)
    # Frames are counted twice, and more than 65,535 of them a third time.
    for one in found:
        group = groups.get(one.group, "")
        if group == "POINT" and one.name == "USED":
            points = max(points, _whole(one, order))
        elif (group, one.name) in (("POINT", "FRAMES"), ("TRIAL", "ACTUAL_END_FIELD")):
            frames = max(frames, _whole(one, order))
    promised = frames * (8 * points + 2 * analog)
    if promised > size and promised > LARGEST_PROMISE:
        raise ValueError(
            f"the C3D file says {frames} frames of {points} points and is far too short for them"
        )


def _whole(one: _Parameter, order: str) -> int:
    """Return a count, which may be written as two halves or as a number with a point."""
    if one.kind == 2 and len(one.content) >= 2:
        low = int(struct.unpack_from(f"{order}H", one.content)[0])
        high = int(struct.unpack_from(f"{order}H", one.content, 2)[0]) if len(one.content) >= 4 else 0
        return low + 65_536 * high
    if one.kind == 4 and len(one.content) >= 4:
        value = float(struct.unpack_from(f"{order}f", one.content)[0])
        return int(value) if 0 <= value < 1e9 else 0
    return 0
