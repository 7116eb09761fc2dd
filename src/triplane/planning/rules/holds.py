"""No long static hold of a muscle that is about to work."""

from collections.abc import Iterator
from math import ceil

from triplane.body import Side
from triplane.catalogue import Muscle
from triplane.history import Context
from triplane.planning.board import SIDES, Board, by_slot
from triplane.planning.problem import Candidate, Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E20", "E74")
WHY = "A muscle that is about to run or lift is held for less than a minute in all."


def _guarded(board: Board, slot: str) -> set[Muscle]:
    """Muscles whose static holds are limited in the slot."""
    context = board.slots[slot].context
    if context is Context.PRE_RUN:
        return set(Muscle)
    gym = board.gym_of(slot) if context in (Context.PRE_GYM, Context.BETWEEN_SETS) else None
    return set(gym.muscles) if gym else set()


def _hold_s(candidate: Candidate, muscle: Muscle) -> int:
    return ceil(candidate.hold_s_per_unit) if muscle in candidate.stretched else 0


def post(model: WeekModel) -> None:
    """Cap the seconds of static hold per guarded muscle and side in each slot."""
    most = int(model.board.problem.caps.prerun_hold_s)
    for slot, pairs in model.in_slot.items():
        for muscle in sorted(_guarded(model.board, slot)):
            holding = [(pair, _hold_s(model.candidate(pair), muscle)) for pair in pairs]
            for side in SIDES:
                terms = [(s * c, v) for pair, s in holding if s for c, v in model.units(pair, side)]
                if terms:
                    model.program.hold(terms, at_most=most)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield the placements of a slot that together hold a guarded muscle too long."""
    for slot, placements in by_slot(schedule).items():
        for muscle in sorted(_guarded(board, slot)):
            holding = tuple(p for p in placements if _hold_s(board.candidates[p.drill], muscle))
            if any(
                _held_s(board, holding, muscle, side) > board.problem.caps.prerun_hold_s for side in SIDES
            ):
                yield holding


def _held_s(board: Board, placements: tuple[Placement, ...], muscle: Muscle, side: Side) -> int:
    return sum(_hold_s(board.candidates[p.drill], muscle) * p.units(side) for p in placements)
