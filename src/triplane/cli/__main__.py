"""``python -m triplane.cli``: the same as ``triplane``."""

from triplane.cli import run

run()
