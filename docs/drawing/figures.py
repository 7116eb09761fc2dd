"""Figures of the body with what belongs on them: axes, planes, directions, and drills side by side."""

import re
from collections.abc import Iterable, Sequence
from math import cos, radians, sin

from drawing.page import arrow, card, head, n, paint, words
from triplane.body import Direction, Pose, Side, View, draw_drill, draw_pose, frames_of, place
from triplane.catalogue import load_one

SCALE = 300.0
"""Units of a drawn figure to one stature, as triplane.body draws it."""

SHRUNK, ROOM = 0.95, 316.0
"""What the README's figures are scaled by, and the width each one gets."""

UPRIGHT = {
    "pelvis_height": 0.53,
    "knee_deg": (0, 0),
    "ankle_deg": (0, 0),
    "shoulder_right_deg": (0, 9, 0),
    "shoulder_left_deg": (0, 9, 0),
    "elbow_deg": (6, 6),
    "hip_right_deg": (0, 0, 0),
    "hip_left_deg": (0, 0, 0),
}
STANDING = Pose.model_validate(
    {
        "key": "upright",
        "floor": ["heel_right", "heel_left", "ball_of_foot_right", "ball_of_foot_left"],
        **UPRIGHT,
    }
)

SHOWN = (
    ("mob_kn3d_sagittal", 1, Side.LEFT, View.SIDE, "Mobilise: kneeling hip rock"),
    ("own_9090_back_ir", 1, Side.LEFT, View.THREE_QUARTER, "Own: lift the back foot"),
    ("lm_anterior_overhead", 1, Side.RIGHT, View.THREE_QUARTER, "Integrate: lunge, arms up"),
)
"""Drill, key pose, working side, view and words of the README's figures."""


def drills() -> str:
    """Draw three drills side by side, each with its working leg in its side's colour."""
    parts, styles, x = [], "", 16.0
    for drill, key, side, view, said in SHOWN:
        drawn = draw_drill([load_one(drill).pose[key]], side, (view,), said)
        figure, styles, width, height = _taken(drawn)
        middle = x + ROOM / 2
        top = 372 - (height - 22) * SHRUNK
        shift = f"translate({n(middle - width * SHRUNK / 2)} {n(top)}) scale({SHRUNK})"
        parts.append(f'<g transform="{shift}">{figure}</g>')
        parts.append(words(middle, 400, said, 15, "ink-2", 560))
        x += ROOM
    described = "Three figures. A left working leg is blue with a round mark, a right one orange and square."
    return card(980, 424, "Three drills", described, "".join(parts), styles)


def axes() -> str:
    """Draw the figure in its three planes with the axes of the world."""
    look = _Look(52, 16, 235, 394)
    front, behind = [], []
    for colour, corners in _quarters():
        middle = [sum(spot[k] for spot in corners) / 4 for k in range(3)]
        outline = "L".join(f"{n(x)} {n(y)}" for x, y in map(look.at, corners))
        quad = (
            f'<path d="M{outline}Z" fill="{paint(colour)}" fill-opacity=".17" stroke="{paint(colour)}" '
            'stroke-opacity=".5" stroke-width="1"/>'
        )
        (front if look.depth(middle) > 0 else behind).append(quad)
    figure, styles, _, _ = _taken(draw_pose(STANDING, View.THREE_QUARTER, None), caption=False)
    spot = _floor_middle(figure)
    placed = f'<g transform="translate({n(235 - spot[0])} {n(394 - spot[1])})">{figure}</g>'
    parts = ["".join(behind), placed, "".join(front), *_world(look), *_plane_names()]
    described = (
        "A standing figure seen from its right front, with the sagittal, the frontal and the transverse "
        "plane through the middle of its hips. X points forward, Y up, Z to its right."
    )
    return card(980, 470, "Axes and planes", described, "".join(parts), styles)


def directions() -> str:
    """Draw the six directions of the right hip, each with an arrow along the way its leg goes."""
    parts, styles = [], ""
    for cell, (direction, view, angles, sign) in enumerate(_SIX):
        x, y = 163 + 327 * (cell % 3), 348 + 388 * (cell // 3)
        figure, styles, _, _ = _taken(draw_pose(_pose(direction, angles), view, Side.RIGHT), caption=False)
        spot = _floor_middle(figure)
        parts.append(f'<g transform="translate({n(x - spot[0])} {n(y - 30 - spot[1])})">{figure}</g>')
        parts.append(_way(direction, angles, view, x, y - 30))
        parts.append(words(x, y + 10, f"{direction.plain_name} ({sign})", 16, "ink", 650))
        parts.append(
            words(x, y + 29, f"{str(direction).replace('_', ' ')}, {direction.plane} plane", 14, "ink-2")
        )
    described = "Six figures, the right leg moved: " + ", ".join(d.plain_name for d, *_ in _SIX) + "."
    return card(980, 788, "The six directions of a hip", described, "".join(parts), styles)


_SIX = (
    (Direction.FLEXION, View.SIDE, {"hip_right_deg": (95, 0, 0), "knee_deg": (85, 0)}, "+"),
    (Direction.ABDUCTION, View.FRONT, {"hip_right_deg": (0, 35, 0)}, "+"),
    (Direction.EXTERNAL_ROTATION, View.FRONT, {"hip_right_deg": (88, 0, 38), "knee_deg": (88, 0)}, "+"),
    (Direction.EXTENSION, View.SIDE, {"hip_right_deg": (-20, 0, 0), "knee_deg": (12, 0)}, "−"),
    (Direction.ADDUCTION, View.FRONT, {"hip_right_deg": (14, -20, 0)}, "−"),
    (Direction.INTERNAL_ROTATION, View.FRONT, {"hip_right_deg": (88, 0, -32), "knee_deg": (88, 0)}, "−"),
)


def _pose(direction: Direction, angles: dict[str, object]) -> Pose:
    raw = {"key": str(direction), "floor": ["heel_left", "ball_of_foot_left"], **UPRIGHT, **angles}
    return Pose.model_validate(raw)


_SWEEPS = {
    Direction.FLEXION: ("hip_right", "knee_right", 0.95, (0.13, 0.72)),
    Direction.EXTENSION: ("hip_right", "ankle_right", 1.14, (0.0, 1.0)),
    Direction.ABDUCTION: ("hip_right", "ankle_right", 1.13, (0.1, 1.0)),
    Direction.ADDUCTION: ("hip_right", "ankle_right", 1.15, (0.0, 1.0)),
    Direction.EXTERNAL_ROTATION: ("knee_right", "ankle_right", 1.36, (0.0, 1.0)),
    Direction.INTERNAL_ROTATION: ("knee_right", "ankle_right", 1.36, (0.0, 1.0)),
}
"""What turns about what, how far outside of it the arrow runs, and which part of the way it shows."""


def _way(direction: Direction, angles: dict[str, object], view: View, x: float, y: float) -> str:
    """Return the arrow along which the leg got there from rest."""
    pivot, tip, outside, (first, last) = _SWEEPS[direction]
    end = _pose(direction, angles)
    turns = direction in (Direction.EXTERNAL_ROTATION, Direction.INTERNAL_ROTATION)
    rest = (end.hip_right_deg[0], 0.0, 0.0) if turns else (0.0, 0.0, 0.0)
    shares = [first + (last - first) * k / 12 for k in range(13)]
    poses = [
        end.model_copy(
            update={
                "hip_right_deg": tuple(
                    a + (b - a) * share for a, b in zip(rest, end.hip_right_deg, strict=True)
                )
            }
        )
        for share in shares
    ]
    placed = place(frames_of(poses))
    spots = placed.point(pivot) + outside * (placed.point(tip) - placed.point(pivot))
    flat = [
        (x + SCALE * spot[0], y - SCALE * spot[1])
        if view is View.SIDE
        else (x - SCALE * spot[2], y - SCALE * spot[1])
        for spot in spots
    ]
    path = "L".join(f"{n(a)} {n(b)}" for a, b in flat[:-1])
    (a, b), (c, d) = flat[-2], flat[-1]
    return (
        f'<path d="M{path}" fill="none" stroke="{paint("ink")}" stroke-width="2.2" stroke-linecap="round" '
        'stroke-linejoin="round"/>' + head(c, d, c - a, d - b, "ink")
    )


class _Look:
    """An orthographic look at the world from around and above; x and y is where its origin lies."""

    def __init__(self, around_deg: float, above_deg: float, x: float, y: float) -> None:
        around, above = radians(around_deg), radians(above_deg)
        self.toward = (cos(around) * cos(above), sin(above), sin(around) * cos(above))
        self.right = (sin(around), 0.0, -cos(around))
        self.up = (-cos(around) * sin(above), cos(above), -sin(around) * sin(above))
        self.x, self.y = x, y

    def at(self, spot: Sequence[float]) -> tuple[float, float]:
        """Page coordinates of a place given in statures, x forward, y up, z right."""
        return (self.x + SCALE * _along(spot, self.right), self.y - SCALE * _along(spot, self.up))

    def depth(self, spot: Sequence[float]) -> float:
        """How near a place is to the eye, from the middle of the hips."""
        return _along((spot[0], spot[1] - 0.53, spot[2]), self.toward)


def _along(spot: Sequence[float], way: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(spot, way, strict=True))


def _quarters() -> Iterable[tuple[str, list[tuple[float, float, float]]]]:
    """The three planes through the middle of the hips, each in four quarters."""
    forward, up, down, out, middle = 0.36, 1.06, 0.0, 0.36, 0.53
    for a in (-forward, forward):
        for b in (down, up):
            yield "sagittal", [(0, middle, 0), (a, middle, 0), (a, b, 0), (0, b, 0)]
    for a in (-out, out):
        for b in (down, up):
            yield "frontal", [(0, middle, 0), (0, middle, a), (0, b, a), (0, b, 0)]
    for a in (-forward, forward):
        for b in (-out, out):
            yield "transverse", [(0, middle, 0), (a, middle, 0), (a, middle, b), (0, middle, b)]


def _world(look: _Look) -> Iterable[str]:
    middle = look.at((0, 0.53, 0))
    for tip, name in (((0.56, 0.53, 0), "X forward"), ((0, 1.2, 0), "Y up"), ((0, 0.53, 0.62), "Z right")):
        x, y = look.at(tip)
        yield arrow(*middle, x, y, "ink", 2)
        away = 18 if name != "Y up" else -8
        yield words(x, y + away, name, 15, "ink", 650)


def _plane_names() -> Iterable[str]:
    rows = (
        ("sagittal", "Sagittal plane", "knee up (flexion, +) and leg back (extension, −)"),
        ("frontal", "Frontal plane", "leg out (abduction, +) and leg across (adduction, −)"),
        (
            "transverse",
            "Transverse plane",
            "turn out (external rotation, +) and turn in (internal rotation, −)",
        ),
    )
    for row, (colour, name, said) in enumerate(rows):
        y = 150 + 78 * row
        yield (
            f'<rect x="468" y="{n(y - 15)}" width="20" height="20" rx="5" fill="{paint(colour)}" '
            'fill-opacity=".55"/>'
        )
        yield words(501, y, name, 17, "ink", 650, "start")
        yield words(501, y + 22, said, 13.5, "ink-2", anchor="start")
    yield words(468, 384, "The same signs on the left and on the right.", 14, "ink-2", anchor="start")


def _taken(drawn: str, caption: bool = False) -> tuple[str, str, float, float]:
    """Take a drawn figure apart: its ink without caption and side mark, its styles, width and height."""
    width, height = (float(v) for v in re.findall(r'viewBox="0 0 (\S+) (\S+)"', drawn)[0])
    styles = re.findall(r"<style>(.*?)</style>", drawn, re.DOTALL)[0]
    ink = drawn.partition("</style>")[2].rpartition("</svg>")[0]
    if not caption:
        ink = re.sub(r'<text class="tp-words".*?</text>', "", ink)
    return re.sub(r"</g>(?!.*</g>).*$", "</g>", ink, flags=re.DOTALL), styles, width, height


def _floor_middle(figure: str) -> tuple[float, float]:
    """Where the world's origin lies in a drawn single figure: its outer shift."""
    x, y = re.findall(r"translate\((\S+) (\S+)\)", figure)[0]
    return float(x), float(y)
