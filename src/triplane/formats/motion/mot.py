"""MOT and STO: joint angles of OpenSim models. Angles only; hips and pelvis are taken, in our signs."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.formats.motion.motion_format import MotionFormat, numbers
from triplane.movement import Angles, Recording

Array = NDArray[np.float64]

END = "endheader"
PELVIS = ("pelvis_tilt", "pelvis_list", "pelvis_rotation")
HIP = ("hip_flexion", "hip_adduction", "hip_rotation")

MOST_RADIANS = 2 * np.pi
"""No hip turns farther than this in radians; what is larger was in degrees, whatever the header left out."""


def recognises(start: bytes) -> bool:
    text = start.decode("utf-8", errors="replace").lower()
    return "endheader" in text and ("nrows" in text or "datarows" in text)


def read(file: Path) -> Recording:
    """Read a file; there pelvic tilt is positive backwards, hips in flexion, adduction, internal rotation."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    at = next((number for number, line in enumerate(lines) if line.strip().lower() == END), None)
    if at is None or at + 2 > len(lines):
        raise ValueError("the file ends within its header")
    header = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition("=") for line in lines[:at])
    }
    names = lines[at + 1].split()
    rows = [line for line in lines[at + 2 :] if line.strip()]
    table = numbers(rows, len(names))
    columns = {
        name.rpartition("/")[0].rpartition("/")[2] or name: table[:, i] for i, name in enumerate(names)
    }
    columns.update({name: table[:, i] for i, name in enumerate(names)})
    hips = {side: _hip(columns, side) for side in Side if f"{HIP[0]}_{side[0]}" in columns}
    if not hips:
        raise ValueError("there are no hip angles in it")
    factor, notes = _degrees(header, hips)
    given = Angles(_pelvis(columns, len(table)) * factor, {side: hip * factor for side, hip in hips.items()})
    rate = _rate(columns.get("time"))
    return Recording(rate, (), np.empty((len(table), 0, 3)), given=given, notes=notes)


def _hip(columns: dict[str, Array], side: Side) -> Array:
    angles = [
        columns.get(f"{name}_{side[0]}", np.full(len(columns[f"{HIP[0]}_{side[0]}"]), np.nan)) for name in HIP
    ]
    return np.stack(angles, axis=-1) * (1, -1, -1)


def _pelvis(columns: dict[str, Array], frames: int) -> Array:
    angles = [columns.get(name, np.full(frames, np.nan)) for name in PELVIS]
    return np.stack(angles, axis=-1) * (-1, 1, 1)


def _degrees(header: dict[str, str], hips: dict[Side, Array]) -> tuple[float, tuple[str, ...]]:
    told = header.get("indegrees", "").lower()
    widest = max(float(np.nanmax(np.abs(hip), initial=0.0)) for hip in hips.values())
    if told == "yes" or (told == "no" and widest <= MOST_RADIANS):
        return (1.0 if told == "yes" else float(np.degrees(1))), ()
    in_degrees = widest > MOST_RADIANS
    word = "degrees" if in_degrees else "radians"
    said = "says radians, but no hip turns so far" if told == "no" else "does not say degrees or radians"
    return (1.0 if in_degrees else float(np.degrees(1))), (f"the file {said}; read as {word}",)


def _rate(times: Array | None) -> float:
    if times is None or len(times) < 2 or not times[-1] > times[0]:
        raise ValueError("it does not say when its frames were")
    return float((len(times) - 1) / (times[-1] - times[0]))


FORMAT = MotionFormat("mot", (".mot", ".sto"), "MOT and STO (OpenSim angles)", recognises, read)
