"""The moving body: planes, directions, sides, poses, and where every point of it is.

Speaks:  Plane, Direction, Side, Leg, Pose, and the figure.      Knows: value.      Never: drills, runners, files.
"""

from triplane.body.directions import Direction, Leg, Plane, Side
from triplane.body.pose import Contact, Landmark, Pose, Prop, PropKind

__all__ = ["Contact", "Direction", "Landmark", "Leg", "Plane", "Pose", "Prop", "PropKind", "Side"]
