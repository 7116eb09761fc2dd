"""Landmark recordings: our own JSON lines of the 33 points that a camera's pose model finds.

One line a frame: ``{"t": seconds, "image": [[x, y], ...], "world": [[x, y, z], ...], "visibility": [...]}``,
each list with 33 entries. ``image`` is in shares of the picture (x right, y down), ``world`` in metres from
the middle of the hips with x to the picture's right, y down and z away from the camera. Where nobody is seen,
``"world": null``. It may say ``aspect`` (width over height), ``people`` and ``light`` (0 to 1).
The same object, one a message, is what a camera in a page sends.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import isfinite, nan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triplane.formats.motion.motion_format import MotionFormat
from triplane.movement import LANDMARKS, LandmarkFrame, Recording

Array = NDArray[np.float64]

LONGEST_LINE = 20_000
"""Characters of a frame: 33 points with ten digits each take about 3 000."""

DIGITS = 5
"""Digits of what is written: a hundredth of a pixel, a hundredth of a millimetre."""


def recognises(start: bytes) -> bool:
    return start.lstrip()[:1] == b"{" and b'"world"' in start


def read(file: Path) -> Recording:
    """Read a recording; x stays to the picture's right, y becomes up, z towards the camera."""
    frames = list(read_landmarks(file))
    times = [frame.at_s for frame in frames]
    if len(times) < 2 or not all(later > earlier for earlier, later in pairwise(times)):
        raise ValueError("its frames are fewer than two, or their times do not go on")
    rate = (len(times) - 1) / (times[-1] - times[0])
    nowhere = np.full((len(LANDMARKS), 3), np.nan)
    points = [np.asarray(frame.world) if frame.world else nowhere for frame in frames]
    seen = [frame.visibility or (0.0,) * len(LANDMARKS) for frame in frames]
    return Recording(
        rate, LANDMARKS, np.stack(points) * (1, -1, -1), visibility=np.asarray(seen), at_s=np.asarray(times)
    )


def read_landmarks(file: Path) -> Iterator[LandmarkFrame]:
    """Yield the frames of a recording as a watch takes them; ``ValueError`` names the line that is none."""
    with file.open(encoding="utf-8", errors="replace") as lines:
        number = 0
        while line := lines.readline(LONGEST_LINE + 1):
            number += 1
            if line.strip():
                try:
                    yield landmark_frame(line)
                except ValueError as error:
                    raise ValueError(f"line {number} {error}") from error


def landmark_frame(line: str) -> LandmarkFrame:
    """Read one frame, of a recording or just sent.

    Raises
    ------
    ValueError
        With half a sentence of what is wrong, whatever the text holds.
    """
    count = len(LANDMARKS)
    if len(line) > LONGEST_LINE:
        raise ValueError(f"does not hold {count} points")
    try:
        raw: dict[str, Any] = json.loads(line)
        at = float(raw["t"])
        aspect = float(raw.get("aspect") or 16 / 9)
        people = int(raw.get("people", 1))
        light = None if raw.get("light") is None else float(raw["light"])
        if raw.get("world") is None:
            found = LandmarkFrame(at, aspect=aspect, people=0, light=light)
        else:
            # A model that gives more for a point gives its coordinates first.
            world = tuple((x, y, z) for x, y, z, *_ in _rows(raw["world"]))
            image = tuple((x, y) for x, y, *_ in _rows(raw["image"])) if raw.get("image") else ()
            seen = tuple(_share(value) for value in raw.get("visibility", [1.0] * count))
            found = LandmarkFrame(at, image, world, seen, aspect, people, light)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError("is no frame of landmarks") from error
    if found.world and (len(found.world), len(found.visibility)) != (count, count):
        raise ValueError(f"does not hold {count} points")
    if found.image and len(found.image) != count:
        raise ValueError(f"does not hold {count} points")
    if not isfinite(at) or not 0.1 < aspect < 10 or not 0 <= people <= 100:
        raise ValueError("does not say when it was, or of what picture")
    return found


def landmark_line(frame: LandmarkFrame) -> str:
    """Write one frame."""
    said: Mapping[str, object] = {
        "t": round(frame.at_s, 4),
        "image": [[round(value, DIGITS) for value in row] for row in frame.image] or None,
        "world": [[round(value, DIGITS) for value in row] for row in frame.world] or None,
        "visibility": [round(value, 3) for value in frame.visibility],
        "aspect": round(frame.aspect, 4),
        "people": frame.people,
    }
    return json.dumps(said if frame.light is None else {**said, "light": round(frame.light, 3)})


def _rows(raw: list[list[float | None]]) -> Iterator[list[float]]:
    return ([nan if value is None else float(value) for value in row] for row in raw)


def _share(value: float | None) -> float:
    number = float(value or 0)
    return min(1.0, max(0.0, number)) if isfinite(number) else 0.0


FORMAT = MotionFormat("landmarks", (".jsonl",), "landmark recordings", recognises, read)
