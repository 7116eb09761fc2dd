"""What the default run looks at in part and ``make night`` in full."""

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

IS_NIGHT = os.environ.get("TRIPLANE_HYPOTHESIS") == "night"
NIGHT = pytest.mark.skipif(not IS_NIGHT, reason="a long or wide look: make night")
T = TypeVar("T")


def every(nth: int, of: Sequence[T]) -> Sequence[T]:
    """Return every nth one by day, all of them at night."""
    return of if IS_NIGHT else of[::nth]
