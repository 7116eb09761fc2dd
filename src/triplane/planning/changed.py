"""What a replan altered against the plan before, in sentences with their cause."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triplane.catalogue import Drill
from triplane.history import Change, Slot, minutes_as_told
from triplane.planning.board import Board, Pair, placement_of
from triplane.planning.moves import AT_HOME
from triplane.planning.problem import Placement, Schedule
from triplane.planning.rules import all_rules

BETTER_WITHOUT = "The rest of the week serves your targets better without it now."
ASKED_FOR = "It gives what your targets still ask for."
WAS_CHOSEN = "It was chosen for your weeks."
WAS_LEFT_OUT = "It was left out of your weeks."
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
    less: dict[str, str] = {}
    for pair in sorted(before):
        if pair not in now and _lies_ahead(board, pair):
            yield _Alteration(pair.drill, "{drill} leaves {when}.", _cause_of_leaving(board, pair)), pair.slot
        if _lies_ahead(board, pair) and _units(now.get(pair)) < _units(before[pair]):
            less[pair.drill] = less.get(pair.drill) or _elsewhere(board, pair)
    for pair in sorted(now):
        if _lies_ahead(board, pair):
            why = less.get(pair.drill, "")
            for alteration in _new_or_altered(board, now[pair], before.get(pair), why):
                yield alteration, pair.slot


def _units(placement: Placement | None) -> int:
    return placement.left_units + placement.right_units if placement else 0


def _here(board: Board, pair: Pair) -> str:
    """Say that a slot at home was cut because its day was told to be short; empty where it was not."""
    slot = _cut_short(board, pair)
    if slot is None:
        return ""
    minutes = board.problem.told_min[slot.starts_at.date()]
    if minutes <= 0:
        return "You have no time at home that day."
    return f"You have {minutes_as_told(minutes)} at home that day."


def _elsewhere(board: Board, pair: Pair) -> str:
    """Say on another day what a short one could not hold; empty where the day is not short."""
    slot = _cut_short(board, pair)
    if slot is None:
        return ""
    day, minutes = f"{slot.starts_at:%A}", board.problem.told_min[slot.starts_at.date()]
    if minutes <= 0:
        return f"It gives here what does not fit on {day}, where you have no time at home."
    return f"It gives here what does not fit on {day}, where you have {minutes_as_told(minutes)} at home."


def _cut_short(board: Board, pair: Pair) -> Slot | None:
    """Return a slot at home as it was before, where what it held is more than its day was told to have."""
    previous = board.problem.previous
    if previous is None:
        return None
    was = next((slot for slot in previous.slots if slot.id == pair.slot), None)
    if was is None or was.context not in AT_HOME or was.starts_at.date() not in board.problem.told_min:
        return None
    is_now, held = board.slots.get(pair.slot), [i.minutes for i in previous.items if i.slot == pair.slot]
    return was if is_now is None or is_now.minutes < sum(held) else None


def _lies_ahead(board: Board, pair: Pair) -> bool:
    return pair.slot not in board.slots or board.is_open(pair.slot)


def _cause_of_leaving(board: Board, pair: Pair) -> str:
    if pair.drill in board.problem.left_out:
        return WAS_LEFT_OUT
    short = _here(board, pair)
    if short:
        return short
    if pair.slot not in board.slots:
        return "Your week no longer has this slot."
    if pair.drill not in board.candidates:
        return "The drill is not on offer for you at the moment."
    slot, candidate = board.slots[pair.slot], board.candidates[pair.drill]
    against = [rule.why for rule in all_rules() if rule.forbids(board, candidate, slot)]
    return against[0] if against else BETTER_WITHOUT


def _new_or_altered(
    board: Board, placement: Placement, before: Placement | None, elsewhere: str
) -> Iterator[_Alteration]:
    """Yield what became of a placement; ``elsewhere`` says which day is too short for what it gives."""
    if before is None:
        brought = WAS_CHOSEN if placement.drill in board.problem.to_begin else ASKED_FOR
        cause = elsewhere or brought
        yield _Alteration(placement.drill, "{drill} comes in on {when}.", cause)
        return
    left, right = placement.left_units - before.left_units, placement.right_units - before.right_units
    if (left, right) == (0, 0):
        return
    gained = left + right
    if gained > 0:
        yield _Alteration(placement.drill, "{drill} gets more time on {when}.", elsewhere or DOSE_FOLLOWS)
    elif gained < 0:
        here = _here(board, Pair(placement.drill, placement.slot))
        yield _Alteration(placement.drill, "{drill} gets less time on {when}.", here or DOSE_FOLLOWS)
    else:
        words = "{drill} shares its time between the sides otherwise on {when}."
        yield _Alteration(placement.drill, words, DOSE_FOLLOWS)


def _when(slots: list[Slot]) -> str:
    """Name slots as the runner does: 'Wednesday 06:22 and Saturday 08:22'."""
    named = [f"{slot.starts_at:%A %H:%M}" for slot in sorted(slots, key=lambda slot: slot.starts_at)]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
