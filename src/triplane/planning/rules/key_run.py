"""Legs are fresh for runs that matter."""

from triplane.history import Slot
from triplane.planning.board import Board
from triplane.planning.problem import Candidate
from triplane.planning.rules._runs import is_hard_run, is_light_warm_up

IDS = ("E72", "E73")
WHY = "Nothing tiring comes in the day before a key or long run, nor in two days while a drill is still new."
IS_PREFERENCE = True
TIRING = 3


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the drill lies inside the guard of a key or long run.

    Fatigue 3 and more stays out for ``key_guard_h`` hours, ``new_guard_h`` while the drill has not
    settled; stages 4 and 5 stay out for ``key_guard_h``. Light warm-ups right before a run are exempt.
    """
    if is_light_warm_up(candidate, slot):
        return False
    caps = board.problem.caps
    tiring_h = (
        (caps.key_guard_h if candidate.settled else caps.new_guard_h) if candidate.fatigue >= TIRING else 0
    )
    strength_h = caps.key_guard_h if candidate.stage >= 4 else 0
    guard_h = max(tiring_h, strength_h)
    return any(is_hard_run(run) and hours < guard_h for hours, run in board.runs_after[slot.id])
