"""Rotations: matrices from angles and back, quaternions and the way between two of them.

Right-handed, x forward, y up, z right. Matrices act on columns from the left: ``world = rotation @ local``.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def about_axis(axis: str, angle_deg: Array) -> Array:
    """Turn about one axis of the frame.

    Parameters
    ----------
    axis : "x", "y" or "z"
    angle_deg : array, shape (...)
        Degrees, positive by the right hand.

    Returns
    -------
    array, shape (..., 3, 3)
    """
    angle = np.radians(np.asarray(angle_deg, dtype=float))
    cos, sin = np.cos(angle), np.sin(angle)
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    rotation = np.zeros((*angle.shape, 3, 3))
    rotation[...] = np.eye(3)
    rotation[..., first, first] = cos
    rotation[..., second, second] = cos
    rotation[..., first, second] = -sin
    rotation[..., second, first] = sin
    return rotation


def rotation_from_angles(angles_deg: Array, order: str, signs: tuple[int, ...]) -> Array:
    """Turn about moving axes, one after the other.

    Parameters
    ----------
    angles_deg : array, shape (..., n)
        Degrees, in the order of ``order``.
    order : such as "zxy"
    signs : +1 or -1 for each axis

    Returns
    -------
    array, shape (..., 3, 3)
    """
    angles = np.asarray(angles_deg, dtype=float)
    rotation = about_axis(order[0], signs[0] * angles[..., 0])
    for i in range(1, len(order)):
        rotation = rotation @ about_axis(order[i], signs[i] * angles[..., i])
    return rotation


def angles_from_rotation(rotation: Array, order: str, signs: tuple[int, ...]) -> Array:
    """Give the angles back that ``rotation_from_angles`` turns by; three different axes.

    Parameters
    ----------
    rotation : array, shape (..., 3, 3)

    Returns
    -------
    array, shape (..., 3)
        Degrees: first and last in [-180, 180], middle in [-90, 90]. Where the middle angle is 90 degrees
        the other two are not apart; the last is then zero.
    """
    i, j, k = ("xyz".index(axis) for axis in order)
    odd = 1.0 if (i, j, k) in {(0, 1, 2), (1, 2, 0), (2, 0, 1)} else -1.0
    middle_sin = np.clip(odd * rotation[..., i, k], -1, 1)
    locked = np.abs(middle_sin) > 1 - 1e-12
    first = np.arctan2(-odd * rotation[..., j, k], rotation[..., k, k])
    last = np.arctan2(-odd * rotation[..., i, j], rotation[..., i, i])
    first = np.where(locked, np.arctan2(odd * rotation[..., k, j], rotation[..., j, j]), first)
    last = np.where(locked, 0.0, last)
    angles = np.stack([first, np.arcsin(middle_sin), last], axis=-1)
    signed: Array = np.degrees(angles) * np.asarray(signs, dtype=float)
    return signed


def quaternion_from_rotation(rotation: Array) -> Array:
    """Return unit quaternions (w, x, y, z), shape (..., 4), of rotations of shape (..., 3, 3)."""
    r = rotation
    trace = r[..., 0, 0] + r[..., 1, 1] + r[..., 2, 2]
    squares = np.stack([trace, *(2 * r[..., i, i] - trace for i in range(3))], axis=-1)
    # each row is one way to write the quaternion; the one with the largest first term is the safest
    rows = np.empty((*trace.shape, 4, 4))
    rows[..., 0, 0] = 1 + trace
    for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        rows[..., i + 1, i + 1] = 1 - trace + 2 * r[..., i, i]
        rows[..., 0, i + 1] = rows[..., i + 1, 0] = r[..., k, j] - r[..., j, k]
        rows[..., i + 1, j + 1] = rows[..., j + 1, i + 1] = r[..., i, j] + r[..., j, i]
    best = np.argmax(squares, axis=-1)
    row = np.take_along_axis(rows, best[..., None, None], axis=-2)[..., 0, :]
    quaternion: Array = row / np.linalg.norm(row, axis=-1, keepdims=True)
    return quaternion


def rotation_from_quaternion(quaternion: Array) -> Array:
    """Return rotations, shape (..., 3, 3), of unit quaternions (w, x, y, z), shape (..., 4)."""
    w, x, y, z = np.moveaxis(quaternion, -1, 0)
    rows = (
        (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
        (2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
        (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
    )
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def slerp(start: Array, end: Array, share: Array) -> Array:
    """Go the short way from one rotation to another at an even pace.

    Parameters
    ----------
    start, end : array, shape (..., 4)
        Unit quaternions (w, x, y, z).
    share : array, shape (...)
        0 is ``start``, 1 is ``end``.

    Returns
    -------
    array, shape (..., 4)
    """
    cosine = np.sum(start * end, axis=-1)
    end = np.where((cosine < 0)[..., None], -end, end)
    angle = np.arccos(np.clip(np.abs(cosine), 0, 1))
    near = angle < 1e-7
    safe = np.where(near, 1.0, np.sin(angle))
    from_start = np.where(near, 1 - share, np.sin((1 - share) * angle) / safe)
    from_end = np.where(near, share, np.sin(share * angle) / safe)
    between = from_start[..., None] * start + from_end[..., None] * end
    even: Array = between / np.linalg.norm(between, axis=-1, keepdims=True)
    return even
