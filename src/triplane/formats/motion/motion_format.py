"""What a motion format gives, and what several of them need: units by their names."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from triplane.movement import Recording

METRES = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "inches": 0.0254}
"""What a unit's name is in metres."""


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
