"""A coach's weeks: easier ones, weeks before a race, coming back, gates between stages, lunges that grow."""

from datetime import timedelta
from itertools import pairwise

import pytest

from cast import MONDAY, drill_states, told
from triplane.adaptation import adjust, next_cell, notices
from triplane.adaptation.progression import DrillState
from triplane.assessment import HipMap, LungePass, hip_map
from triplane.body import Direction, Side
from triplane.catalogue import load
from triplane.catalogue.lunges import is_one_variable_change
from triplane.history import (
    DrillDone,
    Equipment,
    EquipmentListed,
    Fact,
    Feeling,
    FormSeen,
    History,
    LungeVector,
    MeasurementTaken,
    Method,
    RaceEntered,
    SessionLogged,
)
from triplane.planning import Ceiling, levels_of, strictest, training_week

DRILLS = load()
BRIDGE, HOLD, DRIVE, LUNGE = "str_sl_bridge", "own_ext_halfkneel", "mob_kn3d_sagittal", "lm_anterior"
WEIGHTS = told(EquipmentListed(equipment=frozenset({Equipment.KETTLEBELL})))


def session(day: int, *drills: str, cell: LungeVector | None = None, **more: object) -> tuple[Fact, ...]:
    """Drills done on both sides in an evening session, whole and clean unless said otherwise."""
    each = {"sets_done": 2, "sets_asked": 2, "clean_reps": 8, "reps_asked": 8, **more}
    log = tuple(
        DrillDone.model_validate(
            {"drill": drill, "side": side, "lunge": cell if drill == LUNGE else None, **each}
        )
        for drill in drills
        for side in Side
    )
    return told(SessionLogged(minutes=20, effort=6, drills=log), at=MONDAY + timedelta(days=day, hours=12))


def history(*facts: tuple[Fact, ...]) -> History:
    return History("anna", tuple(fact for group in facts for fact in group))


def dose(
    known: History, drill: str, day: int, chart: HipMap | None = None, side: Side = Side.LEFT
) -> Ceiling:
    at = MONDAY + timedelta(days=day)
    return strictest(adjust(known, DRILLS, at, hip_map=chart), drill, side)


@pytest.mark.parametrize(("apart", "times"), [(0, 1), (6, 1), (20, 1), (21, 2), (600, 2)])
def test_a_drill_went_once_in_the_length_of_one_session(apart: int, times: int) -> None:
    (second,) = session(0, BRIDGE)
    later = second.model_copy(update={"occurred_at": second.occurred_at + timedelta(minutes=apart)})
    known = history(WEIGHTS, session(0, BRIDGE), (later,))
    found = drill_states(known, DRILLS, MONDAY + timedelta(days=2))[BRIDGE, Side.LEFT]

    assert (found.times, found.clean_streak) == (times, times - 1)


def test_what_hurt_in_the_second_of_two_sessions_at_once_counts() -> None:
    calm, sore = (
        session(0, BRIDGE),
        session(0, BRIDGE, pain=(Feeling(score=6, region="groin", kind="joint"),)),
    )

    assert dose(history(WEIGHTS, calm, sore), BRIDGE, 1) == dose(history(WEIGHTS, sore), BRIDGE, 1)


def weeks_of_training(weeks: int) -> list[tuple[Fact, ...]]:
    return [session(7 * week + day, BRIDGE, HOLD, DRIVE) for week in range(weeks) for day in (0, 3)]


def test_form_that_broke_before_a_camera_repeats_a_drill_and_what_went_well_adds_nothing() -> None:
    clean = [session(day, BRIDGE) for day in (0, 2, 9, 11, 16)]
    broke = [*clean[:-1], session(16, BRIDGE, form=FormSeen(ended_by=("The back arches.",)))]
    slipped = [*clean[:-1], session(16, BRIDGE, form=FormSeen(answers={"Did your back arch?": True}))]
    well = [*clean[:-1], session(16, BRIDGE, form=FormSeen(answers={"Did your back arch?": False}))]

    def state(facts: list[tuple[Fact, ...]]) -> DrillState:
        return drill_states(history(WEIGHTS, *facts), DRILLS, MONDAY + timedelta(days=21))[BRIDGE, Side.LEFT]

    assert state(well) == state(clean)
    assert state(clean).reason is None
    for held, says in ((broke, "Form broke in"), (slipped, "You said that form slipped in")):
        found = state(held)
        assert found.clean_streak == 0
        assert found.reason is not None and found.reason.says.startswith(says)
        assert (found.rung, found.load_kg) <= (state(clean).rung, state(clean).load_kg)


def screened(passed: bool) -> HipMap:
    """A map on which the forward lunge was tried on both sides."""
    empty = hip_map(history(WEIGHTS), MONDAY)
    tried = tuple(
        LungePass(lunge="anterior", side=side, passed=passed, measured_on=MONDAY.date()) for side in Side
    )
    return empty.model_copy(update={"lunges": tried})


@pytest.mark.parametrize(("week", "is_easier"), [(3, False), (4, True), (5, False), (8, True)])
def test_every_fourth_week_lowers_holds_and_strength_and_leaves_mobility(week: int, is_easier: bool) -> None:
    known, monday = history(*weeks_of_training(week - 1)), 7 * (week - 1)

    assert (
        training_week(known, (MONDAY + timedelta(days=monday)).date(), MONDAY + timedelta(days=monday))
        == week
    )
    assert (dose(known, BRIDGE, monday).dose_factor == 0.55) == is_easier
    assert (dose(known, HOLD, monday).dose_factor == 0.55) == is_easier
    assert dose(known, DRIVE, monday).dose_factor >= 0.75


def test_a_plan_for_a_later_week_knows_that_it_will_be_an_easier_one() -> None:
    known = history(*weeks_of_training(2))
    fourth = MONDAY.date() + timedelta(weeks=3)
    words = adjust(known, DRILLS, MONDAY + timedelta(days=14), monday=fourth)

    assert any(word.reason.rule == "E75" for word in words)


@pytest.mark.parametrize(
    ("days_to_race", "bridge", "often"), [(20, 1.0, 28), (13, 0.75, 28), (6, 0.5, 1)], ids=["3", "2", "1"]
)
def test_strength_goes_down_in_the_two_weeks_before_a_race(
    days_to_race: int, bridge: float, often: int
) -> None:
    race = told(RaceEntered(date=(MONDAY + timedelta(days=14 + days_to_race)).date(), distance_m=42195))
    known = history(*weeks_of_training(2), race)
    allowed = dose(known, BRIDGE, 14)

    assert (allowed.dose_factor, allowed.max_placements) == (bridge, often)


def test_race_week_has_no_hard_holds_and_says_so() -> None:
    race = told(RaceEntered(date=(MONDAY + timedelta(days=20)).date(), distance_m=10_000))
    known = history(*weeks_of_training(2), race)

    assert dose(known, HOLD, 14).effort_pct_max == 50
    assert [said.rule for said in notices(known, MONDAY + timedelta(days=14))] == ["E76"]


@pytest.mark.parametrize(("days_away", "share"), [(10, 1.0), (20, 0.6), (40, 0.5)])
def test_after_a_break_training_resumes_lower_the_longer_it_was(days_away: int, share: float) -> None:
    known = history(*weeks_of_training(2))

    assert dose(known, BRIDGE, 10 + days_away).dose_factor == share


def test_after_more_than_four_weeks_the_runner_measures_again() -> None:
    said = notices(history(*weeks_of_training(2)), MONDAY + timedelta(days=50))

    assert [reason.rule for reason in said] == ["E63"]
    assert "measure again" in said[0].says


def test_missed_sessions_are_not_piled_up() -> None:
    met = dose(history(*weeks_of_training(2)), BRIDGE, 14)
    missed = dose(history(*weeks_of_training(2)[:-1]), BRIDGE, 14)

    assert missed.dose_factor <= met.dose_factor
    assert missed.max_placements <= met.max_placements


def opened_extension(active_deg: float) -> HipMap:
    """Extension of 20 degrees, of which so much is held: a gap to own on both sides."""
    taken = [
        MeasurementTaken(
            test="extension_prone",
            side=side,
            active=active,
            method=Method.PHONE_HELPER,
            readings=(value, value, value),
        )
        for side in Side
        for active, value in ((False, 20), (True, active_deg))
    ]
    return hip_map(history(told(*taken)), MONDAY + timedelta(hours=1))


def test_strength_waits_until_new_range_is_held_and_opens_after_two_clean_sessions() -> None:
    chart = opened_extension(active_deg=4)
    assert chart.on(Direction.EXTENSION, Side.LEFT).needs_more

    assert dose(history(WEIGHTS), BRIDGE, 1, chart).max_placements == 0
    assert dose(history(session(0, HOLD)), BRIDGE, 1, chart).max_placements == 0
    assert dose(history(session(0, HOLD), session(2, HOLD)), BRIDGE, 3, chart).max_placements > 0


def test_pain_in_the_hold_keeps_the_gate_closed() -> None:
    chart = opened_extension(active_deg=4)
    ache = Feeling(score=3, region="groin", kind="joint")
    known = history(session(0, HOLD), session(2, HOLD, pain=(ache,)))

    assert dose(known, BRIDGE, 3, chart).max_placements == 0


def test_a_range_that_is_owned_opens_strength_at_once() -> None:
    assert dose(history(WEIGHTS), BRIDGE, 1, opened_extension(active_deg=18)).max_placements > 0


def test_a_lunge_grows_one_variable_a_week_and_carries_load_by_the_fourth_week() -> None:
    """The strong lifter: bodyweight and short at first, then step, reach and load, one a week."""
    chart, facts, cells = screened(passed=True), [WEIGHTS], []
    for day in range(28):
        cell = dose(history(*facts), LUNGE, day, chart).lunge or LungeVector(direction="anterior")
        if day % 7 in (0, 2, 4):
            facts.append(session(day, LUNGE, cell=cell))
            cells.append(cell)
    steps = [(one, two) for one, two in pairwise(cells) if one != two]

    assert levels_of(cells[0]) == 0
    assert all(is_one_variable_change(one, two) for one, two in steps)
    assert all(len({str(cell) for cell in cells[3 * week : 3 * week + 3]}) <= 2 for week in range(4))
    assert cells[-1].load == 1


@pytest.mark.parametrize("chart", [None, screened(passed=False)], ids=["not screened", "screen failed"])
def test_a_lunge_does_not_grow_without_a_passed_lunge_screen(chart: HipMap | None) -> None:
    plain = LungeVector(direction="anterior")
    known = history(WEIGHTS, *(session(day, LUNGE, cell=plain) for day in (0, 3, 7, 10, 14)))

    assert dose(known, LUNGE, 15, chart).lunge == plain


def test_a_lunge_that_hurt_goes_one_variable_back() -> None:
    grown = LungeVector(direction="anterior", range=1)
    lived = [session(day, LUNGE, cell=grown) for day in (0, 3, 7)]
    known = history(WEIGHTS, *lived, session(9, LUNGE, cell=grown, too_much=True))

    assert dose(known, LUNGE, 10, screened(passed=True)).lunge == LungeVector(direction="anterior")


def test_without_weights_and_step_a_lunge_grows_in_what_needs_neither() -> None:
    cell, grown = LungeVector(direction="lateral"), []
    for _ in range(6):
        further = next_cell(cell, frozenset())
        assert is_one_variable_change(cell, further)
        grown.append(further)
        cell = further

    assert cell.load == cell.stability == cell.environment == 0
    assert [bool(one.speed) for one in grown].index(True) == 3


def test_the_curtsy_lunge_is_closed_until_the_backward_one_was_clean_twice() -> None:
    closed = dose(history(WEIGHTS), "lm_posteromedial", 1)

    assert closed.max_placements == 0
    assert closed.reasons


def test_states_count_what_was_done_on_each_side() -> None:
    facts = session(0, HOLD) + told(
        SessionLogged(minutes=5, drills=(DrillDone(drill=HOLD, side=Side.LEFT),)),
        at=MONDAY + timedelta(days=1),
    )
    states = drill_states(History("anna", facts), DRILLS, MONDAY + timedelta(days=2))

    assert (states[HOLD, Side.LEFT].times, states[HOLD, Side.RIGHT].times) == (2, 1)


def test_what_is_not_yet_known_is_not_looked_at() -> None:
    facts = session(0, HOLD) + session(5, HOLD, too_much=True)
    early = MONDAY + timedelta(days=2)

    assert adjust(History("anna", facts), DRILLS, early) == adjust(History("anna", facts[:1]), DRILLS, early)


def test_a_strength_drill_that_takes_weight_is_loaded_in_the_third_week() -> None:
    lived = [session(day, "int_split_squat") for day in (0, 3, 8, 10)]

    assert not dose(history(WEIGHTS, *lived[:2]), "int_split_squat", 7).load_kg
    assert dose(history(WEIGHTS, *lived), "int_split_squat", 14).load_kg == 4


def test_a_session_in_which_nothing_was_done_does_not_end_a_break() -> None:
    long_ago = weeks_of_training(2)
    skipped = session(60, HOLD, sets_done=0, clean_reps=0)

    assert dose(history(*long_ago, skipped), BRIDGE, 61) == dose(history(*long_ago), BRIDGE, 61)
