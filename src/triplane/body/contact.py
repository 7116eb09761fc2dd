"""What the figure touches and whether it stands: contact errors, joint limits, centre of mass, support."""

from collections.abc import Sequence

import numpy as np

from triplane.body.figure import Frames, Placed, frames_of, place
from triplane.body.pose import Pose
from triplane.body.rotation import Array
from triplane.body.skeleton import point_index, points, segments, turns

RADII: Array = np.array([point.radius for point in points()])
"""Soft tissue round every point, shape (points), fractions of stature."""

TOUCHES_FLOOR: Array = np.array([point.radius > 0 for point in points()], dtype=float)
"""1 for points that have a surface, 0 for mere joints."""


def contact_errors(pose: Pose) -> dict[str, float]:
    """How far each declared floor contact is off the floor: above +, below -, fractions of stature."""
    height = place(frames_of([pose])).points[0, :, 1] - RADII
    return {str(contact): float(height[point_index(str(contact))]) for contact in pose.floor}


def beyond_limits(pose: Pose) -> dict[str, float]:
    """Name every angle outside its joint's limits, with the degrees beyond (below -)."""
    angles = frames_of([pose]).angles_deg[0]
    beyond = {}
    for turn, angle in zip(turns(), angles, strict=True):
        if not turn.low_deg <= angle <= turn.high_deg:
            limit = turn.low_deg if angle < turn.low_deg else turn.high_deg
            beyond[turn.name] = float(angle - limit)
    return beyond


def mass_of_points() -> Array:
    """Share of body mass on each point, shape (points), adding up to 1.

    Sources
    -------
    winter_2009 — segment masses and their centres.
    """
    mass = np.zeros(len(points()))
    for segment in segments():
        for name, share in segment.mass_points:
            mass[point_index(name)] += segment.mass_share * share
    normalised: Array = mass / mass.sum()
    return normalised


def centre_of_mass(frames: Frames | Placed) -> Array:
    """Where the body's mass is centred, shape (frames, 3), fractions of stature."""
    placed = place(frames) if isinstance(frames, Frames) else frames
    centre: Array = np.einsum("tpi,p->ti", placed.points, mass_of_points())
    return centre


def off_support(pose: Pose) -> float:
    """How far the centre of mass lies outside the floor contacts seen from above; 0 when inside.

    Fractions of stature. ``nan`` without a floor contact.
    """
    placed = place(frames_of([pose]))
    corners = placed.points[0, [point_index(str(c)) for c in pose.floor]][:, [0, 2]]
    if not len(corners):
        return float("nan")
    return _outside(centre_of_mass(placed)[0, [0, 2]], corners)


def _outside(spot: Array, corners: Array) -> float:
    outline = convex_outline([(float(x), float(y)) for x, y in corners])
    edges = list(zip(outline, outline[1:] + outline[:1], strict=True))
    if len(outline) > 2 and all(_turns_left(a, b, (float(spot[0]), float(spot[1]))) for a, b in edges):
        return 0.0
    return min(_distance_to_edge(spot, np.array(a), np.array(b)) for a, b in edges)


def _distance_to_edge(spot: Array, start: Array, end: Array) -> float:
    along = end - start
    length = float(along @ along)
    share = 0.0 if length == 0 else float(np.clip((spot - start) @ along / length, 0, 1))
    return float(np.linalg.norm(spot - start - share * along))


def _turns_left(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0


def convex_outline(spots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of the smallest convex shape round the spots, counter-clockwise."""
    ordered = sorted(set(spots))
    if len(ordered) < 3:
        return ordered
    halves = []
    for way in (ordered, ordered[::-1]):
        half: list[tuple[float, float]] = []
        for spot in way:
            while len(half) > 1 and not _strictly_left(half[-2], half[-1], spot):
                half.pop()
            half.append(spot)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _strictly_left(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
