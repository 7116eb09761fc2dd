"""The slots a week offers, by its days, its minutes and its hours of sitting."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cast import MONDAY, told
from triplane.history import (
    Context,
    DayChanged,
    DayPattern,
    GymVisit,
    History,
    PlannedRun,
    RunKind,
    Slot,
    SlotMoved,
    Weekday,
    WeekDescribed,
)
from triplane.planning import slots_of, week_of


def slots(
    described: WeekDescribed, *more: DayChanged | SlotMoved, sitting_h: float | None = None
) -> tuple[Slot, ...]:
    return slots_of(week_of(History("anna", told(described, *more)), MONDAY + timedelta(hours=1)), sitting_h)


def described(
    minutes: float = 80, most: float = 25, gym_only: bool = False, **days: DayPattern
) -> WeekDescribed:
    return WeekDescribed(
        days={Weekday(name): pattern for name, pattern in days.items()},
        weekly_minutes=minutes,
        max_session_minutes=most,
        in_gym_only=gym_only,
    )


RUN = PlannedRun(at=time(7), minutes=40)
QUALITY = PlannedRun(at=time(7), minutes=60, kind=RunKind.INTERVAL)
DESK = DayPattern(desk=True)


def test_a_run_day_has_a_warm_up_that_ends_where_the_run_begins() -> None:
    found = slots(described(tue=DayPattern(runs=(RUN,))))
    before = next(slot for slot in found if slot.context is Context.PRE_RUN)

    assert before.id == "2026-11-24-pre_run-1"
    assert before.starts_at + timedelta(minutes=before.minutes) == datetime(
        2026, 11, 24, 7, tzinfo=ZoneInfo("Europe/Berlin")
    )


@pytest.mark.parametrize(
    ("run", "weekly", "minutes"), [(RUN, 60, 6), (RUN, 90, 8), (QUALITY, 60, 10)], ids=["few", "usual", "key"]
)
def test_the_warm_up_takes_six_to_ten_minutes(run: PlannedRun, weekly: float, minutes: float) -> None:
    found = slots(described(weekly, tue=DayPattern(runs=(run,))))

    assert [slot.minutes for slot in found if slot.context is Context.PRE_RUN] == [minutes]


def test_free_days_are_rest_days_and_days_with_a_run_have_a_session_after_it() -> None:
    found = slots(described(tue=DayPattern(runs=(RUN,))))
    counted = Counter(slot.context for slot in found)

    assert (counted[Context.REST_DAY], counted[Context.FULL_SESSION]) == (6, 1)


@pytest.mark.parametrize(
    ("sitting_h", "weekly", "breaks"), [(9, 300, 4), (6, 300, 3), (2, 300, 1), (None, 300, 2), (9, 40, 1)]
)
def test_desk_breaks_follow_the_hours_of_sitting_and_the_minutes(
    sitting_h: float | None, weekly: float, breaks: int
) -> None:
    week = described(weekly, **dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DESK))
    found = [slot for slot in slots(week, sitting_h=sitting_h) if slot.context is Context.DESK_BREAK]

    assert len(found) == 5 * breaks
    assert all(slot.minutes <= 3 for slot in found)


def test_desk_breaks_are_two_hours_apart() -> None:
    found = [s for s in slots(described(300, mon=DESK), sitting_h=10) if s.context is Context.DESK_BREAK]
    apart = [(b.starts_at - a.starts_at) for a, b in pairwise(found)]

    assert min(apart) >= timedelta(hours=2)


def test_who_trains_in_the_gym_only_gets_slots_there_only() -> None:
    gym = DayPattern(gym=(GymVisit(at=time(18), minutes=60),), runs=(RUN,), desk=True)
    found = slots(described(60, 12, gym_only=True, mon=gym))

    assert [slot.context for slot in found] == [Context.PRE_GYM, Context.BETWEEN_SETS]
    assert max(slot.minutes for slot in found) <= 12


def test_a_home_session_moves_behind_an_evening_run() -> None:
    evening = DayPattern(runs=(PlannedRun(at=time(17, 45), minutes=45),))
    found = slots(described(mon=evening))
    home = next(slot for slot in found if slot.context is Context.FULL_SESSION)

    assert home.starts_at.time() >= time(18, 30)


def test_a_day_away_has_no_slots_at_home() -> None:
    found = slots(described(), DayChanged(date=date(2026, 11, 25), away=True))

    assert not [slot for slot in found if slot.starts_at.date() == date(2026, 11, 25)]


def test_a_day_without_minutes_has_no_session_at_home() -> None:
    assert len(slots(described(mon=DayPattern(minutes=0)))) == 6


patterns = st.builds(
    DayPattern,
    runs=st.lists(
        st.builds(
            PlannedRun,
            at=st.times(time(5), time(20)),
            minutes=st.floats(20, 180),
            kind=st.sampled_from([None, *RunKind]),
        ),
        max_size=3,
    ).map(tuple),
    gym=st.lists(
        st.builds(GymVisit, at=st.times(time(6), time(20)), minutes=st.floats(20, 90)), max_size=2
    ).map(tuple),
    desk=st.booleans(),
    minutes=st.one_of(st.none(), st.floats(0, 60)),
)


@given(st.fixed_dictionaries(dict.fromkeys(Weekday, patterns)), st.floats(5, 60), st.floats(0, 24))
def test_any_week_has_at_most_six_slots_a_day_with_ids_of_their_own(
    days: dict[Weekday, DayPattern], most: float, sitting_h: float
) -> None:
    found = slots(described(120, most, **days), sitting_h=sitting_h)

    assert len({slot.id for slot in found}) == len(found)
    assert max(Counter(slot.id[:10] for slot in found).values(), default=0) <= 6
    assert all(0 < slot.minutes <= most for slot in found)
    assert found == slots(described(120, most, **days), sitting_h=sitting_h)


@given(day=st.integers(0, 6), minutes=st.integers(0, 30), moved=st.integers(0, 6), hour=st.integers(6, 22))
def test_minutes_told_for_a_day_hold_whatever_lies_at_home_that_day(
    day: int, minutes: int, moved: int, hour: int
) -> None:
    usual = described(tue=DayPattern(runs=(RUN,)), thu=DayPattern(gym=(GymVisit(at=time(18), minutes=60),)))
    on = MONDAY.date() + timedelta(days=day)
    names = {
        number: slot.id
        for slot in slots(usual)
        for number in range(7)
        if slot.context in (Context.FULL_SESSION, Context.REST_DAY)
        and slot.starts_at.date() == MONDAY.date() + timedelta(days=number)
    }
    told = DayChanged(date=on, pattern=list_of_days(usual)[day].model_copy(update={"minutes": minutes}))
    to = datetime.combine(on, time(hour), tzinfo=ZoneInfo("Europe/Berlin"))
    found = slots(usual, told, SlotMoved(slot=names[moved], to=to))
    home = [s for s in found if s.context in (Context.FULL_SESSION, Context.REST_DAY)]

    if minutes < 25:
        assert sum(slot.minutes for slot in home if slot.starts_at.date() == on) <= minutes


def list_of_days(usual: WeekDescribed) -> list[DayPattern]:
    return [usual.days.get(name, DayPattern()) for name in Weekday]
