"""People who move as told: recordings made of our own figure, as axis points and as markers, and as files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from triplane.body import Frames, Side, angle_index, place, turns
from triplane.movement import DIRECTIONS, Recording

Array = NDArray[np.float64]

STATURE_M = 1.72
RATE_HZ = 100.0


def told(angles: Sequence[Mapping[str, float]]) -> Frames:
    """Return the figure in one frame for each set of angles, such as ``hip_flexion_left``, in degrees."""
    turned = np.zeros((len(angles), len(turns())))
    for frame, each in enumerate(angles):
        for name, value in each.items():
            turned[frame, angle_index(name)] = value
    return Frames(turned, np.tile([0.0, 0.53, 0.0], (len(angles), 1)))


def hips_deg(frames: Frames, side: Side) -> Array:
    """Return what was told of a hip, shape (frames, 3)."""
    names = [f"hip_{direction.replace(' ', '_')}_{side}" for direction in DIRECTIONS]
    return frames.angles_deg[:, [angle_index(name) for name in names]]


def as_axis_points(frames: Frames) -> Recording:
    """Return the ends of the axes of pelvis and thighs, a decimetre long, as Plug-in Gait names them."""
    placed = place(frames)
    points = {}
    for name, segment, at in (
        ("PEL", "pelvis", "pelvis"),
        ("LFE", "thigh_left", "knee_left"),
        ("RFE", "thigh_right", "knee_right"),
    ):
        turn, origin = placed.rotations[segment], placed.point(at) * STATURE_M
        points[f"{name}O"] = origin
        points[f"{name}A"] = origin + 0.1 * turn[:, :, 0]
        points[f"{name}P"] = origin + 0.1 * turn[:, :, 1]
        points[f"{name}L"] = origin - 0.1 * turn[:, :, 2]
    return recording(points)


def as_markers(frames: Frames) -> Recording:
    """Return markers on the spines of the pelvis and on both sides of each knee.

    The spines lie where Harrington's equations (by width) find the figure's own hips from them.
    """
    placed = place(frames)
    pelvis = placed.rotations["pelvis"]
    left, right = placed.point("hip_left") * STATURE_M, placed.point("hip_right") * STATURE_M
    width = (np.linalg.norm(right - left, axis=1).mean() / 2 - 0.0073) / 0.33
    hip = np.array([-0.138 * width - 0.0104 - 0.007, -0.305 * width - 0.0109, 0.0])
    middle = (left + right) / 2 - pelvis @ hip
    points = {
        "RASI": middle + pelvis @ np.array([0, 0, width / 2]),
        "LASI": middle - pelvis @ np.array([0, 0, width / 2]),
        "RPSI": middle + pelvis @ np.array([-0.15, 0, 0.04]),
        "LPSI": middle + pelvis @ np.array([-0.15, 0, -0.04]),
    }
    for side in Side:
        knee, turn = placed.point(f"knee_{side}") * STATURE_M, placed.rotations[f"thigh_{side}"]
        out = 0.05 if side is Side.RIGHT else -0.05
        points[f"{side[0].upper()}KNE"] = knee + turn @ np.array([0, 0, out])
        points[f"{side[0].upper()}KNEin"] = knee - turn @ np.array([0, 0, out])
        for number, arm in enumerate(((0.06, 0.1, out), (-0.05, 0.2, out), (0.05, 0.3, out / 2)), start=1):
            points[f"{side[0].upper()}THI{number}"] = knee + turn @ np.array(arm)
    return recording(points)


def recording(points: Mapping[str, Array], rate_hz: float = RATE_HZ) -> Recording:
    return Recording(rate_hz, tuple(points), np.stack(list(points.values()), axis=1))


def stepping(count: int = 300, seconds_a_cycle: float = 1.0) -> list[dict[str, float]]:
    """Return angles of somebody who swings both legs by turns and turns and tilts a little."""
    at = 2 * np.pi * np.arange(count) / RATE_HZ / seconds_a_cycle
    return [
        {
            "hip_flexion_left": 10 + 25 * np.sin(one),
            "hip_flexion_right": 10 - 25 * np.sin(one),
            "hip_abduction_left": 5 * np.cos(one),
            "hip_abduction_right": 4 * np.sin(one),
            "hip_external_rotation_left": 8 * np.sin(2 * one),
            "hip_external_rotation_right": 6 * np.cos(one),
            "pelvis_pitch": 8 + 2 * np.sin(one),
            "pelvis_roll": 3 * np.cos(one),
            "pelvis_yaw": 4 * np.sin(one),
        }
        for one in at
    ]


def write_c3d(
    file: Path, made: Recording, *, labels: Sequence[str] = (), unit: str = "mm", prefix: str = ""
) -> Path:
    """Write a recording as C3D: Z up, in the unit; points that were not seen as zeros."""
    import ezc3d

    factor = {"mm": 1000.0, "m": 1.0, "furlong": 1000.0}[unit]
    lab = np.stack([made.points_m[..., 0], -made.points_m[..., 2], made.points_m[..., 1]]) * factor
    content = ezc3d.c3d()
    point = content["parameters"]["POINT"]
    point["RATE"]["value"] = [made.rate_hz]
    point["LABELS"]["value"] = [f"{prefix}{name}" for name in labels or made.names]
    point["UNITS"]["value"] = [unit]
    ones = np.ones((1, len(made.names), made.frames))
    content["data"]["points"] = np.concatenate([np.nan_to_num(lab).transpose(0, 2, 1), ones])
    content.add_parameter("POINT", "X_SCREEN", ["+X"])
    content.add_parameter("POINT", "Y_SCREEN", ["+Z"])
    content.write(str(file))
    return file
