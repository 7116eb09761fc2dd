"""Every rule has a schedule that breaks it, and the checker names the rule."""

from collections.abc import Callable

import pytest

from small_weeks import BECAUSE, at, both, drill, gives, placed, run, schedule, slot, target, week
from triplane.body import Direction, Side
from triplane.catalogue import ExposureKind, Muscle, Position, Stage
from triplane.history import Context, Plan, PlanItem, RunKind
from triplane.planning import Anchor, Caps, DonePlacement, EasierWeek, Schedule, WeekProblem, all_rules, check

Case = tuple[WeekProblem, Schedule]

HOLD = gives(Direction.EXTENSION, ExposureKind.HOLD)
EVENING = slot(0, 18)
NEXT = slot(1, 18)
BEFORE_RUN = slot(1, 6, Context.PRE_RUN, 10)


def _one(candidate, where=EVENING, left: int = 1, right: int | None = None, **more) -> Case:
    return week((where,), (candidate,), **more), schedule(placed(candidate.drill, where, left, right))


def _holds() -> Case:
    lunge_hold = drill("hold", held=True, hold_s_per_unit=30, stretched=(Muscle.ILIOPSOAS,))
    return _one(lunge_hold, BEFORE_RUN, 3, anchors=(run(1, 6.5, RunKind.INTERVAL, key=True),))


def _between_sets() -> Case:
    gym = Anchor(starts_at=at(0, 18), minutes=60, muscles=(Muscle.ADDUCTORS,))
    squeeze = drill("squeeze", 3, muscles=(Muscle.ADDUCTORS,))
    return _one(squeeze, slot(0, 18.5, Context.BETWEEN_SETS), anchors=(gym,))


def _ownership() -> Case:
    late = slot(3, 18)
    opened, owned = drill("band", banded=True), drill("own", 3, exposures=(HOLD,))
    return week((EVENING, late), (opened, owned)), schedule(placed("band", EVENING), placed("own", late))


def _micro() -> Case:
    breaks = slot(0, 9, Context.DESK_BREAK, 3), slot(0, 10, Context.DESK_BREAK, 3)
    return week(breaks, (drill("one"), drill("two"))), schedule(
        placed("one", breaks[0]), placed("two", breaks[1])
    )


def _no_more() -> Case:
    """Two placements where one lay ahead, in a week that the plan before began."""
    item = PlanItem(
        id="0-18-own", slot=EVENING.id, drill="own", order=0, minutes=1, reasons=(BECAUSE,),
        left_units=2, right_units=2,
    )  # fmt: skip
    before = Plan(id="before", week=at(0, 0).date(), slots=(EVENING, NEXT), items=(item,), targets=())
    problem = week((EVENING, NEXT), (drill("own", 3),), previous=before, held_to=before, no_more=BECAUSE)
    return problem, schedule(placed("own", EVENING), placed("own", NEXT))


def _new_drills() -> Case:
    drills = tuple(drill(f"new_{n}", new=True) for n in range(4))
    return week((EVENING,), drills), schedule(*(placed(d.drill, EVENING) for d in drills))


def _fatigue() -> Case:
    drills = tuple(drill(f"hard_{n}", 4, fatigue=4) for n in range(2))
    return week((EVENING,), drills), schedule(*(placed(d.drill, EVENING) for d in drills))


def _hard_a_day() -> Case:
    drills = tuple(drill(f"hold_{n}", 3) for n in range(3))
    return week((EVENING,), drills, caps=Caps(stage3_plus_a_day=2)), schedule(
        *(placed(d.drill, EVENING) for d in drills)
    )


def _recovery() -> Case:
    return week((EVENING, NEXT), (drill("heavy", 4, fatigue=3),)), schedule(
        placed("heavy", EVENING), placed("heavy", NEXT)
    )


def _easier_week() -> Case:
    easier = EasierWeek(stages=(Stage.OWN,), units=3, reason=BECAUSE)
    return _one(drill("hold", 3), left=2, right=2, easier=(easier,))


def _pinned() -> Case:
    pinned = placed("one", EVENING)
    return week((EVENING,), (drill("one"),), fixed=(pinned,)), schedule()


BROKEN: dict[str, Callable[[], Case]] = {
    "easier_week": _easier_week,
    "context": lambda: _one(drill("floor", position=Position.SUPINE), slot(0, 9, Context.DESK_BREAK, 3)),
    "held_back": lambda: _one(drill("spared", excluded_sides=(Side.LEFT,))),
    "before_run": lambda: _one(drill("tiring", 4, fatigue=3), BEFORE_RUN, anchors=(run(1, 6.5),)),
    "key_run": lambda: _one(drill("tiring", 3, fatigue=3), anchors=(run(1, 7, RunKind.LONG),)),
    "run_first": lambda: _one(drill("tiring", 4, fatigue=3), anchors=(run(0, 16, minutes=60),)),
    "race": lambda: _one(drill("heavy", 4, fatigue=3), anchors=(run(6, 9, RunKind.RACE, key=True),)),
    "after_marathon": lambda: _one(
        drill("hold", 3), NEXT, anchors=(run(0, 9, RunKind.RACE, distance_m=42_195, minutes=200),)
    ),
    "race_day": lambda: _one(drill("hold", 3), anchors=(run(0, 10, RunKind.RACE, distance_m=10_000),)),
    "between_sets": _between_sets,
    "holds": _holds,
    "no_more": _no_more,
    "minutes": lambda: _one(drill("long", 3), slot(0, 18, minutes=3), 4),
    "sides": lambda: _one(drill("uneven", 3), left=2, right=1),
    "dose": lambda: _one(drill("much", 3, max_units=2), left=3),
    "once_a_day": lambda: (
        week((slot(0, 8), EVENING), (drill("twice", 3),)),
        schedule(placed("twice", slot(0, 8)), placed("twice", EVENING)),
    ),
    "new_drills": _new_drills,
    "ownership": _ownership,
    "ends_owned": lambda: (
        week((EVENING,), (drill("open"), drill("own", 3, exposures=(HOLD,)))),
        schedule(placed("open", EVENING)),
    ),
    "fatigue": _fatigue,
    "hard_a_day": _hard_a_day,
    "micro": _micro,
    "recovery": _recovery,
    "end_range": lambda: _one(drill("much", 3, max_units=10), slot(0, 18, minutes=25), 10),
    "gone_by": _pinned,
}


@pytest.mark.parametrize("name", [rule.name for rule in all_rules()])
def test_a_schedule_that_breaks_a_rule_is_named_by_the_checker(name: str) -> None:
    problem, broken = BROKEN[name]()
    found = {b.rule: b for b in check(problem, broken)}
    assert name in found
    assert found[name].reason.rule in next(r for r in all_rules() if r.name == name).ids


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_every_rule_stands_in_the_rule_book_and_speaks_plainly(rule) -> None:
    assert rule.reason().sources
    assert rule.why.endswith(".")
    assert "!" not in rule.why


def test_a_sound_week_breaks_nothing() -> None:
    problem = week((EVENING,), (drill("band", banded=True), drill("own", 3, exposures=(HOLD,))))
    assert check(problem, schedule(placed("band", EVENING), placed("own", EVENING))) == ()


def test_a_plan_that_ends_at_stage_two_is_rejected() -> None:
    problem = week((EVENING,), (drill("band", banded=True),))
    assert {"ownership", "ends_owned"} <= {b.rule for b in check(problem, schedule(placed("band", EVENING)))}


def test_ninety_seconds_of_hip_flexor_hold_before_intervals_are_rejected() -> None:
    problem, broken = _holds()
    assert "holds" in {b.rule for b in check(problem, broken)}


def test_a_moving_warm_up_before_a_run_needs_no_ownership() -> None:
    problem, warm_up = _one(drill("swing"), BEFORE_RUN, anchors=(run(1, 6.5),))
    assert check(problem, warm_up) == ()


def test_slow_circles_are_never_ownership() -> None:
    circles = drill("circles", 3, exposures=(HOLD,), cars=True)
    problem = week((EVENING,), (drill("band", banded=True), circles))
    broken = schedule(placed("band", EVENING), placed("circles", EVENING))
    assert "ownership" in {b.rule for b in check(problem, broken)}


def test_ownership_counts_elapsed_hours_when_the_clock_changes() -> None:
    early, later = slot(0, 18), slot(2, 18.5)
    drills = drill("band", banded=True), drill("own", 3, exposures=(HOLD,))
    problem = week((early, later), drills)
    assert "ownership" in {
        b.rule for b in check(problem, schedule(placed("band", early), placed("own", later)))
    }


def test_a_light_familiar_drill_may_come_right_before_a_key_run() -> None:
    problem, warm_up = _one(
        drill("light", 4, fatigue=2), BEFORE_RUN, anchors=(run(1, 6.5, RunKind.INTERVAL, key=True),)
    )
    assert check(problem, warm_up) == ()


@pytest.mark.parametrize(
    "fine",
    [
        _one(drill("release", 1), anchors=(run(0, 10, RunKind.RACE),)),
        _one(drill("circles", 3, cars=True), anchors=(run(0, 10, RunKind.RACE),)),
        _one(drill("hold", 3), NEXT, anchors=(run(0, 10, RunKind.RACE),)),
        _one(drill("hold", 3), anchors=(run(0, 10),)),
    ],
    ids=["release", "circles", "the day after", "another run"],
)
def test_after_a_race_of_any_length_what_is_gentle_or_on_another_day_is_fine(fine) -> None:
    assert "race_day" not in {b.rule for b in check(*fine)}


def test_the_side_that_needs_more_may_lead_by_two_units_and_not_by_three() -> None:
    targets = (target(Direction.EXTENSION, Side.LEFT, 6), target(Direction.EXTENSION, Side.RIGHT, 2))
    fair, unfair = (_one(drill("own", 3), left=left, right=1, targets=targets) for left in (3, 4))
    assert check(*fair) == ()
    assert {b.rule for b in check(*unfair)} == {"sides"}


def test_a_tiring_drill_done_yesterday_waits() -> None:
    done = DonePlacement(drill="heavy", stage=4, at=at(-1, 18), sides=(Side.LEFT,))
    problem, again = _one(drill("heavy", 4, fatigue=3), done=(done,))
    assert "recovery" in {b.rule for b in check(problem, again)}


def test_what_has_been_is_no_break_even_when_the_rules_are_stricter_now() -> None:
    from triplane.history import Plan, PlanItem, Prescription

    dose = Prescription(sets=1, hold_s=90, work_s=90, total_s=100)
    given = {"left": dose, "right": dose, "left_units": 3, "right_units": 3, "minutes": 4}
    item = PlanItem(id="a", slot=EVENING.id, drill="much", order=0, reasons=(BECAUSE,), **given)
    before = Plan(id="p", week=at(0, 0).date(), slots=(EVENING,), items=(item,))
    problem = week(
        (EVENING, NEXT),
        (drill("much", 3, max_units=1),),
        both(Direction.EXTENSION, 4),
        previous=before,
        now=at(1, 0),
    )
    assert check(problem, schedule(placed("much", EVENING, 3))) == ()
    assert {b.rule for b in check(problem, schedule(placed("much", EVENING, 2)))} >= {"gone_by"}
