"""Range that was held or pulled open is owned the same day or the next."""

from collections.abc import Iterator

from triplane.body import Direction, Side
from triplane.planning.board import Board, Pair, legs_reached, worked_sides
from triplane.planning.problem import Candidate, Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("R02", "R11")
WHY = "New range that you do not use stays loose, so an end-range hold of your own follows within two days."

Reached = tuple[Direction, Side]


def _must_be_owned(candidate: Candidate) -> bool:
    return candidate.stage == 2 and (candidate.held or candidate.banded)


def _can_own(candidate: Candidate) -> bool:
    return candidate.stage == 3 and not candidate.cars


def _is_in_time(board: Board, slot: str, owning: str) -> bool:
    """Return whether ``owning`` is the same slot or starts within the window after it."""
    return slot == owning or 0 < board.hours(slot, owning) <= board.problem.caps.own_within_h


def post(model: WeekModel) -> None:
    """For every placement and side that must be owned, ask for one that owns it in time."""
    owners: dict[Reached, list[tuple[Pair, Side]]] = {}
    for pair, side in model.worked:
        if _can_own(model.candidate(pair)):
            for key in sorted(legs_reached(model.candidate(pair), side)):
                owners.setdefault(key, []).append((pair, side))
    for (pair, side), opened in model.worked.items():
        if _must_be_owned(model.candidate(pair)) and model.board.is_open(pair.slot):
            for key in sorted(legs_reached(model.candidate(pair), side)):
                in_time = [o for o in owners.get(key, []) if _is_in_time(model.board, pair.slot, o[0].slot)]
                terms = [(1, variable) for variable in sorted({model.worked[o] for o in in_time})]
                model.program.hold([*terms, (-1, opened)], at_least=0)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield held or banded stage-2 placements with a direction and side that nothing owns in time."""
    for placement in schedule.placements:
        candidate = board.candidates[placement.drill]
        if _must_be_owned(candidate) and not _wanted(candidate, placement) <= _owned(
            board, schedule, placement
        ):
            yield (placement,)


def _wanted(candidate: Candidate, placement: Placement) -> set[Reached]:
    return {key for side in worked_sides(placement) for key in legs_reached(candidate, side)}


def _owned(board: Board, schedule: Schedule, opened: Placement) -> set[Reached]:
    owning = (
        p
        for p in schedule.placements
        if _can_own(board.candidates[p.drill]) and _is_in_time(board, opened.slot, p.slot)
    )
    return {key for p in owning for key in _wanted(board.candidates[p.drill], p)}
