"""A drill's motion as a small picture: frame after frame in one SVG, moved by its own style alone."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

import numpy as np

from triplane.body.directions import Side
from triplane.body.drawing.draw import drawing_style, ink
from triplane.body.drawing.scenery import floor_patch, scenery
from triplane.body.drawing.shape import Shape, number
from triplane.body.drawing.silhouette import Body, pressed_hands
from triplane.body.drawing.view import Camera
from triplane.body.figure import place, worked_by
from triplane.body.moving import Motion, motion
from triplane.body.pose import Pose

FRAMES = 14
"""About as many frames as a thumbnail has; more look the same at its size; coach_default."""

SECONDS_A_KEY = 2.2
REST_SHARE = 3
"""How much longer a key pose stands than a frame on the way; coach_default."""

MARGIN = 10.0


def draw_moving(
    poses: Sequence[Pose],
    working: Side | None,
    look: tuple[int, int],
    title: str,
    stands_on: Side | None = None,
) -> str:
    """Draw the whole motion as a loop; the first frame alone where motion is unwelcome.

    Parameters
    ----------
    poses : the key poses, right side working
    working : the side to show as working; None colours no side
    look : degrees round the figure and above the floor, as for the right side working
    title : read out
    stands_on : the foot that stays where the other steps, with the right side working
    """
    poses, stands_on = worked_by(working, poses, stands_on)
    moved = motion(poses, (2, 0, 2, 0), stands_on=stands_on, frames_per_s=max(1.0, FRAMES / (2 * len(poses))))
    around, above = look
    camera = Camera.looking(-around if working is Side.LEFT else around, above)
    drawn = _frames(moved, camera, working)
    shapes = [shape for frame in drawn for shape in frame]
    bounds = np.array([shape.bounds() for shape in shapes])
    left, top = bounds[:, :2].min(axis=0) - MARGIN
    right, bottom = bounds[:, 2:].max(axis=0) + MARGIN
    box = " ".join(number(float(value)) for value in (left, top, right - left, bottom - top))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" aria-label="{escape(title)}">'
        f"<style>{drawing_style()}{_turning(moved)}</style>{_film(drawn)}</svg>\n"
    )


def _frames(moved: Motion, camera: Camera, working: Side | None) -> list[list[Shape]]:
    """The shapes of every frame, farthest first; things as the key pose before has them."""
    placed, ground = place(moved.frames), min(0.0, float(moved.keys.ground.min()))
    drawn, key = [], 0
    for frame in range(len(moved.frames)):
        key = int(moved.key[frame]) if moved.key[frame] >= 0 else key
        pose = moved.keys.poses[key]
        body = Body(placed, frame, camera, working, ground, pressed_hands(pose))
        found = [*body.shapes(), *scenery(body, pose, ground), *floor_patch(body, ground)]
        drawn.append(sorted(found, key=lambda shape: shape.depth))
    return drawn


def _film(drawn: Sequence[Sequence[Shape]]) -> str:
    frames = ("".join(ink(shape) for shape in shapes) for shapes in drawn)
    return "".join(f'<g class="f" id="f{k}">{frame}</g>' for k, frame in enumerate(frames))


def _turning(moved: Motion) -> str:
    """One frame shown after the other; the first alone where motion is unwelcome."""
    lasts = np.where(moved.key >= 0, REST_SHARE, 1)
    ends = np.cumsum(lasts) / lasts.sum() * 100
    starts = np.concatenate([[0.0], ends[:-1]])
    seconds = SECONDS_A_KEY * len(moved.keys.poses)
    rules = ".f{visibility:hidden}#f0{visibility:visible}@media (prefers-reduced-motion:no-preference){"
    for k, (start, end) in enumerate(zip(starts, ends, strict=True)):
        shown = f"{start:.2f}%{{visibility:visible}}{end:.2f}%,100%{{visibility:hidden}}"
        before = "0%{visibility:hidden}" if start else ""
        rules += f"@keyframes k{k}{{{before}{shown}}}"
        rules += f"#f{k}{{animation:k{k} {seconds:g}s step-end infinite}}"
    return rules + "}"
