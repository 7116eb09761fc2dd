"""Progress as one self-contained HTML page: each chart with its table, no request to anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

from triplane.coach import Direction, Feeling, Progress, Side

STYLE = """
:root{--paper:#faf7f2;--ink:#1d1b18;--ink-2:#5b564e;--left:#1f6fb2;--right:#b3541e;--band:#dfe8f0;--line:#d8d2c6}
@media (prefers-color-scheme:dark){:root{--paper:#171614;--ink:#efeae1;--ink-2:#b3ada1;--left:#7db8ea;
--right:#f0a06a;--band:#26323d;--line:#3a372f}}
body{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;max-width:56rem;
margin:2rem auto;padding:0 1rem}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.2rem}
h3{font-size:1rem;margin-bottom:.2rem}
p,caption{color:var(--ink-2)}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
td,th{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid var(--line)}
svg{display:block;max-width:100%;height:auto}.left{--side:var(--left)}.right{--side:var(--right)}
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
    yield "<h2>Range</h2>"
    if not progress.lines:
        yield "<p>Nothing was measured yet.</p>"
    for line in progress.lines:
        series, error = line.series, line.series.error
        name = f"{series.test.replace('_', ' ')}{', owned' if series.active else ''}, {series.side}"
        values = [point.value for point in series.points]
        half = 1.96 * error.sem if error else 0.0
        yield f'<section class="{series.side}"><h3>{escape(name)} <small>by {series.method}</small></h3>'
        yield f"<p>{escape(line.change.reason.says)} <strong>{line.change.certainty}</strong></p>"
        yield _line_chart(name, [point.on.isoformat() for point in series.points], values, half, series.unit)
        rows = [(p.on.isoformat(), f"{p.value:g} ±{half:.0f} {series.unit}") for p in series.points]
        yield _table(("date", "median with 95 % band"), rows) + "</section>"
    for refusal in progress.refusals:
        yield f"<p>{escape(refusal.reason.says)}</p>"


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


def _line_chart(title: str, dates: Sequence[str], values: Sequence[float], half: float, unit: str) -> str:
    low, high = min(values) - half, max(values) + half
    spread = (high - low) or 1.0

    def x(number: int) -> float:
        return EDGE + number * (WIDTH - 2 * EDGE) / max(1, len(values) - 1)

    def y(value: float) -> float:
        return HEIGHT - 20 - (value - low) / spread * (HEIGHT - 40)

    upper = [f"{x(n):.1f},{y(v + half):.1f}" for n, v in enumerate(values)]
    lower = [f"{x(n):.1f},{y(v - half):.1f}" for n, v in reversed(list(enumerate(values)))]
    path = " ".join(f"{x(n):.1f},{y(v):.1f}" for n, v in enumerate(values))
    dot = '<circle cx="{:.1f}" cy="{:.1f}" r="4" fill="var(--side)"/>'
    dots = "".join(dot.format(x(n), y(v)) for n, v in enumerate(values))
    label = f"{escape(title)}, from {dates[0]} to {dates[-1]}"
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        f'<polygon points="{" ".join(upper + lower)}" fill="var(--band)"/>'
        f'<polyline points="{path}" fill="none" stroke="var(--side)" stroke-width="2"/>{dots}'
        f'<text x="0" y="{y(high) + 4:.0f}" font-size="11" fill="var(--ink-2)">{high:.0f} {unit}</text>'
        f'<text x="0" y="{y(low) + 4:.0f}" font-size="11" fill="var(--ink-2)">{low:.0f} {unit}</text></svg>'
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
