"""A rigid cluster of markers laid over where it was seen."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def fit(model: Array, seen: Array) -> tuple[Array, Array]:
    """Return what lays a rigid cluster over what was seen: least squares (soderkvist_1993).

    Parameters
    ----------
    model : array, shape (points, 3)
    seen : array, shape (frames, points, 3)

    Returns
    -------
    array, shape (frames, 3, 3), and array, shape (frames, 3); not a number where a point is missing
    """
    centre = seen.mean(axis=1)
    arms = np.einsum("fpi,pj->fij", seen - centre[:, None], model - model.mean(axis=0))
    whole = np.isfinite(arms).all(axis=(1, 2))
    turn = np.full_like(arms, np.nan)
    u, _, v = np.linalg.svd(arms[whole])
    u[..., -1] *= np.sign(np.linalg.det(u) * np.linalg.det(v))[:, None]
    turn[whole] = u @ v
    return turn, centre
