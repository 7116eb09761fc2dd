"""What a week could not give, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence

from triplane.body import Direction, Side
from triplane.evidence import Reason, reason
from triplane.history import Shortfall, Target
from triplane.planning.board import SIDES, Board, by_slot, covers, gives, session_s
from triplane.planning.objectives import floor_s, given_s, ordered_targets, with_floor
from triplane.planning.problem import Schedule
from triplane.planning.rules import PlanRule, all_rules

NEARLY_ALL = 0.9
"""Share of the week's minutes from which they count as spent (coach's default)."""

NEW = "E44"
"""The rule of new drills: few a week, each at half a dose."""


def shortfalls_of(board: Board, schedule: Schedule) -> tuple[Shortfall, ...]:
    """Return every direction and side that gets less end-range time than it should, with the cause."""
    given = given_s(board, schedule)
    found = []
    for target in ordered_targets(board):
        planned = given.get((target.direction, target.side), 0)
        if planned < round(target.minutes * 60):
            found.append(
                Shortfall(
                    direction=target.direction,
                    side=target.side,
                    wanted_min=target.minutes,
                    planned_min=round(planned / 60, 1),
                    because=_because(board, schedule, target).says,
                )
            )
    return tuple(found)


def clashes_over_floors(board: Board, schedule: Schedule) -> tuple[Reason, ...]:
    """Return a reason for each floor that is missed, under the rule that stood against it, if one did.

    A floor that waits for its drills to be learned stands against nothing: ``still_to_learn`` says it.
    """
    missed = _missed(board, schedule)
    return tuple(_gets_less(target, cause) for target, cause in missed if cause.rule != NEW)


def still_to_learn(board: Board, schedule: Schedule) -> tuple[Reason, ...]:
    """Return which directions get less than their basics while their drills are new, said once for all."""
    waiting = [target for target, cause in _missed(board, schedule) if cause.rule == NEW]
    if not waiting:
        return ()
    says = (
        f"The basics of these come as you learn more drills: {_listed(waiting)}. "
        "Only a few drills are new in one week, and this week's go to what needs them most."
    )
    return (reason(NEW, says),)


def _listed(targets: Sequence[Target]) -> str:
    """Name directions as a list; the side only where the other one has its basics."""
    sides: dict[Direction, list[Side]] = {}
    for target in targets:
        sides.setdefault(target.direction, []).append(target.side)
    names = [
        direction.plain_name if len(on) > 1 else f"{direction.plain_name} on the {on[0].value}"
        for direction, on in sides.items()
    ]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def learning(notes: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return, of a plan's notes, what they say of drills that are still to be learned."""
    return tuple(note for note in notes if note.rule == NEW)


def _missed(board: Board, schedule: Schedule) -> list[tuple[Target, Reason]]:
    """Return every floor that is missed, with its nearest cause."""
    covered = given_s(board, schedule, covers)
    missed = [t for t in with_floor(board) if covered.get((t.direction, t.side), 0) < floor_s(t)]
    return [(target, _because(board, schedule, target)) for target in missed]


def _gets_less(target: Target, cause: Reason) -> Reason:
    return cause.model_copy(update={"says": f"{_name(target)} gets less than its basics: {cause.says}"})


def _name(target: Target) -> str:
    return f"{target.direction.plain_name.capitalize()} on the {target.side.value}"


def _because(board: Board, schedule: Schedule, target: Target) -> Reason:
    """Return the nearest cause: safety, no drill, no fitting slot, the minutes, or the rules together."""
    key = (target.direction, target.side)
    if not target.offerable:
        return target.reason
    drills = _drills_for(board, key)
    if not drills:
        return _ours("no drill for it is on offer this week.")
    blockers, is_open = _blockers(board, drills)
    if not is_open:
        if not blockers:
            return _ours("the week has no slot left.")
        if blockers[0].name == "no_more":
            return blockers[0].reason("none of its drills comes in before a calm morning.")
        return blockers[0].reason(f"its drills fit no slot of this week. {blockers[0].why}")
    spent = {slot: session_s(board, placements) for slot, placements in by_slot(schedule).items()}
    gone = sum(seconds for slot, seconds in spent.items() if not board.is_open(slot))
    if sum(spent.values()) >= NEARLY_ALL * min(board.problem.caps.weekly_minutes * 60, gone + _open_s(board)):
        return _ours("your minutes are spent on what matters more.")
    if all(board.candidates[drill].new for drill in drills):
        says = "its drills are all new to you, and only a few are new in one week."
        if given_s(board, schedule, covers).get(key, 0) > given_s(board, schedule).get(key, 0):
            says = (
                "this week works through it and does not hold its end yet; the drills for that are all new."
            )
        return reason(NEW, says)
    full = "the slots that suit its drills are full or kept light."
    return blockers[0].reason(f"{full} {blockers[0].why}") if blockers else _ours(full)


def _ours(says: str) -> Reason:
    """A cause that no rule of the book names."""
    return Reason(rule="", says=says, sources=("coach_default",))


def _open_s(board: Board) -> float:
    return sum(board.session_cap_s(slot) for slot in board.open_slots)


def _drills_for(board: Board, key: tuple[Direction, Side]) -> list[str]:
    return [
        drill
        for drill, candidate in board.candidates.items()
        if any(key in gives(candidate, side) for side in SIDES if side not in candidate.excluded_sides)
    ]


def _blockers(board: Board, drills: list[str]) -> tuple[list[PlanRule], bool]:
    """Return the rules that keep these drills out of most slots, and whether any slot is left.

    That a drill does not suit a slot is its nature; it is named only when nothing else is.
    """
    counts: Counter[str] = Counter()
    is_open = False
    for drill in drills:
        for slot in board.open_slots:
            against = [
                r.name for r in all_rules() if r.forbids(board, board.candidates[drill], board.slots[slot])
            ]
            counts.update(against)
            is_open = is_open or not against
    by_name = {rule.name: rule for rule in all_rules()}
    ranked = sorted(counts, key=lambda name: (name == "context", -counts[name], name))
    return [by_name[name] for name in ranked], is_open
