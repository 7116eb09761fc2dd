"""What a calendar that is subscribed to may know: that there is a session, when and how long, and no more."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from triplane import screening
from triplane.coach.cues import minutes_to_play
from triplane.coach.preferring import preferences
from triplane.coach.safe_items import items_to_play
from triplane.errors import Blocked
from triplane.history import Fact, History, Plan, PlanIssued, Slot, monday_of
from triplane.value import Value

WEEKS_BACK = 2
"""Weeks behind this one that a calendar still shows. Coach's default."""


class FeedEntry(Value):
    """One session as a calendar may show it. ``sequence`` grows when its time or length changes.

    ``remind_at`` is missing where no reminder was asked for, or it would fall into the quiet hours.
    """

    slot: str
    starts_at: datetime
    minutes: float
    sequence: int
    changed_at: datetime
    remind_at: datetime | None = None


def feed(history: History, now: datetime, remind_min: int = 0) -> tuple[FeedEntry, ...]:
    """Return what a calendar may show, first to last; nothing at all to whom safety stops or pauses.

    Only looks: nothing is planned. Of this week it shows what may be done as of now.
    """
    clearance = screening.screen(history, now)
    if clearance.is_blocked or clearance.is_paused:
        return ()
    monday, found = monday_of(now.date()), []
    quiet = preferences(history)
    for week in range(WEEKS_BACK, -1, -1):
        plan = history.issued_plan(monday - timedelta(days=7 * week))
        for slot, minutes in _sessions(plan, history, now) if plan else ():
            fact = _changed_by(history, plan, slot) if plan else None
            remind_at = slot.starts_at.astimezone(now.tzinfo) - timedelta(minutes=remind_min)
            told = remind_min and not quiet.is_quiet(remind_at.time())
            found.append(
                FeedEntry(
                    slot=slot.id,
                    starts_at=slot.starts_at.astimezone(now.tzinfo),
                    minutes=minutes,
                    sequence=fact.seq if fact else 0,
                    changed_at=fact.recorded_at if fact else now,
                    remind_at=remind_at if told else None,
                )
            )
    return tuple(sorted(found, key=lambda entry: entry.starts_at))


def _sessions(plan: Plan, history: History, now: datetime) -> Iterator[tuple[Slot, float]]:
    for slot in plan.slots:
        items = tuple(item for item in plan.items if item.slot == slot.id)
        if items and slot.starts_at > now:
            try:
                items = items_to_play(items, slot, history, now)
            except Blocked:
                continue
        if items:
            yield slot, sum(map(minutes_to_play, items))


def _changed_by(history: History, plan: Plan, slot: Slot) -> Fact | None:
    """Return the fact that gave a session its present time and drills."""
    since, before = None, None
    for fact, body in history.all(PlanIssued):
        if body.plan.week != plan.week:
            continue
        lies = next((one.starts_at for one in body.plan.slots if one.id == slot.id), None)
        held = (lies, tuple(item.minutes for item in body.plan.items if item.slot == slot.id))
        if held != before:
            since, before = fact, held
    return since
