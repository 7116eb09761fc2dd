"""One frame made ready for reading: the points that matter, the working side always the right one.

Somebody who works with the left leg is seen in a mirror, so that all else knows working and other alone.
Lengths are in leg lengths of the runner, angles are those in the picture, which is taken to stand upright.
"""

from math import hypot, isfinite

from triplane.body import Side
from triplane.movement.form.frame import LandmarkFrame

(
    NOSE, SHOULDER, SHOULDER_O, WRIST, WRIST_O, HIP, HIP_O, KNEE, KNEE_O, ANKLE, ANKLE_O, HEEL, HEEL_O,
    TOE, TOE_O,
) = range(15)  # fmt: skip
"""Places of the points: those of the working side, each followed by that of the other."""

_RIGHT = (0, 12, 11, 16, 15, 24, 23, 26, 25, 28, 27, 30, 29, 32, 31)
_LEFT = (0, 11, 12, 15, 16, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32)
LEGS = KNEE
"""From here on the points are those of the legs below the hips."""

_BONES = (
    (SHOULDER, HIP),
    (SHOULDER_O, HIP_O),
    (HIP, KNEE),
    (HIP_O, KNEE_O),
    (KNEE, ANKLE),
    (KNEE_O, ANKLE_O),
)
_ALWAYS = (SHOULDER, SHOULDER_O, HIP, HIP_O)


def order(side: Side, legs_swapped: bool = False) -> tuple[int, ...]:
    """Return where each of our points stands among the 33."""
    own, others = (_RIGHT, _LEFT) if side is Side.RIGHT else (_LEFT, _RIGHT)
    return own[:LEGS] + others[LEGS:] if legs_swapped else own


ORDERS = {(side, swapped): order(side, swapped) for side in Side for swapped in (False, True)}


class Glimpse:
    """The points of one frame. ``x`` and ``y`` are in heights of the picture; ``leg`` is a leg in the same.

    ``toward`` is the way to the camera as the runner's trunk has it: ahead, up, to the working side.
    ``facing`` is 1 where the working side is nearer, ``out`` which way of the picture the working side is.
    """

    __slots__ = ("facing", "leg", "out", "seen", "toward", "wx", "wy", "wz", "x", "y")

    def __init__(self, frame: LandmarkFrame, side: Side, legs_swapped: bool = False) -> None:
        places = ORDERS[side, legs_swapped]
        wide = frame.aspect if side is Side.RIGHT else -frame.aspect
        flip = 1.0 if side is Side.RIGHT else -1.0
        image, world = frame.image, frame.world
        self.x = [image[place][0] * wide for place in places]
        self.y = [image[place][1] for place in places]
        self.wx = [world[place][0] * flip for place in places]
        self.wy = [world[place][1] for place in places]
        self.wz = [world[place][2] for place in places]
        self.seen = [frame.visibility[place] for place in places]
        if not isfinite(
            sum(self.x) + sum(self.y) + sum(self.wx) + sum(self.wy) + sum(self.wz) + sum(self.seen)
        ):
            self._forget_what_is_no_number()
        self.leg = self._leg()
        self.toward = self._toward()
        self.facing = 1.0 if self.toward[2] > 0 else -1.0
        x = self.x
        self.out = 1.0 if x[HIP] + x[SHOULDER] > x[HIP_O] + x[SHOULDER_O] else -1.0

    def _forget_what_is_no_number(self) -> None:
        columns = (self.x, self.y, self.wx, self.wy, self.wz, self.seen)
        for place, values in enumerate(zip(*columns, strict=True)):
            if not all(isfinite(value) for value in values):
                for column in columns:
                    column[place] = 0.0

    def _leg(self) -> float:
        """A leg's length in the picture: what a metre is there, by the bones, times the leg in metres."""
        x, y, wx, wy, wz = self.x, self.y, self.wx, self.wy, self.wz
        drawn = flat = 0.0
        for a, b in _BONES:
            drawn += hypot(x[a] - x[b], y[a] - y[b])
            flat += hypot(wx[a] - wx[b], wy[a] - wy[b])
        metres = 0.0
        for a, b in _BONES[2:]:
            metres += hypot(wx[a] - wx[b], wy[a] - wy[b], wz[a] - wz[b])
        return drawn / flat * metres / 2 if flat > 1e-6 else 0.0

    def _toward(self) -> tuple[float, float, float]:
        """Where the camera is, in the frame of the trunk; zeros where that cannot be told."""
        wx, wy, wz = self.wx, self.wy, self.wz
        s, so, h, ho = _ALWAYS
        ux, uy, uz = (
            wx[s] + wx[so] - wx[h] - wx[ho],
            wy[s] + wy[so] - wy[h] - wy[ho],
            wz[s] + wz[so] - wz[h] - wz[ho],
        )
        up = hypot(ux, uy, uz)
        if up < 1e-6:
            return 0.0, 0.0, 0.0
        ux, uy, uz = ux / up, uy / up, uz / up
        rx, ry, rz = (
            wx[s] + wx[h] - wx[so] - wx[ho],
            wy[s] + wy[h] - wy[so] - wy[ho],
            wz[s] + wz[h] - wz[so] - wz[ho],
        )
        along = rx * ux + ry * uy + rz * uz
        rx, ry, rz = rx - along * ux, ry - along * uy, rz - along * uz
        across = hypot(rx, ry, rz)
        if across < 1e-6:
            return 0.0, 0.0, 0.0
        rx, ry, rz = rx / across, ry / across, rz / across
        # ahead = up x right, in the picture's axes, which are right-handed
        return -(ux * ry - uy * rx), -uz, -rz
