"""A FIT file without its records: nearly all of it, slow to decode, and nothing of them is kept.

What cannot be followed is given back as it is, for the decoder to say what is wrong.
"""

import struct

LEFT_OUT = frozenset({20, 78, 132, 227, 297})
"""Messages that stand there second by second: record, hrv, hr, stress, respiration."""

SMALLEST = 20_000
"""Bytes from which on it is worth it. Ours."""


def _table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ 0xA001 if byte & 1 else byte >> 1
        table.append(byte)
    return tuple(table)


_TABLE = _table()


def check_sum(data: bytes) -> int:
    """The check sum at the end of a FIT file; 0 over a whole one."""
    value, table = 0, _TABLE
    for byte in data:
        value = value >> 8 ^ table[(value ^ byte) & 0xFF]
    return value


def thinned(data: bytes) -> bytes:
    """Return one whole FIT file without what stands there second by second; damaged, as it is."""
    if len(data) < SMALLEST or check_sum(data):
        return data
    size = data[0]
    try:
        kept = b"".join(_kept(data, size, len(data) - 2))
    except (KeyError, IndexError):
        return data
    header = bytearray(data[:size])
    header[4:8] = struct.pack("<I", len(kept))
    if size == 14:
        header[12:14] = struct.pack("<H", check_sum(bytes(header[:12])))
    whole = bytes(header) + kept
    return whole + struct.pack("<H", check_sum(whole))


def _kept(data: bytes, place: int, end: int) -> list[bytes]:
    """Go from message to message by the sizes that their definitions tell."""
    sizes: dict[int, tuple[int, int]] = {}
    kept = []
    while place < end:
        head = data[place]
        if head & 0x80:
            message, size = sizes[head >> 5 & 0x3]
        elif head & 0x40:
            local, message, size = head & 0x0F, -1, 5 + 3 * data[place + 5]
            fields = sum(data[place + 7 + 3 * n] for n in range(data[place + 5]))
            if head & 0x20:
                own = place + 1 + size
                fields += sum(data[own + 2 + 3 * n] for n in range(data[own]))
                size += 1 + 3 * data[own]
            order = ">H" if data[place + 2] else "<H"
            sizes[local] = (struct.unpack_from(order, data, place + 3)[0], fields)
        else:
            message, size = sizes[head & 0x0F]
        if message not in LEFT_OUT:
            kept.append(data[place : place + 1 + size])
        place += 1 + size
    if place != end:
        raise IndexError(place)
    return kept
