"""What a body did: points over time into angles, events and range; and form, while it happens.

Speaks:  Recording, Angles, analyse, functional_centre; LandmarkFrame, Form, learn, Watch, analyse_form.      Knows: body.      Never: files, drills, runners.

What needs numpy is imported when first used, so that a drill's rules are read without it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from triplane.movement.form.frame import LandmarkFrame
from triplane.movement.form.rules import PACES, Count, Form, Hold, SeenBy, Signal, View
from triplane.movement.read_by import ReadBy

if TYPE_CHECKING:
    from triplane.movement.analysis import HipMotion, Method, analyse
    from triplane.movement.cycles import Cycles, Extremes, extremes, symmetry_deg
    from triplane.movement.events import cadence_spm
    from triplane.movement.form.camera import Camera, camera_for, frames_of_picture, landmarks_of, seen_by
    from triplane.movement.form.counting import Pace, Repetition, Way
    from triplane.movement.form.framing import Framing
    from triplane.movement.form.framing import says as framing_says
    from triplane.movement.form.glimpse import Glimpse
    from triplane.movement.form.learning import Learnt, learn
    from triplane.movement.form.reading import Reader, Shown
    from triplane.movement.form.report import FormReport, Range, WholeSet, analyse_form
    from triplane.movement.form.signals import READINGS, Reading
    from triplane.movement.form.signals import read as read_signal
    from triplane.movement.form.tally import Happened, What
    from triplane.movement.form.watch import Seen, Watch
    from triplane.movement.functional import FunctionalCentre, functional_centre
    from triplane.movement.held import Held, HeldEnds, WhyNot
    from triplane.movement.hip_centre import Regression
    from triplane.movement.recording import (
        DIRECTIONS,
        LANDMARKS,
        Angles,
        Event,
        EventKind,
        Recording,
        Segments,
    )
    from triplane.movement.references import Reference, reference
    from triplane.movement.segments import segment

_HOME = {
    "analysis": ("HipMotion", "Method", "analyse"),
    "cycles": ("Cycles", "Extremes", "extremes", "symmetry_deg"),
    "events": ("cadence_spm",),
    "form.camera": ("Camera", "camera_for", "frames_of_picture", "landmarks_of", "seen_by"),
    "form.counting": ("Pace", "Repetition", "Way"),
    "form.framing": ("Framing",),
    "form.glimpse": ("Glimpse",),
    "form.learning": ("Learnt", "learn"),
    "form.signals": ("READINGS", "Reading"),
    "form.reading": ("Reader", "Shown"),
    "form.report": ("FormReport", "Range", "WholeSet", "analyse_form"),
    "form.tally": ("Happened", "What"),
    "form.watch": ("Seen", "Watch"),
    "functional": ("FunctionalCentre", "functional_centre"),
    "held": ("Held", "HeldEnds", "WhyNot"),
    "hip_centre": ("Regression",),
    "recording": ("DIRECTIONS", "LANDMARKS", "Angles", "Event", "EventKind", "Recording", "Segments"),
    "references": ("Reference", "reference"),
    "segments": ("segment",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}
_RENAMED = {"framing_says": ("form.framing", "says"), "read_signal": ("form.signals", "read")}

__all__ = [
    "DIRECTIONS", "LANDMARKS", "PACES", "READINGS", "Angles", "Camera", "Count", "Cycles", "Event",
    "EventKind", "Extremes", "Form", "FormReport", "Framing", "FunctionalCentre", "Glimpse", "Happened",
    "Held", "HeldEnds", "HipMotion", "Hold", "LandmarkFrame", "Learnt", "Method", "Pace", "Range",
    "ReadBy", "Reader", "Reading", "Recording", "Reference", "Regression", "Repetition", "Seen", "SeenBy",
    "Segments", "Shown", "Signal", "View", "Watch", "Way", "What", "WholeSet", "WhyNot", "analyse", "analyse_form",
    "cadence_spm", "camera_for", "extremes", "frames_of_picture", "framing_says", "functional_centre",
    "landmarks_of", "learn", "read_signal", "reference", "seen_by", "segment", "symmetry_deg",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import what needs numpy only when it is asked for; kept, so that a name is looked up once."""
    module, own = _RENAMED.get(name, (_MODULE_OF.get(name, ""), name))
    if not module:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"triplane.movement.{module}"), own)
    globals()[name] = found
    return found
