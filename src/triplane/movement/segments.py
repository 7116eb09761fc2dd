"""Segments as rotations, and the angles between them.

A segment's matrix has its own axes as columns: x forward, y up, z to the right. Angles follow
docs/conventions.md; that this is what laboratories print is shown against their own files
(tests/contract/test_laboratories.py).
"""

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side, angles_from_rotation

Array = NDArray[np.float64]


def unit(vectors: Array) -> Array:
    """Return vectors of length 1, shape (..., 3); not a number where there is no direction."""
    length = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Array = vectors / np.where(length > 0, length, np.nan)
    return found


def segment(first: Array, towards: Array, axes: str) -> Array:
    """Return a segment's matrix from two directions, shape (..., 3, 3).

    Parameters
    ----------
    first : array, shape (..., 3)
        The direction that is kept exactly.
    towards : array, shape (..., 3)
        A direction that lies in the plane of the first two named axes, on the second one's side.
    axes : such as "zx": ``first`` is z, ``towards`` lies near x.
    """
    one = unit(first)
    third = unit(_cross(one, towards))
    columns = {axes[0]: one, axes[1]: _cross(third, one)}
    last = next(axis for axis in "xyz" if axis not in axes)
    even = axes + last in ("xyz", "yzx", "zxy")
    columns[last] = third if even else -third
    return np.stack([columns["x"], columns["y"], columns["z"]], axis=-1)


def from_axis_points(origin: Array, forward: Array, left: Array, up: Array) -> Array:
    """Return a segment's matrix from the ends of its axes, each of shape (frames, 3)."""
    return np.stack([unit(forward - origin), unit(up - origin), -unit(left - origin)], axis=-1)


def orthonormal(turns: Array) -> Array:
    """Return the rotations nearest to matrices that rounding has bent, shape (..., 3, 3)."""
    whole = np.isfinite(turns).all(axis=(-1, -2))
    found = np.full_like(turns, np.nan)
    u, _, v = np.linalg.svd(turns[whole])
    found[whole] = u @ v
    return found


def hip_angles_deg(pelvis: Array, thigh: Array, side: Side) -> Array:
    """Return flexion, abduction and external rotation, shape (frames, 3), degrees.

    Parameters
    ----------
    pelvis, thigh : arrays, shape (frames, 3, 3)
        Segments in the same world.
    """
    mirror = 1 if side is Side.RIGHT else -1
    return angles_from_rotation(np.swapaxes(pelvis, -1, -2) @ thigh, "zxy", (1, -mirror, -mirror))


def pelvis_angles_deg(pelvis: Array, forward: Array) -> Array:
    """Return tilt, obliquity and rotation, shape (frames, 3), degrees; turned in that order.

    Parameters
    ----------
    pelvis : array, shape (frames, 3, 3)
    forward : array, shape (3,)
        Which way is forward in the room; level.
    """
    side = np.cross(forward, (0.0, 1.0, 0.0))
    room = np.stack([forward, (0.0, 1.0, 0.0), side], axis=-1)
    turned = room.T @ pelvis
    return angles_from_rotation(turned, "zxy", (-1, 1, 1))


def axis_ahead(pelvis: Array, travelled: Array) -> Array:
    """Return the room's horizontal axis nearest to where someone went, or faced where they stayed.

    Parameters
    ----------
    pelvis : array, shape (frames, 3, 3)
    travelled : array, shape (frames, 3)
        The way of a point of the pelvis, metres.

    Returns
    -------
    array, shape (3,)
    """
    seen = travelled[np.isfinite(travelled).all(axis=-1)]
    gone = seen[-1] - seen[0] if len(seen) else np.zeros(3)
    faces = pelvis[np.isfinite(pelvis).all(axis=(-1, -2)), :, 0]
    faced = faces.mean(axis=0) if len(faces) else np.zeros(3)
    gone, faced = gone * (1, 0, 1), faced * (1, 0, 1)
    # Less than half a metre is no walk: whoever stood swayed. On a treadmill one faces ahead.
    ahead = gone if np.linalg.norm(gone) > WALKED_M else faced
    axis = int(np.argmax(np.abs(ahead)))
    found: Array = np.eye(3)[axis] * np.sign(ahead[axis] or 1.0)
    return found


WALKED_M = 0.5
"""Shortest way that counts as walking somewhere, metres. Ours."""


def _cross(a: Array, b: Array) -> Array:
    """The cross product, several times quicker than the general one."""
    return np.stack(
        [
            a[..., 1] * b[..., 2] - a[..., 2] * b[..., 1],
            a[..., 2] * b[..., 0] - a[..., 0] * b[..., 2],
            a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0],
        ],
        axis=-1,
    )
