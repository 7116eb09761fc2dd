"""How a phone on the leg reads a test by gravity, and what it takes for still, for a start and for moved.

The page reads (``frontend/src/measure/``); the numbers stand here, and a test's file may say its own.
"""

from typing import Annotated, Literal

from pydantic import Field

from triplane.value import Value

Line = Annotated[str, Field(min_length=3, max_length=300)]
Positive = Annotated[float, Field(gt=0)]


class Stillness(Value):
    """When a phone counts as held still, by gravity alone. Ours.

    Every sample lies within ``within_deg`` of the mean, and the last third of them no further than
    ``drift_deg`` from the first: a leg that turns slowly is not held. Tremor shakes a phone more than it
    turns it, so samples are smoothed over ``smooth_ms``. After ``gap_ms`` without a sample nothing is known
    of what was before. ``held_ms`` of stillness is a reading: long enough to be held, short enough to be
    held by anybody. It is looked for in the last ``looked_at_ms``; the direction is that of the last
    ``read_ms``, by when what came before has died away. What pulls must be gravity and little else:
    between ``pull_least`` and ``pull_most``, in metres per second squared.
    """

    within_deg: Positive = 1.5
    drift_deg: Positive = 1.0
    smooth_ms: Positive = 200
    gap_ms: Positive = 400
    held_ms: Positive = 1000
    looked_at_ms: Positive = 1500
    read_ms: Positive = 500
    pull_least: Positive = 8.3
    pull_most: Positive = 11.3


class Limits(Value):
    """How a phone may lie and has to move for a reading to count. Ours.

    ``near_deg`` is how far a start may lie off level or upright, ``raised_deg`` what raised is at least.
    Further off level than ``tipped_deg``, the joint's axis hides too much of the turn from gravity. A leg has
    moved once it turned by ``moved_deg``, and is back within ``back_deg`` of where it started. There are
    ``get_ready_ms`` to lie down in before anything is taken for the start; what has not moved for
    ``unmoved_ms`` may move level with the floor, which gravity does not see.
    """

    near_deg: Positive = 25
    raised_deg: Positive = 5
    tipped_deg: Positive = 20
    moved_deg: Positive = 5
    back_deg: Positive = 8
    get_ready_ms: Positive = 5000
    unmoved_ms: Positive = 12000


class Inclinometer(Value):
    """How a phone on the segment reads a test by gravity: where it lies, and what is said on the way.

    It can where the joint's axis is level. ``counts`` is what a reading is: how far it turned since the
    start, or where the far end of the segment points. ``starts`` is how the segment lies before it moves;
    raised is with its far end up. ``go`` is for the passive reading or the only one.
    """

    counts: Literal["turn", "below_level", "above_level", "from_upright"]
    starts: Literal["level", "upright", "raised"]
    where: Line
    start: Line
    go: Line
    active_go: str = ""
    still: Stillness = Stillness()
    limits: Limits = Limits()
