"""What a figure is moved with, as simple solids in space: balls, rods, rings and boxes, frame by frame.

Where each lies follows the same words and sizes as the drawn figures. What stays put is given once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np

from triplane.body.contact import RADII
from triplane.body.directions import Side
from triplane.body.drawing.scenery import (
    ANCHOR,
    BENCH_HALF,
    BENCH_THICK,
    MASSAGE_BALL,
    ROLLER,
    SOFT_BALL,
    TABLE_BEYOND,
    TABLE_HALF,
    WALL_HEIGHT,
)
from triplane.body.figure import Placed
from triplane.body.moving import Motion
from triplane.body.pose import Prop, PropKind
from triplane.body.rotation import Array
from triplane.body.skeleton import point_index, points, sided
from triplane.body.touching import spots_in_words
from triplane.value import Value

Shape = Literal["ball", "rod", "ring", "box"]
Paint = Literal["prop", "strap", "wall"]

STRAP = 0.006
STILL = 0.004
"""A place that moves less than this is given once, fraction of stature; for drawing only."""


class Thing(Value):
    """A solid. ``at`` is one list, or one a frame: a ball's centre, a rod's two ends, a ring's centre and
    axis, a box's low and high corner. ``size`` is a radius; both in the film's units.
    """

    shape: Shape
    paint: Paint
    size: int
    at: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class _Solid:
    """A thing before it is written in whole numbers; ``at`` has shape (frames, numbers)."""

    shape: Shape
    paint: Paint
    size: float
    at: Array


@dataclass(frozen=True)
class _Scene:
    """The moving figure and the frame in which a prop is first there."""

    placed: Placed
    floor: float
    first: int

    def at(self, name: str) -> Array:
        return self.placed.point(name)

    def then(self, name: str) -> Array:
        """Where a point is when the prop is first there: things that stay put lie by it."""
        spot: Array = self.placed.point(name)[self.first].copy()
        return spot

    def named(self, prop: Prop) -> list[str]:
        known = {point.name for point in points()}
        return [name for name in spots_in_words(prop.at) if name in known]


def things(moved: Motion, placed: Placed, floor: float, scale: int) -> tuple[Thing, ...]:
    """Return everything the key poses are done with; a wall on one side once."""
    found: list[_Solid] = []
    for prop, first in _props(moved):
        if prop.kind.is_thing:
            solids = _MADE[prop.kind](_Scene(placed, floor, first), prop)
            found += [one for one in solids if not _is_there(one, found)]
    return tuple(_written(solid, scale) for solid in found)


def _props(moved: Motion) -> Iterator[tuple[Prop, int]]:
    seen: set[Prop] = set()
    for number, pose in enumerate(moved.keys.poses):
        for prop in pose.props:
            if prop not in seen:
                seen.add(prop)
                yield prop, int(np.argmax(moved.key == number))


def _is_there(solid: _Solid, found: list[_Solid]) -> bool:
    """Whether the same thing was met in an earlier key: a wall on the same side, a large ball."""
    if solid.paint == "wall":
        walls = [one for one in found if one.paint == "wall"]
        return any(_normal(one) == _normal(solid) for one in walls)
    return solid.shape == "ball" and any(one.shape == "ball" and _meet(one, solid) for one in found)


def _normal(wall: _Solid) -> int:
    """Which axis a wall stands across: the one it is thin along."""
    return int(np.argmin(wall.at[0, 3:] - wall.at[0, :3]))


def _meet(one: _Solid, other: _Solid) -> bool:
    return bool(np.linalg.norm(one.at[0] - other.at[0]) < max(one.size, other.size))


def _written(solid: _Solid, scale: int) -> Thing:
    at = solid.at[:1] if float(np.ptp(solid.at, axis=0).max()) < STILL else solid.at
    rows = np.round(at * scale).astype(int).tolist()
    return Thing(
        shape=solid.shape,
        paint=solid.paint,
        size=round(solid.size * scale),
        at=tuple(tuple(row) for row in rows),
    )


def _once(*places: Array) -> Array:
    """One row of places that stay."""
    return np.concatenate([np.asarray(place, dtype=float) for place in places])[None]


def _side(prop: Prop) -> Side:
    return Side.LEFT if "left" in prop.at else Side.RIGHT


def _out(side: Side) -> float:
    return 1.0 if side is Side.RIGHT else -1.0


def _by_the_wall(scene: _Scene, prop: Prop, radius: float) -> Iterator[_Solid]:
    side = _side(prop)
    spot = scene.then(sided("trochanter", side)) + np.array([0, 0, _out(side) * (0.02 + radius)])
    yield _Solid("ball", "prop", radius, _once(spot))


def _massage_ball(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    if "wall" in prop.at:
        yield from _by_the_wall(scene, prop, MASSAGE_BALL)
        return
    named = scene.named(prop)
    spot = scene.then(named[0] if named else sided("hip", _side(prop)))
    spot[1] = scene.floor + MASSAGE_BALL
    yield _Solid("ball", "strap", MASSAGE_BALL, _once(spot))


def _soft_ball(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    if "wall" in prop.at:
        yield from _by_the_wall(scene, prop, SOFT_BALL)
        return
    first, last = (scene.at(name) for name in (scene.named(prop)[0], scene.named(prop)[-1]))
    gap = float(np.linalg.norm(first[scene.first] - last[scene.first])) / 2 - 0.03
    yield _Solid("ball", "prop", max(0.03, gap), (first + last) / 2)


def _stability_ball(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    named = scene.named(prop)
    knees = np.mean([scene.at(name) for name in named if name.startswith("knee")], axis=0)
    wrists = np.mean([scene.at(name) for name in named if name.startswith("wrist")], axis=0)
    radius = float(np.linalg.norm((knees - wrists)[scene.first, :2])) / 2 - 0.028
    yield _Solid("ball", "prop", radius, ((knees + wrists) / 2 * (1, 1, 0))[scene.first : scene.first + 1])


def _roller(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    side = _side(prop)
    spot = scene.then(sided("thigh_middle", side))
    spot[1] = scene.floor + ROLLER[0]
    across = np.cross(scene.then(sided("knee", side)) - scene.then(sided("hip", side)), (0, 1, 0))
    across = across / np.linalg.norm(across) * ROLLER[1]
    yield _Solid("rod", "prop", ROLLER[0], _once(spot - across, spot + across))


def _band(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    if "anchor" in prop.at:
        yield from _anchored(scene, prop)
        return
    first, second = scene.named(prop)[:2]
    reach = (RADII[point_index(first)] + RADII[point_index(second)]) / 2
    for way in (-reach, reach):
        off = np.array([way, 0, 0])
        yield _Solid("rod", "strap", STRAP, np.hstack([scene.at(first) + off, scene.at(second) + off]))


def _anchored(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    """A post, and a band to it: straps from the hands, or a loop high round a thigh with two strands."""
    hands = [name for name in scene.named(prop) if name.startswith("hand")]
    ahead = scene.placed.rotations["pelvis"][scene.first][:, 0] * (1, 0, 1)
    ahead = (1.0 if "in front" in prop.at else -1.0) * ahead / np.linalg.norm(ahead)
    hip, knee = (sided(name, _side(prop)) for name in ("hip", "knee"))
    held = np.mean([scene.then(name) for name in hands], axis=0) if hands else scene.then(hip)
    post = (held + (0.35 if hands else 0.5) * ahead) * (1, 0, 1) + np.array([0, scene.floor, 0])
    high = ANCHOR["high" if prop.at.endswith("high") else "low"]
    hook = post + np.array([0, high, 0])
    yield _Solid("rod", "prop", 0.012, _once(post, hook + np.array([0, 0.05, 0])))
    for name in hands:
        yield _Solid("rod", "strap", STRAP, _to(scene.at(name), hook))
    if not hands:
        along = scene.at(knee) - scene.at(hip)
        loop = scene.at(hip) + 0.22 * along
        across = np.cross(along, ahead)
        across = across / np.linalg.norm(across, axis=1, keepdims=True)
        along = along / np.linalg.norm(along, axis=1, keepdims=True)
        yield _Solid("ring", "strap", 0.06, np.hstack([loop, along]))
        for way in (-0.052, 0.052):
            yield _Solid("rod", "strap", STRAP, _to(loop + way * across, hook))


def _to(starts: Array, end: Array) -> Array:
    return np.hstack([starts, np.broadcast_to(end, starts.shape)])


def _wall(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    if "outer hip" in prop.at:
        side = _side(prop)
        spot, normal = scene.then(sided("trochanter", side)), np.array([0, 0, _out(side)])
        lies_low = abs(float(scene.then("pelvis")[1])) < 0.4
        gap = 0.02 + 2 * (SOFT_BALL if lies_low else MASSAGE_BALL)
    elif named := scene.named(prop):
        spot, away = scene.then(named[0]), scene.then(named[0]) - scene.then("pelvis")
        along_x = abs(away[0]) > abs(away[2])
        normal = np.array([np.sign(away[0]), 0, 0] if along_x else [0, 0, np.sign(away[2])])
        gap = 0.018 if named[0].startswith("hand") else 0.033
    else:
        return
    base = spot + gap * normal
    middle = scene.then("pelvis") * (1 - np.abs(normal)) + base * np.abs(normal)
    half = np.abs(normal[[2, 1, 0]]) * 0.45 + np.abs(normal) * 0.001
    low, high = middle - half, middle + half
    low[1], high[1] = scene.floor, scene.floor + WALL_HEIGHT
    yield _Solid("box", "wall", 0.0, _once(low + 0.001 * normal, high + 0.001 * normal))


def _step(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    side = _side(prop)
    heel, ball = scene.then(sided("heel", side)), scene.then(sided("ball_of_foot", side))
    middle, top = (heel + ball) / 2, float(heel[1] - RADII[point_index(sided("heel", side))])
    low, high = middle - (0.13, 0, 0.085), middle + np.array([0.13, 0, 0.085])
    low[1], high[1] = scene.floor, top
    yield _Solid("box", "prop", 0.0, _once(low, high))


def _bench(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    """A seat across the leg, under its knee."""
    name = sided("knee", _side(prop))
    knee, half = scene.then(name), np.array(BENCH_HALF)
    yield from _on_four_feet(scene, knee - half, knee + half, knee[1] - RADII[point_index(name)])


def _table(scene: _Scene, prop: Prop) -> Iterator[_Solid]:
    """The top lies under seat or back, and ends just beyond the points that are named: they are its edge."""
    carried = ("sacrum", "midback", *(sided("ischium", side) for side in Side))
    top = min(float(scene.then(name)[1]) - RADII[point_index(name)] for name in carried)
    edge = max(float(scene.then(name)[0]) for name in scene.named(prop)) + TABLE_BEYOND
    back = min(float(scene.then(name)[0]) for name in ("head", "pelvis")) - 2 * TABLE_BEYOND
    middle = float(scene.then("pelvis")[2])
    low, high = np.array([back, 0, middle - TABLE_HALF]), np.array([edge, 0, middle + TABLE_HALF])
    yield from _on_four_feet(scene, low, high, top)


def _on_four_feet(scene: _Scene, low: Array, high: Array, top: float) -> Iterator[_Solid]:
    """A seat or a table top between two corners, with a foot near each corner."""
    low[1], high[1] = top - BENCH_THICK, top
    yield _Solid("box", "prop", 0.0, _once(low, high))
    for x, z in product((low[0] + 0.02, high[0] - 0.02), (low[2] + 0.015, high[2] - 0.015)):
        foot = np.array([x, scene.floor, z])
        yield _Solid("rod", "prop", 0.008, _once(foot, foot * (1, 0, 1) + (0, low[1], 0)))


_MADE: dict[PropKind, Callable[[_Scene, Prop], Iterator[_Solid]]] = {
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
