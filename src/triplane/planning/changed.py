"""What a replan altered against the plan before, in sentences with their cause."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triplane.catalogue import Drill
from triplane.history import Change, Slot
from triplane.planning.board import Board, Pair, placement_of
from triplane.planning.problem import Placement, Schedule
from triplane.planning.rules import all_rules

BETTER_WITHOUT = "The rest of the week serves your targets better without it now."
ASKED_FOR = "It gives what your targets still ask for."
DOSE_FOLLOWS = "Its dose follows what your targets and its limits now say."


@dataclass(frozen=True)
class _Alteration:
    """What became of one drill, as a sentence of the drill and when, and why."""

    drill: str
    words: str
    cause: str


def changes_of(board: Board, schedule: Schedule, drills: Mapping[str, Drill]) -> tuple[Change, ...]:
    """Return what is added, taken away or dosed otherwise ahead, one sentence a drill and cause."""
    previous = board.problem.previous
    if previous is None:
        return ()
    slots = {slot.id: slot for slot in (*previous.slots, *board.slots.values())}
    places: dict[_Alteration, list[str]] = {}
    for alteration, slot in _alterations(board, schedule):
        places.setdefault(alteration, []).append(slot)
    return tuple(
        Change(
            says=found.words.format(
                drill=_name(found.drill, drills), when=_when([slots[slot] for slot in where])
            ),
            item=f"{where[0]}-{found.drill}" if len(where) == 1 else found.drill,
            cause=found.cause,
        )
        for found, where in places.items()
    )


def _name(drill: str, drills: Mapping[str, Drill]) -> str:
    """A drill that this release no longer has goes by its old id."""
    return drills[drill].name if drill in drills else drill.replace("_", " ")


def _alterations(board: Board, schedule: Schedule) -> Iterator[tuple[_Alteration, str]]:
    assert board.problem.previous is not None
    now = {Pair(p.drill, p.slot): p for p in schedule.placements}
    before = {Pair(i.drill, i.slot): placement_of(i) for i in board.problem.previous.items}
    for pair in sorted(before):
        if pair not in now and _lies_ahead(board, pair):
            yield _Alteration(pair.drill, "{drill} leaves {when}.", _cause_of_leaving(board, pair)), pair.slot
    for pair in sorted(now):
        if _lies_ahead(board, pair):
            for alteration in _new_or_altered(now[pair], before.get(pair)):
                yield alteration, pair.slot


def _lies_ahead(board: Board, pair: Pair) -> bool:
    return pair.slot not in board.slots or board.is_open(pair.slot)


def _cause_of_leaving(board: Board, pair: Pair) -> str:
    if pair.slot not in board.slots:
        return "Your week no longer has this slot."
    if pair.drill not in board.candidates:
        return "The drill is not on offer for you at the moment."
    slot, candidate = board.slots[pair.slot], board.candidates[pair.drill]
    against = [rule.why for rule in all_rules() if rule.forbids(board, candidate, slot)]
    return against[0] if against else BETTER_WITHOUT


def _new_or_altered(placement: Placement, before: Placement | None) -> Iterator[_Alteration]:
    if before is None:
        yield _Alteration(placement.drill, "{drill} comes in on {when}.", ASKED_FOR)
        return
    left, right = placement.left_units - before.left_units, placement.right_units - before.right_units
    if (left, right) == (0, 0):
        return
    gained = left + right
    words = "{drill} shares its time between the sides otherwise on {when}."
    if gained:
        words = "{drill} gets more time on {when}." if gained > 0 else "{drill} gets less time on {when}."
    yield _Alteration(placement.drill, words, DOSE_FOLLOWS)


def _when(slots: list[Slot]) -> str:
    """Name slots as the runner does: 'Wednesday 06:22 and Saturday 08:22'."""
    named = [f"{slot.starts_at:%A %H:%M}" for slot in sorted(slots, key=lambda slot: slot.starts_at)]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
