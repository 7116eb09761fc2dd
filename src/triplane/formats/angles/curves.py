"""The curves of pelvis and hips in three planes: mean cycles with their band, else the whole recording."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from triplane.body import Side
from triplane.movement import Cycles, HipMotion

COLOUR = {Side.LEFT: "#1f5fbf", Side.RIGHT: "#b8500f"}
DASH = {Side.LEFT: "-", Side.RIGHT: (0, (5, 2))}
INK, NEUTRAL = "#23201b", "#6b655a"

PELVIS = ("Pelvis tilt, forward +", "Pelvis obliquity, right down +", "Pelvis rotation, to the left +")
HIP = ("Hip flexion +, extension −", "Hip abduction +, adduction −", "Hip external rotation +, internal −")


def curves(found: HipMotion, name: str, kind: str) -> bytes:
    """Return six panels as ``svg`` or ``png``: pelvis above, both hips below; side by colour and by dash.

    Over cycles the pelvis is drawn once from each foot's strikes.
    """
    figure = _figure(11, 6.2)
    panels = figure.subplots(2, 3)
    figure.suptitle(name, color=INK, fontsize=11, x=0.01, ha="left")
    for row, names in enumerate((PELVIS, HIP)):
        for number in range(len(names)):
            _draw(panels[row][number], found, row, number)
    if panels[1][0].get_legend_handles_labels()[0]:
        panels[1][0].legend(frameon=False, fontsize=9)
    return _saved(figure, kind)


def panels(found: HipMotion) -> dict[str, bytes]:
    """Return each panel as a drawing of its own, by its title, for pages as narrow as a phone."""
    drawn = {}
    for row, names in enumerate((PELVIS, HIP)):
        for number, title in enumerate(names):
            figure = _figure(4.1, 2.9)
            _draw(figure.subplots(), found, row, number)
            drawn[title] = _saved(figure, "svg")
    return drawn


def _figure(width: float, height: float) -> Any:
    import matplotlib

    matplotlib.use("agg")
    matplotlib.rcParams["svg.hashsalt"] = "triplane"
    matplotlib.rcParams["svg.fonttype"] = "none"
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _saved(figure: Any, kind: str) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format=kind, metadata={"Date": None} if kind == "svg" else None, dpi=140)
    return stream.getvalue()


def _draw(panel: Any, found: HipMotion, row: int, number: int) -> None:
    has_cycles = any(len(cycles.each_deg) for cycles in found.cycles.values())
    if has_cycles and row == 0:
        _cycles(panel, PELVIS[number], found.pelvis_cycles, number)
    elif has_cycles:
        _cycles(panel, HIP[number], found.cycles, number)
    elif row == 0:
        _pelvis(panel, found, number)
    else:
        _whole(panel, found, number)


def _dress(panel: Any, title: str, below: str) -> None:
    panel.set_title(title, fontsize=9.5, color=INK, loc="left")
    panel.set_xlabel(below, fontsize=8.5, color=NEUTRAL)
    panel.set_ylabel("degrees", fontsize=8.5, color=NEUTRAL)
    panel.axhline(0, color=NEUTRAL, linewidth=0.6)
    panel.tick_params(labelsize=8, colors=NEUTRAL)
    for edge in ("top", "right"):
        panel.spines[edge].set_visible(False)


def _pelvis(panel: Any, found: HipMotion, number: int) -> None:
    _dress(panel, PELVIS[number], "seconds")
    if found.angles is not None and np.isfinite(found.angles.pelvis_deg[:, number]).any():
        panel.plot(found.times_s, found.angles.pelvis_deg[:, number], color=INK, linewidth=1.2)
    else:
        _nothing(panel)


def _whole(panel: Any, found: HipMotion, number: int) -> None:
    _dress(panel, HIP[number], "seconds")
    if found.angles is None or not any(np.isfinite(hip).any() for hip in found.angles.hip_deg.values()):
        return _nothing(panel)
    for side, hip in found.angles.hip_deg.items():
        panel.plot(
            found.times_s,
            hip[:, number],
            color=COLOUR[side],
            linestyle=DASH[side],
            linewidth=1.3,
            label=side.title(),
        )
    return None


def _cycles(panel: Any, title: str, each: Mapping[Side, Cycles], number: int) -> None:
    _dress(panel, title, "percent of the cycle, strike to strike")
    percent = np.linspace(0, 100, 101)
    for side, cycles in each.items():
        if len(cycles.each_deg):
            mean, sd = cycles.mean_deg[:, number], np.nan_to_num(cycles.sd_deg[:, number])
            count = len(cycles.each_deg)
            label = f"{side.title()}, {count} cycle{'s' if count > 1 else ''}"
            panel.fill_between(percent, mean - sd, mean + sd, color=COLOUR[side], alpha=0.22, linewidth=0)
            panel.plot(percent, mean, color=COLOUR[side], linestyle=DASH[side], linewidth=1.6, label=label)
    if not panel.lines[1:]:
        _nothing(panel)


def _nothing(panel: Any) -> None:
    panel.text(0.5, 0.5, "not measured", ha="center", transform=panel.transAxes, color=NEUTRAL, fontsize=9)
