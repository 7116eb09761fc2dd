"""The moving body: planes, directions, sides, poses, and where every point of it is.

Speaks:  Plane, Direction, Side, Leg, Pose, and the figure.      Knows: value.      Never: drills, runners, files.

What needs numpy is imported when first used: kinematics, contacts and balance, movement, adjustments and
drawing. Lengths are fractions of stature, angles degrees.
"""

from typing import TYPE_CHECKING

from triplane.body.directions import Direction as Direction
from triplane.body.directions import Leg as Leg
from triplane.body.directions import Plane as Plane
from triplane.body.directions import Side as Side
from triplane.body.pose import Contact as Contact
from triplane.body.pose import Landmark as Landmark
from triplane.body.pose import Pose as Pose
from triplane.body.pose import Prop as Prop
from triplane.body.pose import PropKind as PropKind
from triplane.front_door import front_door

if TYPE_CHECKING:
    from triplane.body.adjust import limited as limited
    from triplane.body.adjust import with_range as with_range
    from triplane.body.adjust import with_reach as with_reach
    from triplane.body.contact import beyond_limits as beyond_limits
    from triplane.body.contact import centre_of_mass as centre_of_mass
    from triplane.body.contact import contact_errors as contact_errors
    from triplane.body.contact import off_support as off_support
    from triplane.body.drawing.draw import caption_words as caption_words
    from triplane.body.drawing.draw import draw_drill as draw_drill
    from triplane.body.drawing.draw import draw_pose as draw_pose
    from triplane.body.drawing.draw import draw_small as draw_small
    from triplane.body.drawing.draw import drawing_style as drawing_style
    from triplane.body.drawing.moving_picture import draw_moving as draw_moving
    from triplane.body.drawing.view import View as View
    from triplane.body.figure import Frames as Frames
    from triplane.body.figure import Placed as Placed
    from triplane.body.figure import frames_of as frames_of
    from triplane.body.figure import mirrored as mirrored
    from triplane.body.figure import place as place
    from triplane.body.figure import pose_of as pose_of
    from triplane.body.figure import reached_deg as reached_deg
    from triplane.body.filmed import Film as Film
    from triplane.body.filmed import film as film
    from triplane.body.moving import Motion as Motion
    from triplane.body.moving import motion as motion
    from triplane.body.reach import Reach as Reach
    from triplane.body.rotation import angles_from_rotation as angles_from_rotation
    from triplane.body.rotation import rotation_from_angles as rotation_from_angles
    from triplane.body.skeleton import angle_index as angle_index
    from triplane.body.skeleton import point_index as point_index
    from triplane.body.skeleton import points as points
    from triplane.body.skeleton import segments as segments
    from triplane.body.skeleton import turns as turns
else:
    __all__, __getattr__ = front_door(__name__)
