"""A frame of landmarks as a page sends it: little-endian 32-bit floats, 16 bytes or 808.

Four floats come first: seconds on the page's clock, the picture's width over its height, how many people are
seen, and the picture's mean brightness (0 to 1, or not a number where unknown). Where somebody is seen, six
follow for each of the 33 points: x and y in the picture, x, y and z in the world, and visibility, all as in a
landmark recording (``landmarks``). Nobody seen: the first four alone.
"""

from math import isfinite
from struct import Struct

from triplane.movement import LANDMARKS, LandmarkFrame

_EACH = 6
_HEAD = Struct("<4f")
_WHOLE = Struct(f"<{4 + _EACH * len(LANDMARKS)}f")

LARGEST = _WHOLE.size
"""Bytes of the longest message there is."""


def sent_frame(message: bytes) -> LandmarkFrame:
    """Read one message.

    Raises
    ------
    ValueError
        With half a sentence of what is wrong, whatever the message holds.
    """
    if len(message) not in (_HEAD.size, _WHOLE.size):
        raise ValueError("is no frame of landmarks")
    at, aspect, people, light, *points = (_HEAD if len(message) == _HEAD.size else _WHOLE).unpack(message)
    if not (isfinite(at) and at >= 0 and 0.1 < aspect < 10 and 0 <= people <= 100):
        raise ValueError("does not say when it was, or of what picture")
    known = light if isfinite(light) else None
    if not points or not people:
        return LandmarkFrame(at, aspect=aspect, people=0, light=known)
    return LandmarkFrame(
        at,
        tuple(zip(points[0::_EACH], points[1::_EACH], strict=True)),
        tuple(zip(points[2::_EACH], points[3::_EACH], points[4::_EACH], strict=True)),
        tuple(min(1.0, max(0.0, seen)) if isfinite(seen) else 0.0 for seen in points[5::_EACH]),
        aspect,
        int(people),
        known,
    )
