"""Progress as one self-contained HTML page: each chart with its table, no request to anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

from triplane.coach import Direction, Feeling, Point, Progress, RangeLine, Side, protocol

STYLE = """
:root{--paper:#faf7f2;--ink:#1d1b18;--ink-2:#5b564e;--left:#1f6fb2;--right:#b3541e;--band:#dfe8f0;--line:#d8d2c6}
@media (prefers-color-scheme:dark){:root{--paper:#171614;--ink:#efeae1;--ink-2:#b3ada1;--left:#7db8ea;
--right:#f0a06a;--band:#26323d;--line:#3a372f}}
body{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;max-width:56rem;
margin:2rem auto;padding:0 1rem}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.2rem}
h3{font-size:1rem;margin-bottom:.2rem}
p,caption{color:var(--ink-2)}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
td,th{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid var(--line)}
td:last-child{white-space:nowrap}svg{display:block;max-width:34rem;height:auto}.left{--side:var(--left)}.right{--side:var(--right)}
@media print{body{margin:0}h2{break-after:avoid}section{break-inside:avoid}}
"""

WIDTH, HEIGHT, EDGE = 520, 150, 34


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
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Progress</title><style>{STYLE}</style><main>{''.join(parts)}</main></html>\n"
    )


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
            (_name(line), str(line.series.method), _value(line, point), point.on.isoformat())
            for line in once
            for point in line.series.points
        ]
        yield f"<section><h3>Measured once</h3>{_table(('test', 'by', 'reading, 95 % band', 'on'), rows)}"
        yield "<p>One reading is not enough to speak of change.</p></section>"
    if not progress.lines:
        yield "<p>Nothing was measured yet.</p>"
    for refusal in progress.refusals:
        yield f"<p>{escape(refusal.reason.says)}</p>"


def _range_section(line: RangeLine) -> str:
    series = line.series
    rows = [(point.on.isoformat(), _value(line, point)) for point in series.points]
    return (
        f'<section class="{series.side}"><h3>{escape(_name(line))} <small>by {series.method}</small></h3>'
        f"<p>{escape(line.change.reason.says)} <strong>{line.change.certainty}</strong></p>"
        f"{_line_chart(line)}{_table(('date', 'median reading, 95 % band'), rows)}</section>"
    )


def _name(line: RangeLine) -> str:
    owned = ", owned" if line.series.active else ""
    return f"{protocol(line.series.test).name}{owned}, {line.series.side}"


def _half_band(line: RangeLine) -> float:
    return 1.96 * line.series.error.sem if line.series.error else 0.0


def _value(line: RangeLine, point: Point) -> str:
    return f"{point.value:g} ±{_half_band(line):.0f} {line.series.unit}"


def _minutes(progress: Progress) -> Iterable[str]:
    yield "<h2>End-range minutes a week</h2>"
    weeks = [week.monday.isoformat() for week in progress.minutes]
    for direction in Direction:
        title = direction.replace("_", " ")
        done = {str(side): [w.by_direction[direction][side] for w in progress.minutes] for side in Side}
        yield f"<section><h3>{title}</h3>{_bars(title, weeks, done)}"
        rows = [(week, *(f"{done[side][number]:.1f}" for side in Side)) for number, week in enumerate(weeks)]
        yield _table(("week", "left, min", "right, min"), rows) + "</section>"
    stages = [
        (w.monday.isoformat(), *(f"{w.by_stage[s]:.0f}" for s in sorted(w.by_stage)))
        for w in progress.minutes
    ]
    heads = ("week", "release", "mobilise", "own", "strengthen", "integrate")
    yield f"<section><h3>Work by stage, minutes</h3>{_table(heads, stages)}</section>"


def _soreness(progress: Progress) -> Iterable[str]:
    yield "<h2>Mornings</h2>"
    rows = [
        (morning.day.isoformat(), "; ".join(_feeling(f) for f in morning.soreness) or "nothing sore")
        for morning in progress.soreness
    ]
    yield _table(("date", "how you woke up"), rows) if rows else "<p>No check-in yet.</p>"


def _feeling(feeling: Feeling) -> str:
    side = f" {feeling.side}" if feeling.side else ""
    return f"{feeling.region.replace('_', ' ')}{side} {feeling.score} ({feeling.kind})"


def _running(progress: Progress) -> Iterable[str]:
    yield "<h2>Running</h2>"
    weeks = [week.monday.isoformat() for week in progress.running]
    yield _bars("running, minutes a week", weeks, {"ink-2": [week.minutes for week in progress.running]})
    rows = [(w.monday.isoformat(), str(w.runs), f"{w.minutes:.0f}", f"{w.km:.1f}") for w in progress.running]
    yield _table(("week", "runs", "minutes", "km"), rows)


def _line_chart(line: RangeLine) -> str:
    """Draw medians by date with their band; the scale runs from the lowest band end to the highest."""
    points, half, unit = line.series.points, _half_band(line), line.series.unit
    low = min(point.value for point in points) - half
    high = max(point.value for point in points) + half
    days = (points[-1].on - points[0].on).days or 1

    def at(point: Point, shift: float) -> str:
        x = EDGE + (point.on - points[0].on).days / days * (WIDTH - 2 * EDGE)
        y = HEIGHT - 20 - (point.value + shift - low) / ((high - low) or 1) * (HEIGHT - 40)
        return f"{x:.1f},{y:.1f}"

    band = [at(point, half) for point in points] + [at(point, -half) for point in reversed(points)]
    medians = [at(point, 0) for point in points]
    dot = '<circle cx="{}" cy="{}" r="4" fill="var(--side)"/>'
    label = f"{escape(_name(line))}, from {points[0].on} to {points[-1].on}"
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        f'<polygon points="{" ".join(band)}" fill="var(--band)"/>'
        f'<polyline points="{" ".join(medians)}" fill="none" stroke="var(--side)" stroke-width="2"/>'
        f"{''.join(dot.format(*place.split(',')) for place in medians)}"
        f'<text x="0" y="24" font-size="11" fill="var(--ink-2)">{high:.0f} {unit}</text>'
        f'<text x="0" y="{HEIGHT - 16}" font-size="11" fill="var(--ink-2)">{low:.0f} {unit}</text></svg>'
    )


def _bars(title: str, weeks: Sequence[str], rows: Mapping[str, list[float]]) -> str:
    top = max((value for values in rows.values() for value in values), default=0) or 1
    width = (WIDTH - EDGE) / max(1, len(weeks)) / len(rows)
    drawn = []
    for place, (colour, values) in enumerate(rows.items()):
        for number, value in enumerate(values):
            high = value / top * 80
            left = EDGE + (number * len(rows) + place) * width
            box = f'x="{left:.1f}" y="{90 - high:.1f}" width="{width - 2:.1f}" height="{high:.1f}"'
            drawn.append(f'<rect {box} fill="var(--{colour})"/>')
    return (
        f'<svg viewBox="0 0 {WIDTH} 96" role="img" aria-label="{escape(title)}, {weeks[0]} to {weeks[-1]}">'
        f'<text x="0" y="14" font-size="11" fill="var(--ink-2)">{top:.0f}</text>{"".join(drawn)}</svg>'
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
