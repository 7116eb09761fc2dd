"""How a recording's angles are shown in a terminal, and as data."""

from pathlib import Path
from typing import Any

import numpy as np

from triplane.bootstrap.laboratory import DIRECTIONS, Extremes, HipMotion, extremes
from triplane.cli.shell import show_table
from triplane.cli.terminal import show_line

HEADS = ("degrees", "lowest", "highest", "cycle, lowest", "cycle, highest")


def motion_as_data(found: HipMotion) -> dict[str, Any]:
    """Return what was found as plain data; what was not measured is null."""
    angles: dict[str, Any] = {}
    if found.angles is not None:
        angles = {"pelvis_deg": _rows(found.angles.pelvis_deg)}
        angles |= {f"{side}_hip_deg": _rows(hip) for side, hip in found.angles.hip_deg.items()}
    return {
        "method": found.method,
        "time_s": [round(float(at), 4) for at in found.times_s],
        **angles,
        "events": [
            {"kind": one.kind, "side": one.side, "at_s": round(one.at_s, 4)} for one in found.gait.events
        ],
        "cadence_spm": found.gait.cadence_spm,
        "is_running": found.gait.is_running,
        "missing": list(found.missing),
        "notes": list(found.notes),
    }


def show_motion(name: str, found: HipMotion, written: tuple[Path, ...]) -> None:
    """Show range over the recording, and over the cycles where someone walked."""
    how = f"from {found.method.says}" if found.method else "not measured"
    show_line(f"{name}: {len(found.times_s)} frames, {how}")
    if found.angles is not None:
        show_table("", HEADS, _rows_of(found))
    if found.gait.cadence_spm:
        gait = "running" if found.gait.is_running else "walking"
        show_line(f"{gait}, {found.gait.cadence_spm:.0f} steps a minute")
    for method, sides in found.agreement_deg.items():
        gaps = "; ".join(f"{side} " + ", ".join(f"{gap:.3f}" for gap in rms) for side, rms in sides.items())
        show_line(f"from {method.says}, the hips differ by (rms): {gaps}")
    for said in (*found.missing, *found.notes):
        show_line(said)
    for place in written:
        show_line(f"written: {place}")


def _rows_of(found: HipMotion) -> list[tuple[str, ...]]:
    assert found.angles is not None
    rows: list[tuple[str, ...]] = []
    cycles = next((one for one in found.pelvis_cycles.values() if len(one.each_deg)), None)
    pelvis = extremes(cycles) if cycles else ()
    for i, name in enumerate(("tilt, forward +", "obliquity, right down +", "rotation, to the left +")):
        rows.append((f"pelvis {name}", *_ends(found.angles.pelvis_deg[:, i]), *_means(pelvis, i)))
    for side, hip in found.angles.hip_deg.items():
        whole = extremes(found.cycles[side]) if side in found.cycles else ()
        for i, direction in enumerate(DIRECTIONS):
            rows.append((f"{side} {direction} +", *_ends(hip[:, i]), *_means(whole, i)))
    return rows


def _means(whole: tuple[Extremes, ...], number: int) -> tuple[str, str]:
    return (f"{whole[number].lowest:.1f}", f"{whole[number].highest:.1f}") if whole else ("", "")


def _ends(values: Any) -> tuple[str, str]:
    if not np.isfinite(values).any():
        return "not measured", "not measured"
    return f"{np.nanmin(values):.1f}", f"{np.nanmax(values):.1f}"


def _rows(values: Any) -> list[list[float | None]]:
    return [[None if not np.isfinite(one) else round(float(one), 4) for one in row] for row in values]
