"""The centre of a hip from a trial in which the leg is swung about it (star arc).

SCoRE (ehrig_2006): the point that stays nearest to itself in both segments at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.anatomy import pelvis_of
from triplane.movement.clusters import fit
from triplane.movement.markers import Roles
from triplane.movement.recording import Recording

Array = NDArray[np.float64]

LEAST_RANGE_DEG = 20.0
"""Range about each of two axes below which a swing does not find the centre well. Ours."""


LARGEST_RESIDUAL_M = 0.02
"""Distance of both estimates above which markers slid or were exchanged. Ours."""


@dataclass(frozen=True)
class FunctionalCentre:
    """A hip's centre found by moving.

    Attributes
    ----------
    in_pelvis_m, in_thigh_m : arrays, shape (3,)
        In the frames of the two clusters as they lay on average.
    at_m : array, shape (frames, 3)
        The middle of both estimates in the room.
    residual_m : the distance between both estimates, root mean square; millimetres where it is well found
    range_deg : array, shape (2,)
        How far the thigh swung about the two axes it swung most about.
    """

    in_pelvis_m: Array
    in_thigh_m: Array
    at_m: Array
    residual_m: float
    range_deg: Array

    @property
    def is_wide_enough(self) -> bool:
        return bool(self.range_deg.min() >= LEAST_RANGE_DEG)


def functional_centre(pelvis: Array, thigh: Array) -> FunctionalCentre:
    """Return the centre about which the thigh turned in the pelvis.

    Parameters
    ----------
    pelvis, thigh : arrays, shape (frames, markers, 3)
        Three markers or more of each, metres.

    Raises
    ------
    ValueError
        Half a sentence, where fewer than three markers or ten whole frames are there.
    """
    if pelvis.shape[1] < 3 or thigh.shape[1] < 3:
        raise ValueError("the centre of a hip needs three markers on the pelvis and three on the thigh")
    whole = np.isfinite(pelvis).all(axis=(1, 2)) & np.isfinite(thigh).all(axis=(1, 2))
    if whole.sum() < 10:
        raise ValueError("fewer than ten frames show all markers of pelvis and thigh")
    turn_1, at_1 = fit(_model(pelvis[whole]), pelvis[whole])
    turn_2, at_2 = fit(_model(thigh[whole]), thigh[whole])
    matrix = np.concatenate([turn_1, -turn_2], axis=2).reshape(-1, 6)
    centres, *_ = np.linalg.lstsq(matrix, (at_2 - at_1).reshape(-1), rcond=None)
    first = at_1 + turn_1 @ centres[:3]
    second = at_2 + turn_2 @ centres[3:]
    at = np.full((len(pelvis), 3), np.nan)
    at[whole] = (first + second) / 2
    apart = np.sqrt(np.mean(np.sum((first - second) ** 2, axis=1)))
    return FunctionalCentre(centres[:3], centres[3:], at, float(apart), _swing(turn_1, turn_2))


def swung_hips(trials: Iterable[Recording]) -> tuple[dict[Side, Array], tuple[str, ...]]:
    """Return the centres of the hips that were swung, in the pelvis frame, and how well each was found.

    Returns
    -------
    for each side, array, shape (3,), metres from the middle of the front spines; and sentences

    Raises
    ------
    ValueError
        Half a sentence, where no trial swings a leg widely enough with the markers that are needed.
    """
    found: dict[Side, Array] = {}
    notes: list[str] = []
    for trial in trials:
        roles = Roles(trial)
        if not roles.has_pelvis:
            raise ValueError("the trial of swinging does not show the spines of the pelvis")
        centres = {side: one for side in Side if (one := _swung(trial, roles, side)) is not None}
        if not centres:
            raise ValueError("no thigh with three markers swings widely enough about its hip")
        # Whoever swings one leg stands on the other: only the wider one says where its hip is.
        side = max(centres, key=lambda one: centres[one].range_deg.min())
        pelvis, middle = pelvis_of(roles)
        own = np.einsum("fji,fj->fi", pelvis, centres[side].at_m - middle)
        found[side] = np.nanmedian(own, axis=0)
        widths = " and ".join(f"{width:.0f}" for width in centres[side].range_deg)
        notes.append(
            f"the centre of the {side} hip was found by swinging: {widths} degrees wide, "
            f"{1000 * centres[side].residual_m:.1f} mm between both estimates"
        )
    return found, tuple(notes)


def _swung(trial: Recording, roles: Roles, side: Side) -> FunctionalCentre | None:
    names = roles.cluster(f"{side}_thigh")
    if len(names) < 3:
        return None
    back = ("sacrum",) if roles.has("sacrum") else ("left_psis", "right_psis")
    spines = ("left_asis", "right_asis", *back)
    pelvis = np.stack([roles.point(place) for place in spines], axis=1)
    thigh = np.stack([trial.point(name) for name in names], axis=1)
    try:
        centre = functional_centre(pelvis, thigh)
    except ValueError:
        return None
    is_good = centre.is_wide_enough and centre.residual_m <= LARGEST_RESIDUAL_M
    return centre if is_good else None


def _model(seen: Array) -> Array:
    """Return the cluster's own shape: its first frame, made better by all the others."""
    shape: Array = seen[0] - seen[0].mean(axis=0)
    for _ in range(3):
        turn, centre = fit(shape, seen)
        shape = np.einsum("fji,fpj->fpi", turn, seen - centre[:, None]).mean(axis=0)
        shape = shape - shape.mean(axis=0)
    return shape


def _swing(turn_1: Array, turn_2: Array) -> Array:
    """Return how far the thigh's long way turned about its two widest axes, degrees."""
    relative = np.swapaxes(turn_1, -1, -2) @ turn_2
    relative = relative[0].T @ relative
    angle = np.arccos(np.clip((np.trace(relative, axis1=1, axis2=2) - 1) / 2, -1, 1))
    twist = np.stack(
        [
            relative[:, 2, 1] - relative[:, 1, 2],
            relative[:, 0, 2] - relative[:, 2, 0],
            relative[:, 1, 0] - relative[:, 0, 1],
        ],
        axis=1,
    )
    vectors = np.degrees(
        twist / np.where(np.sin(angle) > 1e-6, 2 * np.sin(angle), 2)[:, None] * angle[:, None]
    )
    spread = vectors @ np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)[2].T
    widths = np.sort(np.ptp(spread, axis=0))[::-1]
    found: Array = widths[:2]
    return found
