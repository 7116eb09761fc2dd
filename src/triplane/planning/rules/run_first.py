"""On a day with a run, the run comes first and heavy work at least six hours later."""

from triplane.history import Slot
from triplane.planning.board import Board, hours_between
from triplane.planning.problem import Candidate
from triplane.planning.rules.key_run import TIRING

IDS = ("E72", "E70")
WHY = "On a running day you run first, and heavy work waits at least six hours."
IS_PREFERENCE = True
HOURS_AFTER = 6.0


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether a tiring drill comes before a run of the same local day or too soon after one."""
    if candidate.fatigue < TIRING:
        return False
    same_day = (run for run in board.runs if run.starts_at.date() == slot.starts_at.date())
    ended_h = (hours_between(run.starts_at, slot.starts_at) - run.minutes / 60 for run in same_day)
    return any(hours < HOURS_AFTER for hours in ended_h)
