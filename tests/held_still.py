"""Our own figure takes a test of the battery before a camera: to the end, held still, and back."""

import numpy as np

from acting import Take, pictures, sampled
from triplane.assessment import Protocol
from triplane.body import motion, place
from triplane.movement import LandmarkFrame, View, camera_for, landmarks_of, seen_by

HOLDS_S, MOVES_S = 2.0, 1.5


def recorded(test: Protocol, take: Take, view: View | None = None, times: int = 3) -> list[LandmarkFrame]:
    """Return what a camera sees of somebody who goes to the end and back, holding it each time."""
    assert test.camera is not None
    moved = motion(test.pose, (MOVES_S, HOLDS_S, MOVES_S, HOLDS_S), frames_per_s=6)
    placed = place(moved.frames)
    camera = camera_for(placed, view or test.camera.view, take.turned_deg)
    image, world = seen_by(camera, landmarks_of(placed))
    numbers = np.tile(np.arange(len(image)), times)
    clock = np.arange(len(numbers)) / 6
    ticks = np.arange(0, clock[-1], 1 / take.fps)
    shown = (sampled(clock, one[numbers], ticks) for one in (image, world))
    return pictures(*shown, ticks, camera.aspect, take)
