"""The runner's week: which runs are key, long or easy, which are the same run, and where the clock stands."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cast import MONDAY, easy_run, told
from triplane.history import (
    DayChanged,
    DayPattern,
    Fact,
    GymVisit,
    History,
    NoteWritten,
    PlannedRun,
    RaceEntered,
    RunKind,
    RunRecorded,
    Weekday,
    WeekDescribed,
    distinct_runs,
    record,
    same_run,
)
from triplane.planning import Anchor, RunnersWeek, jump_notice, week_of, weeks_of_running

SUNDAY_LONG = PlannedRun(at=time(9), minutes=90)


def usual(**days: DayPattern) -> WeekDescribed:
    return WeekDescribed(
        days={Weekday(name): pattern for name, pattern in days.items()},
        weekly_minutes=80,
        max_session_minutes=25,
    )


def runs(*planned: PlannedRun) -> DayPattern:
    return DayPattern(runs=planned)


def run(minutes: float, at: time = time(7), **marks: object) -> PlannedRun:
    return PlannedRun.model_validate({"at": at, "minutes": minutes, **marks})


def week(*bodies: object, now: datetime = MONDAY, facts: tuple[Fact, ...] = ()) -> RunnersWeek:
    before = now - timedelta(hours=5)
    return week_of(History("anna", told(*bodies, at=before) + facts), now)  # type: ignore[arg-type]


def kinds(found: RunnersWeek) -> list[tuple[RunKind | None, bool]]:
    return [(anchor.kind, anchor.key) for anchor in found.anchors]


def test_the_longest_run_is_long_from_one_and_a_third_medians_on() -> None:
    found = week(usual(mon=runs(run(40)), wed=runs(run(40)), fri=runs(run(40)), sun=runs(run(52))))

    assert kinds(found)[-1] == (RunKind.LONG, False)


def test_a_run_only_a_little_longer_than_the_others_stays_easy() -> None:
    found = week(usual(mon=runs(run(40)), wed=runs(run(40)), fri=runs(run(40)), sun=runs(run(51))))

    assert {kind for kind, _ in kinds(found)} == {RunKind.EASY}


def test_one_run_alone_has_nothing_to_be_longer_than() -> None:
    assert kinds(week(usual(sun=runs(run(150))))) == [(RunKind.EASY, False)]


@pytest.mark.parametrize("kind", [RunKind.TEMPO, RunKind.INTERVAL, RunKind.RACE])
def test_quality_runs_are_key_unless_the_runner_says_otherwise(kind: RunKind) -> None:
    found = week(usual(tue=runs(run(50, kind=kind)), thu=runs(run(50, kind=kind, key=False))))

    assert kinds(found) == [(kind, True), (kind, False)]


def test_the_runners_mark_wins_over_what_the_week_looks_like() -> None:
    found = week(usual(tue=runs(run(40, key=True)), thu=runs(run(40)), sun=runs(run(90, kind=RunKind.EASY))))

    assert kinds(found) == [(RunKind.EASY, True), (RunKind.EASY, False), (RunKind.EASY, False)]


def test_two_records_of_one_run_count_once_and_complete_each_other() -> None:
    watch = easy_run(MONDAY, 40)
    phone = RunRecorded(started_at=MONDAY + timedelta(seconds=110), duration_s=41 * 60, cadence_spm=170)
    found = distinct_runs(History("anna", told(watch, phone)))

    assert len(found) == 1
    assert (found[0][1].distance_m, found[0][1].cadence_spm) == (6400, 170)


@pytest.mark.parametrize(
    ("later_s", "minutes", "same"), [(120, 40, True), (121, 40, False), (0, 42.2, False), (0, 42, True)]
)
def test_starts_within_two_minutes_and_durations_within_five_percent_make_one_run(
    later_s: int, minutes: float, same: bool
) -> None:
    other = easy_run(MONDAY + timedelta(seconds=later_s), minutes)

    assert same_run(easy_run(MONDAY, 40), other) == same


def recorded(at: datetime, minutes: float = 45, **marks: object) -> tuple[Fact, ...]:
    body = easy_run(at, minutes).model_copy(update=marks)
    return (record(body, "anna", at + timedelta(minutes=minutes), occurred_at=at),)


def test_a_planned_run_is_met_by_the_nearest_one_within_twelve_hours() -> None:
    described = usual(mon=runs(run(40, time(7), kind=RunKind.TEMPO)))
    late, early = recorded(MONDAY + timedelta(hours=12)), recorded(MONDAY + timedelta(hours=2))
    found = week(described, now=MONDAY + timedelta(days=1), facts=early + late)

    assert [(a.starts_at.astimezone(UTC).hour, a.kind, a.key) for a in found.anchors] == [
        (7, RunKind.TEMPO, True),
        (17, RunKind.EASY, False),
    ]


def test_a_missed_run_is_gone_for_a_runner_who_records_runs_and_stays_for_one_who_does_not() -> None:
    described = usual(mon=runs(run(40)), sat=runs(run(40)))
    now = MONDAY + timedelta(days=2)
    records = recorded(MONDAY - timedelta(days=6))

    assert len(week(described, now=now, facts=records).anchors) == 1
    assert len(week(described, now=now).anchors) == 2


def test_a_race_takes_the_place_of_the_days_runs_and_is_key() -> None:
    race = RaceEntered(date=date(2026, 11, 29), at=time(10), distance_m=21097)
    found = week(usual(sun=runs(SUNDAY_LONG)), race)

    assert kinds(found) == [(RunKind.RACE, True)]
    assert found.anchors[0].distance_m == 21097


def test_a_cancelled_race_leaves_the_day_as_it_was() -> None:
    race = RaceEntered(date=date(2026, 11, 29), distance_m=21097)
    found = week(usual(sun=runs(SUNDAY_LONG)), race, race.model_copy(update={"cancelled": True}))

    assert kinds(found) == [(RunKind.EASY, False)]


def test_races_of_the_coming_weeks_are_anchors_so_that_a_taper_can_begin() -> None:
    near = RaceEntered(date=date(2026, 12, 13), distance_m=10_000)
    far = RaceEntered(date=date(2027, 3, 14), distance_m=10_000)

    assert kinds(week(usual(), near, far)) == [(RunKind.RACE, True)]


def test_a_day_that_goes_otherwise_has_its_own_pattern_and_a_day_away_has_none() -> None:
    moved = DayChanged(date=date(2026, 11, 25), pattern=runs(run(30)))
    gone = DayChanged(date=date(2026, 11, 29), away=True)
    found = week(usual(wed=DayPattern(desk=True), sun=runs(SUNDAY_LONG)), moved, gone)

    assert [len(day.anchors) for day in found.days] == [0, 0, 1, 0, 0, 0, 0]
    assert not found.days[2].pattern.desk
    assert found.days[6].away


def test_a_gym_visit_is_an_anchor_with_the_muscles_the_catalogue_knows() -> None:
    visit = GymVisit(at=time(18), minutes=60, muscles=("adductors", "something else"))
    anchor = week(usual(thu=DayPattern(gym=(visit,)))).anchors[0]

    assert not anchor.is_run
    assert [str(muscle) for muscle in anchor.muscles] == ["adductors"]


def hours_between(one: Anchor, other: Anchor) -> float:
    return (other.starts_at - one.starts_at) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "hours"),
    [("2027-03-24", 23), ("2027-10-27", 25), ("2027-06-09", 24)],
    ids=["clock forward", "clock back", "no change"],
)
def test_hours_between_runs_are_hours_that_pass_when_the_clock_changes(now: str, hours: int) -> None:
    described = usual(sat=runs(run(40, time(8))), sun=runs(run(40, time(8))))
    at = datetime.fromisoformat(now).replace(hour=12, tzinfo=MONDAY.tzinfo)
    first, second = week(described, now=at).anchors

    assert hours_between(first, second) == hours


def test_a_time_the_clock_skips_still_has_a_place() -> None:
    at = datetime(2027, 3, 24, 12, tzinfo=MONDAY.tzinfo)
    found = week(usual(sun=runs(run(40, time(2, 30)))), now=at)

    assert found.anchors[0].starts_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_after_a_flight_the_week_is_lived_in_the_new_zone() -> None:
    described = usual(sat=runs(run(40, time(7))))
    found = week(described, now=MONDAY.replace(hour=18).astimezone(ZoneInfo("America/New_York")))

    assert found.zone == "America/New_York"
    assert found.anchors[-1].starts_at.astimezone(UTC).hour == 12


def test_late_on_sunday_in_one_zone_is_already_monday_in_another() -> None:
    now = datetime(2026, 11, 29, 23, 30, tzinfo=MONDAY.tzinfo)

    assert week(usual(), now=now).monday == date(2026, 11, 23)
    assert week(usual(), now=now.astimezone(ZoneInfo("Asia/Tokyo"))).monday == date(2026, 11, 30)


def test_a_note_from_another_zone_does_not_move_the_runners_week() -> None:
    now = datetime(2026, 11, 29, 23, 30, tzinfo=MONDAY.tzinfo)
    abroad = told(NoteWritten(text="from the coach"), at=now - timedelta(hours=1))[0]
    noted = abroad.model_copy(update={"zone": "Asia/Tokyo", "author": "coach"})

    assert week(usual(), now=now, facts=(noted,)).monday == date(2026, 11, 23)


def test_weeks_of_running_add_up_minutes_and_kilometres_and_notice_a_jump() -> None:
    facts = tuple(fact for back in (28, 21, 14, 7) for fact in recorded(MONDAY - timedelta(days=back), 60))
    steady, much = usual(wed=runs(run(60))), usual(wed=runs(run(60)), sun=runs(run(90)))
    history = History("anna", facts)

    assert [one.minutes for one in weeks_of_running(history, MONDAY)][-5:] == [60, 60, 60, 60, 0]
    assert weeks_of_running(history, MONDAY)[-2].km == pytest.approx(9.6)
    assert jump_notice(week(steady, facts=facts), history, MONDAY) is None
    notice = jump_notice(week(much, facts=facts), history, MONDAY)
    assert notice is not None
    assert "injur" not in notice.says
