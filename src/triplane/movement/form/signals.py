"""What each signal is: how it is read off a glimpse, from which views, with which points, and how well.

Angles are degrees, lengths shares of a leg. Nothing here is the angle of a joint in three dimensions: it is
what the picture shows, and None where the picture does not show it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import acos, atan2, degrees, hypot, sqrt

from triplane.body import Leg
from triplane.movement.form.glimpse import (
    ANKLE,
    ANKLE_O,
    HEEL,
    HIP,
    HIP_O,
    KNEE,
    KNEE_O,
    SHOULDER,
    SHOULDER_O,
    TOE,
    Glimpse,
)
from triplane.movement.form.rules import Signal, View

SIDES = "from the side"
AHEAD = "from the front or back"
ANY = "from anywhere"

LEAST_SEEN = 0.5
"""Points that the model sees less well than this are not read; BlazePose's own usual limit."""

LEAST_DRAWN = 0.25
"""A bone that is drawn shorter than this share of its length points at the camera; coach_default."""

IN_PLANE = 0.9
"""A leg's way out is read only while the thigh lies within 25 degrees of the picture's plane: a bent hip seen
from ahead shows an abduction that is not there, by 26 degrees (one standard deviation) in our own figure."""

TRUNK_LEGS = 0.587
"""Middle of the hips to middle of the shoulders, in leg lengths (winter_2009)."""

POINT_M, LEG_M = 0.01, 0.9
"""One standard deviation of how far a point is off across a line, and a leg; coach_default."""

BONE_M = 0.43
"""A thigh or a shank (winter_2009)."""


def line_noise(length_m: float, at_each_end: int = 1) -> float:
    """Return how far points that are off turn the line between them, radians: one standard deviation.

    It is as well how far the one lies off the other, in such lengths. An end may be the middle of several.
    """
    return sqrt(2 / at_each_end) * POINT_M / length_m


POINTS_DEG = round(degrees(line_noise(TRUNK_LEGS * LEG_M, at_each_end=2)), 1)
"""The noise of a trunk's line: from the middle of two hips to the middle of two shoulders."""

NOISE = {"deg": round(degrees(line_noise(BONE_M)), 1), "legs": round(line_noise(LEG_M), 3)}
"""The noise of a signal: the line of a bone, or of two points by a leg."""

ASKEW_DEG = 4.6
"""One standard deviation of how far a camera stands off square, evenly up to 8 degrees; coach_default."""


def least_trunk(error_deg: float) -> float:
    """Return how long a trunk is to be drawn, in legs, for its line to be good to so many degrees.

    A trunk bent towards the camera by ``b`` is drawn ``cos b`` of its length, so that noise of its ends turns
    the line ``1 / cos b`` as far; and a camera that stands askew by ``a`` shows ``a tan b`` of the bend as a
    lean to the side. Both together come to ``error_deg`` where it is drawn so long.
    """
    drawn = sqrt((POINTS_DEG**2 + ASKEW_DEG**2) / (error_deg**2 + ASKEW_DEG**2))
    return TRUNK_LEGS * min(1.0, drawn)


TRUNK_SIDE_DEG, LEG_OUT_DEG = 3, 6
"""Errors of lines across, and against the trunk, that are claimed below."""

TRUNK_SIDE_TRUNK, LEG_OUT_TRUNK = least_trunk(TRUNK_SIDE_DEG), least_trunk(LEG_OUT_DEG)
"""A trunk drawn shorter than this is bent too far towards the camera, by 30 and 51 degrees."""

HANGING = 0.3
"""A shank is read against gravity while the foot is plainly below the knee, by this share of its length."""

_TRUNK = (SHOULDER, SHOULDER_O, HIP, HIP_O)
_HIPS = (HIP, HIP_O)


@dataclass(frozen=True)
class Reading:
    """How one signal is read, and its observability: from which views, and how well.

    ``read`` takes how far points shift where the leg is the other one. ``error`` is one standard error that
    published work or noise arithmetic gives (``docs/form.md``), in the unit of the signal; ``bones`` are
    drawn at least ``drawn`` of their length, or they point at the camera.
    """

    read: Callable[[Glimpse, int], float | None]
    unit: str
    views: str
    error: float
    points: tuple[int, ...]
    legs: tuple[int, ...] = ()
    bones: tuple[tuple[int, int], ...] = ()
    drawn: float = LEAST_DRAWN

    def is_seen_from(self, view: View) -> bool:
        """Whether the picture of a camera there shows it."""
        beside = view in (View.WORKING_SIDE, View.OTHER_SIDE)
        return self.views == ANY or (self.views == SIDES) is beside


def _knee_bend(g: Glimpse, k: int) -> float:
    x, y = g.x, g.y
    hip, knee, ankle = HIP + k, KNEE + k, ANKLE + k
    return 180.0 - _between(x[hip] - x[knee], y[hip] - y[knee], x[ankle] - x[knee], y[ankle] - y[knee])


def _hip_bend(g: Glimpse, k: int) -> float:
    dx, dy = _trunk_down(g)
    tx, ty = g.x[KNEE + k] - g.x[HIP + k], g.y[KNEE + k] - g.y[HIP + k]
    return degrees(atan2(-(dx * ty - dy * tx) * g.facing, dx * tx + dy * ty))


def _thigh_lift(g: Glimpse, k: int) -> float:
    return degrees(atan2(g.y[HIP + k] - g.y[KNEE + k], abs(g.x[KNEE + k] - g.x[HIP + k])))


def _thigh_swing(g: Glimpse, k: int) -> float:
    return degrees(atan2((g.x[KNEE + k] - g.x[HIP + k]) * g.facing, g.y[KNEE + k] - g.y[HIP + k]))


def _shank_lean(g: Glimpse, k: int) -> float:
    return degrees(atan2((g.x[KNEE + k] - g.x[ANKLE + k]) * g.facing, g.y[ANKLE + k] - g.y[KNEE + k]))


def _trunk_lean(g: Glimpse, _: int) -> float:
    dx, dy = _trunk_down(g)
    return degrees(atan2(-dx * g.facing, dy))


def _heel_up(g: Glimpse, k: int) -> float:
    return degrees(atan2(g.y[TOE + k] - g.y[HEEL + k], abs(g.x[TOE + k] - g.x[HEEL + k])))


def _hip_sag(g: Glimpse, k: int) -> float:
    x, y = g.x, g.y
    ax, ay = (x[SHOULDER] + x[SHOULDER_O]) / 2, (y[SHOULDER] + y[SHOULDER_O]) / 2
    bx, by = x[ANKLE + k], y[ANKLE + k]
    hx, hy = (x[HIP] + x[HIP_O]) / 2, (y[HIP] + y[HIP_O]) / 2
    span = hypot(bx - ax, by - ay)
    if span < 1e-9:
        return 0.0
    off = ((bx - ax) * (hy - ay) - (by - ay) * (hx - ax)) / span
    return (off if bx > ax else -off) / g.leg


def _hip_height(g: Glimpse, k: int) -> float:
    return (g.y[ANKLE + k] - (g.y[HIP] + g.y[HIP_O]) / 2) / g.leg


def _hip_forward(g: Glimpse, k: int) -> float:
    return ((g.x[HIP] + g.x[HIP_O]) / 2 - g.x[KNEE + k]) * g.facing / g.leg


def _hip_shift(g: Glimpse, _: int) -> float:
    base = (g.x[ANKLE] + g.x[ANKLE_O] + g.x[KNEE] + g.x[KNEE_O]) / 4
    return ((g.x[HIP] + g.x[HIP_O]) / 2 - base) * g.out / g.leg


def _foot_height(g: Glimpse, k: int) -> float:
    return (g.y[ANKLE_O - k] - g.y[ANKLE + k]) / g.leg


def _knee_rise(g: Glimpse, k: int) -> float:
    return (g.y[KNEE_O - k] - g.y[KNEE + k]) / g.leg


def _knees_apart(g: Glimpse, _: int) -> float:
    return hypot(g.x[KNEE] - g.x[KNEE_O], g.y[KNEE] - g.y[KNEE_O]) / g.leg


def _ankles_apart(g: Glimpse, _: int) -> float:
    return hypot(g.x[ANKLE] - g.x[ANKLE_O], g.y[ANKLE] - g.y[ANKLE_O]) / g.leg


def _leg_out(g: Glimpse, k: int) -> float | None:
    dx, dy = _trunk_down(g)
    if hypot(dx, dy) / 2 < LEG_OUT_TRUNK * g.leg:
        return None
    tx, ty = g.x[KNEE + k] - g.x[HIP + k], g.y[KNEE + k] - g.y[HIP + k]
    return degrees(atan2(-(dx * ty - dy * tx) * _outward(g, k), dx * tx + dy * ty))


def _thigh_out(g: Glimpse, k: int) -> float:
    return degrees(atan2((g.x[KNEE + k] - g.x[HIP + k]) * _outward(g, k), g.y[KNEE + k] - g.y[HIP + k]))


def _shank_out(g: Glimpse, k: int) -> float:
    return degrees(
        atan2((g.x[ANKLE + k] - g.x[KNEE + k]) * _outward(g, k), abs(g.y[ANKLE + k] - g.y[KNEE + k]))
    )


def _knee_in(g: Glimpse, k: int) -> float | None:
    across, down = g.x[ANKLE + k] - g.x[KNEE + k], g.y[ANKLE + k] - g.y[KNEE + k]
    return degrees(atan2(across * _outward(g, k), down)) if down > HANGING * g.leg / 2 else None


def _knee_line(g: Glimpse, k: int) -> float:
    x, y = g.x, g.y
    ax, ay = x[KNEE + k] - x[HIP + k], y[KNEE + k] - y[HIP + k]
    bx, by = x[ANKLE + k] - x[KNEE + k], y[ANKLE + k] - y[KNEE + k]
    return degrees(atan2(-(ax * by - ay * bx) * _outward(g, k), ax * bx + ay * by))


def _belt(g: Glimpse, _: int) -> float:
    return degrees(atan2(g.y[HIP_O] - g.y[HIP], abs(g.x[HIP_O] - g.x[HIP])))


def _trunk_side(g: Glimpse, _: int) -> float | None:
    dx, dy = _trunk_down(g)
    return degrees(atan2(-dx * g.out, dy)) if hypot(dx, dy) / 2 >= TRUNK_SIDE_TRUNK * g.leg else None


def _trunk_turn(g: Glimpse, _: int) -> float:
    return _turned(g, SHOULDER, SHOULDER_O)


def _pelvis_turn(g: Glimpse, _: int) -> float:
    return _turned(g, HIP, HIP_O)


def _turned(g: Glimpse, own: int, other: int) -> float:
    """How far a line across the body is turned to the working side, by the model's depth."""
    return degrees(atan2((g.wz[own] - g.wz[other]) * -g.out, abs(g.wx[own] - g.wx[other])))


def _trunk_down(g: Glimpse) -> tuple[float, float]:
    x, y = g.x, g.y
    return (
        x[HIP] + x[HIP_O] - x[SHOULDER] - x[SHOULDER_O],
        y[HIP] + y[HIP_O] - y[SHOULDER] - y[SHOULDER_O],
    )


def _outward(g: Glimpse, k: int) -> float:
    return -g.out if k else g.out


def _between(ax: float, ay: float, bx: float, by: float) -> float:
    both = hypot(ax, ay) * hypot(bx, by)
    return degrees(acos(max(-1.0, min(1.0, (ax * bx + ay * by) / both)))) if both > 1e-12 else 180.0


_THIGH, _SHANK = (HIP, KNEE), (KNEE, ANKLE)

READINGS: dict[Signal, Reading] = {
    Signal.KNEE_BEND: Reading(_knee_bend, "deg", SIDES, 7, (), (HIP, KNEE, ANKLE), (_THIGH, _SHANK)),
    Signal.HIP_BEND: Reading(_hip_bend, "deg", SIDES, 6, _TRUNK, (KNEE,), (_THIGH,)),
    Signal.THIGH_LIFT: Reading(_thigh_lift, "deg", SIDES, 4, (), (HIP, KNEE), (_THIGH,)),
    Signal.THIGH_SWING: Reading(_thigh_swing, "deg", SIDES, 4, (), (HIP, KNEE), (_THIGH,)),
    Signal.SHANK_LEAN: Reading(_shank_lean, "deg", SIDES, 4, (), (KNEE, ANKLE), (_SHANK,)),
    Signal.TRUNK_LEAN: Reading(_trunk_lean, "deg", SIDES, 3, _TRUNK),
    Signal.HEEL_UP: Reading(_heel_up, "deg", SIDES, 8, (), (HEEL, TOE)),
    Signal.HIP_SAG: Reading(_hip_sag, "legs", ANY, 0.04, _TRUNK, (ANKLE,)),
    Signal.HIP_HEIGHT: Reading(_hip_height, "legs", ANY, 0.04, _HIPS, (ANKLE,)),
    Signal.HIP_FORWARD: Reading(_hip_forward, "legs", SIDES, 0.04, _HIPS, (KNEE,)),
    Signal.HIP_SHIFT: Reading(_hip_shift, "legs", AHEAD, 0.04, (*_HIPS, KNEE, KNEE_O, ANKLE, ANKLE_O)),
    Signal.FOOT_HEIGHT: Reading(_foot_height, "legs", ANY, 0.04, (ANKLE, ANKLE_O)),
    Signal.KNEE_RISE: Reading(_knee_rise, "legs", ANY, 0.04, (KNEE, KNEE_O)),
    Signal.KNEES_APART: Reading(_knees_apart, "legs", ANY, 0.04, (KNEE, KNEE_O)),
    Signal.ANKLES_APART: Reading(_ankles_apart, "legs", ANY, 0.04, (ANKLE, ANKLE_O)),
    Signal.LEG_OUT: Reading(_leg_out, "deg", AHEAD, LEG_OUT_DEG, _TRUNK, (KNEE,), (_THIGH,), IN_PLANE),
    Signal.THIGH_OUT: Reading(_thigh_out, "deg", AHEAD, 4, (), (HIP, KNEE), (_THIGH,)),
    Signal.SHANK_OUT: Reading(_shank_out, "deg", AHEAD, 4, (), (KNEE, ANKLE), (_SHANK,)),
    Signal.KNEE_IN: Reading(_knee_in, "deg", AHEAD, 4, (), (KNEE, ANKLE), (_SHANK,)),
    Signal.KNEE_LINE: Reading(
        _knee_line, "deg", AHEAD, 4, (), (HIP, KNEE, ANKLE), (_THIGH, _SHANK), IN_PLANE
    ),
    Signal.BELT: Reading(_belt, "deg", AHEAD, 4, _HIPS),
    Signal.TRUNK_SIDE: Reading(_trunk_side, "deg", AHEAD, TRUNK_SIDE_DEG, _TRUNK),
    Signal.TRUNK_TURN: Reading(_trunk_turn, "deg", AHEAD, 15, (SHOULDER, SHOULDER_O)),
    Signal.PELVIS_TURN: Reading(_pelvis_turn, "deg", AHEAD, 15, _HIPS),
}
"""Every signal that is read off one frame.

Errors: knee 6.4 from the side (cosoli_2026), hip 5.9 after its offset is taken off (van_hooren_2023), thigh
against gravity and frontal lines 2 to 4 (dingenen_2018, gwynne_curran_2014), hips 4 (two points 0.2 m apart,
1 cm each).
"""


def read_signal(glimpse: Glimpse, signal: Signal, leg: Leg) -> float | None:
    """Return a signal, or None where its points are not seen or its bones point at the camera."""
    reading = READINGS[signal]
    k = 0 if leg is Leg.WORKING else 1
    seen = glimpse.seen
    for point in reading.points:
        if seen[point] < LEAST_SEEN:
            return None
    for point in reading.legs:
        if seen[point + k] < LEAST_SEEN:
            return None
    if glimpse.leg <= 0:
        return None
    for start, end in reading.bones:
        drawn = hypot(glimpse.x[start + k] - glimpse.x[end + k], glimpse.y[start + k] - glimpse.y[end + k])
        if drawn < reading.drawn * glimpse.leg / 2:
            return None
    return reading.read(glimpse, k)
