"""Bring the figure back to what it touches: a damped least squares solve, all frames at once.

Asked for is the smallest change of angles that puts held points where they belong, keeps every point out
of the ground and stays within given limits.
"""

from dataclasses import dataclass

import numpy as np

from triplane.body.contact import RADII, TOUCHES_FLOOR, mass_of_points
from triplane.body.directions import Side
from triplane.body.figure import Frames, place
from triplane.body.rotation import Array
from triplane.body.skeleton import angle_index, point_index, points, segments, sided, turns

ROUNDS = 16
"""Steps of the solve; triplane_calc: the change of the last one is below 0.001 of stature."""

GIVES_WAY = 0.006
"""Depth over which the ground's push grows from nothing to full, fraction of stature; coach_default.
A push that grows smoothly keeps a foot near the floor from fluttering."""

SETTLED = 1e-4
"""A step smaller than this ends the solve, radians and fractions of stature; triplane_calc."""

STIFFNESS_OF = {"pelvis": 4e-3, "trunk": 4e-3, "shoulder": 3e-4, "elbow": 2e-4, "toes": 1e-4, "foot": 1e-3}
"""What a change of an angle costs against a miss of a held point, per radian squared; coach_default."""

STIFFNESS: Array = np.array([STIFFNESS_OF.get(turn.name.split("_")[0], 1e-3) for turn in turns()])
"""The same for every angle, shape (angles); hips, knees and ankles cost 1e-3."""

MID_HIP_STIFFNESS = 1e-5
DAMPING = 1e-6
_STIFF: Array = np.concatenate([STIFFNESS, np.full(3, MID_HIP_STIFFNESS)])
BALANCE_WEIGHT = 0.3
GROUND_WEIGHT = 3.0
ELBOW_BEND = 0.5
"""Where the solve begins for an arm that goes through the ground, radians; coach_default."""


@dataclass(frozen=True)
class Holds:
    """What the figure is held to, for every frame.

    ``target`` and ``weight`` have shape (frames, points, 3), weight 0 leaves a point free; ``ground``
    (frames, points) is the height of what lies under each point; ``low_deg`` and ``high_deg``
    (frames, angles) are limits; ``balance`` (frames, 2) is where the centre of mass belongs, seen from
    above, or None.
    """

    target: Array
    weight: Array
    ground: Array
    low_deg: Array
    high_deg: Array
    balance: Array | None = None

    @classmethod
    def nothing(cls, frames: int) -> "Holds":
        """Hold nothing but the floor and the joint limits."""
        low = np.array([turn.low_deg for turn in turns()], dtype=float)
        high = np.array([turn.high_deg for turn in turns()], dtype=float)
        shape = (frames, len(points()), 3)
        return cls(
            np.zeros(shape),
            np.zeros(shape),
            np.zeros(shape[:2]),
            np.tile(low, (frames, 1)),
            np.tile(high, (frames, 1)),
        )


def settle(start: Frames, holds: Holds) -> Frames:
    """Solve for the figure that keeps to its holds and is closest to ``start``; same shapes as ``start``.

    An angle that starts beyond the general limits of its joint may stay there; limits set tighter than
    the start are met exactly.
    """
    first = np.concatenate([np.radians(start.angles_deg), start.mid_hip], axis=1)
    free = np.full((len(start), 3), np.inf)
    low = np.concatenate([np.radians(holds.low_deg), -free], axis=1)
    high = np.concatenate([np.radians(holds.high_deg), free], axis=1)
    state = np.clip(_elbows_bent(first, holds), low, high)
    slopes, misses = _misses(_frames(state), holds)
    share = np.ones((len(start), 1))
    for _ in range(ROUNDS):
        step = _step(state, state - first, slopes, misses, (low, high))
        trial = np.clip(state + share * step, low, high)
        new_slopes, new_misses = _misses(_frames(trial), holds)
        better = _cost(trial - first, new_misses) <= _cost(state - first, misses)
        state = np.where(better[:, None], trial, state)
        slopes = np.where(better[:, None, None], new_slopes, slopes)
        misses = np.where(better[:, None], new_misses, misses)
        share = np.where(better[:, None], np.minimum(1, 2 * share), share / 4)
        if np.abs(step * share).max() < SETTLED:
            break
    return _frames(state)


def _cost(change: Array, misses: Array) -> Array:
    cost: Array = (misses**2).sum(axis=1) + (_STIFF * change**2).sum(axis=1)
    return cost


def _step(state: Array, change: Array, slopes: Array, misses: Array, limits: tuple[Array, Array]) -> Array:
    """The straight-line guess of what to change next, shape (frames, unknowns)."""
    pull = np.einsum("trv,tr->tv", slopes, misses) + _STIFF * change
    curve = np.swapaxes(slopes, 1, 2) @ slopes + np.diag(_STIFF + DAMPING)
    step = -np.linalg.solve(curve, pull[..., None])[..., 0]
    # an angle at its limit that wants to go on is taken out, so that the others make up for it
    stuck = ((state <= limits[0]) & (step < 0)) | ((state >= limits[1]) & (step > 0))
    if stuck.any():
        loose = (~stuck).astype(float)
        curve = curve * loose[:, :, None] * loose[:, None, :] + np.eye(stuck.shape[1]) * stuck[:, None, :]
        step = -np.linalg.solve(curve, (pull * loose)[..., None])[..., 0]
    # half a radian a round keeps the straight-line guess honest
    return np.clip(step, -0.5, 0.5)


def _elbows_bent(state: Array, holds: Holds) -> Array:
    """Bend the elbow of a hand that is under the ground: a straight upright arm would not know which way."""
    bent, where = state.copy(), place(_frames(state)).points
    for side in Side:
        hand, elbow = point_index(sided("hand", side)), angle_index(sided("elbow", side))
        under = holds.ground[:, hand] + RADII[hand] - where[:, hand, 1]
        bent[:, elbow] += ELBOW_BEND * np.clip(under / GIVES_WAY, 0, 1) * (holds.weight[:, hand, 1] == 0)
    return bent


def _frames(state: Array) -> Frames:
    return Frames(np.degrees(state[:, :-3]), state[:, -3:])


def _misses(frames: Frames, holds: Holds) -> tuple[Array, Array]:
    """Slopes (frames, rows, unknowns) by angle and mid-hip, and misses (frames, rows) of every hold."""
    placed = place(frames)
    arms = placed.points[:, :, None] - placed.centres[:, None]
    moves = np.cross(placed.axes[:, None], arms) * _CARRIES[None, :, :, None]
    shift = np.broadcast_to(np.eye(3), (*placed.points.shape, 3))
    slopes = np.concatenate([np.moveaxis(moves, 2, 3), shift], axis=3)
    held = np.flatnonzero(holds.weight.any(axis=(0, 2)))
    count, unknowns = len(frames), slopes.shape[-1]
    off = (placed.points - holds.target)[:, held] * holds.weight[:, held]
    rows = [slopes[:, held] * holds.weight[:, held, :, None]]
    depth = (holds.ground + RADII - placed.points[:, :, 1]) * TOUCHES_FLOOR * (holds.weight[:, :, 1] < 1)
    pressed = np.clip(depth / GIVES_WAY, 0, 1)
    pushed = pressed * (np.maximum(depth, 0) - pressed * GIVES_WAY / 2)
    misses = [off.reshape(count, -1), -GROUND_WEIGHT * pushed]
    floor_slopes = slopes[:, :, 1] * GROUND_WEIGHT * pressed[:, :, None]
    parts = [rows[0].reshape(count, -1, unknowns), floor_slopes]
    if holds.balance is not None:
        mass = mass_of_points()
        centre = np.einsum("tpi,p->ti", placed.points, mass)[:, [0, 2]]
        misses.append((centre - holds.balance) * BALANCE_WEIGHT)
        parts.append(np.einsum("tpiv,p->tiv", slopes, mass)[:, [0, 2]] * BALANCE_WEIGHT)
    return np.concatenate(parts, axis=1), np.concatenate(misses, axis=1)


def _carried_points() -> Array:
    """1 where an angle moves a point, shape (points, angles)."""
    parents = {segment.name: segment.parent for segment in segments()}

    def chain(segment: str | None) -> set[str]:
        return set() if segment is None else {segment} | chain(parents[segment])

    owner = [segment.name for segment in segments() for _ in segment.turns]
    return np.array([[float(name in chain(point.segment)) for name in owner] for point in points()])


_CARRIES = _carried_points()
