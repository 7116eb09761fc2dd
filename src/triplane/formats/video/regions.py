"""Where in a picture a person is: a square, turned so that the person stands upright in it."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.float64]

MARGIN = 1.25
"""How much larger than the person the square is; as the points' net was trained."""


@dataclass(frozen=True)
class Region:
    """A square around a person, in pixels of the picture; ``turn`` is clockwise, 0 for who stands upright."""

    x: float
    y: float
    side: float
    turn: float

    @classmethod
    def around(cls, hips: Array, edge: Array) -> "Region":
        """Return the square around who has the middle of the hips there, and the body's edge so far."""
        across, down = (edge - hips).tolist()
        turn = math.pi / 2 - math.atan2(-down, across)
        turn = math.remainder(turn, 2 * math.pi)
        return cls(float(hips[0]), float(hips[1]), 2 * MARGIN * math.hypot(across, down), turn)

    @classmethod
    def of_picture(cls, x: float, y: float, side: float) -> "Region":
        """Return an upright square whose left upper corner is given."""
        return cls(x + side / 2, y + side / 2, side, 0.0)

    @property
    def centre(self) -> Array:
        return np.array((self.x, self.y))

    def in_picture(self, points: Array) -> Array:
        """Return where points lie in the picture, given in shares of the square, shape (points, 2)."""
        return self.centre + self.side * self.turned(points - 0.5)

    def turned(self, vectors: Array) -> Array:
        """Return vectors of the square as they lie in the picture, shape (vectors, 2)."""
        cos, sin = math.cos(self.turn), math.sin(self.turn)
        found: Array = vectors @ np.array(((cos, sin), (-sin, cos)))
        return found

    def cut(self, picture: Image.Image, pixels: int) -> NDArray[np.float32]:
        """Return what lies in the square, shape (pixels, pixels, 3), 0 to 255; black beyond the picture."""
        right, down = self.turned(np.array(((1.0, 0.0), (0.0, 1.0)))) * self.side / pixels
        corner = self.in_picture(np.zeros((1, 2)))[0]
        matrix = (right[0], down[0], corner[0], right[1], down[1], corner[1])
        size = (pixels, pixels)
        cut = picture.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
        return np.asarray(cut, dtype=np.float32)
