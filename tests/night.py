"""How far a run looks: ``TRIPLANE_LOOK`` is ``day`` unless set, ``wide`` (what CI adds) or ``night``."""

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

LOOK = os.environ.get("TRIPLANE_LOOK", "day")
IS_NIGHT = LOOK == "night"
IS_WIDE = IS_NIGHT or LOOK == "wide"
NIGHT = pytest.mark.skipif(not IS_NIGHT, reason="a long look at everything: make night")
WIDE = pytest.mark.skipif(not IS_WIDE, reason="a wider look: make wide")
T = TypeVar("T")


def every(nth: int, of: Sequence[T]) -> Sequence[T]:
    """Return every nth one by day, all of them in a wider look."""
    return of if IS_WIDE else of[::nth]
