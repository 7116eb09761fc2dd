"""Deciding anew where somebody wrote meanwhile: the journal takes facts only behind what they rest on."""

from collections.abc import Callable
from random import random
from time import sleep
from typing import TypeVar

from triplane.store import JournalMoved

TRIES = 16
"""How often a decision is taken where the journal moves underneath it: for so many writers at once. Ours."""

PAUSE_S = 0.01
"""Those who met wait up to so long after the first try, twice as long after the second, and so on. Ours."""

Decided = TypeVar("Decided")


def decided(use_case: Callable[[], Decided]) -> Decided:
    """Decide anew where the journal moved underneath, after a while of one's own: writers part.

    Raises
    ------
    JournalMoved
        Where it moved each time.
    """
    for tried in range(1, TRIES):
        try:
            return use_case()
        except JournalMoved:
            sleep(random() * PAUSE_S * tried)
    return use_case()
