"""A drill suits the slot it lies in, and a desk break needs no floor."""

from triplane.history import Context, Slot
from triplane.planning.board import Board
from triplane.planning.problem import Candidate

IDS = ("R18", "E82")
WHY = "Every drill goes where it suits; a desk break is done standing or on the chair."


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the drill does not suit the context, or needs the floor beside a desk."""
    at_desk = slot.context is Context.DESK_BREAK
    return slot.context not in candidate.contexts or (at_desk and candidate.position.is_on_the_floor)
