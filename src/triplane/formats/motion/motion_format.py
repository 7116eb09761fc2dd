"""What a motion format gives, and what several of them need: units by their names."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from triplane.movement import Recording, places_known

METRES = {
    **dict.fromkeys(("mm", "millimeter", "millimeters", "millimetre", "millimetres"), 0.001),
    **dict.fromkeys(("cm", "centimeter", "centimeters", "centimetre", "centimetres"), 0.01),
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), 1.0),
    **dict.fromkeys(("in", "inch", "inches"), 0.0254),
}
"""What a unit's name is in metres."""

SIGNS = " ._-"
"""What sets a subject's prefix off, where it is no colon."""


@dataclass(frozen=True)
class MotionFormat:
    """One file format. ``reads`` raises ``ValueError`` with half a sentence that says what is wrong.

    ``recognises`` looks at the first bytes.
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    recognises: Callable[[bytes], bool]
    reads: Callable[[Path], Recording]


def bare(labels: Sequence[str]) -> tuple[list[str], str]:
    """Return the points' names without a subject's prefix, and a note on names that stand twice.

    A prefix ends with a colon; or all names begin with it until a dot, a line or a space, and more of them
    are known without it. A name that stands twice is taken from both.
    """
    names = [label.rpartition(":")[2].strip() for label in labels]
    told = [name for name in names if name]
    prefix = _prefix(told)
    names = [name.removeprefix(prefix) for name in names]
    twice = {name for name, times in Counter(names).items() if name and times > 1}
    note = f"two points have the same name and are not used: {', '.join(sorted(twice))}" if twice else ""
    return ["" if name in twice else name for name in names], note


def _prefix(names: Sequence[str]) -> str:
    """Return what all names begin with that is a subject's; never one that ends in a side, as "R_" does."""
    first = min(names, default="")
    starts = [first[: at + 1] for at, sign in enumerate(first) if sign in SIGNS]
    cuts = [start for start in starts if all(name.startswith(start) for name in names)]
    subjects = [cut for cut in cuts if _last_part(cut) not in ("l", "r")]
    return max(("", *subjects), key=lambda cut: places_known([name.removeprefix(cut) for name in names]))


def _last_part(cut: str) -> str:
    return re.split(f"[{re.escape(SIGNS)}]", cut.rstrip(SIGNS))[-1].casefold()


def upright(points: NDArray[np.float64], axis: str) -> NDArray[np.float64]:
    """Turn axes so that y points up where ``axis`` did, such as "Z" or "-X"; right-handed as before."""
    order = {"Z": (0, 2, 1), "Y": (0, 1, 2), "X": (1, 0, 2)}[axis[-1]]
    signs = {"Z": (1, 1, -1), "Y": (1, 1, 1), "X": (-1, 1, 1)}[axis[-1]]
    # Upside down is half a turn about what is level.
    turned: NDArray[np.float64] = points[..., order] * np.array(signs, dtype=float)
    return turned * (1, -1, -1) if axis[0] == "-" else turned


def numbers(lines: list[str], columns: int) -> NDArray[np.float64]:
    """Return rows of numbers; what is empty or no number is not a number, short rows are filled up."""
    rows = np.full((len(lines), columns), np.nan)
    for row, line in zip(rows, lines, strict=True):
        cells = line.rstrip("\r\n").split("\t") if "\t" in line else line.split()
        for number, cell in enumerate(cells[:columns]):
            row[number] = _number(cell)
    return rows


def _number(cell: str) -> float:
    try:
        return float(cell.strip().strip('"'))
    except ValueError:
        return float("nan")
