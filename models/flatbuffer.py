"""As much of FlatBuffers as telling a model one thing more needs: reading tables, laying a new root in front.

References in a FlatBuffer only point forwards. So a new root with all that changed stands in front, and the
model follows it unchanged; what did not change is referred to where it lies.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence

ALIGNMENT = 16
"""What the data of a model begins at multiples of."""


def root_of(data: bytes) -> int:
    """Return where the root table of a file begins."""
    return _uint(data, 0)


def fields_of(data: bytes, table: int) -> dict[int, int]:
    """Return where each field that a table has lies, by its number."""
    (to_layout,) = struct.unpack_from("<i", data, table)
    layout = table - to_layout
    (size,) = struct.unpack_from("<H", data, layout)
    offsets = struct.unpack_from(f"<{(size - 4) // 2}H", data, layout + 4)
    return {number: table + offset for number, offset in enumerate(offsets) if offset}


def referred(data: bytes, field: int) -> list[int]:
    """Return where the tables begin that a field's vector refers to."""
    vector = field + _uint(data, field)
    places = [vector + 4 + 4 * number for number in range(_uint(data, vector))]
    return [place + _uint(data, place) for place in places]


def _uint(data: bytes, place: int) -> int:
    (value,) = struct.unpack_from("<I", data, place)
    return int(value)


class Front:
    """What is laid before a model; it begins with the reference to the root and the model's mark."""

    def __init__(self, mark: bytes) -> None:
        self._data = bytearray(4) + mark
        self._references: list[tuple[int, int]] = []
        self._into_model: list[tuple[int, int]] = []

    def refer(self, place: int, target: int) -> None:
        """Let a place refer to something in front."""
        self._references.append((place, target))

    def refer_into_model(self, place: int, target: int) -> None:
        """Let a place refer to something in the model, told by where it lies there."""
        self._into_model.append((place, target))

    def set_uint(self, place: int, value: int) -> None:
        struct.pack_into("<I", self._data, place, value)

    def table(self, numbers: Iterable[int]) -> tuple[int, dict[int, int]]:
        """Lay a table with these fields of four bytes; return where it begins and where each field lies."""
        offsets = {number: 4 + 4 * rank for rank, number in enumerate(sorted(numbers))}
        slots = [offsets.get(number, 0) for number in range(max(offsets) + 1)]
        sizes = (4 + 2 * len(slots), 4 + 4 * len(offsets))
        layout = self._lay(struct.pack(f"<{2 + len(slots)}H", *sizes, *slots))
        begins = self._lay(bytes(4 + 4 * len(offsets)))
        struct.pack_into("<i", self._data, begins, begins - layout)
        return begins, {number: begins + offset for number, offset in offsets.items()}

    def references(self, count: int) -> tuple[int, list[int]]:
        """Lay a vector of references; return where it begins and where each of them lies."""
        begins = self._lay(struct.pack("<I", count) + bytes(4 * count))
        return begins, [begins + 4 + 4 * number for number in range(count)]

    def text(self, said: bytes) -> int:
        """Lay a string; return where it begins."""
        return self._lay(struct.pack("<I", len(said)) + said + b"\0")

    def blob(self, content: bytes) -> int:
        """Lay a vector of bytes whose content is aligned; return where it begins."""
        self._data += bytes(-(len(self._data) + 4) % ALIGNMENT)
        return self._lay(struct.pack("<I", len(content)) + content)

    def before(self, model: bytes, root: int) -> bytes:
        """Return the whole: what was laid, then the model as it was."""
        self._data += bytes(-len(self._data) % ALIGNMENT)
        starts = len(self._data)
        targets = [*self._references, *((place, starts + target) for place, target in self._into_model)]
        for place, target in [(0, root), *targets]:
            self.set_uint(place, target - place)
        return bytes(self._data) + model

    def _lay(self, content: bytes) -> int:
        self._data += bytes(-len(self._data) % 4)
        begins = len(self._data)
        self._data += content
        return begins


def with_entry(
    model: bytes, *, vectors: tuple[int, int], kept: Mapping[int, str], name: bytes, content: bytes
) -> bytes:
    """Return a model with one named entry more.

    Parameters
    ----------
    vectors : numbers of the root's fields that list the buffers, and the named entries over them
    kept : the root's other fields, each ``"number"`` or ``"reference"``
    """
    root = root_of(model)
    fields = fields_of(model, root)
    if unknown := set(fields) - set(kept) - set(vectors):
        raise ValueError(f"the model has fields that would be lost: {sorted(unknown)}")
    front = Front(model[4:8])
    new_root, places = front.table(fields)
    for number, kind in kept.items():
        if number not in fields:
            continue
        if kind == "number":
            front.set_uint(places[number], _uint(model, fields[number]))
        else:
            front.refer_into_model(places[number], fields[number] + _uint(model, fields[number]))
    buffers, entries = (referred(model, fields[number]) for number in vectors)
    to_buffer, to_entry = (
        _extend(front, places[number], tables)
        for number, tables in zip(vectors, (buffers, entries), strict=True)
    )
    buffer, content_at = front.table([0])
    entry, entry_at = front.table([0, 1])
    front.refer(to_buffer, buffer)
    front.refer(to_entry, entry)
    front.refer(entry_at[0], front.text(name))
    front.set_uint(entry_at[1], len(buffers))
    front.refer(content_at[0], front.blob(content))
    return front.before(model, new_root)


def _extend(front: Front, field: int, tables: Sequence[int]) -> int:
    """Let a field refer to what the model lists there and to one thing more; return the place of that one."""
    begins, each = front.references(len(tables) + 1)
    front.refer(field, begins)
    for place, table in zip(each[:-1], tables, strict=True):
        front.refer_into_model(place, table)
    return each[-1]
