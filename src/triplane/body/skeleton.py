"""The figure at rest: points, segments, joints and their limits, mirrored by construction.

All lengths are fractions of stature. In every segment x points forward, y up and z to the figure's right.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from triplane.body.directions import Side

Axis = Literal["x", "y", "z"]
Offset = tuple[float, float, float]


@dataclass(frozen=True)
class Point:
    """A place on the body: where it lies in its segment, and the soft tissue that touches (radius)."""

    name: str
    segment: str
    offset: Offset
    radius: float


@dataclass(frozen=True)
class Turn:
    """One angle of a joint: which axis it turns about, which way is positive, how far it may go (deg)."""

    name: str
    axis: Axis
    sign: int
    low_deg: float
    high_deg: float


@dataclass(frozen=True)
class Segment:
    """A rigid part of the body that starts at a point of its parent and turns about moving axes."""

    name: str
    parent: str | None
    start: str
    turns: tuple[Turn, ...]
    mass_share: float
    mass_points: tuple[tuple[str, float], ...] = ()


def sided(name: str, side: Side) -> str:
    """Return the name of a point, segment or angle on one side: ``knee`` becomes ``knee_left``."""
    return f"{name}_{side}"


def _limb(name: str, side: Side, flexion: Offset, abduction: Offset, rotation: Offset) -> tuple[Turn, ...]:
    """A ball joint: flexion, abduction and external rotation, positive the same way on both sides."""
    out = -1 if side is Side.RIGHT else 1
    return (
        Turn(sided(f"{name}_flexion", side), "z", 1, *flexion[:2]),
        Turn(sided(f"{name}_abduction", side), "x", out, *abduction[:2]),
        Turn(sided(f"{name}_external_rotation", side), "y", out, *rotation[:2]),
    )


def _midline_points() -> tuple[Point, ...]:
    return (
        Point("pelvis", "pelvis", (0, 0, 0), 0.060),
        Point("sacrum", "pelvis", (-0.030, 0.040, 0), 0.040),
        Point("asis", "pelvis", (0.030, 0.050, 0), 0.030),
        Point("lumbar", "pelvis", (-0.005, 0.070, 0), 0.0),
        Point("midback", "trunk", (-0.010, 0.150, 0), 0.060),
        Point("chest", "trunk", (0.010, 0.150, 0), 0.060),
        Point("neck", "trunk", (0, 0.235, 0), 0.0),
        Point("head", "head", (0.015, 0.085, 0), 0.065),
    )


def _sided_points(side: Side) -> tuple[Point, ...]:
    z = 1 if side is Side.RIGHT else -1

    def point(name: str, segment: str, offset: Offset, radius: float, has_sides: bool = True) -> Point:
        place = sided(segment, side) if has_sides else segment
        return Point(sided(name, side), place, (offset[0], offset[1], z * offset[2]), radius)

    return (
        point("hip", "pelvis", (0, 0, 0.050), 0.050, has_sides=False),
        point("trochanter", "pelvis", (-0.005, -0.010, 0.095), 0.020, has_sides=False),
        point("ischium", "pelvis", (-0.020, -0.045, 0.035), 0.030, has_sides=False),
        point("thigh_middle", "thigh", (0, -0.1225, 0), 0.045),
        point("knee", "thigh", (0, -0.245, 0), 0.033),
        point("ankle", "shank", (0, -0.246, 0), 0.025),
        point("heel", "foot", (-0.030, -0.027, 0), 0.012),
        point("ball_of_foot", "foot", (0.085, -0.027, 0), 0.012),
        point("toe", "toes", (0.030, -0.002, 0), 0.010),
        point("shoulder", "trunk", (0, 0.218, 0.115), 0.040, has_sides=False),
        point("elbow", "upper_arm", (0, -0.186, 0), 0.022),
        point("wrist", "forearm", (0, -0.146, 0), 0.018),
        point("hand", "forearm", (0, -0.206, 0), 0.015),
    )


def _sided_segments(side: Side) -> tuple[Segment, ...]:
    def on(name: str) -> str:
        return sided(name, side)

    def hinge(name: str, sign: int, low: float, high: float) -> tuple[Turn, ...]:
        return (Turn(on(name), "z", sign, low, high),)

    z = 1 if side is Side.RIGHT else -1
    hip = _limb("hip", side, (-25, 130, 0), (-35, 80, 0), (-60, 80, 0))
    shoulder = _limb("shoulder", side, (-60, 180, 0), (-30, 180, 0), (-90, 90, 0))
    return (
        Segment(on("thigh"), "pelvis", on("hip"), hip, 0.100, ((on("hip"), 0.567), (on("knee"), 0.433))),
        Segment(
            on("shank"),
            on("thigh"),
            on("knee"),
            hinge("knee", -1, 0, 150),
            0.0465,
            ((on("knee"), 0.567), (on("ankle"), 0.433)),
        ),
        Segment(
            on("foot"),
            on("shank"),
            on("ankle"),
            (*hinge("ankle", 1, -80, 40), Turn(on("foot_turn"), "y", -z, -25, 35)),
            0.0145,
            ((on("heel"), 0.5), (on("ball_of_foot"), 0.5)),
        ),
        Segment(on("toes"), on("foot"), on("ball_of_foot"), hinge("toes", 1, -60, 90), 0.0),
        Segment(
            on("upper_arm"),
            "trunk",
            on("shoulder"),
            shoulder,
            0.028,
            ((on("shoulder"), 0.564), (on("elbow"), 0.436)),
        ),
        Segment(
            on("forearm"),
            on("upper_arm"),
            on("elbow"),
            hinge("elbow", 1, 0, 150),
            0.022,
            ((on("elbow"), 0.318), (on("wrist"), 0.682)),
        ),
    )


@cache
def points() -> tuple[Point, ...]:
    """Every point of the figure, in the order of the points axis.

    Sources
    -------
    winter_2009 — segment lengths; the offsets and soft tissue radii are triplane_calc.
    """
    return _midline_points() + _sided_points(Side.RIGHT) + _sided_points(Side.LEFT)


@cache
def segments() -> tuple[Segment, ...]:
    """Every segment, parents before children.

    Masses are shares of body mass with their centre as a mixture of points. The trunk's share lies
    midway between mid-hip and neck; the toes' mass is the foot's. ``foot_turn`` is the little that shank and
    foot give outward (+) so that a sole meets the floor; no pose states it. Its limits and those of shoulder
    and toes are coach_default.

    Sources
    -------
    winter_2009 — masses and centres of mass; triplane_handbook — limits of hip, knee, ankle and trunk.
    """
    midline = (
        Segment(
            "pelvis",
            None,
            "pelvis",
            (
                Turn("pelvis_yaw", "y", 1, -180, 180),
                Turn("pelvis_roll", "x", 1, -90, 90),
                Turn("pelvis_pitch", "z", -1, -180, 180),
            ),
            0.0,
        ),
        Segment(
            "trunk",
            "pelvis",
            "lumbar",
            (
                Turn("trunk_flexion", "z", -1, -35, 80),
                Turn("trunk_side", "x", 1, -40, 40),
                Turn("trunk_rotation", "y", 1, -50, 50),
            ),
            0.497,
            (("pelvis", 0.5), ("neck", 0.5)),
        ),
        Segment("head", "trunk", "neck", (Turn("neck", "z", -1, -60, 60),), 0.081, (("head", 1.0),)),
    )
    return midline + _sided_segments(Side.RIGHT) + _sided_segments(Side.LEFT)


@cache
def turns() -> tuple[Turn, ...]:
    """Every angle of the figure, in the order of the angles axis."""
    return tuple(turn for segment in segments() for turn in segment.turns)


@cache
def point_index(name: str) -> int:
    """Return where a point lies on the points axis; ``KeyError`` if there is none."""
    return {point.name: i for i, point in enumerate(points())}[name]


@cache
def angle_index(name: str) -> int:
    """Return where an angle lies on the angles axis; ``KeyError`` if there is none."""
    return {turn.name: i for i, turn in enumerate(turns())}[name]
