"""Helping the runner into the picture: one piece of advice at a time, judged apart from the form."""

from dataclasses import dataclass
from enum import StrEnum

from triplane.body import Side
from triplane.movement.form.frame import LandmarkFrame
from triplane.movement.form.glimpse import (
    ANKLE,
    ANKLE_O,
    HIP,
    HIP_O,
    KNEE,
    KNEE_O,
    SHOULDER,
    SHOULDER_O,
    Glimpse,
)
from triplane.movement.form.rules import View

SMALLEST = 0.4
"""A runner drawn smaller than this share of how the perfect camera has them is too coarse; coach_default."""

EDGE = 0.01
DARKEST = 0.12
DIM = 0.45
"""Mean visibility below which the model guesses."""

TURNED = 0.82
"""Cosine of the largest angle between where the camera is and where the drill wants it, 35 degrees."""

TILTED = 0.5
"""Cosine of the largest angle between the trunk in the picture and where the drill has it, 60 degrees."""

PATIENCE_S = 0.7
"""Advice waits so long, so that a passing glance says nothing."""

_BODY = (SHOULDER, SHOULDER_O, HIP, HIP_O, KNEE, KNEE_O, ANKLE, ANKLE_O)


class Framing(StrEnum):
    """What is wrong with the picture."""

    NOBODY = "nobody"
    TWO_PEOPLE = "two_people"
    STEP_BACK = "step_back"
    COME_NEARER = "come_nearer"
    TURN = "turn"
    TURN_PHONE = "turn_phone"
    MORE_LIGHT = "more_light"


_SAYS = {
    Framing.NOBODY: "Nobody is in the picture.",
    Framing.TWO_PEOPLE: "Two people are in the picture; only one can be watched.",
    Framing.STEP_BACK: "Step back until your whole body is in the picture.",
    Framing.COME_NEARER: "Come nearer; you are too small in the picture.",
    Framing.TURN_PHONE: "Stand the phone upright; the picture lies on its side or upside down.",
    Framing.MORE_LIGHT: "Put on more light; the camera hardly sees you.",
}
_TURNS = {
    View.FRONT: "Turn to face the camera.",
    View.BACK: "Turn your back to the camera.",
    View.FEET: "Turn so that the camera looks from your feet.",
    View.HEAD: "Turn so that the camera looks from your head.",
}
_SIDE_TURNS = {
    Side.LEFT: "Turn your left side to the camera.",
    Side.RIGHT: "Turn your right side to the camera.",
}


def framing_says(advice: Framing, view: View, side: Side) -> str:
    """Return one sentence for the runner."""
    if advice is not Framing.TURN:
        return _SAYS[advice]
    if view in _TURNS:
        return _TURNS[view]
    return _SIDE_TURNS[side if view is View.WORKING_SIDE else side.other]


@dataclass(frozen=True)
class Wanted:
    """How the runner is seen on a clean way: directions to the camera and of the trunk, and how large."""

    toward: tuple[tuple[float, float, float], ...]
    trunk: tuple[tuple[float, float], ...]
    size: float


def nearest(direction: tuple[float, ...], among: tuple[tuple[float, ...], ...]) -> float:
    """Return the largest cosine between a direction and some others."""
    best = -1.0
    for one in among:
        cosine = 0.0
        for a, b in zip(direction, one, strict=True):
            cosine += a * b
        best = max(best, cosine)
    return best


def judge(
    frame: LandmarkFrame, glimpse: Glimpse | None, wanted: Wanted, toward: tuple[float, float, float]
) -> Framing | None:
    """Return what is most in the way of seeing well, or None. ``toward`` is smoothed over a moment."""
    if glimpse is None:
        return Framing.NOBODY
    if frame.people > 1:
        return Framing.TWO_PEOPLE
    x, y, aspect = glimpse.x, glimpse.y, frame.aspect
    across = [abs(x[point]) for point in _BODY]
    heights = [y[point] for point in _BODY]
    if (
        min(heights) < -EDGE
        or max(heights) > 1 + EDGE
        or max(across) > aspect * (1 + EDGE)
        or _left(glimpse, aspect)
    ):
        return Framing.STEP_BACK
    if size_in_picture(glimpse) < SMALLEST * wanted.size:
        return Framing.COME_NEARER
    if frame.light is not None and frame.light < DARKEST:
        return Framing.MORE_LIGHT
    if sum(glimpse.seen[point] for point in _BODY) < DIM * len(_BODY):
        return Framing.MORE_LIGHT
    if nearest(toward, wanted.toward) < TURNED:
        return Framing.TURN
    trunk = trunk_in_picture(glimpse)
    if trunk is not None and nearest(trunk, wanted.trunk) < TILTED:
        return Framing.TURN_PHONE
    return None


def _left(glimpse: Glimpse, aspect: float) -> bool:
    """Whether a point lies beyond the edge where the picture begins; mirrored runners have it negative."""
    ends = [glimpse.x[point] for point in _BODY]
    return max(ends) > EDGE * aspect and min(ends) < -EDGE * aspect


def size_in_picture(glimpse: Glimpse) -> float:
    """Return the longer side of the runner, in heights of the picture."""
    xs, ys = [glimpse.x[point] for point in _BODY], [glimpse.y[point] for point in _BODY]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def trunk_in_picture(glimpse: Glimpse) -> tuple[float, float] | None:
    """Return which way the trunk goes from hips to shoulders; None where it is seen end on."""
    x, y = glimpse.x, glimpse.y
    dx = x[SHOULDER] + x[SHOULDER_O] - x[HIP] - x[HIP_O]
    dy = y[SHOULDER] + y[SHOULDER_O] - y[HIP] - y[HIP_O]
    length: float = (dx * dx + dy * dy) ** 0.5
    return (dx / length, dy / length) if length > 0.3 * glimpse.leg and length > 0 else None
