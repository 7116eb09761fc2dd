"""A solved week put into words and doses: the plan that is issued."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from triplane.body import Side
from triplane.catalogue import DoseLimits, Drill, prescribe
from triplane.catalogue.lunges import prescribe_lunge
from triplane.errors import TriplaneError
from triplane.history import Plan, PlanItem, Prescription
from triplane.planning.board import Board, by_slot, placement_s
from triplane.planning.changed import changes_of
from triplane.planning.checker import check
from triplane.planning.levels import Effort, solve
from triplane.planning.problem import Candidate, Infeasible, Placement, Schedule, WeekProblem
from triplane.planning.reasons import reasons_of
from triplane.planning.shortfalls import clashes_over_floors, shortfalls_of, still_to_learn

Prescribe = Callable[[Drill, Candidate, int], Prescription]


class UnsoundPlan(TriplaneError):
    """The checker found a rule broken in a plan about to be issued; a fault of ours, never the runner's."""


def prescription(drill: Drill, candidate: Candidate, units: int) -> Prescription:
    """Return the dose of a candidate at so many units (1 or more) on one side."""
    limits = DoseLimits(hold_max_s=candidate.hold_max_s, effort_max_pct=candidate.effort_pct_max)
    if candidate.cell is not None:
        return prescribe_lunge(candidate.cell, units, limits)
    return prescribe(drill, units, limits)


def plan(
    problem: WeekProblem,
    drills: Mapping[str, Drill],
    *,
    prescribed: Prescribe = prescription,
    effort: Effort | None = None,
) -> Plan | Infeasible:
    """Solve a week and return the plan, or the rules that clash.

    Past items stay word for word as they were issued. Every plan passes the checker first.

    Raises
    ------
    UnsoundPlan
        When the checker finds a rule broken.
    """
    solved = solve(problem, effort)
    if isinstance(solved, Infeasible):
        return solved
    found = check(problem, solved.schedule)
    if found:
        raise UnsoundPlan("\n".join(b.reason.says for b in found))
    board = Board(problem)
    shortfalls = shortfalls_of(board, solved.schedule)
    return Plan(
        id=f"{problem.week.isoformat()}-{_digest(problem)}",
        week=problem.week,
        slots=tuple(board.slots.values()),
        items=_items(board, solved.schedule, drills, prescribed),
        targets=problem.targets,
        shortfalls=shortfalls,
        levels=solved.levels,
        clashes=clashes_over_floors(board, solved.schedule),
        notes=(*problem.notes, *still_to_learn(board, solved.schedule)),
        changes=changes_of(board, solved.schedule, drills),
        catalogue_version=problem.catalogue_version,
    )


def _digest(problem: WeekProblem) -> str:
    """Eight characters that differ when the problem does.

    Choices and days told short count only where there are some: every other plan is called as it was before
    there were any.
    """
    later = ("wanted", "to_begin", "left_out", "told_min")
    unsaid = {name for name in later if not getattr(problem, name)}
    return sha256(problem.model_dump_json(exclude=unsaid).encode()).hexdigest()[:8]


def _items(
    board: Board, schedule: Schedule, drills: Mapping[str, Drill], prescribed: Prescribe
) -> tuple[PlanItem, ...]:
    previous = board.problem.previous
    past = (
        [i for i in previous.items if i.slot in board.slots and not board.is_open(i.slot)] if previous else []
    )
    planned = []
    for slot, placements in by_slot(schedule).items():
        if board.is_open(slot):
            for order, placement in enumerate(in_order(board, placements)):
                planned.append(_item(board, schedule, placement, order, drills, prescribed))
    return (*past, *planned)


def in_order(board: Board, placements: tuple[Placement, ...]) -> list[Placement]:
    """Return a session in order of stage, staying in one position and with one equipment where it can."""
    left, ordered = list(placements), list[Placement]()
    while left:
        last = board.candidates[ordered[-1].drill] if ordered else None
        left.sort(key=lambda p: _after(last, board.candidates[p.drill]))
        ordered.append(left.pop(0))
    return ordered


def _after(last: Candidate | None, candidate: Candidate) -> tuple[int, bool, bool, str, str]:
    moved = last is not None and candidate.position is not last.position
    fetched = last is not None and candidate.needs_equipment != last.needs_equipment
    return (candidate.stage, moved, fetched, candidate.position, candidate.drill)


def _item(
    board: Board,
    schedule: Schedule,
    placement: Placement,
    order: int,
    drills: Mapping[str, Drill],
    prescribed: Prescribe,
) -> PlanItem:
    candidate = board.candidates[placement.drill]
    left, right = (
        prescribed(drills[placement.drill], candidate, placement.units(side))
        if placement.units(side)
        else None
        for side in (Side.LEFT, Side.RIGHT)
    )
    return PlanItem(
        id=f"{placement.slot}-{placement.drill}",
        slot=placement.slot,
        drill=placement.drill,
        order=order,
        left=left,
        right=right,
        left_units=placement.left_units,
        right_units=placement.right_units,
        minutes=round(placement_s(candidate, placement) / 60, 1),
        how=candidate.how,
        lunge=candidate.cell,
        load_kg=candidate.load_kg,
        first_exposure=candidate.new,
        reasons=reasons_of(board, schedule, placement),
    )
