"""What a body did: points over time into angles, events and range; and form, while it happens.

Speaks:  Recording, Angles, analyse, functional_centre; LandmarkFrame, Form, learn, Watch, analyse_form.      Knows: body.      Never: files, drills, runners.

What needs numpy is imported when first used, so that a drill's rules are read without it.
"""

from typing import TYPE_CHECKING

from triplane.front_door import front_door
from triplane.movement.form.frame import LandmarkFrame as LandmarkFrame
from triplane.movement.form.rules import PACES as PACES
from triplane.movement.form.rules import Count as Count
from triplane.movement.form.rules import Form as Form
from triplane.movement.form.rules import Hold as Hold
from triplane.movement.form.rules import SeenBy as SeenBy
from triplane.movement.form.rules import Signal as Signal
from triplane.movement.form.rules import View as View
from triplane.movement.read_by import ReadBy as ReadBy

if TYPE_CHECKING:
    from triplane.movement.analysis import HipMotion as HipMotion
    from triplane.movement.analysis import Method as Method
    from triplane.movement.analysis import analyse as analyse
    from triplane.movement.cycles import Cycles as Cycles
    from triplane.movement.cycles import Extremes as Extremes
    from triplane.movement.cycles import extremes as extremes
    from triplane.movement.cycles import symmetry_deg as symmetry_deg
    from triplane.movement.events import cadence_spm as cadence_spm
    from triplane.movement.form.camera import Camera as Camera
    from triplane.movement.form.camera import camera_for as camera_for
    from triplane.movement.form.camera import frames_of_picture as frames_of_picture
    from triplane.movement.form.camera import landmarks_of as landmarks_of
    from triplane.movement.form.camera import seen_by as seen_by
    from triplane.movement.form.counting import Pace as Pace
    from triplane.movement.form.counting import Repetition as Repetition
    from triplane.movement.form.counting import Way as Way
    from triplane.movement.form.framing import Framing as Framing
    from triplane.movement.form.framing import framing_says as framing_says
    from triplane.movement.form.glimpse import Glimpse as Glimpse
    from triplane.movement.form.learning import Learnt as Learnt
    from triplane.movement.form.learning import learn as learn
    from triplane.movement.form.reading import Reader as Reader
    from triplane.movement.form.reading import Shown as Shown
    from triplane.movement.form.report import FormReport as FormReport
    from triplane.movement.form.report import Range as Range
    from triplane.movement.form.report import WholeSet as WholeSet
    from triplane.movement.form.report import analyse_form as analyse_form
    from triplane.movement.form.signals import READINGS as READINGS
    from triplane.movement.form.signals import Reading as Reading
    from triplane.movement.form.signals import read_signal as read_signal
    from triplane.movement.form.tally import Happened as Happened
    from triplane.movement.form.tally import What as What
    from triplane.movement.form.watch import Seen as Seen
    from triplane.movement.form.watch import Watch as Watch
    from triplane.movement.functional import FunctionalCentre as FunctionalCentre
    from triplane.movement.functional import functional_centre as functional_centre
    from triplane.movement.held import Held as Held
    from triplane.movement.held import HeldEnds as HeldEnds
    from triplane.movement.held import WhyNot as WhyNot
    from triplane.movement.hip_centre import Regression as Regression
    from triplane.movement.markers import axis_of_body as axis_of_body
    from triplane.movement.markers import places_known as places_known
    from triplane.movement.recording import DIRECTIONS as DIRECTIONS
    from triplane.movement.recording import LANDMARKS as LANDMARKS
    from triplane.movement.recording import Angles as Angles
    from triplane.movement.recording import Event as Event
    from triplane.movement.recording import EventKind as EventKind
    from triplane.movement.recording import Recording as Recording
    from triplane.movement.recording import Segments as Segments
    from triplane.movement.references import Reference as Reference
    from triplane.movement.references import reference as reference
    from triplane.movement.segments import segment as segment
else:
    __all__, __getattr__ = front_door(__name__)
