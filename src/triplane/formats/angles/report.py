"""One page about a recording: the curves, what is read off them with its spread, and how it was come by."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.formats.angles.curves import panels
from triplane.movement import DIRECTIONS, Extremes, HipMotion, extremes, reference, symmetry_deg

STYLE = """
:root{--paper:#faf7f2;--ink:#1d1b18;--ink-2:#5b564e;--line:#d8d2c6;--left:#1f5fbf;--right:#b8500f}
@media (prefers-color-scheme:dark){:root{--paper:#171614;--ink:#efeae1;--ink-2:#b3ada1;--line:#3a372f;
--left:#7db8ea;--right:#f0a06a}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:72rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.2rem;margin-top:2.2rem}
.curves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(19rem,100%),1fr));gap:.6rem}
.curves img{width:100%;height:auto;background:#fff;border-radius:6px}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line)}
td{white-space:nowrap}tbody th{font-weight:400}
.small{color:var(--ink-2);font-size:.9rem}
.l{color:var(--left)}.r{color:var(--right)}
@media print{body{margin:0}h2{break-after:avoid}}
"""

PELVIS = ("Pelvis tilt forward", "Pelvis right side down", "Pelvis turned to the left")
SPREAD = ("Highest ± SD", "Lowest ± SD", "Range")


def report(found: HipMotion, name: str) -> str:
    """Return the page, whole in itself: nothing is requested from anywhere."""
    parts = [
        f"<h1>{escape(name)}</h1><p>{_how(found)}</p>",
        _curves(found),
        _extremes(found),
        _reference(found),
        _agreement(found),
        _list("Not measured", found.missing),
        _list("To know", found.notes),
        "<p class=small>Angles in degrees: flexion, abduction and turning out are positive on both sides. "
        "A description of one recording: no diagnosis, and nothing about injury follows from it.</p>",
    ]
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(name)}: pelvis and hips</title><style>{STYLE}</style>"
    )
    body = f"<main>{''.join(parts)}</main>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>\n'


def _how(found: HipMotion) -> str:
    if found.method is None:
        return "Nothing was measured."
    gait = ""
    if found.gait.cadence_spm:
        word = "Running" if found.gait.is_running else "Walking"
        gait = f" {word}, {found.gait.cadence_spm:.0f} steps a minute."
    return f"From {escape(found.method.says)}.{gait}"


def _curves(found: HipMotion) -> str:
    if found.angles is None:
        return ""
    pictures = "".join(
        f'<img src="data:image/svg+xml;base64,{b64encode(drawing).decode()}" '
        f'alt="{escape(title)}: the curve; its highest and lowest stand below">'
        for title, drawing in panels(found).items()
    )
    key = "<p><b class=l>Left is blue, drawn through</b>; <b class=r>right is orange, dashed</b>."
    if any(len(cycles.each_deg) > 1 for cycles in found.cycles.values()):
        key += " A band is one standard deviation to either side, from cycle to cycle."
    return f"{key}</p><div class=curves>{pictures}</div>"


def _extremes(found: HipMotion) -> str:
    pelvis = next((one for one in found.pelvis_cycles.values() if len(one.each_deg)), None)
    rows = list(_rows(PELVIS, extremes(pelvis))) if pelvis else []
    for side in Side:
        cycles = found.cycles.get(side)
        names = [f"{side.title()} {direction}" for direction in DIRECTIONS]
        rows += _rows(names, extremes(cycles) if cycles else ())
    if not rows:
        return "<h2>Over the whole recording</h2><p>No whole cycle was seen.</p>" + _whole(found)
    left, right = found.cycles.get(Side.LEFT), found.cycles.get(Side.RIGHT)
    said = ""
    if left and right and np.isfinite(apart := symmetry_deg(left, right)).all():
        each = ", ".join(f"{direction} {gap:.1f}" for direction, gap in zip(DIRECTIONS, apart, strict=True))
        said = f"<p>Left and right differ by (root mean square over the cycle, degrees): {each}.</p>"
    return "<h2>Read off the cycles</h2>" + _table(("Degrees", *SPREAD), rows) + said


def _rows(names: Sequence[str], each: Sequence[Extremes]) -> Iterable[tuple[str, ...]]:
    for name, one in zip(names, each, strict=False):
        high, low = _deg(one.highest), _deg(one.lowest)
        spread = f"{high} {_spread(one.highest_sd)}", f"{low} {_spread(one.lowest_sd)}"
        yield name, *spread, _deg(one.range)


def _whole(found: HipMotion) -> str:
    if found.angles is None:
        return ""
    rows = list(_ends(PELVIS, found.angles.pelvis_deg))
    for side, hip in found.angles.hip_deg.items():
        rows += _ends([f"{side.title()} {direction}" for direction in DIRECTIONS], hip)
    return _table(("Degrees", "Highest", "Lowest"), rows)


def _ends(names: Sequence[str], angles: NDArray[np.float64]) -> Iterable[tuple[str, ...]]:
    for name, values in zip(names, angles.T, strict=True):
        seen = values[np.isfinite(values)]
        yield (
            (name, _deg(seen.max()), _deg(seen.min()))
            if len(seen)
            else (name, "not measured", "not measured")
        )


def _reference(found: HipMotion) -> str:
    beside = reference(found.gait)
    if beside is None:
        return ""
    rows = [(what.capitalize(), f"{_deg(mean, 0)} ± {sd:.0f}") for what, (mean, sd) in beside.values.items()]
    return (
        f"<h2>Others beside it</h2><p class=small>{escape(beside.of.capitalize())}: {escape(beside.who)}. "
        "A description of other people, not a target. Highest and lowest move with where the markers of the "
        "pelvis lie; the ranges compare better.</p>" + _table(("Right hip", "Mean ± SD"), rows)
    )


def _agreement(found: HipMotion) -> str:
    rows = [
        (f"{method.says[:1].upper()}{method.says[1:]}, {side}", *(f"{gap:.3f}" for gap in gaps))
        for method, sides in found.agreement_deg.items()
        for side, gaps in sides.items()
    ]
    if not rows:
        return ""
    table = _table(("The same from", *(direction.capitalize() for direction in DIRECTIONS)), rows)
    return f"<h2>By another way</h2><p class=small>Root mean square difference, degrees.</p>{table}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table that scrolls by itself where a page is narrow; reachable by keyboard for that."""
    top = "".join(f"<th scope=col>{escape(head)}</th>" for head in heads)
    body = "".join(
        f"<tr><th scope=row>{escape(first)}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
        for first, *cells in rows
    )
    label = escape(heads[0])
    return (
        f'<div class=wide role=region tabindex=0 aria-label="{label}"><table><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _deg(value: float, places: int = 1) -> str:
    return f"{value:.{places}f}".replace("-", "−")


def _spread(sd: float) -> str:
    return f"± {sd:.1f}" if np.isfinite(sd) else "(one cycle)"


def _list(title: str, sentences: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(said[:1].upper() + said[1:])}.</li>" for said in sentences)
    return f"<h2>{title}</h2><ul>{items}</ul>" if items else ""
