"""Tiredness stays within what a rest day and a session may cost."""

from collections.abc import Iterator

from triplane.history import Context
from triplane.planning.board import Board
from triplane.planning.problem import Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E83", "E81")
WHY = "A rest day stays a rest day, and a session leaves you fit for the next one."


def _limits(board: Board) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield groups of slots with the most fatigue they may add up to."""
    caps = board.problem.caps
    for slots in board.days.values():
        if any(board.slots[slot].context is Context.REST_DAY for slot in slots):
            yield slots, caps.rest_day_fatigue
    for slot in board.slots:
        yield (slot,), caps.full_session_fatigue


def post(model: WeekModel) -> None:
    """Cap the sum of fatigue on rest days and in every session."""
    for slots, most in _limits(model.board):
        pairs = [pair for slot in slots for pair in model.in_slot[slot]]
        terms = [(model.candidate(pair).fatigue, model.placed[pair]) for pair in pairs]
        if terms:
            model.program.hold(terms, at_most=most)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield the placements of a rest day or session that add up to too much."""
    for slots, most in _limits(board):
        tiring = tuple(
            p for p in schedule.placements if p.slot in slots and board.candidates[p.drill].fatigue
        )
        if sum(board.candidates[p.drill].fatigue for p in tiring) > most:
            yield tiring
