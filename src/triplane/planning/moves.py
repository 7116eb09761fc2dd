"""Slots that the runner put at another time: where one may lie at all, and the week with them moved.

A slot at home or at the desk may move within its week. One beside a run or a gym visit moves with that.
What of its drills suits the new place is the rules' business, not this one's.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from triplane.history import Context, Slot
from triplane.planning.problem import Anchor, Waiver
from triplane.planning.week import Day, RunnersWeek

AT_HOME = (Context.FULL_SESSION, Context.REST_DAY)
MOVABLE = (*AT_HOME, Context.DESK_BREAK)


def no_place(week: RunnersWeek, slot: Slot, to: datetime) -> str:
    """Return in one sentence why a slot cannot lie at an instant; empty where it can."""
    day = _day(week, to)
    if slot.context not in MOVABLE:
        return "It belongs to your run or your gym visit and moves with that."
    if day is None:
        return "A session stays in its week: what was missed is not piled onto the next."
    if day.away:
        return f"You are away on {day.date:%A}."
    if slot.context in AT_HOME and day.pattern.minutes == 0:
        return f"You have no minutes at home on {day.date:%A}."
    minutes = _laid(week, slot, to).minutes
    for anchor in week.anchors:
        if _overlap(to, minutes, anchor.starts_at, anchor.minutes):
            return f"It would lie in your {_named(anchor)}."
    return ""


def with_moves(week: RunnersWeek, usual: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return a week's slots by start with the runner's moves made, as far as they still have their place.

    A moved slot takes its time: what else would lie there by default gives way.
    """
    moved: dict[str, Slot] = {}
    by_id = {slot.id: slot for slot in usual}
    for move in week.moves:
        slot = by_id.get(move.slot)
        if slot is None or move.to is None or no_place(week, slot, move.to):
            continue
        laid = _laid(week, slot, move.to)
        if not any(overlapping(laid, other) for other in moved.values()):
            moved[slot.id] = laid
    kept = (s for s in usual if s.id not in moved and not any(overlapping(s, one) for one in moved.values()))
    return tuple(sorted((*kept, *moved.values()), key=lambda slot: (slot.starts_at.astimezone(UTC), slot.id)))


def overlapping(one: Slot, other: Slot) -> bool:
    """Say whether two slots share time."""
    return _overlap(one.starts_at, one.minutes, other.starts_at, other.minutes)


def waived(week: RunnersWeek, slots: tuple[Slot, ...]) -> frozenset[Waiver]:
    """Return the rules of preference that the runner keeps off where a moved slot lies as they put it."""
    lies = {slot.id: slot.starts_at for slot in slots}
    return frozenset(
        Waiver(rule=rule, drill=drill, slot=move.slot)
        for move in week.moves
        if move.to is not None and lies.get(move.slot) == move.to
        for rule in move.despite
        for drill in move.drills
    )


def _laid(week: RunnersWeek, slot: Slot, to: datetime) -> Slot:
    """Return a slot at its new instant: a session at home takes what the new day is and has for it."""
    here = to.astimezone(ZoneInfo(week.zone))
    day = _day(week, to)
    if day is None or slot.context not in AT_HOME:
        return slot.model_copy(update={"starts_at": here})
    context = Context.FULL_SESSION if day.anchors else Context.REST_DAY
    most = slot.minutes if day.pattern.minutes is None else min(slot.minutes, day.pattern.minutes)
    return slot.model_copy(update={"starts_at": here, "context": context, "minutes": most or slot.minutes})


def _day(week: RunnersWeek, at: datetime) -> Day | None:
    on: date = at.astimezone(ZoneInfo(week.zone)).date()
    return next((day for day in week.days if day.date == on), None)


def _overlap(start: datetime, minutes: float, other: datetime, other_minutes: float) -> bool:
    first, second = start.astimezone(UTC), other.astimezone(UTC)
    return first < second + timedelta(minutes=other_minutes) and second < first + timedelta(minutes=minutes)


def _named(anchor: Anchor) -> str:
    return "gym visit" if anchor.kind is None else "race" if anchor.kind == "race" else "run"
