"""Readings over time as SVG: both sides of one test by one method, with their error bands.

Left is a round point and a full line, right a square point and a dashed line. Geometry of the drawing only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import ceil, floor

from django.utils.translation import gettext

from triplane.coach import NormBand, Point, RangeHistory, RangeLine, Side
from triplane.web.said import said, short_day
from triplane.web.words import amount, sentence

LABEL_GAP = 17.0
"""How far apart the two words at the end of the lines stand at least."""


@dataclass(frozen=True)
class Paper:
    """A size to draw at, with the room around the plot: left for degrees, right for words."""

    width: float
    height: float
    left: float = 38
    right: float = 68
    top: float = 14
    bottom: float = 30


PHONE = Paper(310, 240)
LAPTOP = Paper(600, 320)


@dataclass(frozen=True)
class Frame:
    """A paper with what its edges mean: days across, the unit up."""

    paper: Paper
    first: date
    days: int
    low: float
    high: float

    def x(self, on: date, side: Side) -> float:
        """Return where a day lies; with one day only, the sides stand beside each other in the middle."""
        room = self.paper.width - self.paper.left - self.paper.right - 20
        if not self.days:
            return self.paper.left + 10 + room / 2 + (-14 if side is Side.LEFT else 14)
        return self.paper.left + 10 + room * (on - self.first).days / self.days

    def y(self, value: float) -> float:
        room = self.paper.height - self.paper.top - self.paper.bottom
        return self.paper.top + room * (self.high - value) / (self.high - self.low)


def history_chart(told: RangeHistory, paper: Paper) -> str:
    """Draw both sides of one test by one method over time."""
    frame = _frame(told, paper)
    sides = "".join(_side(line, frame) for line in reversed(told.lines))
    return (
        f'<svg class="chart" viewBox="0 0 {n(paper.width)} {n(paper.height)}" role="img" '
        f'aria-label="{escape(_alternative(told))}">{_norm(told.norm, frame)}{_grid(frame, told.test.unit)}'
        f"{_dates(told, frame)}{sides}{_ends(told, frame)}</svg>"
    )


def _frame(told: RangeHistory, paper: Paper) -> Frame:
    points = [point for line in told.lines for point in line.series.points]
    half = max(half_of(line) for line in told.lines)
    values = [value for point in points for value in (point.value - half, point.value + half)]
    values += [told.norm.low, told.norm.high] if told.norm else []
    days = [point.on for point in points]
    low, high = floor(min(values) / 5) * 5, ceil(max(values) / 5) * 5
    return Frame(paper, min(days), (max(days) - min(days)).days, low, max(high, low + 5))


def half_of(line: RangeLine) -> float:
    """How far to either side of one reading the true value may lie."""
    return line.series.error.half_band if line.series.error else 0.0


def _norm(norm: NormBand | None, frame: Frame) -> str:
    if norm is None:
        return ""
    usual = gettext("usual")
    top, bottom, paper = frame.y(norm.high), frame.y(norm.low), frame.paper
    return (
        f'<rect class="usual" x="{n(paper.left)}" y="{n(top)}" '
        f'width="{n(paper.width - paper.left - paper.right)}" height="{n(bottom - top)}"/>'
        f'<text x="{n(paper.left + 6)}" y="{n(top + 16)}">{usual}</text>'
    )


def _grid(frame: Frame, unit: str) -> str:
    step = 10 if frame.high - frame.low > 20 else 5
    first = ceil(frame.low / step) * step
    drawn, left, right = [], frame.paper.left, frame.paper.width - frame.paper.right
    for value in range(first, floor(frame.high) + 1, step):
        y = frame.y(value)
        drawn.append(
            f'<path class="line" d="M{n(left)} {n(y)}H{n(right)}"/>'
            f'<text x="{n(left - 6)}" y="{n(y + 4.5)}" text-anchor="end">{said_as(value, unit)}</text>'
        )
    return "".join(drawn)


def _dates(told: RangeHistory, frame: Frame) -> str:
    days = sorted({point.on for line in told.lines for point in line.series.points})
    y = n(frame.paper.height - 8)
    if len(days) == 1:
        middle = (frame.x(days[0], Side.LEFT) + frame.x(days[0], Side.RIGHT)) / 2
        return f'<text x="{n(middle)}" y="{y}" text-anchor="middle">{short_day(days[0])}</text>'
    first, last = frame.x(days[0], Side.LEFT), frame.x(days[-1], Side.LEFT)
    return (
        f'<text x="{n(first - 10)}" y="{y}">{short_day(days[0])}</text>'
        f'<text x="{n(last + 10)}" y="{y}" text-anchor="end">{short_day(days[-1])}</text>'
    )


def _side(line: RangeLine, frame: Frame) -> str:
    side, half, points = line.series.side, half_of(line), line.series.points
    places = [(frame.x(point.on, side), point.value) for point in points]
    if len(places) > 1:
        upper = [f"{n(x)} {n(frame.y(value + half))}" for x, value in places]
        lower = [f"{n(x)} {n(frame.y(value - half))}" for x, value in reversed(places)]
        middle = "L".join(f"{n(x)} {n(frame.y(value))}" for x, value in places)
        drawn = f'<path class="band" d="M{"L".join([*upper, *lower])}Z"/><path class="trend" d="M{middle}"/>'
    else:
        x, value = places[0]
        top, high = frame.y(value + half), frame.y(value - half) - frame.y(value + half)
        drawn = f'<rect class="band" x="{n(x - 9)}" y="{n(top)}" width="18" height="{n(high)}" rx="3"/>'
    dots = "".join(dot(x, frame.y(value), side) for x, value in places)
    return f'<g class="{side}">{drawn}{dots}</g>'


def dot(x: float, y: float, side: Side) -> str:
    if side is Side.LEFT:
        return f'<circle class="dot" cx="{n(x)}" cy="{n(y)}" r="5"/>'
    return f'<rect class="dot" x="{n(x - 4.6)}" y="{n(y - 4.6)}" width="9.2" height="9.2" rx="1.5"/>'


def _ends(told: RangeHistory, frame: Frame) -> str:
    """Name the lines at their end, never one word over the other."""
    drawn, last = [], -LABEL_GAP
    for line in sorted(told.lines, key=lambda line: -line.series.points[-1].value):
        last = max(frame.y(line.series.points[-1].value), last + LABEL_GAP)
        side, value = line.series.side, said_as(line.series.points[-1].value, told.test.unit)
        x = frame.paper.width - frame.paper.right + 4
        drawn.append(
            f'<text class="{side} end" x="{n(x)}" y="{n(last + 4.5)}">{sentence(said(side))} {value}</text>'
        )
    return "".join(drawn)


def _alternative(told: RangeHistory) -> str:
    ways = [f"{said(line.series.side)} {_way(line.series.points, told.test.unit)}" for line in told.lines]
    words = {"test": said(told.test.plain_name), "sides": "; ".join(ways)}
    return gettext("%(test)s: %(sides)s. The table says the same.") % words


def _way(points: Sequence[Point], unit: str) -> str:
    told = {"first": said_as(points[0].value, unit), "then": short_day(points[0].on)}
    if len(points) == 1:
        return gettext("%(first)s on %(then)s") % told
    told |= {"last": said_as(points[-1].value, unit), "now": short_day(points[-1].on)}
    return gettext("from %(first)s on %(then)s to %(last)s on %(now)s") % told


def said_as(value: float, unit: str) -> str:
    return amount(value, unit) + ("°" if unit == "deg" else "")


def n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
