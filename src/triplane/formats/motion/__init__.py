"""Recordings of movement from other programs, one module each; every frame, axis, unit and sign becomes ours here.

Speaks:  read_motion, is_recording, motion_formats, MotionFormat; landmark_frame, read_landmarks, landmark_line, sent_frame.      Knows: movement, errors.      Never: what a movement means.
"""

from triplane.formats.motion.landmarks import landmark_frame, landmark_line, read_landmarks
from triplane.formats.motion.motion_format import MotionFormat
from triplane.formats.motion.read import is_recording, motion_formats, read_motion
from triplane.formats.motion.sent import sent_frame

__all__ = [
    "MotionFormat",
    "is_recording",
    "landmark_frame",
    "landmark_line",
    "motion_formats",
    "read_landmarks",
    "read_motion",
    "sent_frame",
]
