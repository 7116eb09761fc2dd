"""TRC: marker tables of OpenSim and its family. Metres or millimetres as the header says.

OpenSim's have y up; laboratories export theirs as the room stands, and the header does not say how.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from triplane.formats.motion.motion_format import METRES, MotionFormat, bare, numbers, upright
from triplane.movement import Recording, axis_of_body


def recognises(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf").startswith(b"PathFileType")


def read(file: Path) -> Recording:
    """Read a file whose header may be quoted or not line up with its columns."""
    lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    if len(lines) < 6:
        raise ValueError("the TRC file ends within its header")
    header = dict(zip(_cells(lines[1]), _cells(lines[2]), strict=False))
    names, twice = bare([name for name in _cells(lines[3])[2:] if name])
    rows = [line for line in lines[5:] if line.strip()]
    table = numbers(rows, 2 + 3 * len(names))
    rate = _rate(header, table[:, 1])
    unit = header.get("Units", "").strip().lower()
    notes = [] if unit in METRES else [f"the file names no unit that we know ({unit or 'none'}); read as mm"]
    notes += [twice] if twice else []
    points = table[:, 2:].reshape(len(table), len(names), 3) * METRES.get(unit, 0.001)
    points[(points == 0).all(axis=-1)] = np.nan
    axis = axis_of_body(tuple(names), points) or "Y"
    if axis != "Y":
        notes.append(f"the person stands along {axis}; read as if that points up")
    kept = [index for index, name in enumerate(names) if name]
    points = upright(points, axis)[:, kept]
    return Recording(rate, tuple(names[index] for index in kept), points, notes=tuple(notes))


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.rstrip("\r\n").split("\t")]


def _rate(header: dict[str, str], times: NDArray[np.float64]) -> float:
    try:
        return float(header["DataRate"])
    except (KeyError, ValueError):
        whole = times[np.isfinite(times)]
        if len(whole) < 2 or whole[-1] <= whole[0]:
            raise ValueError(
                "the TRC file says neither how many frames a second nor when they were"
            ) from None
        return float((len(whole) - 1) / (whole[-1] - whole[0]))


FORMAT = MotionFormat("trc", (".trc",), "TRC (OpenSim markers)", recognises, read)
