"""Between sets in the gym, nothing that takes from the muscle about to be loaded."""

from triplane.history import Context, Slot
from triplane.planning.board import Board
from triplane.planning.problem import Candidate

IDS = ("E74",)
WHY = "Between sets you mobilise or hold what is not about to be loaded, or keep moving."


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the drill is neither moving nor a stage 2-3 drill of muscles that rest today."""
    if slot.context is not Context.BETWEEN_SETS or candidate.dynamic or candidate.lunge:
        return False
    gym = board.gym_of(slot.id)
    loaded = set(gym.muscles) if gym else set()
    touched = {*candidate.muscles, *candidate.stretched}
    return candidate.stage not in (2, 3) or bool(loaded & touched)
