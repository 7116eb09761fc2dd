"""Right before a run only light drills, and nothing new when the run matters."""

from triplane.history import Context, Slot
from triplane.planning.board import Board
from triplane.planning.problem import Candidate
from triplane.planning.rules._runs import is_hard_run

IDS = ("E22", "E23")
WHY = "Before a run we keep it light, and before a hard run you only do drills you know."
MOST_FATIGUE = 2


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the drill tires too much for a pre-run slot, or is new before a hard run."""
    if slot.context is not Context.PRE_RUN:
        return False
    run = board.run_of(slot.id)
    return candidate.fatigue > MOST_FATIGUE or (candidate.new and run is not None and is_hard_run(run))
