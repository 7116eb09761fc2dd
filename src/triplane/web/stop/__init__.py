"""The stop page."""
