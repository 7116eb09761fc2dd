"""No direction ends the week at mobilising."""

from collections.abc import Iterator

from triplane.body import Direction, Side
from triplane.history import Context
from triplane.planning.board import Board, legs_reached, worked_sides
from triplane.planning.leaning import open_sides
from triplane.planning.problem import Candidate, Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("R02", "R01")
WHY = "A direction that we open in a week is also held or strengthened in it."

Reached = tuple[Direction, Side]


def _opens(board: Board, candidate: Candidate, slot: str) -> bool:
    """Stage 2 outside the moving warm-up before a run."""
    warm_up = board.slots[slot].context is Context.PRE_RUN and candidate.dynamic
    return candidate.stage == 2 and not warm_up


def _uses(candidate: Candidate) -> bool:
    return candidate.stage >= 3 and not candidate.cars


def _can_be_used(board: Board) -> set[Reached]:
    """What any drill on offer could own. A moving drill is not held to what nothing on offer can own."""
    found: set[Reached] = set()
    for drill, candidate in board.candidates.items():
        if _uses(candidate):
            sides = {side for slot in board.slots for side in open_sides(board, drill, slot)}
            found |= {key for side in sides for key in legs_reached(candidate, side)}
    return found


def _asks(candidate: Candidate, side: Side, possible: set[Reached]) -> set[Reached]:
    reached = legs_reached(candidate, side)
    return reached & possible if candidate.dynamic else reached


def post(model: WeekModel) -> None:
    """For every direction and side that is opened, ask for one placement of stage 3 or later."""
    users: dict[Reached, set[int]] = {}
    for (pair, side), worked in model.worked.items():
        if _uses(model.candidate(pair)):
            for key in legs_reached(model.candidate(pair), side):
                users.setdefault(key, set()).add(worked)
    possible = _can_be_used(model.board)
    asked: dict[tuple[str, Reached], list[int]] = {}
    for (pair, side), opened in model.worked.items():
        if model.board.is_open(pair.slot) and _opens(model.board, model.candidate(pair), pair.slot):
            for key in _asks(model.candidate(pair), side, possible):
                asked.setdefault((pair.drill, key), []).append(opened)
    for (_, key), opened_by in sorted(asked.items()):
        used = model.program.binary()
        model.program.hold([(-1, used), *((1, v) for v in sorted(users.get(key, ())))], at_least=0)
        for opened in sorted(set(opened_by)):
            model.program.hold([(1, used), (-1, opened)], at_least=0)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield stage-2 placements with a direction and side that no stage 3, 4 or 5 uses this week."""
    used: set[Reached] = set()
    for placement in schedule.placements:
        if _uses(board.candidates[placement.drill]):
            for side in worked_sides(placement):
                used |= legs_reached(board.candidates[placement.drill], side)
    possible = _can_be_used(board)
    for placement in schedule.placements:
        candidate = board.candidates[placement.drill]
        asked = {key for side in worked_sides(placement) for key in _asks(candidate, side, possible)}
        if _opens(board, candidate, placement.slot) and not asked <= used:
            yield (placement,)
