"""The moving body: planes, directions, sides, poses, and where every point of it is.

Speaks:  Plane, Direction, Side, Leg, Pose, and the figure.      Knows: value.      Never: drills, runners, files.

What needs numpy is imported when first used: kinematics (``frames_of``, ``place``, ``mirrored``, ``pose_of``,
``reached_deg``), contacts and balance (``contact_errors``, ``beyond_limits``, ``centre_of_mass``,
``off_support``), movement (``motion``, ``film``), adjustments (``limited``, ``with_reach``, ``with_range``) and drawing
(``draw_pose``, ``draw_drill``). Lengths are fractions of stature, angles degrees.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from triplane.body.directions import Direction, Leg, Plane, Side
from triplane.body.pose import Contact, Landmark, Pose, Prop, PropKind

if TYPE_CHECKING:
    from triplane.body.adjust import limited, with_range, with_reach
    from triplane.body.contact import beyond_limits, centre_of_mass, contact_errors, off_support
    from triplane.body.drawing.draw import draw_drill, draw_pose, draw_small
    from triplane.body.drawing.moving_picture import draw_moving
    from triplane.body.drawing.view import View
    from triplane.body.figure import (
        Frames,
        Placed,
        frames_of,
        mirrored,
        place,
        pose_of,
        reached_deg,
    )
    from triplane.body.filmed import Film, film
    from triplane.body.moving import Motion, motion
    from triplane.body.reach import Reach
    from triplane.body.rotation import angles_from_rotation, rotation_from_angles
    from triplane.body.skeleton import angle_index, point_index, points, segments, turns

__all__ = [
    "Contact",
    "Direction",
    "Film",
    "Frames",
    "Landmark",
    "Leg",
    "Motion",
    "Placed",
    "Plane",
    "Pose",
    "Prop",
    "PropKind",
    "Reach",
    "Side",
    "View",
    "angle_index",
    "angles_from_rotation",
    "beyond_limits",
    "centre_of_mass",
    "contact_errors",
    "draw_drill",
    "draw_moving",
    "draw_pose",
    "draw_small",
    "film",
    "frames_of",
    "limited",
    "mirrored",
    "motion",
    "off_support",
    "place",
    "point_index",
    "points",
    "pose_of",
    "reached_deg",
    "rotation_from_angles",
    "segments",
    "turns",
    "with_range",
    "with_reach",
]

_HOME = {
    "adjust": ("limited", "with_range", "with_reach"),
    "contact": ("beyond_limits", "centre_of_mass", "contact_errors", "off_support"),
    "drawing.draw": ("draw_drill", "draw_pose", "draw_small"),
    "drawing.moving_picture": ("draw_moving",),
    "figure": (
        "Frames",
        "Placed",
        "frames_of",
        "mirrored",
        "place",
        "pose_of",
        "reached_deg",
    ),
    "filmed": ("Film", "film"),
    "moving": ("Motion", "motion"),
    "reach": ("Reach",),
    "rotation": ("angles_from_rotation", "rotation_from_angles"),
    "skeleton": ("angle_index", "point_index", "points", "segments", "turns"),
    "drawing.view": ("View",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}


def __getattr__(name: str) -> object:
    """Import what needs numpy only when it is asked for; kept, so that a name is looked up once."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"triplane.body.{_MODULE_OF[name]}"), name)
    globals()[name] = found
    return found
