"""Why an item is in the plan: what it serves, why there, and why one side gets more."""

from triplane.body import Direction, Side
from triplane.evidence import Reason, reason
from triplane.history import Context
from triplane.planning.board import SIDES, Board, Pair, gives, legs_reached, worked_sides
from triplane.planning.leaning import leading_side
from triplane.planning.problem import Candidate, Placement, Schedule

MOST_TARGETS = 2
"""So many targets are named per item; the rest would be noise."""

_HERE = {
    Context.PRE_RUN: ("E23", "It is light enough to come right before a run."),
    Context.POST_RUN: ("R18", "After a run you are warm, which suits it."),
    Context.PRE_GYM: ("R18", "It readies your hips for the gym and takes nothing from the lifts."),
    Context.BETWEEN_SETS: ("E74", "Between sets it uses waiting time and leaves the loaded muscles alone."),
    Context.REST_DAY: ("E83", "A rest day has the time for it and no run that it could spoil."),
    Context.DESK_BREAK: ("E80", "It is one drill for a few minutes, which a desk break can hold."),
    Context.FULL_SESSION: ("E81", "A session of its own has the room for it in its order of stages."),
}


def reasons_of(board: Board, schedule: Schedule, placement: Placement) -> tuple[Reason, ...]:
    """Return the reasons of one item, the most telling first; never empty."""
    candidate = board.candidates[placement.drill]
    found = [
        *_serves(board, placement),
        *_owns(board, schedule, placement),
        *_of_its_stage(candidate),
        reason(*_HERE[board.slots[placement.slot].context]),
        *_leads(board, placement),
        *_is_new(candidate),
        *_is_pinned(board, placement),
        *_is_wanted(board, placement),
        *candidate.reasons,
    ]
    return tuple(dict.fromkeys(found))


def _serves(board: Board, placement: Placement) -> list[Reason]:
    """The targets it gives most to, by weight, and the strength sets it counts towards."""
    candidate = board.candidates[placement.drill]
    given = {key for side in worked_sides(placement) for key in gives(candidate, side)}
    targets = [t for t in board.problem.targets if (t.direction, t.side) in given and t.minutes > 0]
    targets.sort(key=lambda t: (-t.weight, t.direction, t.side))
    strength = [s.reason for s in board.problem.strength if placement.drill in s.drills]
    return [t.reason for t in targets[:MOST_TARGETS]] + strength


def _reached(board: Board, placement: Placement) -> set[tuple[Direction, Side]]:
    candidate = board.candidates[placement.drill]
    return {key for side in worked_sides(placement) for key in legs_reached(candidate, side)}


def _owns(board: Board, schedule: Schedule, placement: Placement) -> list[Reason]:
    """What a stage-3 hold makes the runner's own, opened in the same session or shortly before."""
    candidate = board.candidates[placement.drill]
    if candidate.stage != 3 or candidate.cars:
        return []
    opened = [
        p.drill
        for p in schedule.placements
        if board.candidates[p.drill].stage == 2
        and (
            p.slot == placement.slot
            or 0 < board.hours(p.slot, placement.slot) <= board.problem.caps.own_within_h
        )
        and _reached(board, p) & _reached(board, placement)
    ]
    says = "It makes the range your own that you opened in this session or the days before."
    return [reason("R02", says)] if opened else []


def _of_its_stage(candidate: Candidate) -> list[Reason]:
    if candidate.stage == 1:
        return [reason("R04", "It calms the tissue for a while, so that the work after it comes easier.")]
    if candidate.cars:
        return [reason("E84", "Slow circles take the hip through every direction once more.")]
    if candidate.stage == 5:
        return [reason("E12", "Range counts when it shows in movement, so you use it on your feet.")]
    return []


def _leads(board: Board, placement: Placement) -> list[Reason]:
    if placement.left_units == placement.right_units:
        return []
    more = max(SIDES, key=placement.units)
    if leading_side(board, placement.drill) is more:
        return [reason("R16", f"Your {more.value} side gets more, because it has more to gain.")]
    return [reason("E52", f"Only your {more.value} side works here; the other is spared for now.")]


def _is_new(candidate: Candidate) -> list[Reason]:
    return [reason("E44", "It is new to you, so you begin with half the dose.")] if candidate.new else []


def _is_pinned(board: Board, placement: Placement) -> list[Reason]:
    if Pair(placement.drill, placement.slot) in board.fixed:
        return [reason("E85", "It was pinned here and stays.")]
    return []


def _is_wanted(board: Board, placement: Placement) -> list[Reason]:
    if placement.drill in board.problem.wanted:
        return [reason("E85", "It was chosen for your weeks. Its dose is ours, as for every drill.")]
    return []
