"""Recordings of movement from other programs, one module each; every frame, axis, unit and sign becomes ours here.

Speaks:  read_motion, is_recording, motion_formats, MotionFormat.      Knows: movement, errors.      Never: what a movement means.
"""

from triplane.formats.motion.motion_format import MotionFormat
from triplane.formats.motion.read import is_recording, motion_formats, read_motion

__all__ = ["MotionFormat", "is_recording", "motion_formats", "read_motion"]
