"""The slots a week offers: stretches of minutes beside runs and gym visits, at home and at the desk.

How many there are follows the runner's days and minutes; what goes into them is the solver's business.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from triplane.history import Context, Slot
from triplane.planning.moves import with_moves
from triplane.planning.problem import Anchor
from triplane.planning.short_of_time import within_told
from triplane.planning.week import Day, RunnersWeek

SLOTS_A_DAY = 6
"""More slots than this are not offered on one day (the size a week is planned for)."""

PRE_RUN_MIN = {"short": 6.0, "usual": 8.0, "key": 10.0}
"""Minutes before a run: 6 to 10, the most before a key run (E23; short below 80 minutes a week)."""

POST_RUN_MIN = 8.0
PRE_GYM_MIN = 6.0
BETWEEN_SETS_MIN = 12.0
"""Minutes after a run, before and inside a gym visit (weekly skeletons; coach's defaults)."""

BETWEEN_SETS_SHARE = 0.3
"""Rests make up about this share of a gym visit (coach's default)."""

DESK_MIN = 3.0
DESK_TIMES = (time(10), time(12), time(14), time(16))
"""A desk break is 2 to 3 minutes, up to four a day, two hours apart (E80, E82)."""

DESK_SHARE = 0.5
"""Desk breaks may take at most this share of the week's minutes (coach's default)."""

PAUSE = timedelta(minutes=30)
"""Rest between a run or gym visit and a home session that would touch it (coach's default)."""

QUARTER = timedelta(minutes=15)
NO_LATER_THAN = time(22, 30)
"""Who begins in the evening of a week's last day, or moves a session to today, may do so at the next quarter
of an hour; by then it is over (coach's defaults)."""

_PLACE_OF = {
    Context.PRE_RUN: 0,
    Context.FULL_SESSION: 1,
    Context.REST_DAY: 1,
    Context.BETWEEN_SETS: 2,
    Context.PRE_GYM: 3,
    Context.DESK_BREAK: 4,
    Context.POST_RUN: 5,
}


@dataclass(frozen=True)
class _Offer:
    """A slot before it has its number."""

    starts_at: datetime
    context: Context
    minutes: float
    beside: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def slots_of(week: RunnersWeek, sitting_h: float | None = None) -> tuple[Slot, ...]:
    """Return the week's slots by start, each with an id of its date, context and number.

    ``sitting_h`` is how many hours a day the runner sits (0 to 24; unknown counts as some), and shapes
    the desk breaks. ``starts_at`` is in the runner's zone, so that its date is the runner's. The past
    days of the week keep their slots: what was planned there stays.
    """
    desk_a_day = desk_breaks_a_day(week, sitting_h)
    usual = tuple(slot for day in week.days for slot in _of_day(week, day, desk_a_day))
    usual += _first_evening(week, usual)
    return within_told(week, with_moves(week, usual))


def desk_breaks_a_day(week: RunnersWeek, sitting_h: float | None) -> int:
    """Return how many desk breaks a desk day gets: by hours of sitting, and by the minutes there are."""
    desk_days = sum(day.pattern.desk and not day.away for day in week.days)
    if not desk_days or week.usual.in_gym_only:
        return 0
    wanted = 2 if sitting_h is None else min(4, max(1, int(sitting_h // 2)))
    affordable = int(DESK_SHARE * week.usual.weekly_minutes / (DESK_MIN * desk_days))
    return min(wanted, max(1, affordable), len(DESK_TIMES))


def _of_day(week: RunnersWeek, day: Day, desk_a_day: int) -> list[Slot]:
    offers = [*_beside_runs(week, day), *_beside_gym(week, day)]
    if not (day.away or week.usual.in_gym_only):
        offers += [*_at_home(week, day, offers), *_at_the_desk(week, day, desk_a_day)]
    chosen = sorted(offers, key=lambda offer: (_PLACE_OF[offer.context], offer.starts_at))[:SLOTS_A_DAY]
    numbers: dict[Context, int] = {}
    slots = []
    for offer in sorted(chosen, key=lambda offer: offer.starts_at):
        numbers[offer.context] = number = numbers.get(offer.context, 0) + 1
        slots.append(
            Slot(
                id=f"{day.date}-{offer.context}-{number}",
                starts_at=offer.starts_at.astimezone(ZoneInfo(week.zone)),
                context=offer.context,
                minutes=offer.minutes,
                beside=offer.beside,
            )
        )
    return slots


def next_quarter(instant: datetime) -> datetime:
    """Return the next full quarter of an hour, or the instant itself where it is one."""
    past = timedelta(minutes=instant.minute % 15, seconds=instant.second, microseconds=instant.microsecond)
    return instant - past + (QUARTER if past else timedelta())


def _first_evening(week: RunnersWeek, usual: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return a session at once for who begins when no slot of the week is left, but some of the day is."""
    since = week.begins_at
    if since is None or week.usual.in_gym_only or any(slot.starts_at >= since for slot in usual):
        return ()
    day = next(day for day in week.days if day.date == since.date())
    offers = [] if day.away else list(_at_home(week, day, [], next_quarter(since)))
    return tuple(
        Slot(
            id=f"{day.date}-{offer.context}-2",
            starts_at=offer.starts_at.astimezone(ZoneInfo(week.zone)),
            context=offer.context,
            minutes=offer.minutes,
        )
        for offer in offers
        if offer.ends_at <= week.instant(day.date, NO_LATER_THAN)
    )


def _beside_runs(week: RunnersWeek, day: Day) -> Iterator[_Offer]:
    most = week.usual.max_session_minutes
    if week.usual.in_gym_only:
        return
    for run in day.runs:
        size = "key" if run.key else "usual" if week.usual.weekly_minutes >= 80 else "short"
        before = min(PRE_RUN_MIN[size], most)
        after = min(POST_RUN_MIN, most)
        yield _Offer(run.starts_at - timedelta(minutes=before), Context.PRE_RUN, before, str(run.kind))
        yield _Offer(_end_of(run), Context.POST_RUN, after, str(run.kind))


def _beside_gym(week: RunnersWeek, day: Day) -> Iterator[_Offer]:
    most = week.usual.max_session_minutes
    for visit in day.gym:
        before = min(PRE_GYM_MIN, most)
        inside = min(BETWEEN_SETS_MIN, most, max(3.0, BETWEEN_SETS_SHARE * visit.minutes))
        named = "gym: " + ", ".join(visit.muscles) if visit.muscles else "gym"
        yield _Offer(visit.starts_at - timedelta(minutes=before), Context.PRE_GYM, before, named)
        yield _Offer(visit.starts_at + timedelta(minutes=10), Context.BETWEEN_SETS, inside, named)


def _at_home(
    week: RunnersWeek, day: Day, taken: list[_Offer], starts_at: datetime | None = None
) -> Iterator[_Offer]:
    """Yield the session at home, at the usual hour or ``starts_at``, later where that hour is taken."""
    minutes = week.usual.max_session_minutes if day.pattern.minutes is None else day.pattern.minutes
    if minutes <= 0:
        return
    minutes = min(minutes, week.usual.max_session_minutes)
    context = Context.FULL_SESSION if day.anchors else Context.REST_DAY
    starts_at = starts_at or week.instant(day.date, week.usual.home_session_at)
    for start, end in _busy(day, taken):
        if starts_at < end and start < starts_at + timedelta(minutes=minutes):
            starts_at = end + PAUSE
    yield _Offer(starts_at, context, minutes)


def _at_the_desk(week: RunnersWeek, day: Day, how_many: int) -> Iterator[_Offer]:
    if not day.pattern.desk:
        return
    starts = [week.instant(day.date, at) for at in DESK_TIMES]
    free = [
        at
        for at in starts
        if not any(start <= at + timedelta(minutes=DESK_MIN) and at <= end for start, end in _busy(day, []))
    ]
    for at in free[:how_many]:
        yield _Offer(at, Context.DESK_BREAK, DESK_MIN, "desk")


def _busy(day: Day, taken: list[_Offer]) -> list[tuple[datetime, datetime]]:
    """Return when the day is taken, by start, with slots beside runs counted in."""
    spans = [(anchor.starts_at, _end_of(anchor)) for anchor in day.anchors]
    return sorted(spans + [(offer.starts_at, offer.ends_at) for offer in taken])


def _end_of(anchor: Anchor) -> datetime:
    return anchor.starts_at + timedelta(minutes=anchor.minutes)
