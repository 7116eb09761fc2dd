"""The week as it stands: what is fixed, what is planned, and how good the plan was proven to be."""

from datetime import date, datetime, timedelta
from typing import TypeVar

from triplane import planning
from triplane.coach.cues import minutes_to_play
from triplane.coach.current import current_plan
from triplane.coach.issued import CurrentPlan, changes_told, issued_plan
from triplane.coach.library import name_of
from triplane.coach.moving import may_move
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.evidence import Reason
from triplane.history import (
    Change,
    Fact,
    History,
    Level,
    PlanItem,
    SessionLogged,
    Shortfall,
    Slot,
    SlotMoved,
    Target,
    monday_of,
)
from triplane.planning import Anchor
from triplane.value import Value

Timed = TypeVar("Timed", Slot, Anchor)


class WeekItem(Value):
    """One planned drill with its name."""

    item: PlanItem
    name: str


class WeekSlot(Value):
    """A slot of the week with what is planned in it."""

    slot: Slot
    items: tuple[WeekItem, ...]
    minutes: float
    done: bool
    may_move: bool = False
    was_moved: bool = False


class WeekDay(Value):
    """One date: its runs and gym visits, and its slots that hold something.

    ``before`` marks a day before the runner began: what usually is on it was not told of it.
    """

    date: date
    away: bool
    before: bool = False
    anchors: tuple[Anchor, ...]
    slots: tuple[WeekSlot, ...]

    @property
    def entries(self) -> tuple[Anchor | WeekSlot, ...]:
        """Everything of the day in the order of its hours."""
        return () if self.before else tuple(sorted((*self.anchors, *self.slots), key=_begins))


class Week(Value):
    """Monday to Sunday. ``clashes`` stand there instead of slots when no plan keeps all rules."""

    monday: date
    plan_id: str | None
    days: tuple[WeekDay, ...]
    targets: tuple[Target, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    levels: tuple[Level, ...] = ()
    notes: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()
    clashes: tuple[Reason, ...] = ()
    proposed: tuple[Fact, ...] = ()
    has_sessions_left: bool = False


def week(history: History, now: datetime) -> Week:
    """Return the week of ``now``, planned anew only where something happened.

    Raises
    ------
    Blocked
        When safety stops the runner.
    """
    refuse_if_blocked(history, now)
    return _laid_out(history, now, current_plan(history, now))


def week_before(history: History, fact: Fact, now: datetime) -> Week:
    """Return the week as it stood when a fact came in: the plan that was issued by then, or none.

    Only looks: nothing is planned, also where that plan had not answered everything yet.

    Raises
    ------
    Blocked
        When safety stops the runner now.
    """
    refuse_if_blocked(history, now)
    known = History(history.runner, tuple(one for one in history.facts if one.seq < fact.seq))
    then = fact.recorded_at.astimezone(now.tzinfo)
    return _laid_out(known, then, CurrentPlan(plan=issued_plan(known, then)))


def _laid_out(history: History, now: datetime, current: CurrentPlan) -> Week:
    fixed = planning.week_of(history, now)
    plan = current.plan
    done = {session.slot for _, session in history.all(SessionLogged)}
    began = min((fact.local_date for fact in history.facts), default=now.date())
    moved = frozenset({one.slot: one for _, one in history.all(SlotMoved) if one.to is not None})
    days = tuple(
        WeekDay(
            date=day.date,
            away=day.away,
            before=day.date < began,
            anchors=tuple(_here(anchor, now) for anchor in day.anchors),
            slots=_slots(current, day.date, now, done, moved),
        )
        for day in fixed.days
    )
    return Week(
        monday=fixed.monday,
        plan_id=plan.id if plan else None,
        days=days,
        targets=plan.targets if plan else (),
        shortfalls=plan.shortfalls if plan else (),
        levels=plan.levels if plan else (),
        notes=plan.notes if plan else (),
        changes=changes_told(plan) if plan else (),
        clashes=plan.clashes if plan else current.clashes,
        proposed=current.proposed,
        has_sessions_left=any(not slot.done for day in days if day.date >= now.date() for slot in day.slots),
    )


def next_week(history: History, now: datetime) -> Week:
    """Return the week after this one as far as it is known: what is fixed, and its plan where one stands.

    Nothing is planned for it: its plan is made when it begins, of what is known then.

    Raises
    ------
    Blocked
        When safety stops the runner.
    """
    refuse_if_blocked(history, now)
    fixed = planning.week_of(history, now, monday_of(now.date()) + timedelta(days=7))
    plan = history.issued_plan(fixed.monday)
    days = tuple(
        WeekDay(
            date=day.date,
            away=day.away,
            anchors=tuple(_here(anchor, now) for anchor in day.anchors),
            slots=_slots(CurrentPlan(plan=plan), day.date, now, set(), frozenset()),
        )
        for day in fixed.days
    )
    return Week(monday=fixed.monday, plan_id=plan.id if plan else None, days=days)


def _slots(
    current: CurrentPlan, day: date, now: datetime, done: set[str | None], moved: frozenset[str]
) -> tuple[WeekSlot, ...]:
    if current.plan is None:
        return ()
    found = []
    for slot in current.plan.slots:
        items = [item for item in current.plan.items if item.slot == slot.id]
        if items and slot.starts_at.astimezone(now.tzinfo).date() == day:
            named = tuple(
                WeekItem(item=item, name=name_of(item.drill))
                for item in sorted(items, key=lambda item: item.order)
            )
            minutes = sum(map(minutes_to_play, items))
            found.append(
                WeekSlot(
                    slot=_here(slot, now),
                    items=named,
                    minutes=minutes,
                    done=slot.id in done,
                    may_move=may_move(slot, slot.id in done, now),
                    was_moved=slot.id in moved,
                )
            )
    return tuple(sorted(found, key=lambda entry: entry.slot.starts_at))


def _begins(entry: Anchor | WeekSlot) -> datetime:
    return entry.slot.starts_at if isinstance(entry, WeekSlot) else entry.starts_at


def _here(timed: Timed, now: datetime) -> Timed:
    """Return a slot or an anchor with its time in the runner's zone."""
    return timed.model_copy(update={"starts_at": timed.starts_at.astimezone(now.tzinfo)})
