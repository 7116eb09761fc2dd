"""One page about a recording: the curves, what is read off them with its spread, and how it was come by."""

from html import escape

import numpy as np

from triplane.body import Side
from triplane.formats.angles.curves import curves
from triplane.movement import DIRECTIONS, HipMotion, Method, extremes, reference, symmetry_deg

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#23201b;background:#fbf9f4;max-width:70rem;margin:2rem auto;
padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid #ddd6c8}
svg{max-width:100%;height:auto}
.small{color:#6b655a;font-size:.9rem}@media print{body{margin:0}}
"""

SAID = {
    Method.LAB: "the laboratory's own angles, as the file holds them",
    Method.AXES: "the ends of the segments' axes that the file holds",
    Method.CALIBRATED: "clusters of markers with a standing calibration (ISB axes)",
    Method.KNEES: "markers of the pelvis and of both sides of the knee (ISB axes)",
    Method.PLUG_IN_GAIT: "markers by the Plug-in Gait model",
    Method.TURNS: "how the file's skeleton turned; its hips are no anatomical ones",
}


def report(found: HipMotion, name: str) -> str:
    """Return the page, whole in itself."""
    drawing = curves(found, name, "svg").decode()
    drawing = drawing[drawing.index("<svg") :]
    parts = [
        f"<h1>{escape(name)}</h1>",
        f"<p>{_how(found)}</p>",
        drawing,
        "<h2>Read off the cycles</h2>" + _extremes(found),
        _reference(found),
        _agreement(found),
        _list("Not measured", found.missing),
        _list("To know", found.notes),
        "<p class=small>Angles in degrees: flexion, abduction and turning out are positive on both sides. "
        "A description of one recording: no diagnosis, and nothing about injury follows from it.</p>",
    ]
    head = f'<meta charset="utf-8"><title>{escape(name)}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>'


def _how(found: HipMotion) -> str:
    if found.method is None:
        return "Nothing was measured."
    gait = ""
    if found.gait.cadence_spm:
        word = "Running" if found.gait.is_running else "Walking"
        gait = f" {word}, {found.gait.cadence_spm:.0f} steps a minute."
    return f"From {escape(SAID[found.method])}.{gait}"


def _extremes(found: HipMotion) -> str:
    rows = []
    for side in Side:
        cycles = found.cycles.get(side)
        for direction, one in zip(DIRECTIONS, extremes(cycles) if cycles else (), strict=False):
            rows.append(
                f"<tr><td>{side.title()} {direction}<td>{one.highest:.1f} {_spread(one.highest_sd)}"
                f"<td>{one.lowest:.1f} {_spread(one.lowest_sd)}<td>{one.range:.1f}"
            )
    if not rows:
        return "<p>No whole cycle was seen.</p>"
    both = [found.cycles.get(side) for side in Side]
    apart = symmetry_deg(*both) if all(one is not None for one in both) else np.full(3, np.nan)  # type: ignore[arg-type]
    line = ", ".join(f"{direction} {gap:.1f}" for direction, gap in zip(DIRECTIONS, apart, strict=True))
    said = f"<p>Left and right differ by (root mean square over the cycle, degrees): {line}.</p>"
    heads = "<tr><th>Hip<th>Highest ± SD<th>Lowest ± SD<th>Range"
    return f"<table>{heads}{''.join(rows)}</table>" + (said if np.isfinite(apart).all() else "")


def _spread(sd: float) -> str:
    return f"± {sd:.1f}" if np.isfinite(sd) else "(one cycle)"


def _reference(found: HipMotion) -> str:
    beside = reference(found.gait)
    if beside is None:
        return ""
    rows = "".join(
        f"<tr><td>{escape(what)}<td>{mean:.0f} ± {sd:.0f}" for what, (mean, sd) in beside.values.items()
    )
    return (
        f"<h2>Others beside it</h2><p class=small>{escape(beside.of)}: {escape(beside.who)}. "
        f"A description of other people, not a target.</p><table>{rows}</table>"
    )


def _agreement(found: HipMotion) -> str:
    rows = [
        f"<tr><td>{escape(SAID[method])}<td>{side.title()}" + "".join(f"<td>{gap:.3f}" for gap in gaps)
        for method, sides in found.agreement_deg.items()
        for side, gaps in sides.items()
    ]
    if not rows:
        return ""
    heads = "<tr><th>The same by<th>Side" + "".join(f"<th>{direction}" for direction in DIRECTIONS)
    table = f"<table>{heads}{''.join(rows)}</table>"
    return f"<h2>By another way</h2><p class=small>Root mean square difference, degrees.</p>{table}"


def _list(title: str, sentences: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(said[:1].upper() + said[1:])}." for said in sentences)
    return f"<h2>{title}</h2><ul>{items}</ul>" if items else ""
