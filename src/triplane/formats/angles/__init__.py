"""Angles of pelvis and hips for other programs and for the eye: tables, OpenSim motion, curves, a report.

Speaks:  WRITERS.      Knows: movement.      Never: how angles are come by.
"""

from triplane.formats.angles.writers import WRITERS

__all__ = ["WRITERS"]
