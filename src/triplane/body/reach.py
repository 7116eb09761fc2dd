"""The nine reaches of the lunge matrix: what trunk and arms do on top of a lunge."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Arm = Literal["as it is", "up", "over", "in front", "down"]


class Reach(StrEnum):
    """A reach, named as seen from a lunge whose front leg is the working one."""

    NONE = "none"
    BOTH_OVERHEAD = "both_overhead"
    BOTH_FLOOR = "both_floor"
    SAME_SIDE_OVERHEAD_OVER = "same_side_overhead_over"
    OPPOSITE_SIDE_OVERHEAD_OVER = "opposite_side_overhead_over"
    ROTATE_TO_FRONT_LEG = "rotate_to_front_leg"
    ROTATE_AWAY = "rotate_away"
    OPPOSITE_HAND_TO_FRONT_FOOT = "opposite_hand_to_front_foot"
    SAME_HAND_TO_FRONT_FOOT = "same_hand_to_front_foot"


@dataclass(frozen=True)
class Overlay:
    """Degrees added to pelvis (pitch, roll, yaw) and trunk (flexion, side bend right, rotation left),
    and where the arms go, for a pose whose right leg is in front."""

    pelvis_deg: tuple[float, float, float] = (0, 0, 0)
    trunk_deg: tuple[float, float, float] = (0, 0, 0)
    right_arm: Arm = "as it is"
    left_arm: Arm = "as it is"


OVERLAYS = {
    Reach.NONE: Overlay(),
    Reach.BOTH_OVERHEAD: Overlay((-6, 0, 0), (0, 0, 0), "up", "up"),
    Reach.BOTH_FLOOR: Overlay((30, 0, 0), (25, 0, 0), "down", "down"),
    Reach.SAME_SIDE_OVERHEAD_OVER: Overlay((-5, 0, 0), (0, -22, 0), "over", "as it is"),
    Reach.OPPOSITE_SIDE_OVERHEAD_OVER: Overlay((-6, 2, 0), (0, 22, 0), "as it is", "over"),
    Reach.ROTATE_TO_FRONT_LEG: Overlay((-2, 0, -18), (0, 0, -25), "in front", "in front"),
    Reach.ROTATE_AWAY: Overlay((-2, 0, 15), (0, 0, 25), "in front", "in front"),
    Reach.OPPOSITE_HAND_TO_FRONT_FOOT: Overlay((30, 0, -8), (25, 0, -15), "as it is", "down"),
    Reach.SAME_HAND_TO_FRONT_FOOT: Overlay((30, 0, 5), (25, 6, 10), "down", "as it is"),
}
"""What each reach adds.

Sources
-------
triplane_handbook — the five lunges with a reach among the key poses; both_floor and same_hand_to_front_foot
are made after them, coach_default.
"""

ARM_DEG = {"up": (172.0, 5.0, 0.0), "over": (0.0, 168.0, 0.0), "in front": (88.0, 0.0, 0.0)}
"""Shoulder angles (flexion, abduction, external rotation) of an arm's place; "down" hangs to the floor."""
