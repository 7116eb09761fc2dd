"""How a session went, by the logs of its slot and of what was played by itself of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from triplane.coach.answered import Logs, is_answered
from triplane.coach.cues import minutes_to_play
from triplane.coach.played import mostly_skipped
from triplane.coach.safe_items import items_allowed
from triplane.history import PlanItem, Slot
from triplane.screening import Clearance
from triplane.value import Value

STILL_ON = timedelta(hours=2)
"""How long after its end a slot still counts as next. Coach's default."""


class Went(StrEnum):
    """How a session or a run of the week went, as far as anybody told or recorded."""

    DONE = "done"
    PARTLY = "partly"
    SKIPPED = "skipped"
    NOT_DONE = "not_done"
    UNTOLD = ""


class SlotWent(Value):
    """How a slot went: in one word, the minutes done, and whether logs answer all of it."""

    went: Went
    minutes: float = 0
    is_answered: bool = False


def is_still_on(slot: Slot, now: datetime) -> bool:
    """Say whether a slot is ahead, under way or over for so short a time that it may still be done."""
    return now <= slot.starts_at + timedelta(minutes=slot.minutes) + STILL_ON


def slot_went(
    slot: Slot, items: Sequence[PlanItem], logs: Logs, now: datetime, clearance: Clearance
) -> SlotWent:
    """Say how a slot with all its items went; one of which something can still be done is not told yet.

    A log answers all of a slot, or an item of it. What was done is the sum of both. What safety takes away
    after a part was done makes that part neither nothing nor all of it; it only leaves less to come.
    """
    alone = [item for item in items if item.id in logs]
    left = items_allowed(tuple(item for item in items if item.id not in logs), clearance)
    is_over = not is_still_on(slot, now) or bool(alone and not left)
    answered = is_answered(slot.id, items, logs)
    told = [logs[name][1].minutes for name in (slot.id, *(item.id for item in alone)) if name in logs]
    asked = sum(map(minutes_to_play, items if answered else alone))
    if not answered and not is_over:
        went = Went.UNTOLD
    elif not told:
        went = Went.NOT_DONE
    elif mostly_skipped(sum(told), asked):
        went = Went.SKIPPED
    else:
        went = Went.DONE if answered else Went.PARTLY
    return SlotWent(went=went, minutes=sum(told), is_answered=answered)
