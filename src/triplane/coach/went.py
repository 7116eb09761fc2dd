"""How a session went, by the logs of its slot and of what was played by itself of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from triplane.coach.cues import minutes_to_play
from triplane.coach.played import mostly_skipped
from triplane.history import Fact, History, PlanItem, SessionLogged, Slot
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


Logs = Mapping[str, tuple[Fact, SessionLogged]]
"""The logs by what they answer: a slot, or one item that was played by itself."""


def logs_of(history: History) -> Logs:
    """Return what was logged, by the id of the slot or item it answers; the last word on each."""
    return {body.slot: (fact, body) for fact, body in history.all(SessionLogged) if body.slot}


def is_still_on(slot: Slot, now: datetime) -> bool:
    """Say whether a slot is ahead, under way or over for so short a time that it may still be done."""
    return now <= slot.starts_at + timedelta(minutes=slot.minutes) + STILL_ON


def slot_went(slot: Slot, items: Sequence[PlanItem], logs: Logs, now: datetime) -> SlotWent:
    """Say how a slot with these items went; one of which something can still be done is not told yet.

    A log answers all of a slot, or an item of it. What was done is the sum of both.
    """
    alone = [item for item in items if item.id in logs]
    answered = slot.id in logs or (bool(items) and len(alone) == len(items))
    told = [logs[name][1].minutes for name in (slot.id, *(item.id for item in alone)) if name in logs]
    asked = sum(map(minutes_to_play, items if answered else alone))
    if not answered and is_still_on(slot, now):
        went = Went.UNTOLD
    elif not told:
        went = Went.NOT_DONE
    elif mostly_skipped(sum(told), asked):
        went = Went.SKIPPED
    else:
        went = Went.DONE if answered else Went.PARTLY
    return SlotWent(went=went, minutes=sum(told), is_answered=answered)
