"""What a runner who asked for it is reminded of: that there is a session soon, when and how long, no more."""

from datetime import datetime, timedelta

from triplane.coach.cues import minutes_to_play
from triplane.coach.preferring import preferences
from triplane.coach.safe_items import items_to_play
from triplane.coach.today import look
from triplane.errors import Blocked
from triplane.history import History
from triplane.value import Value


class Reminder(Value):
    """One session soon to begin. It names no drill: what left the house cannot be called back."""

    slot: str
    starts_at: datetime
    minutes: float


def reminders(history: History, now: datetime, ahead: timedelta) -> tuple[Reminder, ...]:
    """Return what of today begins within ``ahead``, first to last; nothing in the quiet hours.

    Only looks: where a plan is first to be made or looked at, there is nothing to remind of. Neither is
    there for whom safety stops or pauses, who is away, nor of what has begun, was done, or rests by now.
    """
    day = None if preferences(history).is_quiet(now.time()) else look(history, now)
    found = []
    for entry in day.slots if day else ():
        if entry.done or not now < entry.slot.starts_at <= now + ahead:
            continue
        held = tuple(drill.item for drill in entry.to_do)
        try:
            minutes = sum(map(minutes_to_play, items_to_play(held, entry.slot, history, now)))
        except Blocked:
            continue
        found.append(Reminder(slot=entry.slot.id, starts_at=entry.slot.starts_at, minutes=minutes))
    return tuple(found)
