"""The columns of a table of angles: one row a frame, names that say side, direction and unit."""

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement import HipMotion

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
    """Return each hip's mean cycle with its spread, each of shape (101,); nothing where nobody walked."""
    table: dict[str, Array] = {}
    for side in Side:
        cycles = found.cycles.get(side)
        if cycles is not None and len(cycles.each_deg):
            for i, name in enumerate(HIP):
                table[f"{side}_hip_{name}_mean"] = cycles.mean_deg[:, i]
                table[f"{side}_hip_{name}_sd"] = cycles.sd_deg[:, i]
    return {"cycle_percent": np.linspace(0, 100, 101), **table} if table else {}
