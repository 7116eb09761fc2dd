"""One measurement on a line as SVG: its readings, the median with its error, and what is usual."""

from math import ceil, floor

from django.utils.translation import gettext

from triplane.coach import Measured
from triplane.web.hips.chart import dot, half_of, n, said_as
from triplane.web.units import shown

LEFT, ROOM = 24.0, 302.0
STEPS = (1, 2, 5, 10, 20, 50, 100, 200)


def strip(one: Measured, unit: str) -> str:
    """Draw one measurement; nothing where it is void."""
    median, side = one.measurement.verdict.median, one.measurement.body.side
    if one.line is None or median is None:
        return ""
    median, half = shown(median, unit), shown(half_of(one.line), unit)
    readings = [shown(value, unit) for value in one.measurement.body.readings]
    usual_range = [shown(bound, unit) for bound in (one.norm.low, one.norm.high)] if one.norm else []
    values = [median - half, median + half, *readings, *usual_range]
    step = next(size for size in STEPS if (max(values) - min(values)) / size <= 6)
    low, high = floor(min(values) / step) * step, ceil(max(values) / step) * step
    scale = ROOM / max(high - low, 1)

    def x(value: float) -> float:
        return LEFT + scale * (value - low)

    usual = _usual(*(x(bound) for bound in usual_range)) if usual_range else ""
    width = x(median + half) - x(median - half)
    band = f'<rect class="band" x="{n(x(median - half))}" y="36" width="{n(width)}" height="32" rx="8"/>'
    dots = "".join(dot(x(value), 52, side) for value in readings)
    ticks = "".join(
        f'<text x="{n(x(value))}" y="100" text-anchor="middle">{said_as(value, unit)}</text>'
        for value in range(low, high + 1, step)
    )
    return (
        f'<svg class="chart {side}" viewBox="0 0 350 108" aria-hidden="true">{usual}{band}{dots}'
        f'<path class="middle" d="M{n(x(median))} 32V72"/><path class="ground" d="M24 82H326"/>{ticks}</svg>'
    )


def _usual(low: float, high: float) -> str:
    told = gettext("usual")
    return (
        f'<rect class="usual" x="{n(low)}" y="30" width="{n(high - low)}" height="44"/>'
        f'<text x="{n((low + high) / 2)}" y="22" text-anchor="middle">{told}</text>'
    )
