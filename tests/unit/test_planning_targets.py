"""Minutes by direction and side, strength sets, and the drills as one runner is offered them."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta

import pytest

from cast import ANNA, MONDAY, history_of, told
from personas import history_of_file, persona
from triplane import screening
from triplane.adaptation import adjust
from triplane.assessment import Finding, HipMap, hip_map
from triplane.body import Direction, Side
from triplane.catalogue import Aim, Drill, ExposureKind, Stage, load
from triplane.evidence import Reason, reason
from triplane.history import (
    Context,
    DayPattern,
    DefaultChanged,
    DrillDone,
    Equipment,
    EquipmentListed,
    GymVisit,
    History,
    Plan,
    PlanIssued,
    PlannedRun,
    SessionLogged,
    Target,
    Weekday,
    WeekDescribed,
)
from triplane.planning import Adjustment, Candidate, WeekProblem, begun_too_late, build, wanted_minutes
from triplane.planning.strength_targets import strength_targets
from triplane.planning.targets import targets_of

DRILLS = load()
NOW = MONDAY + timedelta(hours=1)
EMPTY = hip_map(history_of(ANNA), NOW)


def problem(history: History, days: int = 0) -> WeekProblem:
    """The week as the coach would build it, from a runner's whole history."""
    now = NOW + timedelta(days=days)
    clearance = screening.screen(history, now)
    offered = screening.offer(clearance, DRILLS.values())
    chart = hip_map(history, now)
    words = adjust(history, DRILLS, now, hip_map=chart, tags=clearance.tag_names)
    return build(history, chart, offered, DRILLS, words, now)


def of_persona(name: str) -> WeekProblem:
    return problem(history_of_file(persona(name), name))


def drill_ids(found: WeekProblem) -> set[str]:
    return {candidate.drill for candidate in found.candidates}


def candidate(found: WeekProblem, drill: str) -> Candidate:
    return next(one for one in found.candidates if one.drill == drill)


def target(found: Iterable[Target], direction: Direction, side: Side) -> Target:
    return next(one for one in found if (one.direction, one.side) == (direction, side))


def chart_with(**changes: object) -> HipMap:
    """A map with one direction, turning in on the left, seen otherwise."""
    changed = tuple(
        one.model_copy(update=changes)
        if (one.direction, one.side) == (Direction.INTERNAL_ROTATION, Side.LEFT)
        else one
        for one in EMPTY.directions
    )
    return EMPTY.model_copy(update={"directions": changed})


@pytest.mark.parametrize(
    ("seen", "minutes"),
    [
        ({}, 2),
        ({"finding": Finding.FINE}, 2),
        ({"finding": Finding.LIMITED, "priority": 0.5}, 4.5),
        ({"finding": Finding.LIMITED, "priority": 0.0}, 3),
        ({"finding": Finding.CLEARLY_LIMITED, "priority": 9.0}, 10),
        ({"finding": Finding.LIMITED, "priority": 9.0, "bone_shape": True}, 4),
        ({"owned_gap_counts": True, "priority": 1.0}, 6),
        ({"finding": Finding.LIMITED, "priority": 2.0, "excluded": True}, 0),
    ],
    ids=["not measured", "fine", "limited", "just limited", "very limited", "bone shape", "gap", "excluded"],
)
def test_minutes_follow_what_was_found(seen: dict[str, object], minutes: float) -> None:
    chart = chart_with(**seen)

    assert wanted_minutes(chart.on(Direction.INTERNAL_ROTATION, Side.LEFT), chart) == minutes


def test_a_very_mobile_direction_gets_coverage_only() -> None:
    chart = chart_with(finding=Finding.LIMITED, priority=2.0).model_copy(update={"mobile": tuple(Direction)})

    assert wanted_minutes(chart.on(Direction.INTERNAL_ROTATION, Side.LEFT), chart) == 2


def offered_everywhere() -> tuple[Candidate, ...]:
    return of_persona("P2").candidates


def known_everywhere() -> tuple[Candidate, ...]:
    """Return the same to somebody who knows all of it."""
    return tuple(one.model_copy(update={"new": False}) for one in offered_everywhere())


def test_few_minutes_scale_everything_above_the_floors_down_together_and_say_so() -> None:
    chart = chart_with(finding=Finding.CLEARLY_LIMITED, priority=3.0)
    rich, said_rich = targets_of(chart, known_everywhere(), 120)
    scarce, said_scarce = targets_of(chart, known_everywhere(), 52)
    tiny, said_tiny = targets_of(chart, known_everywhere(), 24)
    place = (Direction.INTERNAL_ROTATION, Side.LEFT)

    assert target(rich, *place).minutes == 10
    assert 2 < target(scarce, *place).minutes < 10
    assert {one.floor_minutes for one in scarce} == {2}
    assert {one.minutes for one in tiny} == {1}
    assert (said_rich, len(said_scarce), len(said_tiny)) == ((), 1, 1)


def test_amounts_are_said_as_a_person_would() -> None:
    chart = chart_with(finding=Finding.FINE)
    tiny, notes = targets_of(chart, known_everywhere(), 24)
    said = " ".join(one.reason.says for one in tiny)

    assert "1 minute " in said
    assert "1 minutes" not in said
    assert [note.rule for note in notes] == [""]
    assert "touched" not in notes[0].says
    spoken = [one.reason.says for one in plain().strength]
    assert not any("0." in says for says in spoken)
    whole, _ = targets_of(chart_with(priority=3.1), known_everywhere(), 60)
    assert not any(re.search(r"\d\.\d", one.reason.says) for one in (*tiny, *whole)), "whole minutes are said"


def test_a_direction_no_drill_reaches_is_not_offerable_and_says_so() -> None:
    none_left = [one for one in offered_everywhere() if Direction.FLEXION not in directions_of(one)]
    found, _ = targets_of(EMPTY, none_left, 90)

    assert not target(found, Direction.FLEXION, Side.LEFT).offerable
    assert "No drill" in target(found, Direction.FLEXION, Side.LEFT).reason.says
    assert target(found, Direction.ABDUCTION, Side.LEFT).offerable


def directions_of(one: Candidate) -> set[Direction]:
    return {e.direction for e in one.exposures if e.primary and e.kind is not ExposureKind.WORK}


@pytest.mark.parametrize(("week", "sets"), [(1, 2), (2, 4), (3, 6), (9, 6)])
def test_strength_reaches_its_sets_by_the_third_week(week: int, sets: float) -> None:
    found = strength_targets(EMPTY, offered_everywhere(), week, 120)

    assert next(one.sets for one in found if one.name == "hip extensors") == sets


def test_a_deload_lowers_the_strength_targets_with_the_doses() -> None:
    easier = Adjustment(
        drill="str_sl_bridge", dose_factor=0.55, reason={"rule": "E75", "says": "An easier week."}
    )
    found = strength_targets(EMPTY, offered_everywhere(), 4, 120, [easier])

    assert next(one.sets for one in found if one.name == "hip extensors") == 3.3


def test_the_desk_beginner_gets_extension_first_then_control_and_desk_breaks() -> None:
    found = of_persona("P1")
    most = max(found.targets, key=lambda one: one.minutes)
    dead_bug = candidate(found, "str_sb_dead_bug") if "str_sb_dead_bug" in drill_ids(found) else None

    assert most.direction is Direction.EXTENSION
    assert "control" in {one.name for one in found.strength}
    assert {"mob_st3d_sagittal", "own_flex_hover"} <= {
        one.drill for one in found.candidates if Context.DESK_BREAK in one.contexts
    }
    assert all(one.new and not one.settled for one in found.candidates)
    assert all(one.cell is None or one.cell.load == 0 for one in found.candidates)
    assert dead_bug is None or dead_bug.how


def test_the_marathoner_gets_more_on_the_left_and_no_forced_turning_in_there() -> None:
    found = of_persona("P2")
    left, right = (target(found.targets, Direction.INTERNAL_ROTATION, side) for side in Side)
    opening = [
        one
        for one in found.candidates
        if one.stage is Stage.MOBILISE and Side.LEFT not in one.excluded_sides
        if Direction.INTERNAL_ROTATION in {e.direction for e in one.exposures if e.primary}
    ]

    assert right.minutes < left.minutes <= 4
    assert opening == []


def test_the_very_mobile_runner_gets_no_passive_end_range() -> None:
    found = of_persona("P3")
    stage_2 = [DRILLS[one.drill] for one in found.candidates if one.stage is Stage.MOBILISE]

    assert all(drill.dynamic or Aim.ANKLE_DORSIFLEXION in drill.aims for drill in stage_2)
    assert {one.minutes for one in found.targets} == {2}
    assert {one.stage for one in found.candidates} >= {Stage.OWN, Stage.STRENGTHEN, Stage.INTEGRATE}


def test_the_lifter_gets_slots_in_the_gym_and_lunges_with_bodyweight() -> None:
    found = of_persona("P6")
    lunges = [one for one in found.candidates if one.lunge]

    assert {slot.context for slot in found.slots} == {Context.PRE_GYM, Context.BETWEEN_SETS}
    assert "lm_lateral" in {one.drill for one in lunges}
    assert all(one.load_kg == 0 for one in lunges)


def test_a_blocked_runner_has_no_candidate() -> None:
    assert of_persona("P5").candidates == ()


def plain(
    *bodies: object, equipment: frozenset[Equipment] = frozenset(), in_the_gym: bool = False
) -> WeekProblem:
    """A runner without any restriction, who told what is given besides."""
    run, gym = PlannedRun(at=time(7), minutes=40), GymVisit(at=time(18), minutes=60)
    days = {Weekday.TUE: DayPattern(runs=(run,), desk=True)}
    if in_the_gym:
        days[Weekday.THU] = DayPattern(gym=(gym,))
    week = WeekDescribed(days=days, weekly_minutes=80, max_session_minutes=25)
    answers = history_of_file(persona("P1"), "anna", leave_out=(EquipmentListed, WeekDescribed)).facts
    own = told(week, EquipmentListed(equipment=equipment), *bodies, at=NOW - timedelta(minutes=20))  # type: ignore[arg-type]
    return problem(History("anna", answers + own))


def test_a_wall_and_a_chair_are_always_there_and_a_band_is_not() -> None:
    without, with_band = plain(), plain(equipment=frozenset({Equipment.LOOP_BAND, Equipment.BAND_ANCHOR}))

    assert "mob_quad_band" not in drill_ids(without)
    assert "mob_quad_band" in drill_ids(with_band)
    assert "own_hip_cars" in drill_ids(without)


def test_a_gym_has_the_band_that_is_missing_at_home() -> None:
    offered = candidate(plain(in_the_gym=True), "mob_quad_band")

    assert set(offered.contexts) <= {Context.PRE_GYM, Context.BETWEEN_SETS}


def test_a_new_drill_has_half_its_units_and_a_done_one_is_no_longer_new() -> None:
    log = SessionLogged(minutes=5, drills=(DrillDone(drill="own_flex_hover"),))
    before, after = candidate(plain(), "own_flex_hover"), candidate(plain(log), "own_flex_hover")

    assert (before.new, after.new) == (True, False)
    assert before.max_units < after.max_units
    assert before.max_placements == 3


def test_slow_circles_are_marked_and_desk_drills_need_no_floor() -> None:
    found = plain()
    at_desk = [one for one in found.candidates if Context.DESK_BREAK in one.contexts]

    assert [one.drill for one in found.candidates if one.cars] == ["own_hip_cars"]
    assert not [one.drill for one in at_desk if one.position.is_on_the_floor]


def test_a_default_that_was_set_otherwise_speaks_and_can_be_restored() -> None:
    edited = plain(DefaultChanged(key="caps.new_drills", value=2))
    restored = plain(
        DefaultChanged(key="caps.new_drills", value=2), DefaultChanged(key="caps.new_drills", value=None)
    )

    assert (edited.caps.new_drills, restored.caps.new_drills) == (2, 3)


def test_the_plan_that_was_issued_for_the_week_is_the_one_to_change_as_little_as_possible() -> None:
    issued = Plan(id="first", week=MONDAY.date(), slots=(), items=())
    other = Plan(id="other", week=MONDAY.date() - timedelta(days=7), slots=(), items=())
    found = plain(PlanIssued(plan=issued), PlanIssued(plan=other))

    assert found.previous == issued


def test_what_was_done_in_the_days_before_the_week_is_known_to_its_rules() -> None:
    log = SessionLogged(minutes=5, drills=(DrillDone(drill="str_sl_bridge", side=Side.LEFT),))
    done = plain(log).done

    assert [(one.drill, one.sides) for one in done] == [("str_sl_bridge", (Side.LEFT,))]


@pytest.mark.parametrize("name", ["P1", "P2", "P3", "P4", "P6"])
def test_the_same_history_gives_the_same_problem_and_every_part_says_why(name: str) -> None:
    found = of_persona(name)

    assert found == of_persona(name)
    assert all(one.reasons for one in found.candidates)
    assert all(one.min_units <= one.max_units for one in found.candidates)
    assert len({(one.direction, one.side) for one in found.targets}) == 12


def test_every_drill_of_the_catalogue_can_be_offered_to_someone() -> None:
    everything = plain(equipment=frozenset(Equipment))
    missing = {drill.id for drill in DRILLS.values()} - drill_ids(everything)

    assert all(is_gated(DRILLS[drill]) for drill in missing)


def is_gated(drill: Drill) -> bool:
    """Strength waits for ownership, and a demanding drill for its easier one."""
    return drill.stage >= Stage.STRENGTHEN or drill.fatigue >= 3


def test_drills_that_can_carry_load_are_wanted_only_where_there_is_a_weight() -> None:
    with_weight = plain(equipment=frozenset({Equipment.KETTLEBELL}))
    loaded = [one for one in with_weight.strength if one.name == "loaded"]

    assert "lm_posterior" in loaded[0].drills
    assert "loaded" not in {one.name for one in plain().strength}


def asked_min(found: WeekProblem) -> float:
    return sum(target.minutes for target in found.targets)


def test_a_week_begun_on_saturday_asks_for_what_is_left_of_it() -> None:
    history = history_of_file(persona("P1"), "anna")
    whole, late = problem(history), problem(history, days=5)
    left = sum(slot.minutes for slot in late.slots if slot.starts_at >= late.now)
    part = left / sum(slot.minutes for slot in late.slots)

    assert part < 0.5
    assert asked_min(late) == pytest.approx(part * asked_min(whole), rel=0.25)
    assert sum(s.sets for s in late.strength) < 0.6 * sum(s.sets for s in whole.strength)
    assert [note.says for note in late.notes if note.rule == "E86"] == [
        f"This week's plan began late, so it asks for about {part:.0%} of a whole week's work."
    ]
    assert not any(note.rule in {"E86", "E87"} for note in whole.notes)


def test_a_week_of_which_nothing_is_left_is_known_by_its_rule_and_not_by_its_words() -> None:
    plan = Plan(id="late", week=date(2026, 11, 23), slots=(), items=())
    says = "Too little is left of this week to plan anything in it."
    quoting = plan.model_copy(update={"notes": (Reason(rule="", says=says),)})
    late = plan.model_copy(update={"notes": (reason("E87", "Come on Monday."),)})

    assert begun_too_late(quoting) is None
    assert begun_too_late(late) == late.notes[0]


def test_a_week_once_planned_keeps_its_share_however_late_it_is_planned_again() -> None:
    history = history_of_file(persona("P1"), "anna")
    for first_day in (0, 5):
        first = problem(history, days=first_day)
        planned = Plan(id="first", week=first.week, slots=first.slots, items=(), targets=first.targets)
        issued = told(PlanIssued(plan=planned), at=NOW + timedelta(days=first_day))
        again = problem(History("anna", (*history.facts, *issued)), days=6)

        assert asked_min(again) == pytest.approx(asked_min(first), rel=0.05)
