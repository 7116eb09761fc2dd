"""BVH: skeletons of animation and cheap motion capture, with every order of turning."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side, rotation_from_angles
from triplane.formats.motion.motion_format import MotionFormat, numbers
from triplane.movement import Recording, Segments, segment

Array = NDArray[np.float64]

HIPS = {Side.LEFT: ("LeftUpLeg", "LeftHip", "LHip"), Side.RIGHT: ("RightUpLeg", "RightHip", "RHip")}
"""What the thigh's joint is called; the joint below it is the knee."""


CHANNELS = {f"{axis}{what}" for axis in "XYZ" for what in ("position", "rotation")}


@dataclass
class Joint:
    """One joint of the skeleton while it is read. ``channels`` are (first column, names)."""

    name: str
    parent: int
    offset: Array = field(default_factory=lambda: np.zeros(3))
    first: int = 0
    channels: tuple[str, ...] = ()


def recognises(start: bytes) -> bool:
    return start.lstrip().startswith(b"HIERARCHY")


def read(file: Path) -> Recording:
    """Read a file: joints as points, and pelvis and thighs as they turned from the skeleton's rest.

    In rest legs may stand apart: a thigh's axes are laid along its own bone there, so an angle of zero is a
    bone straight below the pelvis. Up and forward follow from where hips and knees are at rest.
    """
    text = file.read_text(encoding="utf-8", errors="replace")
    head, found, motion = text.partition("MOTION")
    if not found:
        raise ValueError("the BVH file has no MOTION part")
    joints = _joints(head.split())
    rate, table = _motion(motion.splitlines(), sum(len(joint.channels) for joint in joints))
    turns, places = _forward(joints, table)
    rest = _rest(joints)
    basis, note = _basis(joints, rest)
    names = tuple(joint.name for joint in joints)
    metres, unit_note = _metres(joints, rest)
    points = np.stack(places, axis=1) @ basis * metres
    return Recording(
        rate,
        names,
        points,
        segments=_segments(joints, turns, rest, basis, points),
        notes=tuple(word for word in (note, unit_note) if word),
    )


def _joints(words: list[str]) -> list[Joint]:
    """Return the joints in order, each with its parent before it; end sites are left out."""
    joints: list[Joint] = []
    open_ones: list[int] = []
    column = at = 0
    try:
        while at < len(words):
            word = words[at]
            if word in ("ROOT", "JOINT"):
                joints.append(Joint(words[at + 1], open_ones[-1] if open_ones else -1))
                at += 2
            elif word == "End":
                open_ones.append(-2)
                at += 3
            elif word == "{":
                open_ones.append(len(joints) - 1)
                at += 1
            elif word == "}":
                if open_ones and open_ones.pop() >= 0 and open_ones and open_ones[-1] == -2:
                    open_ones.pop()
                at += 1
            elif word == "OFFSET":
                if -2 not in open_ones[-2:]:
                    joints[-1].offset = np.array([float(number) for number in words[at + 1 : at + 4]])
                at += 4
            elif word == "CHANNELS":
                count = int(words[at + 1])
                names = tuple(words[at + 2 : at + 2 + count])
                if joints[-1].channels or len(names) != count or not set(names) <= CHANNELS:
                    raise ValueError(f"channels of {joints[-1].name}")
                joints[-1].first, joints[-1].channels = column, names
                column += count
                at += 2 + count
            else:
                at += 1
    except (ValueError, IndexError) as error:
        raise ValueError("the skeleton of the BVH file is damaged") from error
    if not joints:
        raise ValueError("the BVH file has no joints")
    return joints


def _motion(lines: list[str], columns: int) -> tuple[float, Array]:
    rows = [line for line in lines if line.strip()]
    step = next((line.rpartition(":")[2] for line in rows[:3] if line.lower().startswith("frame time")), "")
    try:
        rate = 1 / float(step)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("the BVH file does not say how long a frame is") from error
    table = numbers([line for line in rows if not line.lower().startswith("frame")], columns)
    return rate, table


def _forward(joints: list[Joint], table: Array) -> tuple[list[Array], list[Array]]:
    """Return every joint's rotation and place in the file's own world."""
    turns: list[Array] = []
    places: list[Array] = []
    for joint in joints:
        spun = [name for name in joint.channels if name.endswith("rotation")]
        own = (
            rotation_from_angles(
                np.stack([table[:, joint.first + joint.channels.index(name)] for name in spun], axis=-1),
                "".join(name[0].lower() for name in spun),
                (1,) * len(spun),
            )
            if spun
            else np.broadcast_to(np.eye(3), (len(table), 3, 3))
        )
        moved = np.broadcast_to(joint.offset, (len(table), 3)).copy()
        for number, axis in enumerate("XYZ"):
            if f"{axis}position" in joint.channels:
                moved[:, number] = table[:, joint.first + joint.channels.index(f"{axis}position")]
        if joint.parent < 0:
            turns.append(own)
            places.append(moved)
        else:
            turns.append(turns[joint.parent] @ own)
            places.append(places[joint.parent] + np.einsum("fij,fj->fi", turns[joint.parent], moved))
    return turns, places


def _rest(joints: list[Joint]) -> Array:
    rest = np.zeros((len(joints), 3))
    for number, joint in enumerate(joints):
        rest[number] = joint.offset + (rest[joint.parent] if joint.parent >= 0 else 0)
    return rest


def _find(joints: list[Joint], side: Side) -> tuple[int, int] | None:
    """Return the numbers of a side's hip and knee."""
    names = [joint.name for joint in joints]
    hip = next((names.index(name) for name in HIPS[side] if name in names), None)
    knee = (
        next((number for number, joint in enumerate(joints) if joint.parent == hip), None)
        if hip is not None
        else None
    )
    return (hip, knee) if hip is not None and knee is not None else None


def _basis(joints: list[Joint], rest: Array) -> tuple[Array, str]:
    """Return our forward, up and right in the file's own axes, as columns."""
    legs = {side: _find(joints, side) for side in Side}
    left, right = legs[Side.LEFT], legs[Side.RIGHT]
    if left is None or right is None:
        return np.eye(3), "no legs were found by name; axes are the file's own"
    to_the_right = rest[right[0]] - rest[left[0]]
    down = rest[right[1]] - rest[right[0]] + rest[left[1]] - rest[left[0]]
    upright = np.zeros(3)
    upright[np.argmax(np.abs(down))] = -np.sign(down[np.argmax(np.abs(down))])
    return segment(upright, to_the_right, "yz"), ""


def _segments(
    joints: list[Joint], turns: list[Array], rest: Array, basis: Array, points: Array
) -> Segments | None:
    thighs, hips = {}, {}
    for side in Side:
        leg = _find(joints, side)
        if leg is None:
            continue
        hip, knee = leg
        bone = basis.T @ (rest[hip] - rest[knee])
        along = segment(bone, np.array([0.0, 0.0, 1.0]), "yz")
        thighs[side] = basis.T @ turns[hip] @ basis @ along
        hips[side] = points[:, hip]
    if not thighs:
        return None
    return Segments(basis.T @ turns[0] @ basis, points[:, 0], thighs, hips)


def _metres(joints: list[Joint], rest: Array) -> tuple[float, str]:
    """Return the file's unit in metres: a thigh is about 0.42 m long, whatever it was written in."""
    leg = _find(joints, Side.RIGHT) or _find(joints, Side.LEFT)
    if leg is None:
        return 0.01, "the BVH file names no unit; read as centimetres"
    thigh = float(np.linalg.norm(rest[leg[0]] - rest[leg[1]]))
    near = {name: abs(np.log(max(thigh, 1e-9) * unit / THIGH_M)) for name, unit in UNITS.items()}
    best = min(near, key=lambda name: near[name])
    if near[best] > 0.4:
        return THIGH_M / max(
            thigh, 1e-9
        ), "the BVH file's unit is none we know; lengths follow from a usual thigh"
    return UNITS[best], f"the BVH file names no unit; its thigh says {best}"


THIGH_M = 0.42
"""A thigh of a person of 1.72 m (skeleton fractions of docs/conventions.md)."""

UNITS = {"m": 1.0, "cm": 0.01, "mm": 0.001, "in": 0.0254, "CMU units": 0.0564}
"""Units that BVH files are written in; CMU's are inches shortened by 0.45."""


FORMAT = MotionFormat("bvh", (".bvh",), "BVH (skeletons)", recognises, read)
