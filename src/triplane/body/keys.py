"""The key poses of a drill, stood in one world: steps raised, contacts that stay put brought to one place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from triplane.body.contact import RADII
from triplane.body.directions import Side
from triplane.body.figure import Frames, frames_of, place
from triplane.body.pose import Pose, PropKind
from triplane.body.rotation import Array
from triplane.body.settle import Holds, settle
from triplane.body.skeleton import point_index, points, sided
from triplane.body.touching import FOOT, fixed_names, floor_names, held_by_hands, stands_on_step, step_height

SAME_PLACE = 0.105
"""Contacts that move less than this against each other between two keys stay put, fraction of stature;
triplane_calc: feet and hands that stay put move up to .10 in our key poses, true steps from .11."""

SETTLINGS = 3
"""How often keys are settled, each time from where they came to; then the frames beside them do not jump."""

LOOSELY = 0.3
"""How firmly a contact keeps its place along the floor where no other key shares it; coach_default."""


@dataclass(frozen=True)
class Keys:
    """Settled key poses. ``planted[k]`` holds the points that stay put from key k to the next one.

    ``ground`` has shape (points) and ``rests`` gives, for every key, its contacts with their height.
    """

    poses: tuple[Pose, ...]
    frames: Frames
    planted: tuple[frozenset[str], ...]
    rests: tuple[dict[str, float], ...]
    ground: Array
    step_height: float


def stood_up(poses: Sequence[Pose], stands_on: Side | None = None) -> Keys:
    """Stand key poses up in one world, contacts settled.

    Parameters
    ----------
    poses : key poses in the order they are moved through; after the last comes the first
    stands_on : the foot that stays while the other steps; None: the contacts that move least
    """
    height = step_height(poses)
    ground, raised = _ground(poses, height)
    start = frames_of(poses)
    start = Frames(start.angles_deg, start.mid_hip + np.outer(raised, (0, 1, 0)))
    rests = tuple(
        _rests(pose, lift, ground, start, k) for k, (pose, lift) in enumerate(zip(poses, raised, strict=True))
    )
    planted = tuple(
        _planted(place(start).points, rests, k, (k + 1) % len(poses), stands_on) for k in range(len(poses))
    )
    start = _brought_together(start, planted)
    rests = _levelled(rests, planted)
    holds = _holds(start, rests, planted, ground)
    _hold_on(start, poses, holds)
    settled = start
    for _ in range(SETTLINGS):
        settled = settle(settled, holds)
    return Keys(tuple(poses), settled, planted, rests, ground, height)


def _ground(poses: Sequence[Pose], height: float) -> tuple[Array, Array]:
    """The ground under every point, and how much each key is raised to stand on a step."""
    ground, raised = np.zeros(len(points())), np.zeros(len(poses))
    on_step = [stands_on_step(pose) for pose in poses]
    side = next((s for s in on_step if s), None)
    if side is None:
        side = next((Side(p.at.split()[-1]) for q in poses for p in q.props if p.kind is PropKind.STEP), None)
        if side is None:
            return ground, raised
    steps_up = any(s is None for s in on_step)
    for name in FOOT:
        under = side if steps_up else side.other
        ground[point_index(sided(name, under))] = height if steps_up else -height
    if steps_up:
        raised = np.array([height if s else 0.0 for s in on_step])
    return ground, raised


def _rests(pose: Pose, raised: float, ground: Array, frames: Frames, key: int) -> dict[str, float]:
    """Every contact of a pose with the height its point rests at."""
    where = place(frames).points[key]
    rests = {name: float(where[point_index(name), 1]) for name in fixed_names(pose)}
    rests |= {name: raised + float(RADII[point_index(name)]) for name in floor_names(pose)}
    for prop in pose.props:
        if prop.kind is PropKind.STEP:
            on_top = (name for name in rests if name.startswith(FOOT) and ground[point_index(name)] > 0)
            rests |= {name: float((ground + RADII)[point_index(name)]) for name in on_top}
        if prop.kind is PropKind.LOWER_FLOOR:
            name = prop.at.replace(" ", "_")
            rests[name] = float(ground[point_index(name)] + RADII[point_index(name)])
    return rests


def _planted(
    where: Array, rests: Sequence[dict[str, float]], here: int, there: int, stands_on: Side | None
) -> frozenset[str]:
    """The contacts common to two keys that keep their distances, as far as the poses can tell."""
    common = sorted(rests[here].keys() & rests[there].keys())
    if not common or here == there:
        return frozenset(common)
    moved = np.array([(where[there] - where[here])[point_index(name)][[0, 2]] for name in common])
    apart = np.linalg.norm(moved[:, None] - moved[None], axis=2)
    together = (apart < SAME_PLACE).sum(axis=1) - apart.mean(axis=1)
    foot = [i for i, name in enumerate(common) if name in _foot_of(stands_on)]
    centre = foot[0] if foot and apart.max() >= SAME_PLACE else int(np.argmax(together))
    return frozenset(name for i, name in enumerate(common) if apart[centre, i] < SAME_PLACE)


def _foot_of(side: Side | None) -> frozenset[str]:
    return frozenset(sided(name, side) for name in FOOT) if side else frozenset()


def _brought_together(start: Frames, planted: Sequence[frozenset[str]]) -> Frames:
    """Shift each key along the floor so that what stays put from the key before lies in the same place."""
    where, mid_hip = place(start).points.copy(), start.mid_hip.copy()
    for here in range(len(start) - 1):
        stays = [point_index(name) for name in sorted(planted[here])]
        if stays:
            shift = (where[here, stays] - where[here + 1, stays]).mean(axis=0) * (1, 0, 1)
            where[here + 1] += shift
            mid_hip[here + 1] += shift
    return Frames(start.angles_deg, mid_hip)


def _levelled(
    rests: Sequence[dict[str, float]], planted: Sequence[frozenset[str]]
) -> tuple[dict[str, float], ...]:
    """Give a contact that stays put (a hand on a wall) one height in all the keys it stays over."""
    level = [dict(contacts) for contacts in rests]
    for name in sorted(set().union(*planted)):
        for group in _groups(name, planted, len(rests)):
            height = float(np.mean([rests[key][name] for key in group]))
            for key in group:
                level[key][name] = height
    return tuple(level)


def _holds(
    start: Frames, rests: Sequence[dict[str, float]], planted: Sequence[frozenset[str]], ground: Array
) -> Holds:
    where, count = place(start).points, len(start)
    target, weight = where.copy(), np.zeros_like(where)
    for key, contacts in enumerate(rests):
        for name, height in contacts.items():
            point = point_index(name)
            target[key, point, 1] = height
            weight[key, point] = (LOOSELY, 1, LOOSELY)
    for name in sorted(set().union(*planted)):
        point = point_index(name)
        for group in _groups(name, planted, count):
            target[np.ix_(group, [point], [0, 2])] = where[np.ix_(group, [point], [0, 2])].mean(axis=0)
            weight[np.ix_(group, [point])] = 1
    holds = Holds.nothing(count)
    return replace(holds, target=target, weight=weight, ground=np.tile(ground, (count, 1)))


def _hold_on(start: Frames, poses: Sequence[Pose], holds: Holds) -> None:
    """Bring hands that hold a leg to it; writes into ``holds``."""
    where = place(start).points
    for key, pose in enumerate(poses):
        for pair in held_by_hands(pose):
            spot = where[key, [point_index(name) for name in pair]].mean(axis=0)
            for side in Side:
                hand = point_index(sided("hand", side))
                holds.target[key, hand] = spot + np.array([0, 0, 0.03 if side is Side.RIGHT else -0.03])
                holds.weight[key, hand] = LOOSELY


def _groups(name: str, planted: Sequence[frozenset[str]], count: int) -> list[list[int]]:
    """The runs of keys over which a point stays put, round the loop."""
    group = list(range(count))
    for here in range(count):
        there = (here + 1) % count
        if name in planted[here]:
            old, new = group[there], group[here]
            group = [new if g == old else g for g in group]
    runs = [[k for k in range(count) if group[k] == label] for label in sorted(set(group))]
    touched = {k for here in range(count) if name in planted[here] for k in (here, (here + 1) % count)}
    return [run for run in runs if touched & set(run)]
