"""The figure in the world: every frame's angles and mid-hip point, and where each point then is.

Arrays have time on axis 0, points or angles on axis 1 and x, y, z on axis 2. Lengths are fractions of
stature.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from triplane.body.directions import Direction, Side
from triplane.body.pose import Pose
from triplane.body.rotation import Array, about_axis
from triplane.body.skeleton import angle_index, point_index, points, segments, sided, turns


@dataclass(frozen=True)
class Frames:
    """The figure in one or more frames.

    ``angles_deg`` has shape (frames, angles) in the order of ``skeleton.turns``; ``mid_hip`` has
    shape (frames, 3), fractions of stature.
    """

    angles_deg: Array
    mid_hip: Array

    def __len__(self) -> int:
        return len(self.angles_deg)


@dataclass(frozen=True)
class Placed:
    """Where everything is: ``rotations`` by segment (frames, 3, 3), ``points`` (frames, points, 3).

    ``axes`` and ``centres`` hold what each angle turns about: (frames, angles, 3).
    """

    rotations: dict[str, Array]
    points: Array
    axes: Array
    centres: Array

    def point(self, name: str) -> Array:
        """Return where one point is, shape (frames, 3)."""
        return self.points[:, point_index(name)]


def frames_of(poses: Sequence[Pose]) -> Frames:
    """Stand the poses up, one frame each, mid-hip over the origin, toes bent where the floor stops them."""
    angles = np.array([_angles(pose) for pose in poses], dtype=float).reshape(len(poses), len(turns()))
    mid_hip = np.array([(0.0, pose.pelvis_height, 0.0) for pose in poses])
    return with_toes(Frames(angles, mid_hip))


def pose_of(frames: Frames, frame: int, like: Pose) -> Pose:
    """Write one frame as a pose; key, contacts and props are those of ``like``. Angles to 0.1 degree."""
    value = {turn.name: round(float(a), 1) for turn, a in zip(turns(), frames.angles_deg[frame], strict=True)}

    def ball(joint: str, side: Side) -> tuple[float, float, float]:
        a, b, c = (value[sided(f"{joint}_{motion}", side)] for motion in _BALL)
        return a, b, c

    def pair(joint: str) -> tuple[float, float]:
        return value[sided(joint, Side.RIGHT)], value[sided(joint, Side.LEFT)]

    return like.model_copy(
        update={
            "pelvis_deg": (value["pelvis_pitch"], value["pelvis_roll"], value["pelvis_yaw"]),
            "pelvis_height": round(float(frames.mid_hip[frame, 1]), 4),
            "trunk_deg": (value["trunk_flexion"], value["trunk_side"], value["trunk_rotation"]),
            "neck_deg": value["neck"],
            "hip_right_deg": ball("hip", Side.RIGHT),
            "hip_left_deg": ball("hip", Side.LEFT),
            "shoulder_right_deg": ball("shoulder", Side.RIGHT),
            "shoulder_left_deg": ball("shoulder", Side.LEFT),
            "knee_deg": pair("knee"),
            "ankle_deg": pair("ankle"),
            "elbow_deg": pair("elbow"),
        }
    )


def place(frames: Frames) -> Placed:
    """Forward kinematics: where every point and segment of every frame is."""
    count = len(frames)
    rotations: dict[str, Array] = {}
    where = np.zeros((count, len(points()), 3))
    axes, centres = np.zeros((count, len(turns()), 3)), np.zeros((count, len(turns()), 3))
    by_segment: dict[str, list[int]] = {}
    for i, point in enumerate(points()):
        by_segment.setdefault(point.segment, []).append(i)
    column = 0
    for segment in segments():
        if segment.parent is None:
            rotation, start = np.broadcast_to(np.eye(3), (count, 3, 3)), frames.mid_hip
        else:
            rotation, start = rotations[segment.parent], where[:, point_index(segment.start)]
        for turn in segment.turns:
            axes[:, column] = turn.sign * rotation[:, :, "xyz".index(turn.axis)]
            centres[:, column] = start
            rotation = rotation @ about_axis(turn.axis, turn.sign * frames.angles_deg[:, column])
            column += 1
        rotations[segment.name] = rotation
        inside = by_segment.get(segment.name, [])
        offsets = np.array([points()[i].offset for i in inside]).reshape(-1, 3)
        where[:, inside] = start[:, None] + np.einsum("tij,pj->tpi", rotation, offsets)
    return Placed(rotations, where, axes, centres)


def with_toes(frames: Frames) -> Frames:
    """Bend the toes of each foot by the smallest angle that keeps them out of the floor."""
    angles = frames.angles_deg.copy()
    for side in Side:
        angles[:, angle_index(sided("toes", side))] = 0.0
    placed = place(Frames(angles, frames.mid_hip))
    for side in Side:
        column = angle_index(sided("toes", side))
        foot, ball = placed.rotations[sided("foot", side)], placed.point(sided("ball_of_foot", side))
        toe = points()[point_index(sided("toe", side))]
        along, up, _ = toe.offset
        # the toe lies at a cos(bend) + b sin(bend) above the ball of the foot
        a = along * foot[:, 1, 0] + up * foot[:, 1, 1]
        b = along * foot[:, 1, 1] - up * foot[:, 1, 0]
        reach, phase = np.hypot(a, b), np.arctan2(b, a)
        needed = np.clip((toe.radius - ball[:, 1]) / reach, -1, 1)
        spread = np.arccos(needed)
        ways = np.stack([phase - spread, phase + spread])
        ways = np.degrees(np.arctan2(np.sin(ways), np.cos(ways)))
        nearest = np.take_along_axis(ways, np.argmin(np.abs(ways), axis=0)[None], axis=0)[0]
        turn = turns()[column]
        angles[:, column] = np.where(
            a + ball[:, 1] < toe.radius, np.clip(nearest, turn.low_deg, turn.high_deg), 0.0
        )
    return Frames(angles, frames.mid_hip)


def worked_by(
    working: Side | None, poses: Sequence[Pose], stands_on: Side | None
) -> tuple[Sequence[Pose], Side | None]:
    """Return key poses that are drawn with the right side working, and the foot that stays, for this side."""
    if working is not Side.LEFT:
        return poses, stands_on
    return [mirrored(pose) for pose in poses], stands_on.other if stands_on else None


def mirrored(pose: Pose) -> Pose:
    """See a pose in a mirror: left becomes right, and what is sided about the midline changes sign.

    Contacts and the words of props change sides too. Mirroring twice gives the same pose.
    """
    pitch, roll, yaw = pose.pelvis_deg
    flexion, bend, rotation = pose.trunk_deg
    return pose.model_copy(
        update={
            "pelvis_deg": (pitch, -roll, -yaw),
            "trunk_deg": (flexion, -bend, -rotation),
            "hip_right_deg": pose.hip_left_deg,
            "hip_left_deg": pose.hip_right_deg,
            "shoulder_right_deg": pose.shoulder_left_deg,
            "shoulder_left_deg": pose.shoulder_right_deg,
            "knee_deg": pose.knee_deg[::-1],
            "ankle_deg": pose.ankle_deg[::-1],
            "elbow_deg": pose.elbow_deg[::-1],
            "floor": tuple(c.model_copy(update={"side": c.side.other}) if c.side else c for c in pose.floor),
            "props": tuple(p.model_copy(update={"at": _other_side_words(p.at)}) for p in pose.props),
        }
    )


def reached_deg(pose: Pose, side: Side) -> dict[Direction, float]:
    """Say how far one hip is in each of the six directions, in degrees.

    One direction of each pair carries the minus sign of the other: 20 degrees of extension is
    -20 degrees of flexion.
    """
    flexion, abduction, rotation = pose.hip_right_deg if side is Side.RIGHT else pose.hip_left_deg
    return {
        Direction.FLEXION: flexion,
        Direction.EXTENSION: -flexion,
        Direction.ABDUCTION: abduction,
        Direction.ADDUCTION: -abduction,
        Direction.EXTERNAL_ROTATION: rotation,
        Direction.INTERNAL_ROTATION: -rotation,
    }


_BALL = ("flexion", "abduction", "external_rotation")


def _angles(pose: Pose) -> list[float]:
    """The pose's angles in the order of the angles axis; toes straight."""
    value: dict[str, float] = {"neck": pose.neck_deg}
    value |= zip(("pelvis_pitch", "pelvis_roll", "pelvis_yaw"), pose.pelvis_deg, strict=True)
    value |= zip(("trunk_flexion", "trunk_side", "trunk_rotation"), pose.trunk_deg, strict=True)
    balls = {
        ("hip", Side.RIGHT): pose.hip_right_deg,
        ("hip", Side.LEFT): pose.hip_left_deg,
        ("shoulder", Side.RIGHT): pose.shoulder_right_deg,
        ("shoulder", Side.LEFT): pose.shoulder_left_deg,
    }
    for (joint, side), triple in balls.items():
        value |= zip((sided(f"{joint}_{motion}", side) for motion in _BALL), triple, strict=True)
    for joint, pair in (("knee", pose.knee_deg), ("ankle", pose.ankle_deg), ("elbow", pose.elbow_deg)):
        value |= zip((sided(joint, Side.RIGHT), sided(joint, Side.LEFT)), pair, strict=True)
    return [value.get(turn.name, 0.0) for turn in turns()]


def _other_side_words(words: str) -> str:
    return words.replace("right", "\0").replace("left", "right").replace("\0", "left")
