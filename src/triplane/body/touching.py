"""What a pose touches, read from its contacts and the words of its props; and the ground under it."""

from collections.abc import Sequence

import numpy as np

from triplane.body.contact import RADII
from triplane.body.directions import Side
from triplane.body.figure import frames_of, place
from triplane.body.pose import Pose, PropKind
from triplane.body.rotation import Array
from triplane.body.skeleton import point_index, points, sided

STEP_HEIGHT = 0.070
"""How high a step is whose height the pose does not show: 12 cm at 1.75 m; coach_default."""

FOOT = ("heel", "ball_of_foot", "toe", "ankle")
_FIXED = {PropKind.WALL, PropKind.STEP, PropKind.BENCH, PropKind.TABLE}


def spots_in_words(words: str) -> tuple[str, ...]:
    """Find the points named in a prop's words: ``knee left, wrist right`` gives two."""
    phrases = [phrase.strip() for phrase in words.replace(" to ", ",").replace(" over ", ",").split(",")]
    return tuple(
        sided(_point_word(phrase.removesuffix(str(side))), side)
        for phrase in phrases
        for side in Side
        if phrase.endswith(str(side))
    )


def _point_word(phrase: str) -> str:
    word = phrase.strip().replace(" ", "_").removeprefix("upper_")
    return _OTHER_WORDS.get(word, word)


_ALSO_CALLED = {"ball_of_foot": "foot", "thigh_middle": "thigh", "trochanter": "outer_hip", "ankle": "shin"}
_OTHER_WORDS = {word: point for point, word in _ALSO_CALLED.items()}
"""What drill files call a point besides its name. Ours."""


def floor_names(pose: Pose) -> frozenset[str]:
    """The points a pose rests on the floor with."""
    return frozenset(str(contact) for contact in pose.floor)


def fixed_names(pose: Pose) -> frozenset[str]:
    """The points a pose rests on a wall, step, bench or table with; a foot on a step is heel and ball."""
    names: set[str] = set()
    for prop in pose.props:
        if prop.kind in _FIXED:
            for name in spots_in_words(prop.at):
                known = any(point.name == name for point in points())
                names |= {name} if known else set()
                if prop.kind is PropKind.STEP and name.startswith("ball_of_foot"):
                    names.add(name.replace("ball_of_foot", "heel"))
    return frozenset(names) - floor_names(pose)


def stands_on_step(pose: Pose) -> Side | None:
    """Which foot stands on a step, where the pose counts the step's top as the floor; else None."""
    for prop in pose.props:
        if prop.kind is PropKind.STEP:
            for side in Side:
                if prop.at.endswith(str(side)) and sided("heel", side) in floor_names(pose):
                    return side
    return None


def step_height(poses: Sequence[Pose]) -> float:
    """How high the step of a drill is, fraction of stature, from the pose that shows a foot on it."""
    for pose in poses:
        heels = [name for name in fixed_names(pose) if name.startswith("heel")]
        if heels and any(prop.kind is PropKind.STEP for prop in pose.props):
            heel = point_index(heels[0])
            return float(place(frames_of([pose])).points[0, heel, 1] - RADII[heel])
    return STEP_HEIGHT


def ground_under(pose: Pose, height: float) -> Array:
    """Height of what lies under every point, shape (points): 0, or lower beside a step of ``height``."""
    ground = np.zeros(len(points()))
    side = stands_on_step(pose)
    if side is not None:
        for name in FOOT:
            ground[point_index(sided(name, side.other))] = -height
    return ground


def held_by_hands(pose: Pose) -> tuple[tuple[str, str], ...]:
    """Where both hands hold on to the body: pairs of points, the place lies midway between the two."""
    pairs = []
    for prop in pose.props:
        if prop.kind is PropKind.HANDS:
            side = Side.LEFT if "left" in prop.at else Side.RIGHT
            ends = ("knee", "ankle") if "shin" in prop.at else ("thigh_middle", "knee")
            pairs.append((sided(ends[0], side), sided(ends[1], side)))
    return tuple(pairs)
