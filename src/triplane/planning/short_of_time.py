"""A day with less time at home than usual: its sessions at home fit into it, and nothing else grows."""

from collections.abc import Iterable, Iterator, Mapping

from triplane.history import Plan, Slot
from triplane.planning.moves import AT_HOME
from triplane.planning.week import RunnersWeek

ROUNDED_MIN = 0.1
"""An item's minutes are recorded to a tenth; so much more keeps it in a slot cut to what it held."""


def within_told(week: RunnersWeek, slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Return slots by start; those at home share the minutes told for their day, the moved ones first."""
    moved = {move.slot for move in week.moves if move.to is not None}
    left = {day.date: day.told_min for day in week.days if day.told_min is not None}
    cut: dict[str, float] = {}
    slots = tuple(slots)
    for slot in sorted(slots, key=lambda slot: slot.id not in moved):
        on = slot.starts_at.date()
        if slot.context in AT_HOME and on in left:
            cut[slot.id] = min(slot.minutes, left[on])
            left[on] -= cut[slot.id]
    return tuple(_cut(slots, cut))


def not_grown(week: RunnersWeek, ahead: Iterable[Slot], previous: Plan) -> tuple[Slot, ...]:
    """Return slots ahead; those away from home on a day short of time hold no more than was planned there.

    Time that is missing at home is not taken before the run or in the gym of that day. What was cut already
    keeps to that, however often the week is planned again.
    """
    short = {day.date for day in week.days if day.told_min is not None}
    ahead = tuple(ahead)
    elsewhere = [s for s in ahead if s.starts_at.date() in short and s.context not in AT_HOME]
    held = {
        slot.id: [item.minutes + ROUNDED_MIN for item in previous.items if item.slot == slot.id]
        for slot in elsewhere
    }
    laid = {slot.id: slot.minutes for slot in previous.slots}
    most = {name: min(sum(minutes), laid.get(name, 0)) for name, minutes in held.items()}
    return tuple(_cut(ahead, {slot.id: min(slot.minutes, most[slot.id]) for slot in elsewhere}))


def _cut(slots: tuple[Slot, ...], minutes: Mapping[str, float]) -> Iterator[Slot]:
    """Yield slots with these minutes, and none that has no minute left."""
    for slot in slots:
        left = minutes.get(slot.id, slot.minutes)
        if left > 0:
            yield slot if left == slot.minutes else slot.model_copy(update={"minutes": left})
