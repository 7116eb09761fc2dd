"""What a day is: what to do, when, how and why, and what changed since yesterday."""

from datetime import date, datetime, timedelta
from datetime import date as on_date
from enum import StrEnum

from triplane.coach.quiet import Quiet
from triplane.coach.went import Went
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
    """One drill of a slot, in words; ``done`` when it was played by itself and logged so."""

    item: PlanItem
    name: str
    dose: str
    minutes: float
    why: Reason
    first_time: bool
    done: bool = False


class DaySlot(Value):
    """A slot with its drills; ``done`` when logs answer all of it, ``done_minutes`` those they count.

    ``mostly_skipped`` is a session that was begun and ended with next to nothing done; ``log_to_take_back``
    names its log where that may be taken back and there is time left, so that the session is there to be
    done after all.
    ``went`` says all of it in one word.
    """

    slot: Slot
    drills: tuple[DayDrill, ...]
    minutes: float
    done: bool = False
    done_minutes: float = 0
    mostly_skipped: bool = False
    log_to_take_back: str = ""
    went: Went = Went.UNTOLD

    @property
    def to_do(self) -> tuple[DayDrill, ...]:
        """The drills that are left to do: those that were not played by themselves."""
        return tuple(drill for drill in self.drills if not drill.done)

    @property
    def minutes_left(self) -> float:
        """How long what is left takes."""
        return sum(drill.minutes for drill in self.to_do)


class Due(Value):
    """Something the coach asks for today, and why."""

    what: Action
    says: str


class Day(Value):
    """Today. ``next_slot`` is the id of what comes next, ``begin_from`` when that may be begun where it
    may not yet. ``held`` is what the runner's answers leave out or change. ``anchors`` are today's runs,
    gym visits and races, ``back`` what is said to who comes back after a week or more, ``paused`` whether
    an illness rests it all, ``begins_on_monday`` whether the week began too late to hold anything,
    ``week_is_empty`` whether it holds no session at all.
    ``shorter_days`` are the dates of this week on which a session at home is to come: less time cuts those.
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
    week_is_empty: bool = False
    shorter_days: tuple[on_date, ...] = ()
    proposed: tuple[Fact, ...] = ()

    @property
    def has_race(self) -> bool:
        """Whether a race is run today."""
        return any(anchor.kind == RunKind.RACE for anchor in self.anchors)

    @property
    def may_bring_one(self) -> bool:
        """Whether nothing can be begun now and a session may be brought here: a rest day, or one that
        opens only later."""
        return self.begin_from is not None or self.quiet is Quiet.REST

    @property
    def can_be_shorter(self) -> bool:
        """Whether telling of less time today changes anything."""
        return self.date in self.shorter_days

    @property
    def day_to_shorten(self) -> on_date:
        """The first day on which less time changes a session; tomorrow where this week has none."""
        return next(iter(self.shorter_days), self.date + timedelta(days=1))

    @property
    def next(self) -> DaySlot | None:
        """The slot that comes next, or ``None`` on a day without."""
        return next((slot for slot in self.slots if slot.slot.id == self.next_slot), None)

    @property
    def quiet(self) -> Quiet | None:
        """What kind of day it is where nothing is to come; ``None`` where a session is, or safety stops."""
        if self.next or self.state not in (DayState.DONE, DayState.AWAY, DayState.REST):
            return None
        went = {slot.went for slot in self.slots}
        holds = {
            Quiet.PAUSED: self.paused,
            Quiet.RACE: self.has_race,
            Quiet.MISSED: bool(went) and not went & {Went.DONE, Went.PARTLY},
            Quiet.PARTLY: Went.PARTLY in went and Went.DONE not in went,
            Quiet.DONE: self.state is DayState.DONE,
            Quiet.AWAY: self.state is DayState.AWAY,
            Quiet.BEGINS_ON_MONDAY: self.begins_on_monday,
            Quiet.EMPTY_WEEK: self.week_is_empty,
        }
        return next((kind for kind, is_so in holds.items() if is_so), Quiet.REST)

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
