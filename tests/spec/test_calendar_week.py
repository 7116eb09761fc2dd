"""A calendar becomes the week: its runs and visits replace the usual ones; what was told by hand stands."""

from datetime import date, datetime, timedelta

from cast import BERLIN, MONDAY, told
from triplane import coach, planning
from triplane.history import (
    CalendarEntry,
    DayChanged,
    DayPattern,
    Fact,
    GymVisit,
    History,
    PlannedRun,
    RaceEntered,
    RunKind,
    WeekDescribed,
)

USUAL = WeekDescribed(
    weekly_minutes=60,
    max_session_minutes=20,
    days={
        "tue": DayPattern(runs=(PlannedRun(at="07:00", minutes=40),)),
        "sun": DayPattern(runs=(PlannedRun(at="09:00", minutes=80),)),
        "mon": DayPattern(gym=(GymVisit(at="18:00", minutes=60),), minutes=15),
    },
)
NOW = MONDAY + timedelta(minutes=10)


def held(day: int, hour: int = 18, uid: str = "", **more: object) -> CalendarEntry:
    at = datetime(2026, 11, day, hour, tzinfo=BERLIN)
    return CalendarEntry(uid=uid or f"e{day}", starts_at=at, minutes=50, **more)


def known(*facts: Fact) -> History:
    return History("anna", told(USUAL)).plus(*facts)


def after(history: History, *entries: CalendarEntry, source: str = "Club", later_min: int = 0) -> History:
    now = NOW + timedelta(minutes=later_min)
    return history.plus(*coach.calendar_read(history, source, entries, now))


def fixed(history: History, monday: date | None = None) -> dict[int, list[str]]:
    week = planning.week_of(history, NOW + timedelta(hours=1), monday)
    return {
        day.date.day: [
            f"{anchor.kind or 'gym'} {anchor.starts_at.astimezone(BERLIN):%H:%M}" for anchor in day.anchors
        ]
        for day in week.days
        if day.anchors
    }


def test_runs_of_a_calendar_are_the_weeks_runs_and_gym_visits_stay_as_usual() -> None:
    history = after(known(), held(25), held(28, 8, run=RunKind.LONG))

    assert fixed(history) == {23: ["gym 18:00"], 25: ["easy 18:00"], 28: ["long 08:00"]}


def test_a_week_in_which_it_holds_nothing_goes_as_usual() -> None:
    history = after(known(), held(25))

    assert fixed(history, date(2026, 11, 30)) == {30: ["gym 18:00"], 1: ["easy 07:00"], 6: ["long 09:00"]}


def test_a_day_that_was_changed_by_hand_goes_as_was_said() -> None:
    change = told(DayChanged(date=date(2026, 11, 25), away=True))
    history = after(known(*change), held(25), held(26))

    assert 25 not in fixed(history)
    assert fixed(history)[26] == ["easy 18:00"]


def test_changing_a_day_keeps_what_its_calendar_holds() -> None:
    history = after(known(), held(25))
    changed = coach.changed_day(history, date(2026, 11, 25), NOW, minutes=5)

    assert changed.pattern is not None
    assert [run.at.hour for run in changed.pattern.runs] == [18]


def test_the_same_calendar_again_says_nothing_new_and_an_empty_one_nothing_at_all() -> None:
    history = after(known(), held(25), held(28, run=RunKind.RACE))

    assert coach.calendar_read(history, "Club", (held(25), held(28, run=RunKind.RACE)), NOW) == ()
    assert coach.calendar_read(known(), "Other", (), NOW) == ()


def test_what_was_moved_there_and_back_again_lies_where_it_lay() -> None:
    history = after(known(), held(25))
    history = after(history, held(26), later_min=1)
    history = after(history, held(25), later_min=2)

    assert [day for day in fixed(history) if day != 23] == [25]


def test_two_calendars_join_and_what_both_hold_is_there_once() -> None:
    history = after(known(), held(25), held(27, is_gym=True))
    history = after(history, held(25, uid="other"), held(28), source="Work", later_min=1)

    assert fixed(history) == {25: ["easy 18:00"], 27: ["gym 18:00"], 28: ["easy 18:00"]}


def test_a_race_is_entered_and_cancelled_with_the_calendar_but_never_one_told_by_hand() -> None:
    race = held(29, 9, run=RunKind.RACE, distance_m=10_000)
    history = after(known(), race)
    assert [r.distance_m for _, r in history.all(RaceEntered)] == [10_000]
    assert fixed(history)[29] == ["race 09:00"]

    gone = after(history, later_min=1)
    assert [r.cancelled for _, r in gone.all(RaceEntered)] == [False, True]
    assert fixed(gone)[29] == ["long 09:00"]

    by_hand = known(*told(RaceEntered(date=date(2026, 11, 29), distance_m=42_195)))
    assert len(after(by_hand, race).facts_of(RaceEntered)) == 1


def test_a_forgotten_calendar_no_longer_speaks() -> None:
    history = after(known(), held(25))
    assert [read.source for read in coach.calendars_read(history)] == ["Club"]

    history = history.plus(*coach.calendar_forgotten(history, "Club", NOW + timedelta(minutes=1)))
    assert coach.calendars_read(history) == ()
    assert fixed(history) == fixed(known())


def test_a_plan_is_looked_at_again_after_a_calendar_was_read() -> None:
    from triplane.coach.needs import MOVERS

    assert "calendar_read" in MOVERS


def test_the_coachs_words_are_whole_and_lower_case() -> None:
    for name, words in coach.our_calendar_words():
        assert words, name
        assert all(word == word.lower().strip() for word in words)
