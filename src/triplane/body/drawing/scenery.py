"""What a figure is drawn with besides itself: wall, balls, roller, band, step, bench, table and floor."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from triplane.body.contact import RADII
from triplane.body.directions import Side
from triplane.body.drawing.shape import Circle, Shape, number
from triplane.body.drawing.silhouette import Body, circle_of
from triplane.body.pose import Pose, Prop, PropKind
from triplane.body.rotation import Array
from triplane.body.skeleton import point_index, points, sided
from triplane.body.touching import spots_in_words

MASSAGE_BALL = 0.021
SOFT_BALL = 0.055
ROLLER = (0.042, 0.085)
BENCH_THICK = 0.03
TABLE_HALF, TABLE_BEYOND = 0.2, 0.05
BENCH_HALF = (0.18, 0.0, 0.05)
WALL_HEIGHT = 0.95
ANCHOR = {"low": 0.11, "high": 0.75}
"""Sizes of things (radii, half lengths, heights), fractions of stature; coach_default, for drawing only."""

_UP = np.array([0.0, 1.0, 0.0])


def scenery(body: Body, pose: Pose, ground: float) -> list[Shape]:
    """Every prop of a pose as shapes, in no order. ``ground`` is the height of the lowest floor."""
    found: list[Shape] = []
    for prop in pose.props:
        if prop.kind.is_thing:
            found += _DRAWN[prop.kind](body, prop, ground)
    return found


def _spots(body: Body, prop: Prop) -> list[tuple[str, Array]]:
    known = {point.name for point in points()}
    return [(name, body.at(name)) for name in spots_in_words(prop.at) if name in known]


def _side_named(prop: Prop) -> Side:
    return Side.LEFT if "left" in prop.at else Side.RIGHT


def _out(side: Side) -> float:
    return 1.0 if side is Side.RIGHT else -1.0


def _ball(body: Body, spot: Array, radius: float, nearer: float = 0.0) -> Shape:
    depth = float(body.camera.depth(spot)) + nearer
    return Shape(depth, "prop", (circle_of(body.camera, spot, radius),))


def _massage_ball(body: Body, prop: Prop, ground: float) -> list[Shape]:
    if "wall" in prop.at:
        return [_ball(body, _hip_at_wall(body, _side_named(prop), MASSAGE_BALL), MASSAGE_BALL)]
    spot = _under(body, prop)
    spot[1] = ground + MASSAGE_BALL
    return [replace(_ball(body, spot, MASSAGE_BALL, 0.08), paint="strap")]


def _under(body: Body, prop: Prop) -> Array:
    """The place a thing on the floor lies below."""
    spots = _spots(body, prop)
    if spots:
        spot = spots[0][1].copy()
    else:
        side = _side_named(prop)
        spot = body.at(sided("hip", side)).copy()
        if "front and outside" in prop.at:
            spot = body.inside("pelvis", sided("hip", side), (0.03, -0.01, 0.03 * _out(side)))
    if "behind" in prop.at and "trochanter" in prop.at:
        spot += body.inside("pelvis", "pelvis", (-0.03, 0, 0)) - body.at("pelvis")
    return spot


def _hip_at_wall(body: Body, side: Side, radius: float) -> Array:
    spot: Array = body.at(sided("trochanter", side)) + np.array([0, 0, _out(side) * (0.02 + radius)])
    return spot


def _soft_ball(body: Body, prop: Prop, ground: float) -> list[Shape]:
    if "wall" in prop.at:
        return [_ball(body, _hip_at_wall(body, _side_named(prop), SOFT_BALL), SOFT_BALL)]
    spots = [spot for _, spot in _spots(body, prop)]
    middle = np.mean(spots, axis=0)
    gap = float(np.linalg.norm(spots[0] - spots[-1])) / 2 - 0.03
    return [_ball(body, middle, max(0.03, gap), 0.02)]


def _stability_ball(body: Body, prop: Prop, ground: float) -> list[Shape]:
    named = _spots(body, prop)
    knees = np.mean([spot for name, spot in named if name.startswith("knee")], axis=0)
    wrists = np.mean([spot for name, spot in named if name.startswith("wrist")], axis=0)
    middle = (knees + wrists) / 2 * (1, 1, 0)
    return [_ball(body, middle, float(np.linalg.norm((knees - wrists)[:2])) / 2 - 0.028)]


def _roller(body: Body, prop: Prop, ground: float) -> list[Shape]:
    side = _side_named(prop)
    spot = body.at(sided("thigh_middle", side)).copy()
    spot[1] = ground + ROLLER[0]
    thigh = body.at(sided("knee", side)) - body.at(sided("hip", side))
    across = np.cross(thigh, (0, 1, 0))
    across = across / np.linalg.norm(across) * ROLLER[1]
    ends = [spot - across, spot + across]
    circles = tuple(circle_of(body.camera, end, ROLLER[0]) for end in ends)
    return [Shape(float(body.camera.depth(spot)) - 0.06, "prop", circles)]


def _band(body: Body, prop: Prop, ground: float) -> list[Shape]:
    if "anchor" in prop.at:
        return _anchored_band(body, prop, ground)
    (first, start), (second, end) = _spots(body, prop)[:2]
    reach = [RADII[point_index(name)] + 0.004 for name in (first, second)]
    circles = tuple(circle_of(body.camera, s, r) for s, r in zip((start, end), reach, strict=True))
    depth = float(max(body.camera.depth(start), body.camera.depth(end)))
    return [Shape(depth + 0.02, "band", circles)]


def _anchored_band(body: Body, prop: Prop, ground: float) -> list[Shape]:
    """A band to a post: from hands as straps, round a thigh as a loop."""
    hands = [spot for name, spot in _spots(body, prop) if name.startswith("hand")]
    camera, way = body.camera, 1.0 if "in front" in prop.at else -1.0
    ahead = way * body.placed.rotations["pelvis"][body.frame][:, 0] * (1, 0, 1)
    ahead = ahead / np.linalg.norm(ahead)
    held = np.mean(hands, axis=0) if hands else body.at(sided("hip", _side_named(prop)))
    post = held + (0.35 if hands else 0.5) * ahead
    post[1] = ground
    high = ANCHOR["high" if prop.at.endswith("high") else "low"]
    hook = circle_of(camera, post + high * _UP, 0.007)
    ends = (
        circle_of(camera, post + 0.012 * _UP, 0.012),
        circle_of(camera, post + (high + 0.05) * _UP, 0.012),
    )
    shapes = [Shape(float(camera.depth(post)) - 0.02, "prop", ends)]
    straps = [
        Shape(float(camera.depth(hand)) + 0.02, "strap", (circle_of(camera, hand, 0.007), hook))
        for hand in hands
    ]
    return shapes + (straps or _loop(body, _side_named(prop), ahead, hook))


def _loop(body: Body, side: Side, ahead: Array, hook: Circle) -> list[Shape]:
    """The part of a band that goes round a thigh, high up, and its two strands to the hook."""
    hip, knee = body.at(sided("hip", side)), body.at(sided("knee", side))
    thigh, camera = hip + 0.22 * (knee - hip), body.camera
    across = np.cross(knee - hip, ahead)
    across = across / np.linalg.norm(across)
    strands = [circle_of(camera, thigh + sign * 0.05 * across, 0.007) for sign in (-1, 1)]
    front = circle_of(camera, thigh - 0.052 * ahead, 0.007)
    near = float(camera.depth(thigh))
    return [
        *(Shape(near - 0.03, "strap", (strand, hook)) for strand in strands),
        *(Shape(near + 0.035, "strap", (strand, front)) for strand in strands),
    ]


def _wall(body: Body, prop: Prop, ground: float) -> list[Shape]:
    spots = _spots(body, prop)
    if "outer hip" in prop.at:
        side = _side_named(prop)
        spot = body.at(sided("trochanter", side)) + np.array([0, 0, _out(side) * 0.02])
        return _wall_at(body, spot, np.array([0, 0, _out(side)]), ground, _ball_width(body, prop))
    if not spots:
        return []
    name, spot = spots[0]
    away = spot - body.at("pelvis")
    normal = (
        np.array([np.sign(away[0]), 0, 0])
        if abs(away[0]) > abs(away[2])
        else np.array([0, 0, np.sign(away[2])])
    )
    return _wall_at(body, spot, normal, ground, 0.018 if name.startswith("hand") else 0.033)


def _ball_width(body: Body, prop: Prop) -> float:
    return 2 * (SOFT_BALL if abs(float(body.at("pelvis")[1])) < 0.4 else MASSAGE_BALL)


def _wall_at(body: Body, spot: Array, normal: Array, ground: float, gap: float) -> list[Shape]:
    camera = body.camera
    base = spot + gap * normal
    base[1] = ground
    if camera.sees_edge_on(normal):
        ends = [base + (0, 0.004, 0) + 0.008 * normal, base + (0, WALL_HEIGHT, 0) + 0.008 * normal]
        circles = tuple(circle_of(camera, end, 0.008) for end in ends)
        return [Shape(-9.0, "wall", circles)]
    middle = body.at("pelvis") * (1 - np.abs(normal)) + base * np.abs(normal)
    middle[1] = ground
    along = np.abs(normal[[2, 1, 0]]) * 0.45
    corners = [
        middle + sign * along + (0, height, 0)
        for sign, height in ((-1, 0), (1, 0), (1, WALL_HEIGHT), (-1, WALL_HEIGHT))
    ]
    in_front = float(normal @ camera.toward) > 0
    circles = tuple(circle_of(camera, corner, 0.0) for corner in corners)
    return [Shape(9.0 if in_front else -9.0, "wall glass" if in_front else "wall", circles)]


def _box(body: Body, low: Array, high: Array, nearer: float = 0.0) -> list[Shape]:
    camera = body.camera
    corners = [np.array(corner) for corner in product(*zip(low, high, strict=True))]
    lid = [corner for corner in corners if corner[1] == high[1]]
    depth = float(camera.depth((low + high) / 2)) + nearer
    block = Shape(depth, "prop", tuple(circle_of(camera, c, 0.003) for c in corners))
    top = Shape(depth + 0.0001, "prop top", tuple(circle_of(camera, c, 0.003) for c in lid))
    return [block] if camera.sees_edge_on(_UP) else [block, top]


def _step(body: Body, prop: Prop, ground: float) -> list[Shape]:
    side = _side_named(prop)
    heel, ball = body.at(sided("heel", side)), body.at(sided("ball_of_foot", side))
    middle = (heel + ball) / 2
    top = float(heel[1] - RADII[point_index(sided("heel", side))])
    low = np.array([middle[0] - 0.13, ground, middle[2] - 0.075])
    high = np.array([middle[0] + 0.13, top, middle[2] + 0.075])
    return _box(body, low, high, -0.08)


def _bench(body: Body, prop: Prop, ground: float) -> list[Shape]:
    side = _side_named(prop)
    middle, half = body.at(sided("knee", side)), np.array(BENCH_HALF)
    top = float(middle[1] - RADII[point_index(sided("knee", side))])
    return _on_four_legs(body, middle - half, middle + half, top, ground)


def _table(body: Body, prop: Prop, ground: float) -> list[Shape]:
    """The top lies under seat or back, and ends just beyond the points that are named: they are its edge."""
    carried = ("sacrum", "midback", *(sided("ischium", side) for side in Side))
    top = min(float(body.at(name)[1]) - float(RADII[point_index(name)]) for name in carried)
    edge = max(float(spot[0]) for _, spot in _spots(body, prop)) + TABLE_BEYOND
    back = min(float(body.at(name)[0]) for name in ("head", "pelvis")) - 2 * TABLE_BEYOND
    middle = float(body.at("pelvis")[2])
    low, high = np.array([back, 0, middle - TABLE_HALF]), np.array([edge, 0, middle + TABLE_HALF])
    return _on_four_legs(body, low, high, top, ground)


def _on_four_legs(body: Body, low: Array, high: Array, top: float, ground: float) -> list[Shape]:
    """A seat or a table top between two corners, with a leg under each corner."""
    low[1], high[1] = top - BENCH_THICK, top
    shapes = _box(body, low, high, -0.05)
    for x, z in product((low[0] + 0.015, high[0] - 0.015), (low[2] + 0.02, high[2] - 0.02)):
        foot = np.array([x, ground + 0.006, z])
        ends = (foot, foot * (1, 0, 1) + (0, top - BENCH_THICK, 0))
        circles = tuple(circle_of(body.camera, end, 0.006) for end in ends)
        shapes.append(Shape(float(body.camera.depth(foot)) - 0.06, "prop", circles))
    return shapes


_DRAWN: dict[PropKind, Callable[[Body, Prop, float], Sequence[Shape]]] = {
    PropKind.MASSAGE_BALL: _massage_ball,
    PropKind.BALL: _soft_ball,
    PropKind.STABILITY_BALL: _stability_ball,
    PropKind.ROLLER: _roller,
    PropKind.BAND: _band,
    PropKind.WALL: _wall,
    PropKind.STEP: _step,
    PropKind.BENCH: _bench,
    PropKind.TABLE: _table,
}


def floor_line(body: Body, left: float, right: float, ground: float) -> str:
    """The floor seen edge-on: a line from ``left`` to ``right`` on the page; nothing from above."""
    camera = body.camera
    if not camera.sees_edge_on(_UP):
        return ""
    y = number(float(camera.page(np.array([0, ground, 0]))[1]) + 0.8)
    return (
        f'<path class="tp-floor" d="M{number(left)} {y}H{number(right)}" stroke="#7d7a72" '
        'stroke-width="1.6" stroke-linecap="round" fill="none"/>'
    )


def floor_patch(body: Body, ground: float) -> list[Shape]:
    """The floor seen from above: one soft patch under the whole figure; nothing edge-on."""
    camera = body.camera
    if camera.sees_edge_on(_UP):
        return []
    page = camera.page(body.placed.points[body.frame] * (1, 0, 1) + (0, ground, 0))
    x, y = (float(v) for v in (page.min(axis=0) + page.max(axis=0)) / 2)
    half = (page.max(axis=0) - page.min(axis=0)) / 2
    wide, deep = float(half[0]) * 1.15 + 14, float(half[1]) * 1.15 + 9
    element = f'<ellipse cx="{number(x)}" cy="{number(y)}" rx="{number(wide)}" ry="{number(deep)}"/>'
    corners = ((x - wide, y, 0.0), (x + wide, y, 0.0), (x, y - deep, 0.0), (x, y + deep, 0.0))
    return [Shape(-99.0, "patch", corners, element)]
