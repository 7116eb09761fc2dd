"""Planes, directions and sides: the words every other room is spoken in."""

from enum import StrEnum


class Plane(StrEnum):
    """One of the three planes a hip moves in."""

    SAGITTAL = "sagittal"
    FRONTAL = "frontal"
    TRANSVERSE = "transverse"


class Direction(StrEnum):
    """One of the six directions a hip moves in; two to a plane."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    ABDUCTION = "abduction"
    ADDUCTION = "adduction"
    INTERNAL_ROTATION = "internal_rotation"
    EXTERNAL_ROTATION = "external_rotation"

    @property
    def plane(self) -> Plane:
        return _PLANE_OF[self]

    @property
    def opposite(self) -> "Direction":
        return _OPPOSITE_OF[self]

    @property
    def plain_name(self) -> str:
        """What a coach calls it: 'turn in' for internal rotation."""
        return _PLAIN_NAME_OF[self]


class Side(StrEnum):
    """The runner's left or right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Leg(StrEnum):
    """A leg within a drill: the one being trained, or the other one."""

    WORKING = "working"
    OTHER = "other"

    def on(self, working: Side) -> Side:
        """Return the side this leg is on when ``working`` is the working side."""
        return working if self is Leg.WORKING else working.other


_PAIRS = {
    Plane.SAGITTAL: (Direction.FLEXION, Direction.EXTENSION),
    Plane.FRONTAL: (Direction.ABDUCTION, Direction.ADDUCTION),
    Plane.TRANSVERSE: (Direction.INTERNAL_ROTATION, Direction.EXTERNAL_ROTATION),
}
_PLANE_OF = {direction: plane for plane, pair in _PAIRS.items() for direction in pair}
_OPPOSITE_OF = {a: b for pair in _PAIRS.values() for a, b in (pair, pair[::-1])}
_PLAIN_NAME_OF = {
    Direction.FLEXION: "knee up",
    Direction.EXTENSION: "leg back",
    Direction.ABDUCTION: "leg out",
    Direction.ADDUCTION: "leg across",
    Direction.INTERNAL_ROTATION: "turn in",
    Direction.EXTERNAL_ROTATION: "turn out",
}
