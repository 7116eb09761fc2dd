"""A session fits its slot and the week fits the runner's minutes."""

from collections.abc import Iterator

from triplane.planning.board import SIDES, Board, by_slot, session_s, setup_s, shares_sides, unit_s
from triplane.planning.leaning import leading_side
from triplane.planning.problem import Candidate, Placement, Schedule
from triplane.planning.program import Terms
from triplane.planning.week_model import WeekModel

IDS = ("E81", "E23")
WHY = "A session with its set-up, changes and rests fits the minutes you have."


def _session_cap_s(board: Board, slot: str) -> int:
    """What a session may take; one that is over took what it took, whatever the minutes are since."""
    return max(board.session_cap_s(slot), _gone_s(board).get(slot, 0))


def _week_cap_s(board: Board) -> int:
    return max(int(board.problem.caps.weekly_minutes * 60), sum(_gone_s(board).values()))


def _gone_s(board: Board) -> dict[str, int]:
    """Seconds of the sessions that are over."""
    gone = Schedule(placements=tuple(p for p in board.fixed.values() if not board.is_open(p.slot)))
    return {slot: session_s(board, placements) for slot, placements in by_slot(gone).items()}


def post(model: WeekModel) -> None:
    """Keep each slot and the week within their seconds; a coarse group within its slots together.

    The first drill of a session needs no change before it, so an open slot is worth one change more.
    """
    board, change = model.board, model.board.transition_s
    for slot, pairs in model.in_slot.items():
        terms: Terms = [term for pair in pairs for term in model.seconds(pair)]
        terms += [(change, model.placed[pair]) for pair in pairs]
        if terms:
            model.program.hold(terms, at_most=_session_cap_s(board, slot) + change)
    week: Terms = []
    for group, slots in model.groups.items():
        terms = model.group_seconds(group)
        week += terms
        if len(slots) > 1 and terms:
            model.program.hold(terms, at_most=sum(_session_cap_s(board, slot) + change for slot in slots))
    week += [(-change, opened) for opened in _opened(model)]
    if week:
        model.program.hold(week, at_most=_week_cap_s(board))
    for drill in model.slots_of:
        _fit_both_sides(model, drill)


def _fit_both_sides(model: WeekModel, drill: str) -> None:
    """In a coarse group, keep a drill to the units of both sides that the slots it lies in have time for.

    Slot by slot that follows from the seconds; over a group it would be lost.
    """
    candidate = model.board.candidates[drill]
    if shares_sides(candidate):
        return
    leading = leading_side(model.board, drill)
    for group, slots in model.groups.items():
        pairs = [pair for pair in model.slots_of[drill] if pair.slot in slots]
        counted = {side: model.counted.get((drill, group, side)) for side in SIDES}
        if len(pairs) < 2 or None in counted.values():
            continue
        room: Terms = []
        for pair in pairs:
            sides = [side for side in SIDES if (pair, side) in model.worked]
            alone, together = (_room(model.board, candidate, pair.slot, n) for n in (1, 2))
            if len(sides) == 2 and leading is not None:
                room.append((-alone, model.worked[pair, leading]))
                room.append((alone - together, model.worked[pair, leading.other]))
            else:
                room.append((-(together if len(sides) == 2 else alone), model.placed[pair]))
        model.program.hold([*((1, v) for v in counted.values() if v is not None), *room], at_most=0)


def _room(board: Board, candidate: Candidate, slot: str, sides: int) -> int:
    """Units of so many sides together that the dose allows and the slot has time for."""
    room_s = _session_cap_s(board, slot) - sides * setup_s(candidate)
    return min(sides * candidate.max_units, max(0, room_s // unit_s(candidate)))


def _opened(model: WeekModel) -> Iterator[int]:
    """Yield for every slot a binary that may be 1 only when the slot holds a drill."""
    for pairs in model.in_slot.values():
        if pairs:
            opened = model.program.binary()
            model.program.hold([(1, opened), *((-c, v) for c, v in model.any_of(pairs))], at_most=0)
            yield opened


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield sessions longer than their slot, and all placements when the week is too long."""
    sessions = by_slot(schedule)
    for slot, placements in sessions.items():
        if session_s(board, placements) > _session_cap_s(board, slot):
            yield placements
    if sum(session_s(board, placements) for placements in sessions.values()) > _week_cap_s(board):
        yield schedule.placements
