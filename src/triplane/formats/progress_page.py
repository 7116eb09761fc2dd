"""Progress as one self-contained HTML page: each chart with its table, no request to anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from html import escape
from itertools import count
from math import ceil, floor

from triplane.coach import Direction, Felt, Point, Progress, RangeLine, Side
from triplane.formats.html_page import html_page, table
from triplane.history import FeelingKind

STYLE = """
:root{--left:#1f6fb2;--right:#b3541e;--stop:#b3123f;--edge:#7d7a72}
@media (prefers-color-scheme:dark){:root{--left:#7db8ea;--right:#f0a06a;--stop:#ff8aa3;--edge:#808894}}
body{max-width:56rem}h3{font-size:1rem;margin-bottom:.2rem}p{color:var(--ink-2)}
tbody th,td:last-child{white-space:nowrap}
svg{display:block;max-width:34rem;height:auto}.left{--side:var(--left)}.right{--side:var(--right)}
@media print{section{break-inside:avoid}}
"""

WIDTH, HEIGHT, EDGE = 340, 150, 58
"""The drawn size, near that of a phone, so that words in a chart are never smaller than beside it."""

MOST_STEPS = 5
"""How many steps a scale has at most, so that what they stand for is not written over each other."""

MUSCULAR = (FeelingKind.MUSCLE, FeelingKind.CRAMP)
"""Kinds of feeling that are soreness; all others are drawn as pain."""


def progress_page(progress: Progress, now: datetime) -> str:
    """Return the page. Every chart has a table beneath it that says the same."""
    parts = [
        "<h1>Progress</h1>",
        f"<p>As of {now:%d %B %Y}. A change counts as real only beyond what measuring alone can make.</p>",
        *_ranges(progress),
        *_minutes(progress),
        *_soreness(progress),
        *_running(progress),
    ]
    return html_page("Progress", parts, STYLE)


def _ranges(progress: Progress) -> Iterable[str]:
    """A chart for what was measured more than once, and one table for what was measured once."""
    yield "<h2>Range</h2>"
    yield "<p>These are your readings as they were taken; the map shows estimates made of them.</p>"
    again = [line for line in progress.lines if len(line.series.points) > 1]
    once = [line for line in progress.lines if len(line.series.points) == 1]
    for line in again:
        yield _range_section(line)
    if once:
        rows = [
            (range_name(line), str(line.series.method), _value(line, point), point.on.isoformat())
            for line in once
            for point in line.series.points
        ]
        told = table(("test", "by", "reading, 95 % band", "on"), rows, "measured once")
        yield f"<section><h3>Measured once</h3>{told}"
        yield "<p>One reading is not enough to speak of change.</p></section>"
    if not progress.lines:
        yield "<p>Nothing was measured yet.</p>"
    for refusal in progress.refusals:
        yield f"<p>{escape(refusal.reason.says)}</p>"


def _range_section(line: RangeLine) -> str:
    series = line.series
    rows = [(point.on.isoformat(), _value(line, point)) for point in series.points]
    return (
        f'<section class="{series.side}"><h3>{escape(range_name(line))} '
        f"<small>by {series.method}</small></h3>"
        f"<p>{escape(line.change.reason.says)} <strong>{line.change.certainty}</strong></p>"
        f"{range_chart(line)}{table(('date', 'median reading, 95 % band'), rows, range_name(line))}</section>"
    )


def range_name(line: RangeLine) -> str:
    """Say what a line is of: the test, whether owned, and the side."""
    owned = ", owned" if line.series.active else ""
    return f"{line.name}{owned}, {line.series.side}"


def _half_band(line: RangeLine) -> float:
    return line.series.error.half_band if line.series.error else 0.0


def _value(line: RangeLine, point: Point) -> str:
    return f"{point.value:g} ±{_half_band(line):.0f} {line.series.unit}"


def _minutes(progress: Progress) -> Iterable[str]:
    yield "<h2>End-range minutes a week</h2>"
    weeks = [week.monday.isoformat() for week in progress.minutes]
    for direction in Direction:
        title = direction.replace("_", " ")
        done = {str(side): [w.by_direction[direction][side] for w in progress.minutes] for side in Side}
        yield f"<section><h3>{title}</h3>{week_bars(title, progress, done)}"
        rows = [(week, *(f"{done[side][number]:.1f}" for side in Side)) for number, week in enumerate(weeks)]
        yield table(("week", "left, min", "right, min"), rows, title) + "</section>"
    stages = [
        (w.monday.isoformat(), *(f"{w.by_stage[s]:.0f}" for s in sorted(w.by_stage)))
        for w in progress.minutes
    ]
    heads = ("week", "release", "mobilise", "own", "strengthen", "integrate")
    yield f"<section><h3>Work by stage, minutes</h3>{table(heads, stages, 'work by stage')}</section>"


def _soreness(progress: Progress) -> Iterable[str]:
    yield "<h2>Soreness and pain</h2>"
    rows = [
        (told.day.isoformat(), "; ".join(map(felt_in_words, told.felt)) or "nothing sore")
        for told in progress.felt
    ]
    if rows:
        yield soreness_chart(progress)
        yield (
            "<p>A ring is muscle, an octagon is joint, tendon, nerve or pain while measured. "
            "A stop sign has no number and stands in the table alone.</p>"
        )
    yield table(("date", "what you felt"), rows, "soreness and pain") if rows else "<p>No check-in yet.</p>"


def felt_in_words(felt: Felt) -> str:
    """Say what was felt: where, which side, how much, and of what kind; without a place, what it was."""
    what = (felt.region or felt.kind).replace("_", " ")
    side = f" {felt.side}" if felt.side else ""
    score = f" {felt.score}" if felt.score is not None else ""
    kind = f" ({felt.kind})" if felt.region else ""
    return what + side + score + kind


def _running(progress: Progress) -> Iterable[str]:
    yield "<h2>Running</h2>"
    minutes = {"ink-2": [week.minutes for week in progress.running]}
    yield week_bars("running, minutes a week", progress, minutes)
    rows = [(w.monday.isoformat(), str(w.runs), f"{w.minutes:.0f}", f"{w.km:.1f}") for w in progress.running]
    yield table(("week", "runs", "minutes", "km"), rows, "running")


def range_chart(line: RangeLine) -> str:
    """Draw medians by date with their band; the scale runs from the lowest band end to the highest.

    Left is round and drawn through, right is square and dashed, so that a grey print tells them apart.
    """
    points, half, unit = line.series.points, _half_band(line), line.series.unit
    values = [point.value for point in points]
    scale = _scale(min(values) - half, max(values) + half)
    low, high = scale[0], scale[-1]
    days = (points[-1].on - points[0].on).days or 1

    def height(value: float) -> float:
        return HEIGHT - 30 - (value - low) / (high - low) * (HEIGHT - 46)

    def at(point: Point, shift: float) -> tuple[float, float]:
        x = EDGE + 8 + (point.on - points[0].on).days / days * (WIDTH - EDGE - 22)
        return x, height(point.value + shift)

    ends = [at(point, half) for point in points], [at(point, -half) for point in points]
    medians = [at(point, 0) for point in points]
    dashed = ' stroke-dasharray="6 4"' if line.series.side is Side.RIGHT else ""
    edge = '<polyline points="{}" fill="none" stroke="var(--side)" stroke-opacity=".5"/>'
    edges = "".join(edge.format(_path(end)) for end in ends)
    band = _path([*ends[0], *reversed(ends[1])])
    first, last = f"{points[0].on:%d %b %y}", f"{points[-1].on:%d %b %y}"
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(_over_time(range_name(line), points[0].on, points[-1].on))}">'
        f"{''.join(_step(height(value), _with_unit(value, unit)) for value in scale)}"
        f'<polygon points="{band}" fill="var(--side)" fill-opacity=".2"/>{edges}'
        f'<polyline points="{_path(medians)}" fill="none" stroke="var(--side)" stroke-width="2.2"{dashed}/>'
        f"{''.join(_mark(place, line.series.side) for place in medians)}"
        f"{_text(EDGE, HEIGHT - 6, first)}{_text(WIDTH - 4, HEIGHT - 6, last, 'end')}</svg>"
    )


def _over_time(what: str, first: date, last: date) -> str:
    """Say what a chart shows, for whoever does not see it."""
    return f"{what}. The time from {first:%d %B %Y} to {last:%d %B %Y}."


def week_bars(
    title: str, progress: Progress, rows: Mapping[str, Sequence[float]], top: float | None = None
) -> str:
    """Draw minutes as one bar for each row and week; the first row is filled, a second outlined.

    ``top`` is what fills the height, for charts that are read beside each other; missing: the highest bar.
    """
    weeks = [week.monday for week in progress.minutes]
    if top is None:
        top = max((value for values in rows.values() for value in values), default=0)
    top = _scale(0, top)[-1] if top else 0
    step = (WIDTH - EDGE - 4) / max(1, len(weeks))
    width = step * 0.8 / len(rows)
    drawn = []
    for place, (colour, values) in enumerate(rows.items()):
        look = f'fill="var(--{colour})"'
        if place:
            look += f' fill-opacity=".3" stroke="var(--{colour})" stroke-width="1.4"'
        for number, value in enumerate(values):
            high = value / (top or 1) * 70
            left = EDGE + number * step + place * width
            box = f'x="{left:.1f}" y="{84 - high:.1f}" width="{max(1, width - 1.5):.1f}" height="{high:.1f}"'
            drawn.append(f"<rect {box} {look}/>" if value else "")
    scale = _step(14, f"{top:g} min") + _text(EDGE - 6, 88, "0", "end") if top else ""
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} 104" role="img" '
        f'aria-label="{escape(_over_time(title, weeks[0], weeks[-1]))}">'
        f"{scale}{_floor(84)}{''.join(drawn)}"
        f"{_text(EDGE, 101, f'{weeks[0]:%d %b}')}{_text(WIDTH - 4, 101, f'{weeks[-1]:%d %b}', 'end')}</svg>"
    )


def soreness_chart(progress: Progress) -> str:
    """Draw the worst of each telling, 0 to 10: a ring for muscle, a filled octagon for anything else."""
    first, last = progress.minutes[0].monday, progress.minutes[-1].monday + timedelta(days=6)
    days, drawn = (last - first).days, []
    for told in progress.felt:
        x = EDGE + 6 + (told.day - first).days / days * (WIDTH - EDGE - 16)
        for muscle in (True, False):
            alike = (one for one in told.felt if (one.kind in MUSCULAR) is muscle)
            scores = [one.score for one in alike if one.score is not None]
            if scores:
                y = 100 - max(scores) * 8.6
                drawn.append(_ring(x, y) if muscle else _octagon(x, y))
    title = _over_time("Soreness and pain, 0 to 10", first, last)
    lines = "".join(_step(100 - score * 8.6, says) for score, says in ((0, "0"), (5, "5"), (10, "10")))
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} 122" role="img" '
        f'aria-label="{title}">{lines}{_floor(100)}{"".join(drawn)}'
        f"{_text(EDGE, 118, f'{first:%d %b}')}{_text(WIDTH - 4, 118, f'{last:%d %b}', 'end')}</svg>"
    )


def _path(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _mark(place: tuple[float, float], side: Side) -> str:
    x, y = place
    if side is Side.LEFT:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="var(--side)"/>'
    return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="var(--side)"/>'


def _ring(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="none" stroke="var(--ink-2)" stroke-width="2"/>'


def _octagon(x: float, y: float) -> str:
    corners = ((-2, -5), (2, -5), (5, -2), (5, 2), (2, 5), (-2, 5), (-5, 2), (-5, -2))
    return f'<polygon points="{_path((x + right, y + down) for right, down in corners)}" fill="var(--stop)"/>'


def _scale(low: float, high: float) -> list[float]:
    """Return round values at even steps, so few that they can be read, between which low and high lie."""
    steps = (base * 10**power for power in count(-1) for base in (1, 2, 5))
    step = next(one for one in steps if ceil(high / one) - floor(low / one) <= MOST_STEPS)
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    return [number * step for number in range(first, last + 1)]


def _step(y: float, says: str) -> str:
    """Draw one value of a scale: a thin line, and what it stands for beside it."""
    return _floor(y, ".35") + _text(EDGE - 6, y + 4, says, "end")


def _floor(y: float, opacity: str = "1") -> str:
    return f'<path d="M{EDGE} {y:.1f}H{WIDTH - 4}" stroke="var(--edge)" stroke-opacity="{opacity}"/>'


def _text(x: float, y: float, says: str, anchor: str = "start") -> str:
    place = f'x="{x}" y="{y}" text-anchor="{anchor}"'
    return f'<text {place} font-size="12" fill="var(--ink-2)">{escape(says)}</text>'


def _with_unit(value: float, unit: str) -> str:
    return f"{value:g}°" if unit in ("deg", "°") else f"{value:g} {unit}"
