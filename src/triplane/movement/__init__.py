"""What a body did: points over time into the angles of pelvis and hips, events, cycles and range.

Speaks:  Recording, Angles, Segments, HipMotion, analyse, functional_centre.      Knows: body.      Never: files, drills, runners.
"""

from triplane.movement.analysis import HipMotion, Method, analyse
from triplane.movement.cycles import Cycles, Extremes, extremes, symmetry_deg
from triplane.movement.events import cadence_spm
from triplane.movement.functional import FunctionalCentre, functional_centre
from triplane.movement.hip_centre import Regression
from triplane.movement.recording import DIRECTIONS, LANDMARKS, Angles, Event, EventKind, Recording, Segments
from triplane.movement.references import Reference, reference
from triplane.movement.segments import segment

__all__ = [
    "DIRECTIONS",
    "LANDMARKS",
    "Angles",
    "Cycles",
    "Event",
    "EventKind",
    "Extremes",
    "FunctionalCentre",
    "HipMotion",
    "Method",
    "Recording",
    "Reference",
    "Regression",
    "Segments",
    "analyse",
    "cadence_spm",
    "extremes",
    "functional_centre",
    "reference",
    "segment",
    "symmetry_deg",
]
