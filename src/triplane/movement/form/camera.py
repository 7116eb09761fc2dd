"""A perfect camera before our own figure: its points as the 33 landmarks of a pose model would be.

From it thresholds are learnt, and with noise added the rules are tried. Lengths of the body are fractions of
stature until here, metres from here on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triplane.body import Placed, Side
from triplane.movement.form.frame import LandmarkFrame
from triplane.movement.form.rules import View

Array = NDArray[np.float64]

STATURE_M = 1.75
HOW_FAR = 1.9
"""Where the lens stands: statures away from the middle of the runner, so about 3.3 m; coach_default."""

FILLS = 0.75
"""The runner's longest side fills so much of the picture; coach_default."""

_HEAD: dict[str, tuple[float, float, float]] = {
    "nose": (0.075, 0.075, 0.0),
    "eye_inner": (0.066, 0.095, 0.008),
    "eye": (0.064, 0.095, 0.016),
    "eye_outer": (0.060, 0.095, 0.024),
    "ear": (0.005, 0.088, 0.042),
    "mouth": (0.064, 0.055, 0.014),
}
"""Points of the face from the neck, in the head's frame, fractions of stature; triplane_calc."""

_FACE = ("eye_inner", "eye", "eye_outer")
_BODY = ("shoulder", "elbow", "wrist")
_LEG = ("hip", "knee", "ankle", "heel", "toe")
_AHEAD: dict[View, int] = {
    View.FRONT: 0,
    View.BACK: 0,
    View.FEET: 1,
    View.HEAD: 1,
    View.WORKING_SIDE: 2,
    View.OTHER_SIDE: 2,
}
_BEHIND = (View.BACK, View.FEET, View.OTHER_SIDE)


@dataclass(frozen=True)
class Camera:
    """A lens and where it is: ``at`` in statures, axes of the picture, heights that a slope of one takes."""

    at: Array
    right: Array
    up: Array
    ahead: Array
    zoom: float
    aspect: float


def landmarks_of(placed: Placed) -> Array:
    """Return the 33 points on the figure, shape (frames, 33, 3), fractions of stature, right side working."""
    head, neck = placed.rotations["head"], placed.point("neck")

    def face(name: str, side: Side | None = None) -> Array:
        x, y, z = _HEAD[name]
        offset = np.array([x, y, z * (1 if side is Side.RIGHT else -1)])
        on_face: Array = neck + head @ offset
        return on_face

    def sided(name: str) -> list[Array]:
        return [placed.point(f"{name}_{side}") for side in (Side.LEFT, Side.RIGHT)]

    columns = [face("nose")]
    for side in (Side.LEFT, Side.RIGHT):
        columns += [face(name, side) for name in _FACE]
    for name in ("ear", "mouth"):
        columns += [face(name, side) for side in (Side.LEFT, Side.RIGHT)]
    for name in _BODY:
        columns += sided(name)
    columns += sided("hand") * 3
    for name in _LEG:
        columns += sided(name)
    return np.stack(columns, axis=1)


def camera_for(
    placed: Placed, view: View, turned_deg: float = 0, how_far: float = HOW_FAR, aspect: float = 16 / 9
) -> Camera:
    """Stand a camera where a view wants it, level, by how the trunk lies in the first frame.

    Raises
    ------
    ValueError
        Where that axis of the trunk stands upright: no camera on the floor has this view.
    """
    axis = placed.rotations["trunk"][0][:, _AHEAD[view]] * (-1 if view in _BEHIND else 1)
    level = np.array([axis[0], 0.0, axis[2]])
    if np.linalg.norm(level) < 0.25:
        raise ValueError(f"nobody stands a camera at the {view} of somebody who lies like this")
    # Poses head along the axes of their world: a pose that begins with a turn does not turn the camera.
    towards = np.zeros(3)
    towards[np.argmax(np.abs(level))] = np.sign(level[np.argmax(np.abs(level))])
    c, s = np.cos(np.radians(turned_deg)), np.sin(np.radians(turned_deg))
    towards = np.array([c * towards[0] + s * towards[2], 0.0, c * towards[2] - s * towards[0]])
    points = landmarks_of(placed)
    low, high = points.min(axis=(0, 1)), points.max(axis=(0, 1))
    middle = (low + high) / 2
    up, ahead = np.array([0.0, 1.0, 0.0]), -towards
    right = np.cross(ahead, up)
    across = float(np.abs((points - middle) @ right).max()) * 2
    tall = float(high[1] - low[1])
    zoom = FILLS * how_far / max(tall, across / aspect, 0.5)
    return Camera(middle + towards * how_far, right, up, ahead, zoom, aspect)


def seen_by(camera: Camera, points: Array) -> tuple[Array, Array]:
    """Project points (frames, 33, 3): shares of the picture (frames, 33, 2) and metres (frames, 33, 3)."""
    away = points - camera.at
    depth = np.maximum(away @ camera.ahead, 0.05)
    x = 0.5 + camera.zoom * (away @ camera.right) / depth / camera.aspect
    y = 0.5 - camera.zoom * (away @ camera.up) / depth
    middle = points[:, 23:25].mean(axis=1, keepdims=True)
    own = (points - middle) * STATURE_M
    world = np.stack([own @ camera.right, -(own @ camera.up), own @ camera.ahead], axis=-1)
    return np.stack([x, y], axis=-1), world


def frames_of_picture(
    image: Array, world: Array, times_s: Sequence[float], aspect: float, visible: float = 0.95
) -> list[LandmarkFrame]:
    """Write projected points as frames."""
    return [
        LandmarkFrame(
            float(at),
            tuple(map(tuple, flat)),
            tuple(map(tuple, deep)),
            (visible,) * len(flat),
            aspect,
        )
        for at, flat, deep in zip(times_s, image.tolist(), world.tolist(), strict=True)
    ]
