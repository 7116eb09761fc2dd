"""How far safety goes: from nothing to say up to calling for help."""

from collections.abc import Iterable
from enum import StrEnum


class SafetyLevel(StrEnum):
    """The strictest answer decides. From ``unscreened`` upward nothing is offered.

    ``emergency``: stop and call for help. ``urgent``: stop running and all drills, be seen today or
    tomorrow. ``refer``: no plan until a professional clears. ``unscreened``: a question is open.
    ``restrict``: a plan with restriction tags. ``caution``: a plan with a message.
    """

    NONE = "none"
    CAUTION = "caution"
    RESTRICT = "restrict"
    UNSCREENED = "unscreened"
    REFER = "refer"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """Place in the order from mildest (0) to strictest (6)."""
        return _ORDER.index(self)

    @property
    def blocks(self) -> bool:
        """Whether drills, tests and plans stop here."""
        return self.rank >= SafetyLevel.UNSCREENED.rank

    @property
    def needs_professional(self) -> bool:
        """Whether only a professional's clearance lifts it."""
        return self.rank >= SafetyLevel.REFER.rank

    def at_most(self, other: "SafetyLevel") -> "SafetyLevel":
        """Return the milder of the two."""
        return min(self, other, key=lambda level: level.rank)


def strictest(levels: Iterable[SafetyLevel]) -> SafetyLevel:
    """Return the strictest of several levels, ``none`` when there are none."""
    return max(levels, key=lambda level: level.rank, default=SafetyLevel.NONE)


_ORDER = tuple(SafetyLevel)
