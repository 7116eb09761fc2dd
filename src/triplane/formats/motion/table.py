"""Tables of points as RBDS has them: ``Time``, then ``<name>X``, ``<name>Y``, ``<name>Z`` for each. Y up."""

from pathlib import Path

import numpy as np

from triplane.formats.motion.motion_format import MotionFormat, numbers
from triplane.movement import Recording


def recognises(start: bytes) -> bool:
    first = start.partition(b"\n")[0].decode("utf-8", errors="replace")
    cells = first.replace(",", "\t").split("\t")
    return cells[0].strip().lower() == "time" and len(cells) >= 4 and cells[1].strip().endswith("X")


def read(file: Path) -> Recording:
    """Read a table; its unit follows from how high its points lie, since it names none."""
    lines = file.read_text(encoding="utf-8", errors="replace").replace(",", "\t").splitlines()
    heads = [cell.strip() for cell in lines[0].split("\t")]
    names = [head[:-1] for head in heads[1::3] if head.endswith("X")]
    if heads[1 : 1 + 3 * len(names)] != [f"{name}{axis}" for name in names for axis in "XYZ"]:
        raise ValueError("its columns are not X, Y and Z of one point after the other")
    table = numbers([line for line in lines[1:] if line.strip()], 1 + 3 * len(names))
    times = table[:, 0]
    if len(times) < 2 or not times[-1] > times[0]:
        raise ValueError("its times do not go on")
    # Times are rounded to milliseconds: the whole way gives the rate, and cameras take whole numbers.
    rate = float((len(times) - 1) / (times[-1] - times[0]))
    rate = float(round(rate)) if abs(rate - round(rate)) < 0.002 * rate else rate
    points = table[:, 1:].reshape(len(table), len(names), 3)
    points[(points == 0).all(axis=-1)] = np.nan
    is_mm = bool(np.nanmedian(np.abs(points)) > 10)
    note = f"the table names no unit; read as {'mm' if is_mm else 'm'}"
    return Recording(rate, tuple(names), points * (0.001 if is_mm else 1.0), notes=(note,))


FORMAT = MotionFormat("table", (".txt", ".tsv", ".csv"), "tables of points", recognises, read)
