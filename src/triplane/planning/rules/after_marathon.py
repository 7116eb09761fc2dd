"""After a marathon or more, only what is gentle."""

from triplane.history import RunKind, Slot
from triplane.planning.board import Board, hours_between
from triplane.planning.problem import Anchor, Candidate
from triplane.planning.rules._runs import is_gentle

IDS = ("E78",)
WHY = "After a marathon you get a few days of release, gentle movement and circles only."
MARATHON_M = 42_000.0
ULTRA_M = 43_000.0
MARATHON_DAYS = 5
ULTRA_DAYS = 7


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the drill is too much so soon after a marathon (5 days) or ultra (7 days)."""
    return not is_gentle(candidate) and any(_is_recent(run, slot) for run in board.runs)


def _is_recent(run: Anchor, slot: Slot) -> bool:
    if run.kind is not RunKind.RACE or (run.distance_m or 0) < MARATHON_M:
        return False
    days = ULTRA_DAYS if (run.distance_m or 0) >= ULTRA_M else MARATHON_DAYS
    return 0 <= hours_between(run.starts_at, slot.starts_at) < days * 24
