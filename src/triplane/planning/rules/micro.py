"""Micro-sessions: one drill, hours apart, a few a day."""

from collections.abc import Iterator
from itertools import combinations

from triplane.history import Context
from triplane.planning.board import Board, by_slot
from triplane.planning.problem import Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("E80", "R17")
WHY = "A desk break is one drill for a few minutes, a few times a day with hours between."


def _breaks(board: Board, slots: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(slot for slot in slots if board.slots[slot].context is Context.DESK_BREAK)


def _too_close(board: Board, slots: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(slots, 2):
        if abs(board.hours(one, other)) < board.problem.caps.micro_apart_h:
            yield one, other


def post(model: WeekModel) -> None:
    """One drill a break, one of two breaks that are too close, and caps on breaks and stages a day."""
    caps = model.board.problem.caps
    for day in model.board.days.values():
        breaks = _breaks(model.board, day)
        pairs = [pair for slot in breaks for pair in model.in_slot[slot]]
        hard = [pair for pair in pairs if model.candidate(pair).stage >= 3]
        close = [
            (*model.in_slot[one], *model.in_slot[other]) for one, other in _too_close(model.board, breaks)
        ]
        limits = [(pairs, caps.micro_a_day), (hard, caps.micro_stage3_a_day)]
        limits += [(list(both), 1) for both in close]
        limits += [(list(model.in_slot[slot]), 1) for slot in breaks]
        for limited, most in limits:
            if len(limited) > most:
                model.program.hold(model.any_of(limited), at_most=most)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield breaks with two drills, breaks too close together, and days with too many."""
    caps, sessions = board.problem.caps, by_slot(schedule)
    for day in board.days.values():
        used = tuple(slot for slot in _breaks(board, day) if slot in sessions)
        placements = tuple(p for slot in used for p in sessions[slot])
        hard = tuple(p for p in placements if board.candidates[p.drill].stage >= 3)
        yield from (sessions[slot] for slot in used if len(sessions[slot]) > 1)
        yield from (sessions[one] + sessions[other] for one, other in _too_close(board, used))
        if len(placements) > caps.micro_a_day:
            yield placements
        if len(hard) > caps.micro_stage3_a_day:
            yield hard
