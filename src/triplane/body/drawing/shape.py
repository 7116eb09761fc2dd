"""Shapes on the page: the tight skin round circles, as one smooth path."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from triplane.body.contact import convex_outline

Circle = tuple[float, float, float]
"""x, y and radius on the page."""

SPOKES = 48


@dataclass(frozen=True)
class Shape:
    """One thing to draw: how near it is, what it is painted with, and its circles or its own SVG."""

    depth: float
    paint: str
    circles: tuple[Circle, ...]
    element: str = ""

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return (
            min(x - r for x, _, r in self.circles),
            min(y - r for _, y, r in self.circles),
            max(x + r for x, _, r in self.circles),
            max(y + r for _, y, r in self.circles),
        )


A_HAIR = 1e-6
"""Processors differ in the last bits of a sum: so a half of a tenth is written up by all of them."""


def number(value: float) -> str:
    """Write a length with one decimal, never as minus nought."""
    text = f"{value + A_HAIR:.1f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def skin(circles: Sequence[Circle]) -> str:
    """Return the path data of the smallest convex skin round the circles: straight edges and arcs."""
    owner: dict[tuple[float, float], int] = {}
    for which, (x, y, radius) in enumerate(circles):
        for spoke in range(SPOKES):
            angle = 2 * pi * spoke / SPOKES
            owner.setdefault((x + radius * cos(angle), y + radius * sin(angle)), which)
    outline = convex_outline(list(owner))
    start = next((i for i, spot in enumerate(outline) if owner[spot] != owner[outline[i - 1]]), None)
    if start is None:
        x, y, radius = circles[owner[outline[0]]]
        return _whole_circle(x, y, radius)
    outline = outline[start:] + outline[:start]
    runs: list[list[tuple[float, float]]] = []
    for spot in outline:
        if not runs or owner[runs[-1][-1]] != owner[spot]:
            runs.append([])
        runs[-1].append(spot)
    return _path(runs, [circles[owner[run[0]]][2] for run in runs])


def _path(runs: Sequence[Sequence[tuple[float, float]]], radii: Sequence[float]) -> str:
    parts = []
    for i, (run, radius) in enumerate(zip(runs, radii, strict=True)):
        (x, y), (end_x, end_y) = run[0], run[-1]
        parts.append(f"{'L' if i else 'M'}{number(x)} {number(y)}")
        if hypot(end_x - x, end_y - y) > 0.05:
            large = 1 if len(run) > SPOKES / 2 else 0
            r = number(radius)
            parts.append(f"A{r} {r} 0 {large} 1 {number(end_x)} {number(end_y)}")
    return "".join(parts) + "Z"


def _whole_circle(x: float, y: float, radius: float) -> str:
    r = number(radius)
    half = f"A{r} {r} 0 1 1 "
    return (
        f"M{number(x - radius)} {number(y)}{half}{number(x + radius)} {number(y)}"
        f"{half}{number(x - radius)} {number(y)}Z"
    )
