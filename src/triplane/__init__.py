"""Triplane, the hip coach for runners: history in, day out."""

__version__ = "0.1.0"
