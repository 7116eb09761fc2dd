"""What a day is: what to do, when, how and why, and what changed since yesterday."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from triplane.errors import Action
from triplane.evidence import Reason
from triplane.history import Change, Fact, PlanItem, RunKind, Slot
from triplane.planning import Anchor
from triplane.value import Value


class DayState(StrEnum):
    """What kind of day it is; every shell shows each of them."""

    UNSCREENED = "unscreened"
    BLOCKED = "blocked"
    WEEK_UNKNOWN = "week_unknown"
    AWAY = "away"
    REST = "rest"
    SESSION = "session"
    DONE = "done"
    INFEASIBLE = "infeasible"

    @property
    def is_stop(self) -> bool:
        """Whether nothing may be done today for safety's sake."""
        return self in (DayState.UNSCREENED, DayState.BLOCKED)


class DayDrill(Value):
    """One drill of a slot, in words."""

    item: PlanItem
    name: str
    dose: str
    minutes: float
    why: Reason
    first_time: bool


class DaySlot(Value):
    """A slot with its drills; ``done`` when a log answers it, ``done_minutes`` those it counts.

    ``mostly_skipped`` is a session that was begun and ended with next to nothing done; ``log_to_take_back``
    names its log where that may be taken back, so that the session is there to be done after all.
    """

    slot: Slot
    drills: tuple[DayDrill, ...]
    minutes: float
    done: bool = False
    done_minutes: float = 0
    mostly_skipped: bool = False
    log_to_take_back: str = ""


class Due(Value):
    """Something the coach asks for today, and why."""

    what: Action
    says: str


class Day(Value):
    """Today. ``next_slot`` is the id of what comes next, ``begin_from`` when that may be begun where it
    may not yet. ``held`` is what the runner's answers leave out or change. ``anchors`` are today's runs,
    gym visits and races, ``back`` what is said to who comes back after a week or more, ``paused`` whether
    an illness rests it all, ``begins_on_monday`` whether the week began too late to hold anything.
    ``proposed`` are facts to append.

    A day that is blocked holds no drill, whatever plan was issued before.
    """

    date: date
    state: DayState
    headline: str
    says: tuple[str, ...] = ()
    next_slot: str | None = None
    begin_from: datetime | None = None
    slots: tuple[DaySlot, ...] = ()
    due: tuple[Due, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[Reason, ...] = ()
    held: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    back: Reason | None = None
    paused: bool = False
    begins_on_monday: bool = False
    proposed: tuple[Fact, ...] = ()

    @property
    def has_race(self) -> bool:
        """Whether a race is run today."""
        return any(anchor.kind == RunKind.RACE for anchor in self.anchors)

    @property
    def next(self) -> DaySlot | None:
        """The slot that comes next, or ``None`` on a day without."""
        return next((slot for slot in self.slots if slot.slot.id == self.next_slot), None)

    def earlier(self, now: datetime) -> tuple[DaySlot | Anchor, ...]:
        """Return what of today is done or past, in the order of its hours."""
        return tuple(entry for entry in self._besides_next() if _is_over(entry, now))

    def later(self, now: datetime) -> tuple[DaySlot | Anchor, ...]:
        """Return what of today is under way or still to come, besides what is next."""
        return tuple(entry for entry in self._besides_next() if not _is_over(entry, now))

    def _besides_next(self) -> list[DaySlot | Anchor]:
        slots = [slot for slot in self.slots if slot.slot.id != self.next_slot]
        return sorted([*slots, *self.anchors], key=_begins)


def _begins(entry: DaySlot | Anchor) -> datetime:
    return entry.slot.starts_at if isinstance(entry, DaySlot) else entry.starts_at


def _is_over(entry: DaySlot | Anchor, now: datetime) -> bool:
    done = isinstance(entry, DaySlot) and entry.done
    return done or _begins(entry) + timedelta(minutes=entry.minutes) <= now
