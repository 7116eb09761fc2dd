"""Change a pose for a runner or a lunge, and bring it back to what it touches.

``limited`` keeps a hip within what is allowed, ``with_reach`` lays a reach over a lunge, ``with_range`` makes
its step shorter or longer. The answer is a pose again.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from triplane.body.contact import RADII, centre_of_mass
from triplane.body.directions import Direction, Side
from triplane.body.figure import Frames, frames_of, place, pose_of, with_toes
from triplane.body.keys import stood_up
from triplane.body.pose import Pose
from triplane.body.reach import ARM_DEG, OVERLAYS, Arm, Reach
from triplane.body.rotation import Array
from triplane.body.settle import Holds, settle
from triplane.body.skeleton import angle_index, point_index, sided
from triplane.body.touching import FOOT, fixed_names, floor_names, ground_under, step_height

SETTLINGS = 3
"""How often a changed pose is settled, each time from where it came to; triplane_calc."""

HAND_HEIGHT = 0.06
"""How far above the floor a hand that reaches down stops, fraction of stature; coach_default."""

REACHES = 0.3
"""How firmly a reaching hand is drawn to its place; coach_default."""

ALONG_FLOOR = 0.25
"""How firmly contacts keep their place along the floor when a pose changes; coach_default."""

_ANGLE_OF = {
    Direction.FLEXION: ("hip_flexion", 1),
    Direction.EXTENSION: ("hip_flexion", -1),
    Direction.ABDUCTION: ("hip_abduction", 1),
    Direction.ADDUCTION: ("hip_abduction", -1),
    Direction.EXTERNAL_ROTATION: ("hip_external_rotation", 1),
    Direction.INTERNAL_ROTATION: ("hip_external_rotation", -1),
}


def limited(pose: Pose, limits_deg: Mapping[Side, Mapping[Direction, float]]) -> Pose:
    """Keep hips within limits: the nearest pose that does, with its contacts held.

    Parameters
    ----------
    pose : any key pose
    limits_deg : for each side, the most degrees allowed in a direction: ``{RIGHT: {FLEXION: 90}}``.
        0 stops a direction at the middle; a negative number keeps the hip on the other side of it.

    Returns
    -------
    Pose
        The same pose when nothing is beyond the limits. Contacts may be off where the limits leave no
        way to keep them: see ``contact_errors``.
    """
    start = frames_of([pose])
    holds = _holding(start, pose)
    low, high = holds.low_deg.copy(), holds.high_deg.copy()
    for side, directions in limits_deg.items():
        for direction, most in directions.items():
            name, sign = _ANGLE_OF[direction]
            column = angle_index(sided(name, side))
            if sign > 0:
                high[0, column] = min(high[0, column], most)
            else:
                low[0, column] = max(low[0, column], -most)
    inside = (start.angles_deg >= low) & (start.angles_deg <= high)
    hips = [angle_index(sided(name, side)) for name, _ in _ANGLE_OF.values() for side in Side]
    if inside[:, hips].all():
        return pose
    return pose_of(_settled(start, replace(holds, low_deg=low, high_deg=high)), 0, pose)


def with_reach(pose: Pose, reach: str, front: Side = Side.RIGHT) -> Pose:
    """Lay a reach over a lunge and settle the feet again.

    Parameters
    ----------
    pose : the bottom of a lunge
    reach : one of the nine reaches, by name
    front : the side of the front leg

    Raises
    ------
    ValueError
        For a name that is no reach.
    """
    if Reach(reach) is Reach.NONE:
        return pose
    overlay, way = OVERLAYS[Reach(reach)], 1 if front is Side.RIGHT else -1
    pitch, roll, yaw = (a + b for a, b in zip(pose.pelvis_deg, _turned(overlay.pelvis_deg, way), strict=True))
    flexion, bend, rotation = (
        a + b for a, b in zip(pose.trunk_deg, _turned(overlay.trunk_deg, way), strict=True)
    )
    arms = {front: overlay.right_arm, front.other: overlay.left_arm}
    hanging = pitch + flexion
    reached = pose.model_copy(
        update={
            "pelvis_deg": (pitch, roll, yaw),
            "trunk_deg": (flexion, bend, rotation),
            "shoulder_right_deg": _shoulder(arms[Side.RIGHT], pose.shoulder_right_deg, hanging),
            "shoulder_left_deg": _shoulder(arms[Side.LEFT], pose.shoulder_left_deg, hanging),
        }
    )
    holds = _holding(frames_of([pose]), pose, along_floor=1.0)
    down = [side for side, arm in arms.items() if arm == "down"]
    if down:
        holds = _reaching_down(holds, frames_of([pose]), down, front)
    return pose_of(_settled(frames_of([reached]), holds), 0, pose)


def _reaching_down(holds: Holds, start: Frames, hands: list[Side], front: Side) -> Holds:
    """Draw hands to the floor beside the front foot; the body may lean out over it."""
    ankle = place(start).point(sided("ankle", front))[0]
    target, weight = holds.target.copy(), holds.weight.copy()
    for side in hands:
        hand, out = point_index(sided("hand", side)), 1 if side is Side.RIGHT else -1
        target[0, hand] = (ankle[0] + 0.05, HAND_HEIGHT, ankle[2] + 0.07 * out)
        weight[0, hand] = REACHES
    return replace(holds, target=target, weight=weight, balance=None)


def with_range(stand: Pose, bottom: Pose, factor: float, stands_on: Side = Side.LEFT) -> Pose:
    """Make the step of a lunge shorter or longer.

    Parameters
    ----------
    stand, bottom : the two key poses of a lunge
    factor : step length as a multiple of the one shown; the poses show a medium step
    stands_on : the foot that stays

    Raises
    ------
    ValueError
        For a factor outside 0.3 to 1.6, where no lunge is left.
    """
    if not 0.3 <= factor <= 1.6:
        raise ValueError(f"a step of {factor:g} times the medium one is no lunge any more: use 0.3 to 1.6")
    ends = stood_up([stand, bottom], stands_on).frames
    where = place(ends).points
    depth = min(1.0, 0.5 + factor / 2)
    angles = ends.angles_deg[:1] + depth * (ends.angles_deg[1:] - ends.angles_deg[:1])
    hips = ends.mid_hip[:1] + np.array([factor, depth, factor]) * (ends.mid_hip[1:] - ends.mid_hip[:1])
    start = Frames(angles, hips)
    moving = [name for name in floor_names(bottom) if name.endswith(f"_{stands_on.other}")]
    holds = _holding(Frames(ends.angles_deg[1:], ends.mid_hip[1:]), bottom, along_floor=1.0)
    target = holds.target.copy()
    for name in moving:
        point = point_index(name)
        step = where[1, point] - where[0, point]
        target[0, point, [0, 2]] = (where[0, point] + factor * step)[[0, 2]]
    holds = replace(holds, target=target, balance=None)
    return pose_of(_settled(start, holds), 0, bottom)


def _turned(angles: tuple[float, float, float], way: int) -> tuple[float, float, float]:
    return angles[0], way * angles[1], way * angles[2]


def _shoulder(arm: Arm, now: tuple[float, float, float], hanging_deg: float) -> tuple[float, float, float]:
    if arm == "as it is":
        return now
    return (hanging_deg, 5.0, 0.0) if arm == "down" else ARM_DEG[arm]


def _holding(start: Frames, pose: Pose, along_floor: float = ALONG_FLOOR) -> Holds:
    """Hold a single pose to its contacts, and to its balance where only feet carry it."""
    where = place(start).points
    target, weight = where.copy(), np.zeros_like(where)
    for name in fixed_names(pose):
        weight[0, point_index(name)] = 1
    for name in floor_names(pose):
        point = point_index(name)
        target[0, point, 1] = RADII[point]
        weight[0, point] = (along_floor, 1, along_floor)
    feet_only = all(name.startswith(FOOT) for name in floor_names(pose) | fixed_names(pose))
    balance: Array | None = centre_of_mass(start)[:, [0, 2]] if feet_only and pose.floor else None
    ground = ground_under(pose, step_height([pose]))[None]
    return replace(Holds.nothing(1), target=target, weight=weight, ground=ground, balance=balance)


def _settled(start: Frames, holds: Holds) -> Frames:
    for _ in range(SETTLINGS):
        start = settle(with_toes(start), holds)
    return start
