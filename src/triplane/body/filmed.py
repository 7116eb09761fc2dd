"""A drill's motion as it is sent to a screen: whole numbers, one list a frame, right side working.

The screen knows no joints: it gets where points are and how segments are turned, and draws between them.
"""

from collections.abc import Sequence

import numpy as np

from triplane.body.directions import Side
from triplane.body.figure import Placed, mirrored, place
from triplane.body.looking import Looks, looks
from triplane.body.moving import Motion, motion
from triplane.body.pose import Pose
from triplane.body.rotation import Array, quaternion_from_rotation
from triplane.body.skeleton import sided
from triplane.body.things import Thing, things
from triplane.value import Value

FRAMES_PER_S = 12.0
"""Enough to draw between; twice as many look the same (tried by eye)."""

SCALE = 10000
"""Positions in ten-thousandths of stature, turns in ten-thousandths of a unit quaternion."""

STEPS = 0.1
"""A foot that goes further than this takes a step, fraction of stature; coach_default."""

_TEMPO_S = (2.0, 0.0, 2.0, 0.0)
"""Every move takes as long; the player stretches it to the tempo that was asked."""

_LIMBS = ("hip", "knee", "ankle", "shoulder", "elbow", "wrist")
_PARTS = ("thigh", "shank", "foot", "upper_arm", "forearm")
POINTS = ("pelvis", "lumbar", *(sided(name, side) for side in Side for name in _LIMBS))
SEGMENTS = ("pelvis", "trunk", "head", *(sided(name, side) for side in Side for name in _PARTS))
"""What is sent of the figure, in this order."""


class Film(Value):
    """One repetition. ``key`` names, for every frame, the key pose it rests in, or -1 on the way.

    ``at`` holds x, y, z of each of ``points``, ``turned`` x, y, z, w of each of ``segments``, both a list a
    frame, in units of 1 / ``scale``. ``floor`` is the height of the lowest ground. ``swaps`` says that the
    last key is the first one with left and right swapped: then the way out is the other side's turn.
    ``clock`` is for lunges: x and z of where the runner stands and of where the stepping foot lands.
    """

    scale: int
    frames_per_s: float
    keys: tuple[str, ...]
    key: tuple[int, ...]
    points: tuple[str, ...]
    segments: tuple[str, ...]
    at: tuple[tuple[int, ...], ...]
    turned: tuple[tuple[int, ...], ...]
    floor: int
    looks: Looks
    swaps: bool
    pressed: tuple[str, ...]
    things: tuple[Thing, ...]
    clock: tuple[int, int, int, int] | None = None


def film(poses: Sequence[Pose], stands_on: Side | None = None) -> Film:
    """Return the motion through key poses, as ``motion`` moves it."""
    moved = motion(poses, _TEMPO_S, stands_on=stands_on, frames_per_s=FRAMES_PER_S)
    placed = place(moved.frames)
    floor = min(0.0, float(moved.keys.ground.min()))
    at = np.stack([placed.point(name) for name in POINTS], axis=1)
    turned = np.stack([_steady(placed.rotations[name]) for name in SEGMENTS], axis=1)
    solids = things(moved, placed, floor, SCALE)
    return Film(
        scale=SCALE,
        frames_per_s=FRAMES_PER_S,
        keys=tuple(pose.key for pose in moved.keys.poses),
        key=tuple(int(key) for key in moved.key),
        points=POINTS,
        segments=SEGMENTS,
        at=_whole(at),
        turned=_whole(turned),
        floor=round(floor * SCALE),
        looks=looks(at, any(abs(pose.pelvis_deg[1]) > 60 for pose in poses), solids),
        swaps=len(poses) > 1 and _angles(mirrored(poses[0])) == _angles(poses[-1]),
        pressed=tuple(sorted({str(one) for pose in poses for one in pose.floor if "hand" in str(one)})),
        things=solids,
        clock=_clock(moved, placed, stands_on) if stands_on else None,
    )


def _clock(moved: Motion, placed: Placed, stands_on: Side) -> tuple[int, int, int, int]:
    """The middle of the lunge clock on the floor, and its target."""
    first, last = (int(np.argmax(moved.key == number)) for number in (0, len(moved.keys.poses) - 1))
    feet = {side: _sole(placed, side) for side in Side}
    steps = feet[stands_on.other]
    middle = (steps[first] + feet[stands_on][first]) / 2
    if float(np.linalg.norm(steps[last] - steps[first])) < STEPS:
        middle = feet[stands_on][first]
    x, z, there_x, there_z = np.round(np.concatenate([middle, steps[last]]) * SCALE).astype(int).tolist()
    return x, z, there_x, there_z


def _sole(placed: Placed, side: Side) -> Array:
    """Where the middle of a foot is, seen from above, shape (frames, 2)."""
    ends = [placed.point(sided(name, side)) for name in ("heel", "ball_of_foot")]
    middle: Array = np.mean(ends, axis=0)[:, [0, 2]]
    return middle


def _angles(pose: Pose) -> dict[str, object]:
    return pose.model_dump(exclude={"key", "floor", "props"})


def _steady(rotations: Array) -> Array:
    """Quaternions x, y, z, w of shape (frames, 4), each with the sign that is nearest to the one before."""
    found = quaternion_from_rotation(np.ascontiguousarray(rotations))[:, [1, 2, 3, 0]]
    for here in range(1, len(found)):
        if found[here] @ found[here - 1] < 0:
            found[here] = -found[here]
    return found


def _whole(values: Array) -> tuple[tuple[int, ...], ...]:
    flat = np.round(values.reshape(len(values), -1) * SCALE).astype(int)
    return tuple(tuple(row) for row in flat.tolist())
