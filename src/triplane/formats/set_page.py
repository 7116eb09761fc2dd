"""One page about a set that a camera watched: how far each way went, what was wrong, what was not seen."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from triplane.coach import SetWatched
from triplane.formats.html_page import bullets, html_page, sentence, table

STYLE = """
:root{--way:#1f5fbf;--stop:#b3123f}
@media (prefers-color-scheme:dark){:root{--way:#7db8ea;--stop:#ff8aa3}}
body{max-width:60rem}
th,td{vertical-align:top}tbody th{white-space:nowrap}td{min-width:4rem}td:last-child{min-width:11rem}
svg{display:block;width:100%;min-width:32rem;height:auto;font:12px system-ui,sans-serif}
svg text{fill:var(--ink-2)}svg .axis{stroke:var(--line)}
svg .way{fill:none;stroke:var(--way);stroke-width:1.8}svg .fault{stroke:var(--stop);stroke-width:1.5}
svg.short{min-width:0;max-width:35rem}
@media (max-width:40rem){svg{font-size:19px}svg.short{font-size:17px}
tbody th{white-space:normal}td:last-child{min-width:7rem}}
"""

WIDTH, HEIGHT, LEFT, FOOT = 900, 190, 94, 24
"""The drawn size of the way, and its edges."""

SHORT_S, SHORT_WIDTH = 45, 560
"""A set of so many seconds is drawn so wide: it fits on a phone as a whole, a longer one scrolls. Ours."""

CLOCK_APART = 65
"""The times below the way stand at least so far apart, and from its end: none covers another or is cut."""

LOWEST, HIGHEST = -0.15, 1.25
"""Shares of the way between which it is drawn, and as much more as somebody went."""

MARGIN = 0.03
"""So much of the height stays free above and below what was seen."""

APART = 20
"""The names of two levels stand at least so far apart: a little more than letters are high on a phone."""


def set_page(found: SetWatched, name: str, notes: Sequence[str] = ()) -> str:
    """Return the page, whole in itself: nothing is requested from anywhere."""
    parts = [
        f"<h1>{escape(found.drill)}, {found.side}</h1>",
        f"<p>{escape(in_short(found))}</p>",
        _way(found),
        _repetitions(found),
        _faults(found),
        _read(found),
        bullets("Ask yourself", found.ask, "No camera sees these."),
        _unseen(found, notes),
        f"<p class=small>From the video {escape(name)}, by the 33 points that a pose model finds. What one "
        "camera sees of a movement is rough: a description, no diagnosis.</p>",
    ]
    return html_page(f"{found.drill}: a set", parts, STYLE)


def in_short(found: SetWatched) -> str:
    """Return what the set came to, in a few sentences."""
    count = len(found.repetitions)
    counted = f"{count} repetition{'' if count == 1 else 's'}"
    said = [f"{counted} in {found.seconds:.0f} s, {found.clean} clean."]
    if found.holds:
        each = ", ".join(f"{one.seconds:.0f}" for one in found.holds)
        said.append(f"Held for {each} s.")
    said += [f"{what}: {took}." for what, took in _tempo(found)]
    if found.ended_s is not None:
        said.append(f"At {found.ended_s:.1f} s form had broken for good, where a set ends: {found.ended_by}")
    if not found.measured:
        said.append("Nothing was measured.")
    elif found.measured < 0.9:
        said.append(f"Measured in {100 * found.measured:.0f} % of the pictures.")
    return " ".join(said)


def _tempo(found: SetWatched) -> Iterable[tuple[str, str]]:
    out, back = ([one.out_s for one in found.repetitions], [one.back_s for one in found.repetitions])
    for what, took, wanted in (("Out", out, found.tempo_s[0]), ("Back", back, found.tempo_s[1])):
        seen = sorted(seconds for seconds in took if seconds is not None)
        if seen and wanted:
            yield what, f"{seen[len(seen) // 2]:.1f} s mostly, {wanted:g} s in the drill"


def _way(found: SetWatched) -> str:
    """Draw how far along its way the movement was, with a line where a fault was seen."""
    if not found.measured:
        return ""
    start = found.curve[0][0]
    length = max(found.curve[-1][0] - start, 1.0)
    width, kind = (SHORT_WIDTH, ' class="short"') if length <= SHORT_S else (WIDTH, "")
    shares = [share for _, share in found.curve if share is not None]
    lowest, highest = min(LOWEST, *shares), max(HIGHEST, *shares)
    free = MARGIN * (highest - lowest)
    low, high = lowest - free, highest + free

    def x(at_s: float) -> float:
        return LEFT + (width - LEFT) * (at_s - start) / length

    def y(share: float) -> float:
        return (HEIGHT - FOOT) * (high - share) / (high - low)

    lines = "".join(
        f'<polyline class="way" points="{" ".join(f"{x(at):.1f},{y(share):.1f}" for at, share in seen)}"/>'
        for is_seen, run in groupby(found.curve, key=lambda point: point[1] is not None)
        if is_seen and len(seen := [(at, share) for at, share in run if share is not None]) > 1
    )
    aside = max(0.0, APART - (y(0.0) - y(1.0))) / 2
    levels = "".join(
        f'<line class="axis" x1="{LEFT}" x2="{width}" y1="{y(share):.1f}" y2="{y(share):.1f}"/>'
        f'<text x="0" y="{y(share) + 4 + by:.1f}">{said}</text>'
        for share, said, by in ((0.0, "start", aside), (1.0, "as shown", -aside))
    )
    apart = length * CLOCK_APART / (width - LEFT)
    step = next((one for one in (1, 2, 5, 10, 30, 60, 300) if one >= apart), 600)
    clock = "".join(
        f'<text x="{x(start + at):.1f}" y="{HEIGHT - 6}">{at} s</text>'
        for at in range(0, int(length - apart) + 1, step)
    )
    faults = "".join(
        f'<line class="fault" x1="{x(one.at_s):.1f}" x2="{x(one.at_s):.1f}" y1="0" y2="{HEIGHT - FOOT}"/>'
        for one in found.faults
    )
    told = (
        f"The way over time: {len(found.repetitions)} times out and back, {len(found.faults)} faults. "
        "The tables say the same."
    )
    key = "A red line is where a fault was seen. " if found.faults else ""
    return (
        f"<h2>The way</h2><p class=small>{key}Where the line is broken, nothing was measured.</p>"
        f'<div class=wide role=region tabindex=0 aria-label="The way">'
        f'<svg{kind} viewBox="0 0 {width} {HEIGHT}" role="img" aria-label="{told}">'
        f"{levels}{clock}{lines}{faults}</svg></div>"
    )


def _repetitions(found: SetWatched) -> str:
    rows = [
        (
            str(one.number),
            f"{one.start_s:.1f} to {one.end_s:.1f} s",
            f"{100 * one.reached:.0f} %",
            _seconds(one.out_s),
            _seconds(one.back_s),
            "; ".join(said.rstrip(".") for said in one.happens) or "none seen",
        )
        for one in found.repetitions
    ]
    heads = ("Number", "When", "How far", "Out", "Back", "Faults")
    return f"<h2>Repetitions</h2>{table(heads, rows)}" if rows else ""


def _faults(found: SetWatched) -> str:
    rows = [(f"{one.at_s:.1f} s", one.happens, one.say) for one in found.faults]
    return f"<h2>Faults</h2>{table(('From', 'What happened', 'What to do'), rows)}" if rows else ""


def _read(found: SetWatched) -> str:
    """Say how far each signal went, with its error; or that it was not measured, and why."""
    rows: list[tuple[str, ...]] = []
    for one in found.read:
        if one.low is None or one.high is None:
            rows.append((one.what, "not measured", "", one.why_not))
        else:
            places = 0 if one.unit == "degrees" else 2
            span = f"{one.low:.{places}f} to {one.high:.{places}f} {one.unit}".replace("-", "−")
            rows.append((one.what, span, f"± {one.error:g}", ""))
    heads: tuple[str, ...] = ("What was read", "From, to", "One standard error", "Why not")
    if not any(why for *_, why in rows):
        heads, rows = heads[:3], [row[:3] for row in rows]
    return f"<h2>What was measured</h2>{table(heads, rows)}" if rows else ""


def _unseen(found: SetWatched, notes: Sequence[str]) -> str:
    said = [f"{one.says} ({one.seconds:.1f} s)" for one in found.in_the_way]
    told = [sentence(note) for note in notes]
    return bullets("In the way of seeing", said, found.place) + bullets("Of the file", told)


def _seconds(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.1f} s"
