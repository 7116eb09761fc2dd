"""The week as it stands: what is fixed, what is planned, and how good the plan was proven to be."""

from datetime import date, datetime, timedelta
from typing import TypeVar

from triplane import planning, screening
from triplane.coach.answered import Logs, items_of, logs_of
from triplane.coach.cues import minutes_to_play
from triplane.coach.current import current_plan
from triplane.coach.issued import CurrentPlan, changes_told, issued_plan
from triplane.coach.library import name_of
from triplane.coach.moving import may_move
from triplane.coach.recording import begin_from
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.coach.went import Went, slot_went
from triplane.evidence import Reason
from triplane.history import (
    Change,
    Fact,
    History,
    Level,
    PlanItem,
    Shortfall,
    Slot,
    SlotMoved,
    Target,
    distinct_runs,
    monday_of,
)
from triplane.planning import Anchor
from triplane.screening import Clearance
from triplane.value import Value

Timed = TypeVar("Timed", Slot, Anchor)

TO_GET_READY = timedelta(minutes=5)
"""So long at least from wishing for a session today to its beginning. Coach's default."""


class WeekItem(Value):
    """One planned drill with its name."""

    item: PlanItem
    name: str


class WeekSlot(Value):
    """A slot of the week with what is planned in it; ``done`` when logs answer all of it."""

    slot: Slot
    items: tuple[WeekItem, ...]
    minutes: float
    done: bool
    done_minutes: float = 0
    went: Went = Went.UNTOLD
    may_move: bool = False
    was_moved: bool = False


class WeekDay(Value):
    """One date: its runs and gym visits, and its slots that hold something.

    ``before`` marks a day before the runner began: what usually is on it was not told of it. ``ran`` are the
    starts of the runs that were recorded, ``missed`` the runs that were planned, are past and were not.
    """

    date: date
    away: bool
    before: bool = False
    anchors: tuple[Anchor, ...]
    slots: tuple[WeekSlot, ...]
    ran: tuple[datetime, ...] = ()
    missed: tuple[Anchor, ...] = ()

    @property
    def entries(self) -> tuple[tuple[Anchor | WeekSlot, Went], ...]:
        """Everything of the day in the order of its hours, with how it went."""
        if self.before:
            return ()
        slots = [(slot, slot.went) for slot in self.slots]
        runs = [(one, Went.DONE if one.starts_at in self.ran else Went.UNTOLD) for one in self.anchors]
        missed = [(one, Went.NOT_DONE) for one in self.missed]
        return tuple(sorted((*slots, *runs, *missed), key=lambda entry: _begins(entry[0])))


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

    @property
    def learning(self) -> tuple[Reason, ...]:
        """What comes as more drills are learned: what a first week is asked about first."""
        return planning.learning(self.notes)

    @property
    def other_notes(self) -> tuple[Reason, ...]:
        """All other notes."""
        return tuple(note for note in self.notes if note not in self.learning)


def soonest(week: Week, now: datetime, only: str | None = None) -> tuple[Slot, datetime] | None:
    """Return the next session that may be moved to now, and the earliest time there; none late at night.

    It is one of a later day, or one of today that cannot be begun yet; ``only`` asks about one alone, by its
    id or that of one of its items. ``week`` is the week as it is shown; what the rules make of the place is
    asked when it is chosen.
    """
    at = planning.next_quarter(now + TO_GET_READY)
    meant = (one for day in week.days for one in day.slots if one.may_move and _is_meant(one, only))
    movable = (one.slot for one in meant)
    ahead = (slot for slot in movable if slot.starts_at.date() > now.date() or begin_from(slot, now))
    slot = next(ahead, None)
    if slot is None or at.date() != now.date() or at.time() > planning.NO_LATER_THAN:
        return None
    return slot, at


def _is_meant(one: WeekSlot, only: str | None) -> bool:
    return only in (None, one.slot.id, *(held.item.id for held in one.items))


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
    logs, clearance = logs_of(history), screening.screen(history, now)
    ran = {run.started_at for _, run in distinct_runs(history)}
    began = min((fact.local_date for fact in history.facts), default=now.date())
    moved = frozenset({one.slot: one for _, one in history.all(SlotMoved) if one.to is not None})
    days = tuple(
        WeekDay(
            date=day.date,
            away=day.away,
            before=day.date < began,
            anchors=tuple(_here(anchor, now) for anchor in day.anchors),
            slots=_slots(current, day.date, now, logs, moved, clearance),
            ran=tuple(_here(one, now).starts_at for one in day.anchors if one.starts_at in ran),
            missed=tuple(_here(anchor, now) for anchor in day.missed),
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
    plan, clearance = history.issued_plan(fixed.monday), screening.screen(history, now)
    days = tuple(
        WeekDay(
            date=day.date,
            away=day.away,
            anchors=tuple(_here(anchor, now) for anchor in day.anchors),
            slots=_slots(CurrentPlan(plan=plan), day.date, now, {}, frozenset(), clearance),
        )
        for day in fixed.days
    )
    return Week(monday=fixed.monday, plan_id=plan.id if plan else None, days=days)


def _slots(
    current: CurrentPlan,
    day: date,
    now: datetime,
    logs: Logs,
    moved: frozenset[str],
    clearance: Clearance,
) -> tuple[WeekSlot, ...]:
    if current.plan is None:
        return ()
    found = []
    for slot in current.plan.slots:
        items = items_of(slot.id, current.plan.items)
        if items and slot.starts_at.astimezone(now.tzinfo).date() == day:
            named = tuple(
                WeekItem(item=item, name=name_of(item.drill))
                for item in sorted(items, key=lambda item: item.order)
            )
            went = slot_went(slot, items, logs, now, clearance)
            found.append(
                WeekSlot(
                    slot=_here(slot, now),
                    items=named,
                    minutes=sum(map(minutes_to_play, items)),
                    done=went.is_answered,
                    done_minutes=went.minutes,
                    went=went.went,
                    may_move=may_move(slot, went.is_answered, now),
                    was_moved=slot.id in moved,
                )
            )
    return tuple(sorted(found, key=lambda entry: entry.slot.starts_at))


def _begins(entry: Anchor | WeekSlot) -> datetime:
    return entry.slot.starts_at if isinstance(entry, WeekSlot) else entry.starts_at


def _here(timed: Timed, now: datetime) -> Timed:
    """Return a slot or an anchor with its time in the runner's zone."""
    return timed.model_copy(update={"starts_at": timed.starts_at.astimezone(now.tzinfo)})
