"""The columns of a table of angles: one row a frame, names that say side, direction and unit."""

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement import Cycles, HipMotion

Array = NDArray[np.float64]

PELVIS = ("pelvis_tilt_deg", "pelvis_obliquity_deg", "pelvis_rotation_deg")
HIP = ("flexion_deg", "abduction_deg", "external_rotation_deg")


def columns(found: HipMotion) -> dict[str, Array]:
    """Return the columns, each of shape (frames,): time, pelvis, then each hip that was measured."""
    table = {"time_s": found.times_s}
    if found.angles is None:
        return table
    table.update({name: found.angles.pelvis_deg[:, i] for i, name in enumerate(PELVIS)})
    for side in Side:
        if side in found.angles.hip_deg:
            hip = found.angles.hip_deg[side]
            table.update({f"{side}_hip_{name}": hip[:, i] for i, name in enumerate(HIP)})
    return table


def cycle_columns(found: HipMotion) -> dict[str, Array]:
    """Return the mean cycles with their spread, each of shape (101,); nothing where nobody walked.

    The pelvis has a cycle for each side: from strike to strike of that foot.
    """
    table: dict[str, Array] = {}
    for side in Side:
        table.update(_mean_and_spread(f"{side}_cycle_", PELVIS, found.pelvis_cycles.get(side)))
        table.update(_mean_and_spread(f"{side}_hip_", HIP, found.cycles.get(side)))
    return {"cycle_percent": np.linspace(0, 100, 101), **table} if table else {}


def _mean_and_spread(prefix: str, names: tuple[str, ...], cycles: Cycles | None) -> dict[str, Array]:
    if cycles is None or not len(cycles.each_deg):
        return {}
    table = {}
    for i, name in enumerate(names):
        table[f"{prefix}{name}_mean"] = cycles.mean_deg[:, i]
        table[f"{prefix}{name}_sd"] = cycles.sd_deg[:, i]
    return table
