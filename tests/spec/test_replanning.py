"""Replanning in the middle of a week: what was done stays, little changes, and no rule is bent."""

from datetime import date, datetime, time, timedelta

import pytest

from cast import BERLIN, MONDAY, easy_run
from triplane import catalogue, coach
from triplane.adaptation.regions import MUSCLES_AT
from triplane.coach.issued import issued_plan
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    DayChanged,
    DayPattern,
    Feeling,
    History,
    Plan,
    PlanIssued,
    RaceEntered,
    SessionLogged,
    record,
)
from triplane.planning import is_slow_circles
from triplane.value import Value

NOW = MONDAY.replace(hour=5, minute=30)


def tell(history: History, *bodies: Value, at: datetime) -> History:
    return history.plus(
        *(record(body, "me", at + timedelta(seconds=number)) for number, body in enumerate(bodies))
    )


def plan_of(history: History, now: datetime) -> Plan:
    plan = issued_plan(history, now)
    assert plan is not None
    return plan


def sessions(plan: Plan) -> list[str]:
    """The slots that hold something, by their start."""
    starts = {slot.id: slot.starts_at for slot in plan.slots}
    return sorted({item.slot for item in plan.items}, key=lambda slot: starts[slot])


def lived_through(history: History, slot: str) -> tuple[History, datetime]:
    """Do and log a session as planned, look at the plan, and return what is known then."""
    plan = plan_of(history, NOW)
    at = next(known.starts_at for known in plan.slots if known.id == slot).astimezone(BERLIN)
    at += timedelta(minutes=30)
    history = tell(history, coach.log(history, slot, coach.SessionAnswers(effort=5), at), at=at)
    later = at + timedelta(minutes=1)
    return history.plus(*coach.day(history, later).proposed), later


@pytest.fixture(scope="module")
def told() -> History:
    bodies = sample_runner("marathoner", NOW.date()).bodies(
        coach.first_questions(), coach.disclaimer().version
    )
    history = tell(History("me"), *bodies, at=NOW - timedelta(minutes=10))
    return history.plus(*coach.day(history, NOW).proposed)


@pytest.fixture(scope="module")
def twice_logged(told: History) -> tuple[History, datetime]:
    first, second = sessions(plan_of(told, NOW))[:2]
    history, _ = lived_through(told, first)
    return lived_through(history, second)


def test_what_lies_behind_stays_word_for_word(told: History, twice_logged: tuple[History, datetime]) -> None:
    history, now = twice_logged
    before, after = plan_of(told, NOW), plan_of(history, now)
    behind = {slot.id for slot in before.slots if slot.starts_at < now - timedelta(hours=1)}

    assert [i for i in before.items if i.slot in behind] == [i for i in after.items if i.slot in behind]


def test_a_drill_begun_on_tuesday_is_still_one_of_the_weeks_three_new_ones(
    twice_logged: tuple[History, datetime],
) -> None:
    history, now = twice_logged

    assert len({item.drill for item in plan_of(history, now).items}) <= 3


def test_a_sore_morning_after_a_session_leaves_less_work_than_before(
    twice_logged: tuple[History, datetime],
) -> None:
    history, now = twice_logged
    morning = (now + timedelta(days=1)).replace(hour=5)
    sore = CheckinAnswered(about=now.date(), soreness=(Feeling(score=6, region="buttock", kind="muscle"),))
    felt = tell(history, sore, at=morning)
    day = coach.day(felt, morning + timedelta(minutes=1))
    after = plan_of(felt.plus(*day.proposed), morning)

    def work_ahead(plan: Plan) -> float:
        ahead = {slot.id for slot in plan.slots if slot.starts_at > morning}
        doses = [d for i in plan.items if i.slot in ahead for d in (i.left, i.right) if d]
        return sum(dose.work_s for dose in doses)

    assert work_ahead(after) <= work_ahead(plan_of(history, now))


@pytest.mark.parametrize("day", [28, 29], ids=["Saturday", "Sunday"])
def test_after_a_race_at_ten_its_evening_holds_only_what_is_gentle(told: History, day: int) -> None:
    later = NOW + timedelta(minutes=5)
    race = RaceEntered(date=date(2026, 11, day), at=time(10), distance_m=10_000)
    raced = tell(told, race, at=later)
    plan = plan_of(raced.plus(*coach.day(raced, later).proposed), later)
    lies = {slot.id: slot.starts_at.astimezone(BERLIN) for slot in plan.slots}
    evening = {name for name, at in lies.items() if at.date() == race.date and at.time() > race.at}
    drills = [catalogue.find(item.drill) for item in plan.items if item.slot in evening]

    assert evening, "there is room for something"
    assert [one.id for one in drills if one.stage >= catalogue.Stage.OWN and not is_slow_circles(one)] == []


def ahead(plan: Plan, now: datetime) -> dict[str, tuple[int, int, int]]:
    """What lies ahead of each drill: placements, units on the left, units on the right."""
    open_slots = {slot.id for slot in plan.slots if slot.starts_at > now}
    sums: dict[str, tuple[int, int, int]] = {}
    for item in plan.items:
        if item.slot in open_slots:
            times, left, right = sums.get(item.drill, (0, 0, 0))
            sums[item.drill] = (times + 1, left + item.left_units, right + item.right_units)
    return sums


def more_than(before: dict[str, tuple[int, int, int]], after: dict[str, tuple[int, int, int]]) -> list[str]:
    none = (0, 0, 0)
    return [
        d for d, has in after.items() if any(a > b for a, b in zip(has, before.get(d, none), strict=True))
    ]


def sore(score: int, region: str, kind: str, side: str | None = None) -> Feeling:
    return Feeling.model_validate({"score": score, "region": region, "kind": kind, "side": side})


@pytest.mark.parametrize(
    "feeling",
    [
        sore(3, "buttock", "muscle"),
        sore(7, "front_thigh", "muscle", "left"),
        sore(2, "groin", "joint", "right"),
        sore(4, "knee", "tendon", "left"),
        sore(5, "outer_hip", "joint", "right"),
        sore(2, "sit_bone", "nerve", "left"),
    ],
    ids=lambda feeling: f"{feeling.region} {feeling.kind} {feeling.score}",
)
def test_what_a_sore_morning_frees_is_not_filled_with_other_drills(
    twice_logged: tuple[History, datetime], feeling: Feeling
) -> None:
    history, now = twice_logged
    morning = (now + timedelta(days=1)).replace(hour=5)
    before = plan_of(history, now)
    felt = tell(history, CheckinAnswered(about=now.date(), soreness=(feeling,)), at=morning)
    felt = felt.plus(*coach.day(felt, morning + timedelta(minutes=1)).proposed)
    after = plan_of(felt, morning)

    assert more_than(ahead(before, morning), ahead(after, morning)) == []


def test_what_a_sore_morning_took_away_stays_away_when_the_clock_is_set_back(
    twice_logged: tuple[History, datetime],
) -> None:
    history, now = twice_logged
    morning = (now + timedelta(days=1)).replace(hour=5)
    aching = CheckinAnswered(about=now.date(), soreness=(sore(3, "buttock", "muscle"),))
    felt = tell(history, aching, at=morning)
    felt = felt.plus(*coach.day(felt, morning + timedelta(minutes=1)).proposed)
    again = coach.issue_plan(felt, morning - timedelta(minutes=20))

    assert isinstance(again, Plan)
    assert more_than(ahead(plan_of(felt, morning), morning), ahead(again, morning)) == []


def test_a_day_with_more_minutes_gives_no_more_while_something_hurts_and_does_after_a_calm_morning(
    twice_logged: tuple[History, datetime],
) -> None:
    history, now = twice_logged
    morning = (now + timedelta(days=1)).replace(hour=5)
    before = plan_of(history, now)
    aching = CheckinAnswered(about=now.date(), soreness=(sore(3, "buttock", "muscle"),))
    free = DayChanged(date=MONDAY.date() + timedelta(days=6), pattern=DayPattern(desk=True, minutes=30))
    felt = tell(history, aching, free, at=morning)
    felt = felt.plus(*coach.day(felt, morning + timedelta(minutes=1)).proposed)
    sore_plan = plan_of(felt, morning)

    calm_at = morning + timedelta(days=1)
    calm = tell(felt, CheckinAnswered(about=morning.date()), at=calm_at)
    calm = calm.plus(*coach.day(calm, calm_at + timedelta(minutes=1)).proposed)

    assert more_than(ahead(before, morning), ahead(sore_plan, morning)) == []
    assert any("calm morning" in note.says for note in sore_plan.notes)
    assert more_than(ahead(sore_plan, calm_at), ahead(plan_of(calm, calm_at), calm_at))


def test_a_week_begun_sore_begins_nothing_new_at_the_sore_place() -> None:
    bodies = sample_runner("marathoner", NOW.date()).bodies(
        coach.first_questions(), coach.disclaimer().version
    )
    calm = tell(History("me"), *bodies, at=NOW - timedelta(minutes=10))
    aching = CheckinAnswered(about=NOW.date() - timedelta(days=1), soreness=(sore(4, "buttock", "muscle"),))
    felt = tell(calm, aching, at=NOW - timedelta(minutes=5))

    def drills_at_the_buttock(history: History) -> set[str]:
        plan = plan_of(history.plus(*coach.day(history, NOW).proposed), NOW)
        touched = MUSCLES_AT[BodyRegion.BUTTOCK]
        drills = [catalogue.find(item.drill) for item in plan.items]
        return {d.id for d in drills if touched & {*d.muscles, *d.stretched}}

    assert drills_at_the_buttock(calm)
    assert drills_at_the_buttock(felt) == set()


def test_every_plan_of_the_week_is_a_fact_with_its_cause(twice_logged: tuple[History, datetime]) -> None:
    history, _ = twice_logged
    issued = [body for _, body in history.all(PlanIssued)]

    assert issued[0].because == "first plan of the week"
    assert all("the session you logged" in body.because for body in issued[1:])
    assert len(list(history.all(SessionLogged))) == 2


def test_a_session_done_before_its_time_stays_as_it_was_done(told: History) -> None:
    plan = plan_of(told, NOW)
    slot = sessions(plan)[-1]
    at = next(known.starts_at for known in plan.slots if known.id == slot).astimezone(BERLIN)
    early = at - timedelta(hours=11)
    answers = coach.SessionAnswers(effort=5)
    history = tell(told, coach.log(told, slot, answers, early), at=early)
    sore = CheckinAnswered(about=early.date(), soreness=(Feeling(score=5, region="groin", kind="joint"),))
    history = tell(history, sore, at=early + timedelta(hours=1))
    history = history.plus(*coach.day(history, early + timedelta(hours=2)).proposed)
    after = plan_of(history, early + timedelta(hours=2))

    assert [i for i in after.items if i.slot == slot] == [i for i in plan.items if i.slot == slot]


def test_sundays_session_is_told_of_on_monday_and_counts_as_sundays(told: History) -> None:
    plan = plan_of(told, NOW)
    slot = sessions(plan)[-1]
    monday = NOW + timedelta(days=7)
    logged = coach.log(told, slot, coach.SessionAnswers(effort=5), monday)
    done = coach.when_done(told, slot, monday)

    assert logged.plan == plan.id
    assert done < monday - timedelta(hours=4)
    assert done.date() == next(known.starts_at for known in plan.slots if known.id == slot).date()


@pytest.fixture(scope="module")
def records_runs(told: History) -> History:
    """The same runner with a watch: a planned run without a record counts as missed."""
    return tell(told, easy_run(NOW - timedelta(days=2)), at=NOW)


def test_what_was_done_stays_done_when_the_run_beside_it_is_never_told(records_runs: History) -> None:
    """The slots of a day follow its run; a run that was not told takes away no session that was done."""
    wednesday = [slot for slot in sessions(plan_of(records_runs, NOW)) if slot.startswith("2026-11-25")]
    history, at = records_runs, NOW
    for slot in wednesday:
        history, at = lived_through(history, slot)
    evening = at.replace(hour=21)
    history = tell(history, CheckinAnswered(about=evening.date() - timedelta(days=1)), at=evening)

    day = coach.day(history, evening)

    done = {one.slot.id for one in day.slots if one.done}
    assert done == set(wednesday)
    assert day.state is coach.DayState.DONE


def test_a_slot_that_passed_unused_stays_where_it_was_planned(records_runs: History) -> None:
    before = plan_of(records_runs, NOW)
    wednesday = [slot for slot in sessions(before) if slot.startswith("2026-11-25")]
    evening = NOW + timedelta(days=2, hours=16)
    history = tell(records_runs, DayChanged(date=evening.date() + timedelta(days=1), away=True), at=evening)

    after = plan_of(history.plus(*coach.day(history, evening).proposed), evening)

    assert set(wednesday) <= {slot.id for slot in after.slots}
