"""One page about a recording: the curves, what is read off them with its spread, and how it was come by."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.formats.angles.curves import panels
from triplane.formats.html_page import bullets, html_page, sentence, table
from triplane.movement import DIRECTIONS, Extremes, HipMotion, extremes, reference, symmetry_deg

STYLE = """
:root{--left:#1f5fbf;--right:#b8500f}
@media (prefers-color-scheme:dark){:root{--left:#7db8ea;--right:#f0a06a}}
body{max-width:72rem}
.curves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(19rem,100%),1fr));gap:.6rem}
.curves img{width:100%;height:auto;background:#fff;border-radius:6px}
td{white-space:nowrap}
.l{color:var(--left)}.r{color:var(--right)}
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
        bullets("Not measured", [sentence(one) for one in found.missing]),
        bullets("To know", [sentence(one) for one in found.notes]),
        "<p class=small>Angles in degrees: flexion, abduction and turning out are positive on both sides. "
        "A description of one recording: no diagnosis, and nothing about injury follows from it.</p>",
    ]
    return html_page(f"{name}: pelvis and hips", parts, STYLE)


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
    return "<h2>Read off the cycles</h2>" + table(("Degrees", *SPREAD), rows) + said


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
    return table(("Degrees", "Highest", "Lowest"), rows)


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
        "pelvis lie; the ranges compare better.</p>" + table(("Right hip", "Mean ± SD"), rows)
    )


def _agreement(found: HipMotion) -> str:
    rows = [
        (f"{method.says[:1].upper()}{method.says[1:]}, {side}", *(f"{gap:.3f}" for gap in gaps))
        for method, sides in found.agreement_deg.items()
        for side, gaps in sides.items()
    ]
    if not rows:
        return ""
    heads = ("The same from", *(direction.capitalize() for direction in DIRECTIONS))
    said = "<p class=small>Root mean square difference, degrees.</p>"
    return f"<h2>By another method</h2>{said}{table(heads, rows)}"


def _deg(value: float, places: int = 1) -> str:
    return f"{value:.{places}f}".replace("-", "−")


def _spread(sd: float) -> str:
    return f"± {sd:.1f}" if np.isfinite(sd) else "(one cycle)"
