"""Landmark recordings: our own JSON lines of the 33 points that a camera's pose model finds.

One line a frame: ``{"t": seconds, "image": [[x, y], ...], "world": [[x, y, z], ...], "visibility": [...]}``,
each list with 33 entries. ``image`` is in shares of the picture (x right, y down), ``world`` in metres from
the middle of the hips with x to the picture's right, y down and z away from the camera. Where nobody is seen,
``"world": null``.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triplane.formats.motion.motion_format import MotionFormat
from triplane.movement import LANDMARKS, Recording

Array = NDArray[np.float64]


def recognises(start: bytes) -> bool:
    return start.lstrip()[:1] == b"{" and b'"world"' in start


def read(file: Path) -> Recording:
    """Read a recording; x stays to the picture's right, y becomes up, z towards the camera."""
    times, points, seen = [], [], []
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                at, world, visible = _frame(line, number)
                times.append(at)
                points.append(world)
                seen.append(visible)
    if len(times) < 2 or not all(later > earlier for earlier, later in pairwise(times)):
        raise ValueError("its frames are fewer than two, or their times do not go on")
    rate = (len(times) - 1) / (times[-1] - times[0])
    return Recording(
        rate, LANDMARKS, np.stack(points) * (1, -1, -1), visibility=np.stack(seen), at_s=np.asarray(times)
    )


def _frame(line: str, number: int) -> tuple[float, Array, Array]:
    count = len(LANDMARKS)
    try:
        frame: dict[str, Any] = json.loads(line)
        at = float(frame["t"])
        if frame.get("world") is None:
            return at, np.full((count, 3), np.nan), np.zeros(count)
        world = np.asarray(frame["world"], dtype=float)
        visible = np.asarray(frame.get("visibility", [1.0] * count), dtype=float)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"line {number} is no frame of landmarks") from error
    if world.shape != (count, 3) or visible.shape != (count,) or not np.isfinite(at):
        raise ValueError(f"line {number} does not hold {count} points")
    return at, world, np.clip(np.nan_to_num(visible), 0, 1)


FORMAT = MotionFormat("landmarks", (".jsonl",), "landmark recordings", recognises, read)
