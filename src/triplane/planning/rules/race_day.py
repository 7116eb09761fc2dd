"""After a race, what is left of its day holds only what is gentle."""

from triplane.history import RunKind, Slot
from triplane.planning.board import Board, hours_between
from triplane.planning.problem import Anchor, Candidate
from triplane.planning.rules._runs import is_gentle

IDS = ("E76",)
WHY = "After a race, release, circles and easy stretches are enough for that day."


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the drill is too much for the same local day, after a race of any length."""
    return not is_gentle(candidate) and any(_was_raced_before(run, slot) for run in board.runs)


def _was_raced_before(run: Anchor, slot: Slot) -> bool:
    same_day = run.starts_at.date() == slot.starts_at.date()
    return run.kind is RunKind.RACE and same_day and hours_between(run.starts_at, slot.starts_at) >= 0
