"""What lived days say about one drill's dose: the value adaptation hands to planning.

It stands here, not in adaptation, because the planner must read it and may not look upwards.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from pydantic import Field

from triplane.body import Side
from triplane.evidence import Reason
from triplane.history import LungeVector
from triplane.value import Value

ANY_NUMBER = 28
"""Placements a week that stand for "no limit" (seven days, four micro-sessions each)."""


class Adjustment(Value):
    """One rule's word on one drill, on one side (``side`` missing: both). It only ever limits.

    ``dose_factor`` is the share of the drill's usual upper dose per placement, ``max_placements`` how
    often in the week, ``not_before`` the first instant at which it may be placed again. ``load_kg``
    and ``lunge`` say which load and lunge cell to use, ``effort_pct_max`` caps an isometric effort.
    ``easier`` is one instruction for the easier way. Several adjustments of one drill are combined by
    ``strictest``.
    """

    drill: str
    side: Side | None = None
    dose_factor: Annotated[float, Field(ge=0, le=1)] = 1
    max_placements: Annotated[int, Field(ge=0, le=ANY_NUMBER)] = ANY_NUMBER
    not_before: datetime | None = None
    load_kg: Annotated[float, Field(ge=0, le=300)] | None = None
    lunge: LungeVector | None = None
    effort_pct_max: Annotated[float, Field(gt=0, le=100)] | None = None
    easier: str = ""
    reason: Reason

    def speaks_of(self, side: Side) -> bool:
        return self.side is None or self.side is side


class Ceiling(Value):
    """All adjustments of one drill and side taken together: the strictest of each."""

    dose_factor: float = 1
    max_placements: int = ANY_NUMBER
    not_before: datetime | None = None
    load_kg: float | None = None
    lunge: LungeVector | None = None
    effort_pct_max: float | None = None
    easier: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def strictest(adjustments: Iterable[Adjustment], drill: str, side: Side) -> Ceiling:
    """Combine what every rule says of one drill and side; of two limits the lower one stands.

    Factors are not multiplied: a deload and a sore morning together ask for the lower of the two.
    Of two lunge cells the one with the lower sum of levels stands.
    """
    mine = [a for a in adjustments if a.drill == drill and a.speaks_of(side)]
    if not mine:
        return Ceiling()
    waits = [a.not_before for a in mine if a.not_before is not None]
    cells = [a.lunge for a in mine if a.lunge is not None]
    return Ceiling(
        dose_factor=min(a.dose_factor for a in mine),
        max_placements=min(a.max_placements for a in mine),
        not_before=max(waits, default=None),
        load_kg=min((a.load_kg for a in mine if a.load_kg is not None), default=None),
        lunge=min(cells, key=levels_of, default=None),
        effort_pct_max=min((a.effort_pct_max for a in mine if a.effort_pct_max is not None), default=None),
        easier=tuple(dict.fromkeys(a.easier for a in mine if a.easier)),
        reasons=tuple(dict.fromkeys(a.reason for a in mine)),
    )


def levels_of(cell: LungeVector) -> int:
    """Return the sum of the six levels of a lunge cell: 0 is the easiest."""
    return cell.load + cell.range + cell.environment + cell.speed + cell.stability + cell.duration
