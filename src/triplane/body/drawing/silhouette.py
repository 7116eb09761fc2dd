"""The figure's silhouette: limbs as tapered rounded strokes, nearer ones over farther ones."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from triplane.body.directions import Side
from triplane.body.drawing.shape import Circle, Shape, number
from triplane.body.drawing.view import SCALE, Camera
from triplane.body.figure import Placed
from triplane.body.pose import Pose
from triplane.body.rotation import Array
from triplane.body.skeleton import sided
from triplane.body.touching import fixed_names

Ball = tuple[Array, float]
"""A place in the world and a radius, fractions of stature."""

SEAM = 0.04
"""How far to either side of a joint its seam is covered, fraction of stature."""

FINGERS = 0.045
"""From the palm to the finger tips, fraction of stature; coach_default, for drawing only."""


def pressed_hands(pose: Pose) -> frozenset[Side]:
    """The hands that lie flat against a wall."""
    return frozenset(side for side in Side if sided("hand", side) in fixed_names(pose))


class Body:
    """One placed frame of the figure, ready to be drawn from one camera."""

    def __init__(
        self,
        placed: Placed,
        frame: int,
        camera: Camera,
        working: Side | None,
        ground: float,
        pressed: frozenset[Side] = frozenset(),
    ) -> None:
        self.placed, self.frame, self.camera = placed, frame, camera
        self.working, self.ground, self.pressed = working, ground, pressed

    def at(self, name: str) -> Array:
        """Where a named point is, shape (3,)."""
        spot: Array = self.placed.point(name)[self.frame]
        return spot

    def inside(self, segment: str, origin: str, offset: tuple[float, float, float]) -> Array:
        """Where a place given in a segment's own axes is, shape (3,)."""
        turned: Array = self.placed.rotations[segment][self.frame] @ np.array(offset)
        return self.at(origin) + turned

    def shapes(self) -> list[Shape]:
        """Every part of the body as shapes, in no order."""
        found = [*self._trunk(), *self._head()]
        for side in Side:
            found += [*self._leg(side), *self._arm(side)]
        return found

    def _shape(
        self, paint: str, balls: Sequence[Ball], nearer: float = 0.0, side: Side | None = None
    ) -> Shape:
        spots = np.array([spot for spot, _ in balls])
        page = self.camera.page(spots)
        circles = tuple(
            (float(x), float(y), radius * SCALE) for (x, y), (_, radius) in zip(page, balls, strict=True)
        )
        depth = float(self.camera.depth(spots).mean()) + nearer
        plain, patch = paint.removesuffix(" patch"), " patch" * paint.endswith(" patch")
        return Shape(depth, plain + self._far(side) + patch, circles)

    def _far(self, side: Side | None) -> str:
        """Parts of the side that is turned away are a shade darker."""
        if side is None:
            return ""
        across = float(self.camera.depth(self.at("hip_right") - self.at("hip_left")))
        nearer = Side.RIGHT if across > 0 else Side.LEFT
        return " far" if abs(across) > 0.03 and side is not nearer else ""

    def _trunk(self) -> list[Shape]:
        def pelvis(x: float, y: float, z: float) -> Array:
            return self.inside("pelvis", "pelvis", (x, y, z))

        def trunk(x: float, y: float, z: float) -> Array:
            return self.inside("trunk", "lumbar", (x, y, z))

        seat = [(pelvis(-0.004, 0.062, z), 0.048) for z in (-0.036, 0.036)]
        seat += [(pelvis(0, 0, z), 0.056) for z in (-0.042, 0.042)]
        seat += [(pelvis(-0.024, -0.012, z), 0.047) for z in (-0.044, 0.044)]
        top = [(trunk(0, 0.218, z), 0.037) for z in (-0.104, 0.104)]
        top += [(trunk(0, 0.14, z), 0.056) for z in (-0.05, 0.05)]
        top += [(trunk(0, 0.02, z), 0.049) for z in (-0.034, 0.034)]
        belly = [(trunk(0, 0.03, z), 0.049) for z in (-0.034, 0.034)]
        belly += [(pelvis(-0.004, 0.052, z), 0.05) for z in (-0.036, 0.036)]
        return [
            self._shape("cloth", seat, -0.012),
            self._shape("tee", belly, -0.006),
            self._shape("tee", top),
            self._shape(
                "tee patch", [*top[-2:], (trunk(0, 0.07, -0.038), 0.05), (trunk(0, 0.07, 0.038), 0.05)], 0.02
            ),
        ]

    def _head(self) -> list[Shape]:
        def head(x: float, y: float, z: float = 0.0) -> Array:
            return self.inside("head", "neck", (x, y, z))

        neck = [(self.at("neck"), 0.03), (head(0.004, 0.05), 0.028)]
        face = [(head(0.008, 0.092), 0.053), (head(0.018, 0.05), 0.035)]
        dome = [(head(x, 0.116, z), 0.041) for x, z in ((-0.008, 0.0), (0.022, 0.0))]
        brim = [
            (head(x, 0.108, z), 0.006)
            for x, z in ((0.04, 0.034), (0.04, -0.034), (0.092, 0.018), (0.092, -0.018))
        ]
        facing = float(self.camera.depth(head(1, 0) - head(0, 0)))
        return [
            self._shape("body", neck, -0.03),
            self._shape("body", face, 0.012),
            self._shape("cap", dome, 0.02),
            self._shape("cap", brim, 0.03 if facing > -0.3 else 0.005),
        ]

    def _leg(self, side: Side) -> list[Shape]:
        hip, knee, ankle = (self.at(sided(name, side)) for name in ("hip", "knee", "ankle"))
        shank, foot, toes = (sided(name, side) for name in ("shank", "foot", "toes"))
        calf = self.inside(shank, sided("knee", side), (-0.007, -0.075, 0))
        paint = f"work {side}" if side is self.working else "body"
        thigh = [(hip + 0.42 * (knee - hip), 0.045), (knee, 0.034)]
        lower = [(knee, 0.033), (calf, 0.036), (ankle, 0.021)]
        short = [(hip, 0.056), (hip + 0.4 * (knee - hip), 0.051)]
        heel = self.inside(foot, sided("ankle", side), (-0.028, -0.019, 0))
        instep = self.inside(foot, sided("ankle", side), (0.004, -0.008, 0))
        ball = self.inside(foot, sided("ankle", side), (0.085, -0.0245, 0))
        tip = self.inside(toes, sided("ball_of_foot", side), (0.03, -0.001, 0))
        shapes = [
            self._shape(paint, thigh, side=side),
            self._shape(paint, lower, side=side),
            self._shape("shoe", [(heel, 0.02), (instep, 0.028), (ball, 0.0145)], 0.006, side),
            self._shape("shoe", [(ball, 0.0145), (tip, 0.011)], 0.005, side),
            self._shape("cloth", short, 0.004, side),
        ]
        shapes += self._joined(paint, shapes[0], shapes[1], (thigh, lower), side)
        shapes += self._joined(
            "shoe",
            shapes[2],
            shapes[3],
            ([(instep, 0.028), (ball, 0.0145)], [(ball, 0.0145), (tip, 0.011)]),
            side,
        )
        if side is self.working:
            shapes.append(self._marker(side, 0.5 * (calf + ankle) + 0.25 * (calf - ankle), shapes[1].depth))
        return shapes

    def _arm(self, side: Side) -> list[Shape]:
        shoulder, elbow, wrist, hand = (
            self.at(sided(name, side)) for name in ("shoulder", "elbow", "wrist", "hand")
        )
        along = self.placed.rotations[sided("forearm", side)][self.frame]
        fingers = -along[:, 1]
        if hand[1] - self.ground < 0.03:
            flat = along[:, 0] * (1, 0, 1)
            fingers = flat / max(float(np.linalg.norm(flat)), 1e-6)
        elif side in self.pressed:
            fingers = along[:, 0]
        tip = hand + FINGERS * fingers
        upper = [(shoulder + 0.44 * (elbow - shoulder), 0.03), (elbow, 0.024)]
        lower = [(elbow, 0.024), (wrist, 0.0165)]
        palm = [(wrist, 0.0165), (hand, 0.018)]
        fingertips = [(hand, 0.018), (tip, 0.011)]
        sleeve = [(shoulder, 0.039), (shoulder + 0.42 * (elbow - shoulder), 0.036)]
        shapes = [
            self._shape("body", upper, side=side),
            self._shape("body", lower, side=side),
            self._shape("body", palm, 0.001, side),
            self._shape("body", fingertips, 0.001, side),
            self._shape("tee", sleeve, 0.006, side),
        ]
        rows = [upper, lower, palm, fingertips]
        for i in range(3):
            shapes += self._joined("body", shapes[i], shapes[i + 1], (rows[i], rows[i + 1]), side)
        return shapes

    def _joined(
        self, paint: str, upper: Shape, lower: Shape, rows: tuple[Sequence[Ball], Sequence[Ball]], side: Side
    ) -> list[Shape]:
        """Two stubs without an edge, over the seam where one part of a limb goes on as the next."""
        depth = max(upper.depth, lower.depth)
        stubs = []
        for row in (rows[0][::-1], rows[1]):
            (start, wide), (end, narrow) = row[:2]
            share = min(1.0, SEAM / max(float(np.linalg.norm(end - start)), SEAM))
            stub = [(start, wide), (start + share * (end - start), wide + share * (narrow - wide))]
            shape = self._shape(f"{paint} patch", stub, side=side)
            stubs.append(replace(shape, depth=depth + 0.0001))
        return stubs

    def _marker(self, side: Side, spot: Array, depth: float) -> Shape:
        """A round mark for left, a square one for right: the side is told without its colour."""
        x, y = (float(v) for v in self.camera.page(spot))
        return Shape(depth + 0.0002, "mark", ((x, y, 4.0),), mark_element(side, x, y, 3.4))


def mark_element(side: Side, x: float, y: float, size: float) -> str:
    """The shape of a side: a circle for left, a square for right."""
    if side is Side.LEFT:
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size)}"/>'
    return (
        f'<rect x="{number(x - size)}" y="{number(y - size)}" '
        f'width="{number(2 * size)}" height="{number(2 * size)}" rx="0.6"/>'
    )


def circle_of(camera: Camera, spot: Array, radius: float) -> Circle:
    """A ball in the world as a circle on the page."""
    x, y = (float(v) for v in camera.page(spot))
    return x, y, radius * SCALE
