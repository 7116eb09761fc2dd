"""A drill in motion: key poses joined smoothly, with what stays put staying put.

Between two keys every joint turns the short way at an eased pace; then the figure is settled again in
every frame onto the contacts common to both keys, so that feet, knees and hands neither sink nor skate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from triplane.body.directions import Side
from triplane.body.figure import Frames, frames_of, place
from triplane.body.keys import Keys, stood_up
from triplane.body.pose import Pose
from triplane.body.rotation import (
    Array,
    angles_from_rotation,
    quaternion_from_rotation,
    rotation_from_angles,
    rotation_from_quaternion,
    slerp,
)
from triplane.body.settle import Holds, settle
from triplane.body.skeleton import angle_index, point_index, points, segments, sided, turns
from triplane.body.touching import FOOT

FRAMES_PER_S = 25.0
MOVE_S = 2.0
"""Seconds of a move whose tempo is not given; coach_default."""

STILL_S = 1.0
"""Seconds of the loop of a single key pose that is not held any longer; coach_default."""

TOO_FAR_DEG = 100.0
"""A hip does not turn further than this from one key to the next; coach_default."""

STEP_LIFT = 0.04
"""How high a stepping foot is lifted, fraction of stature; coach_default."""

SLIDES = 0.15
"""A foot that moves less than this slides and is not lifted, fraction of stature; coach_default."""

STEP_WEIGHT = 0.5
SMOOTHINGS = 2
"""How often a move is smoothed and settled again; triplane_calc: a third time changes nothing to see."""

SPREAD = 6
"""Settling is spread over this fraction of a move (a sixth) to either side; coach_default."""


@dataclass(frozen=True)
class Motion:
    """One repetition as a loop: after the last frame comes the first.

    ``time_s`` has shape (frames); ``frames`` holds angles and mid-hip of each; ``key`` (frames) is the key
    pose a frame rests in, or -1 on the way; ``planted`` names, for every frame, the points that stay put.
    """

    time_s: Array
    frames: Frames
    key: Array
    planted: tuple[frozenset[str], ...]
    keys: Keys

    def points(self) -> Array:
        """Where every point is in every frame, shape (frames, points, 3), fractions of stature."""
        return place(self.frames).points


def motion(
    poses: Sequence[Pose],
    tempo_s: tuple[float, float, float, float] = (0, 0, 0, 0),
    hold_s: float = 0,
    stands_on: Side | None = None,
    frames_per_s: float = FRAMES_PER_S,
) -> Motion:
    """Move through the key poses once and back to the first.

    Parameters
    ----------
    poses : one or more key poses; a single one gives a still figure
    tempo_s : seconds out, pause, back, pause; the way out and its pause count for every key but the last
    hold_s : seconds added to the pause at every key but the first (at the only key of a hold)
    stands_on : the foot that stays while the other steps (lunges); None: what moves least stays
    frames_per_s : frames in a second

    Raises
    ------
    ValueError
        Without a pose.
    """
    if not poses:
        raise ValueError("a motion needs at least one pose")
    poses = by_way_of_home(poses)
    keys = stood_up(poses, stands_on)
    out_s, far_s, back_s, home_s = tempo_s
    last = len(poses) - 1
    parts = [_still(keys, 0, home_s if last else max(hold_s, sum(tempo_s), STILL_S), frames_per_s)]
    for here in range(len(poses) if last else 0):
        there = (here + 1) % len(poses)
        parts.append(_move(keys, here, there, (back_s if here == last else out_s) or MOVE_S, frames_per_s))
        if there:
            parts.append(_still(keys, there, far_s + hold_s, frames_per_s))
    angles = np.concatenate([part.frames.angles_deg for part in parts])
    mid_hip = np.concatenate([part.frames.mid_hip for part in parts])
    return Motion(
        np.arange(len(angles)) / frames_per_s,
        Frames(angles, mid_hip),
        np.concatenate([part.key for part in parts]),
        tuple(names for part in parts for names in part.planted),
        keys,
    )


def by_way_of_home(poses: Sequence[Pose]) -> tuple[Pose, ...]:
    """Put the first key between two others where a joint would turn too far at once (90/90 switches)."""
    route = list(poses[:1])
    for pose in poses[1:]:
        direct, out, back = (
            _largest_turn_deg(*pair) for pair in ((route[-1], pose), (route[-1], poses[0]), (poses[0], pose))
        )
        if direct > TOO_FAR_DEG and direct > 1.2 * max(out, back):
            route.append(poses[0])
        route.append(pose)
    return tuple(route)


def _largest_turn_deg(start: Pose, end: Pose) -> float:
    """The largest turn of a hip between two poses, degrees."""
    frames = frames_of([start, end])
    turned = 0.0
    for side in Side:
        columns = [
            angle_index(sided(f"hip_{name}", side)) for name in ("flexion", "abduction", "external_rotation")
        ]
        order, signs = "".join(turns()[c].axis for c in columns), tuple(turns()[c].sign for c in columns)
        ends = quaternion_from_rotation(rotation_from_angles(frames.angles_deg[:, columns], order, signs))
        turned = max(turned, float(np.degrees(2 * np.arccos(np.clip(abs(ends[0] @ ends[1]), 0, 1)))))
    return turned


@dataclass(frozen=True)
class _Part:
    frames: Frames
    key: Array
    planted: tuple[frozenset[str], ...]


def _still(keys: Keys, key: int, seconds: float, frames_per_s: float) -> _Part:
    count = max(1, round(seconds * frames_per_s))
    frames = Frames(
        np.repeat(keys.frames.angles_deg[key : key + 1], count, axis=0),
        np.repeat(keys.frames.mid_hip[key : key + 1], count, axis=0),
    )
    return _Part(frames, np.full(count, float(key)), (frozenset(keys.rests[key]),) * count)


def _move(keys: Keys, here: int, there: int, seconds: float, frames_per_s: float) -> _Part:
    """The frames between two keys, both keys left out."""
    count = max(1, round(seconds * frames_per_s) - 1)
    even = np.arange(1, count + 1) / (count + 1)
    share = even * even * (3 - 2 * even)
    planted = keys.planted[here]
    start = _between(keys.frames, here, there, share)
    holds = _holds_on_the_way(keys, here, there, share)
    frames = settle(start, holds)
    for _ in range(SMOOTHINGS):
        frames = settle(_smoothed(start, frames), holds)
    return _Part(frames, np.full(count, -1.0), (planted,) * count)


def _smoothed(start: Frames, settled: Frames) -> Frames:
    """Spread what settling changed over the frames around, and none of it at the keys."""
    width = max(1, len(start) // SPREAD)
    bell = np.hanning(2 * width + 3)[1:-1]

    def spread(change: Array) -> Array:
        padded = np.pad(change, ((width, width), (0, 0)))
        columns = [np.convolve(column, bell / bell.sum(), mode="valid") for column in padded.T]
        return np.stack(columns, axis=1)

    return Frames(
        start.angles_deg + spread(settled.angles_deg - start.angles_deg),
        start.mid_hip + spread(settled.mid_hip - start.mid_hip),
    )


def _between(keys: Frames, here: int, there: int, share: Array) -> Frames:
    """Every joint the short way from one key to another; shape (frames of ``share``)."""
    ends = keys.angles_deg[[here, there]]
    angles = ends[0] + share[:, None] * (ends[1] - ends[0])
    column = 0
    for segment in segments():
        columns = slice(column, column + len(segment.turns))
        column += len(segment.turns)
        if len(segment.turns) == 3:
            order = "".join(turn.axis for turn in segment.turns)
            signs = tuple(turn.sign for turn in segment.turns)
            first, second = quaternion_from_rotation(rotation_from_angles(ends[:, columns], order, signs))
            turned = slerp(np.tile(first, (len(share), 1)), np.tile(second, (len(share), 1)), share)
            angles[:, columns] = angles_from_rotation(rotation_from_quaternion(turned), order, signs)
    hips = keys.mid_hip[[here, there]]
    return Frames(angles, hips[0] + share[:, None] * (hips[1] - hips[0]))


def _holds_on_the_way(keys: Keys, here: int, there: int, share: Array) -> Holds:
    """Planted contacts where they are; a stepping foot in an arc; the ground under all."""
    ends = place(keys.frames).points[[here, there]]
    count = len(share)
    target = ends[0] + share[:, None, None] * (ends[1] - ends[0])
    for end, name in [(0, n) for n in keys.rests[here]] + [(1, n) for n in keys.rests[there]]:
        if not (name in keys.rests[here] and name in keys.rests[there]):
            target[:, point_index(name)] = ends[end, point_index(name)]
    weight = np.zeros((count, len(points()), 3))
    common = keys.rests[here].keys() & keys.rests[there].keys()
    for name in common - keys.planted[here]:
        if name.startswith(FOOT):
            point = point_index(name)
            moved = float(np.linalg.norm(ends[1, point] - ends[0, point]))
            lift = STEP_LIFT * min(1.0, max(0.0, moved / SLIDES - 1))
            target[:, point, 1] += lift * np.sin(np.pi * share)
            weight[:, point] = STEP_WEIGHT * np.sin(np.pi * share)[:, None]
    for name in keys.rests[here].keys() - common:
        weight[:, point_index(name)] = ((1 - share) ** 4)[:, None]
    for name in keys.rests[there].keys() - common:
        weight[:, point_index(name)] = (share**4)[:, None]
    for name in keys.planted[here]:
        weight[:, point_index(name)] = 1
    for side in Side:
        feet = [{sided(part, side) for part in FOOT} & keys.rests[key].keys() for key in (here, there)]
        if all(feet) and not feet[0] & feet[1]:
            ankle = point_index(sided("ankle", side))
            target[:, ankle] = ends[0, ankle] + share[:, None] * (ends[1, ankle] - ends[0, ankle])
            weight[:, ankle] = STEP_WEIGHT * np.sin(np.pi * share)[:, None]
    holds = Holds.nothing(count)
    limits = _limits(keys.frames, here, there, holds)
    return replace(
        holds,
        target=target,
        weight=weight,
        ground=np.tile(keys.ground, (count, 1)),
        low_deg=limits[0],
        high_deg=limits[1],
    )


def _limits(keys: Frames, here: int, there: int, holds: Holds) -> tuple[Array, Array]:
    """Joint limits for all but pelvis and shoulders, whose angles jump by 360 degrees as they turn over."""
    free = np.zeros(holds.low_deg.shape[1], dtype=bool)
    column = 0
    for segment in segments():
        if segment.name.startswith(("pelvis", "upper_arm")):
            free[column : column + 3] = True
        column += len(segment.turns)
    return np.where(free, -400.0, holds.low_deg), np.where(free, 400.0, holds.high_deg)
