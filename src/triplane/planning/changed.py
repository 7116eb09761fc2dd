"""What a replan altered against the plan before, in sentences with their cause."""

from triplane.history import Change
from triplane.planning.board import Board, Pair, placement_of
from triplane.planning.problem import Placement, Schedule
from triplane.planning.rules import all_rules


def changes_of(board: Board, schedule: Schedule) -> tuple[Change, ...]:
    """Return each drill that is added to, taken from or dosed otherwise in a slot ahead."""
    if board.problem.previous is None:
        return ()
    now = {Pair(p.drill, p.slot): p for p in schedule.placements}
    before = {Pair(i.drill, i.slot): placement_of(i) for i in board.problem.previous.items}
    found = [_gone(board, pair) for pair in sorted(before) if pair not in now and _lies_ahead(board, pair)]
    for pair in sorted(now):
        if _lies_ahead(board, pair):
            found += _new_or_altered(board, now[pair], before.get(pair))
    return tuple(found)


def _lies_ahead(board: Board, pair: Pair) -> bool:
    return pair.slot not in board.slots or board.is_open(pair.slot)


def _gone(board: Board, pair: Pair) -> Change:
    says = f"{pair.drill} leaves {pair.slot}."
    return Change(says=says, item=f"{pair.slot}-{pair.drill}", cause=_cause_of_leaving(board, pair))


def _cause_of_leaving(board: Board, pair: Pair) -> str:
    if pair.slot not in board.slots:
        return "Your week no longer has this slot."
    if pair.drill not in board.candidates:
        return "The drill is not on offer for you at the moment."
    slot, candidate = board.slots[pair.slot], board.candidates[pair.drill]
    against = [rule.why for rule in all_rules() if rule.forbids(board, candidate, slot)]
    return against[0] if against else "The rest of the week serves your targets better without it now."


def _new_or_altered(board: Board, placement: Placement, before: Placement | None) -> list[Change]:
    item = f"{placement.slot}-{placement.drill}"
    if before is None:
        cause = "It gives what your targets still ask for."
        return [Change(says=f"{placement.drill} comes into {placement.slot}.", item=item, cause=cause)]
    gained = sum(
        now - was
        for now, was in (
            (placement.left_units, before.left_units),
            (placement.right_units, before.right_units),
        )
    )
    if (placement.left_units, placement.right_units) == (before.left_units, before.right_units):
        return []
    says = f"{placement.drill} in {placement.slot} gets {'more' if gained > 0 else 'less'} than before."
    if gained == 0:
        says = f"{placement.drill} in {placement.slot} shares its time between the sides otherwise."
    return [Change(says=says, item=item, cause="Its dose follows what your targets and its limits now say.")]
