"""Where the figure is looked at from, and what then lies where on the page."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from triplane.body.rotation import Array

SCALE = 300.0
"""Units of the drawing to one stature."""


class View(StrEnum):
    """From the working side, from straight ahead, or between the two from a little above."""

    SIDE = "side"
    FRONT = "front"
    THREE_QUARTER = "three_quarter"


_AIM_DEG = {View.SIDE: (90.0, 0.0), View.FRONT: (0.0, 0.0), View.THREE_QUARTER: (52.0, 16.0)}


@dataclass(frozen=True)
class Camera:
    """An orthographic look at the world: three unit vectors of shape (3,)."""

    right: Array
    up: Array
    toward: Array

    @classmethod
    def at(cls, view: View, from_right: bool = True, lies_across: bool = False) -> "Camera":
        """Look from the figure's right side, or from its left.

        A figure that lies on its side lies across: its length shows from where its front would.
        """
        if lies_across:
            view = {View.SIDE: View.FRONT, View.FRONT: View.SIDE}.get(view, view)
        around, above = _AIM_DEG[view]
        return cls.looking(around if from_right else -around, above)

    @classmethod
    def looking(cls, around_deg: float, above_deg: float) -> "Camera":
        """Look from degrees round the figure (0: ahead, 90: its right side) and above the floor."""
        around, above = np.radians((around_deg, above_deg))
        toward = np.array([np.cos(around) * np.cos(above), np.sin(above), np.sin(around) * np.cos(above)])
        right = np.cross((0, 1, 0), toward)
        right /= np.linalg.norm(right)
        return cls(right, np.cross(toward, right), toward)

    def page(self, spots: Array) -> Array:
        """Page coordinates, x right and y down, shape (..., 2), of places of shape (..., 3)."""
        return np.stack([spots @ self.right, -(spots @ self.up)], axis=-1) * SCALE

    def depth(self, spots: Array) -> Array:
        """How near each place is to the eye, shape (...), fractions of stature; larger is nearer."""
        near: Array = spots @ self.toward
        return near

    def sees_edge_on(self, normal: Array) -> bool:
        """Whether a flat thing with this normal shows as a line."""
        return abs(float(normal @ self.toward)) < 0.05
