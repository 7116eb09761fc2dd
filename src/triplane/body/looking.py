"""Where a drill's figure is best looked at from: across what moves, and never through a wall."""

from collections.abc import Sequence

import numpy as np

from triplane.body.rotation import Array
from triplane.body.things import Thing
from triplane.value import Value

Look = tuple[int, int]
"""Degrees round the figure (0: straight ahead of it, 90: from its right) and above the floor."""

_STANDING: dict[str, Look] = {"own": (58, 16), "side": (90, 6), "front": (8, 8)}
_SIDEWAYS: Look = (24, 14)
"""Where most of the motion goes sideways and the figure is not lying along the look; coach_default."""

_LYING: dict[str, Look] = {"own": (38, 24), "side": (8, 10), "front": (90, 12)}

MOSTLY = 1.3
"""How much more must move sideways than forwards to be looked at from ahead; coach_default."""

IN_FRONT = 0.12
"""A wall is in front of the figure when it faces away from the eye by more than this (a cosine)."""


class Looks(Value):
    """Three ways to look at a film with the right side working; the left is seen in a mirror."""

    own: Look
    side: Look
    front: Look


def looks(at: Array, lies_across: bool, things: Sequence[Thing]) -> Looks:
    """Choose the looks. ``at`` has shape (frames, points, 3)."""
    wanted = dict(_LYING if lies_across else _STANDING)
    spread = np.ptp(at, axis=0).mean(axis=0)
    length, height, _ = np.ptp(at, axis=1).max(axis=0)
    if not lies_across and height > length / 2 and spread[2] > MOSTLY * spread[0]:
        wanted["own"] = _SIDEWAYS
    middle = at.mean(axis=(0, 1))
    normals = [_normal(thing, middle) for thing in things if thing.paint == "wall"]
    return Looks(**{name: _past_walls(look, normals) for name, look in wanted.items()})


def _normal(wall: Thing, middle: Array) -> Array:
    """Which way a wall lies from the figure, seen from above."""
    low, high = np.array(wall.at[0][:3], dtype=float), np.array(wall.at[0][3:], dtype=float)
    thin = int(np.argmin(high - low))
    away = (low + high) / 2 - middle
    normal: Array = np.eye(3)[thin] * np.sign(away[thin])
    return normal


def _past_walls(look: Look, normals: Sequence[Array]) -> Look:
    """The look itself, or from behind, or from the other side: the first that no wall is in the way of."""
    around, above = look
    for turned in (around, 180 - around, -round(around * 0.6), -around, around - 180):
        eye = np.array([np.cos(np.radians(turned)), 0, np.sin(np.radians(turned))])
        if all(float(normal @ eye) <= IN_FRONT for normal in normals):
            return turned, above
    return look
