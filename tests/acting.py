"""Our own figure does a drill before a camera: clean or faulty, with noise and gaps, at any rate and size."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from triplane.body import Frames, Motion, Side, angle_index, motion, place, point_index
from triplane.catalogue import Drill, load_one
from triplane.catalogue.lunges import file_watched, poses_of
from triplane.history import LungeVector
from triplane.movement import LandmarkFrame, SeenBy, View, camera_for, landmarks_of, seen_by
from triplane.movement.form.camera import HOW_FAR

Array = NDArray[np.float64]

BASE_HZ = 6.0
MOVE_S, STILL_S = 2.0, 0.5
AT_HOME_S = 0.9
"""Before the first and after the last repetition."""

HELD_S = 5.0
"""Every hold is held for so long, whatever the dose says."""


@dataclass(frozen=True)
class Take:
    """How a drill is acted. ``jitter`` is noise of points in heights of the picture; 0.004 is 3 of 720."""

    side: Side = Side.RIGHT
    fps: float = 30
    repetitions: int = 3
    stature_m: float = 1.75
    jitter: float = 0.0
    lost: float = 0.0
    turned_deg: float = 0.0
    seed: int = 1


CONDITIONS = [
    Take(side, fps, 3, stature_m, jitter=0.003, lost=0.03, turned_deg=turned, seed=seed)
    for seed, (side, fps, stature_m, turned) in enumerate(
        product(Side, (15, 30, 60), (1.55, 1.75, 1.95), (-8, 0, 8))
    )
]
"""Both sides, three rates, three bodies, a camera that does not stand quite square, noise and gaps."""

MADE_UP: dict[str, Drill] = {}
"""Drills that no file holds, by their id: cells of the lunge matrix."""


def known(drill_id: str) -> Drill:
    return MADE_UP.get(drill_id) or load_one(drill_id)


def cell(vector: LungeVector) -> str:
    """Make a cell of the matrix known, with the poses and rules that it has; return its id."""
    name = "_".join(("cell", vector.direction, vector.reach, str(vector.range)))
    made = {"id": name, "pose": poses_of(vector)}
    MADE_UP[name] = file_watched(vector).model_copy(update=made)
    return name


@cache
def based(drill_id: str) -> Motion:
    """One slow repetition of a drill, coarse in time."""
    drill = known(drill_id)
    return motion(
        drill.pose, (MOVE_S, STILL_S, MOVE_S, STILL_S), stands_on=drill.stands_on, frames_per_s=BASE_HZ
    )


def away(moved: Motion) -> Array:
    """How far from the first pose every frame of a repetition is, 0 to 1."""
    share = np.where(moved.key > 0, 1.0, 0.0)
    moving = moved.key < 0
    edges = np.flatnonzero(np.diff(np.concatenate([[False], moving, [False]]).astype(int)))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        first, last = share[start - 1], share[stop] if stop < len(share) else 0.0
        even = np.arange(1, stop - start + 1) / (stop - start + 1)
        share[start:stop] = first + (last - first) * even * even * (3 - 2 * even)
    return share


def gone_wrong(moved: Motion, fault: SeenBy, amount: float) -> Frames:
    """The same repetition with joints off by what a fault says, contacts kept as well as a shift can."""
    share = away(moved)
    share = 1 - share if fault.when == "home" else share
    angles = moved.frames.angles_deg.copy()
    for name, off in fault.wrong.items():
        if name != "pace":
            named = name.replace("_working", "_right").replace("_other", "_left")
            sign = -1 if name in ("trunk_rotation", "pelvis_yaw") else 1
            angles[:, angle_index(named)] += sign * amount * off * share
    before, after = place(moved.frames).points, place(Frames(angles, moved.frames.mid_hip)).points
    mid_hip = moved.frames.mid_hip.copy()
    for frame, names in enumerate(moved.planted):
        stays = [point_index(name) for name in sorted(names)]
        if stays:
            mid_hip[frame] += (before[frame, stays] - after[frame, stays]).mean(axis=0)
    return Frames(angles, mid_hip)


def clocked(drill: Drill, moved: Motion, take: Take, pace: float) -> tuple[Array, Array]:
    """When each coarse frame of the whole set is, and which frame of the repetition it is."""
    out_s, far_s, back_s, home_s = drill.dose.tempo_s
    hold = drill.form.hold if drill.form else None
    poses = {pose.key: number for number, pose in enumerate(moved.keys.poses)}
    still = [far_s or STILL_S] * len(moved.keys.poses)
    still[0] = home_s or STILL_S
    if hold:
        still[poses[hold.pose]] = HELD_S
    moving = np.flatnonzero(moved.key >= 0)
    last = int(moving[-1])
    times, frames, now = [0.0], [0], AT_HOME_S
    for _ in range(take.repetitions):
        for number in range(len(moved.key)):
            key = int(moved.key[number])
            speed = (out_s or MOVE_S) if number <= last else (back_s or MOVE_S)
            count = int((moved.key == key).sum()) if key >= 0 else 0
            times.append(now)
            frames.append(number)
            now += still[key] / count if key >= 0 else speed / MOVE_S / BASE_HZ / pace
    return np.array([*times, now, now + AT_HOME_S]), np.array([*frames, 0, 0])


STILL_M = 0.02
"""A body is at rest where shoulders, hips and legs are all within this of where they rest."""


def truly_held_s(drill_id: str, take: Take) -> float:
    """Return how long the figure rested in the pose that its drill holds, by its points in space."""
    drill = known(drill_id)
    assert drill.form is not None and drill.form.hold is not None
    moved = based(drill_id)
    points = landmarks_of(place(moved.frames))[:, [11, 12, *range(23, 33)]]
    keys = [pose.key for pose in moved.keys.poses]
    rest = points[int(np.flatnonzero(moved.key == keys.index(drill.form.hold.pose))[0])]
    times, numbers = clocked(drill, moved, take, 1.0)
    ticks = np.arange(0, times[-1], 0.02)
    off = np.linalg.norm(sampled(times, points[numbers] - rest, ticks), axis=2).max(axis=1)
    return float((off * take.stature_m < STILL_M).sum() * 0.02)


def acted(
    drill_id: str, take: Take, fault: SeenBy | None = None, amount: float = 1.0, view: View | None = None
) -> list[LandmarkFrame]:
    """Return what a camera sees of a set."""
    drill = known(drill_id)
    assert drill.form is not None
    moved = based(drill_id)
    frames = gone_wrong(moved, fault, amount) if fault else moved.frames
    placed, clean = place(frames), place(moved.frames)
    pace = fault.wrong.get("pace", 1.0) if fault else 1.0
    far = HOW_FAR * 1.75 / take.stature_m
    camera = camera_for(clean, view or drill.form.camera or View.FRONT, take.turned_deg)
    camera = replace(camera, at=camera.at + camera.ahead * (HOW_FAR - far))
    image, world = seen_by(camera, landmarks_of(placed))
    world = world * take.stature_m / 1.75
    times, numbers = clocked(drill, moved, take, pace)
    ticks = np.arange(0, times[-1], 1 / take.fps)
    return pictures(
        sampled(times, image[numbers], ticks),
        sampled(times, world[numbers], ticks),
        ticks,
        camera.aspect,
        take,
    )


def sampled(times: Array, values: Array, ticks: Array) -> Array:
    """Values between coarse frames, along straight lines."""
    where = np.clip(np.searchsorted(times, ticks, side="right") - 1, 0, len(times) - 2)
    share = ((ticks - times[where]) / np.maximum(times[where + 1] - times[where], 1e-9)).clip(0, 1)
    found: Array = values[where] + share[:, None, None] * (values[where + 1] - values[where])
    return found


def pictures(image: Array, world: Array, ticks: Array, aspect: float, take: Take) -> list[LandmarkFrame]:
    """Add noise, lose frames and points, and mirror for the left side."""
    dice = np.random.default_rng(take.seed)
    if take.jitter:
        image = image + wander(dice, image.shape, take) * np.array([1 / aspect, 1])
        world = world + wander(dice, world.shape, take) * np.array([4.0, 4.0, 10.0])
    seen = np.where(dice.random(image.shape[:2]) < take.lost, 0.2, 0.95)
    if take.side is Side.LEFT:
        order = np.arange(33)
        order[1:4], order[4:7] = [4, 5, 6], [1, 2, 3]
        order[7:33] = order[7:33].reshape(-1, 2)[:, ::-1].ravel()
        image, world, seen = image[:, order] * (-1, 1) + (1, 0), world[:, order] * (-1, 1, 1), seen[:, order]
    kept = dice.random(len(ticks)) >= take.lost
    return [
        as_frame(at, flat, deep, see, aspect)
        for at, flat, deep, see, keep in zip(ticks, image, world, seen, kept, strict=True)
        if keep
    ]


def wander(dice: np.random.Generator, shape: Sequence[int], take: Take) -> Array:
    """Noise that wanders as that of pose models does: half of it is gone after a tenth of a second."""
    keep = 0.5 ** (10 / take.fps)
    noise = dice.normal(size=shape) * take.jitter
    for frame in range(1, len(noise)):
        noise[frame] = keep * noise[frame - 1] + np.sqrt(1 - keep * keep) * noise[frame]
    return noise


def as_frame(at: float, flat: Array, deep: Array, seen: Array, aspect: float) -> LandmarkFrame:
    """Write one frame."""
    return LandmarkFrame(
        float(at),
        tuple(map(tuple, flat.tolist())),
        tuple(map(tuple, deep.tolist())),
        tuple(seen.tolist()),
        aspect,
    )
