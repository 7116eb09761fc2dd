"""A coach's mornings: what was done, how it felt next day, and what that does to the next dose."""

from datetime import timedelta

import pytest

from cast import MONDAY, drill_states, told
from triplane.adaptation import adjust, what_changed
from triplane.body import Side
from triplane.catalogue import load
from triplane.coach import check_in
from triplane.coach.telling import fact_in_words
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    DrillDone,
    Equipment,
    EquipmentListed,
    Fact,
    Feeling,
    FeelingKind,
    History,
    SessionLogged,
    Sign,
    SorenessCourse,
)
from triplane.planning import Ceiling, strictest

DRILLS = load()
HOLD = "own_ext_halfkneel"
BRIDGE = "str_sl_bridge"
DEADLIFT = "str_sl_rdl"


def done(drill: str, day: int, side: Side | None = None, effort: int = 5, **more: object) -> tuple[Fact, ...]:
    """One drill in an evening session, whole and clean unless said otherwise."""
    each = {"drill": drill, "sets_done": 2, "sets_asked": 2, "clean_reps": 8, "reps_asked": 8, **more}
    log = tuple(DrillDone.model_validate({**each, "side": one}) for one in ([side] if side else Side))
    return told(
        SessionLogged(minutes=15, effort=effort, drills=log), at=MONDAY + timedelta(days=day, hours=12)
    )


def morning(day: int, *sore: Feeling, **more: object) -> tuple[Fact, ...]:
    said = CheckinAnswered.model_validate({"about": MONDAY.date(), "soreness": sore, **more})
    return told(said, at=MONDAY + timedelta(days=day, hours=1))


def sore(score: int, region: str, kind: str, side: str | None = None) -> Feeling:
    return Feeling(
        score=score,
        region=BodyRegion(region),
        kind=FeelingKind(kind),
        side=Side(side) if side else None,
    )


def next_dose(*facts: tuple[Fact, ...], day: int, drill: str = HOLD, side: Side = Side.LEFT) -> Ceiling:
    """What may be done of a drill at noon of a day, after all that was told."""
    history = History("anna", tuple(fact for group in facts for fact in group))
    return strictest(adjust(history, DRILLS, MONDAY + timedelta(days=day, hours=6)), drill, side)


def practised_twice() -> tuple[tuple[Fact, ...], ...]:
    return done(HOLD, 0), done(HOLD, 3)


def test_a_drill_never_done_begins_at_half_a_dose() -> None:
    assert next_dose(done(BRIDGE, 0), day=1).dose_factor == 0.5


def test_after_a_clean_first_time_the_dose_grows_and_then_waits_for_two_clean_sessions_and_a_week() -> None:
    assert next_dose(done(HOLD, 0), day=1).dose_factor == 0.75
    assert next_dose(*practised_twice(), done(HOLD, 5), day=6).dose_factor == 0.75
    assert next_dose(*practised_twice(), done(HOLD, 7), day=8).dose_factor == 1.0


@pytest.mark.parametrize(
    ("score", "expected"), [(1, 1.0), (2, 1.0), (3, 0.75), (4, 0.75), (5, 0.25), (8, 0.25)]
)
def test_muscle_soreness_to_two_goes_on_to_four_repeats_and_from_five_halves(
    score: int, expected: float
) -> None:
    felt = morning(8, sore(score, "front_of_hip", "muscle", "left"))

    assert expected == next_dose(*practised_twice(), done(HOLD, 7), felt, day=8).dose_factor


@pytest.mark.parametrize("region", ["groin", "front_of_hip", "outer_hip", "buttock"])
def test_a_joint_sore_to_four_next_morning_rests_two_days_and_comes_back_lower(region: str) -> None:
    felt = morning(8, sore(4, region, "joint", "left"))
    before = next_dose(*practised_twice(), done(HOLD, 7), day=8)
    after = next_dose(*practised_twice(), done(HOLD, 7), felt, day=8)

    assert after.dose_factor < before.dose_factor
    assert after.not_before == MONDAY + timedelta(days=10, hours=1)
    assert after.easier
    assert any(reason.rule == "E52" for reason in after.reasons)


def test_a_sore_joint_on_the_left_leaves_the_right_as_it_was() -> None:
    felt = morning(8, sore(4, "groin", "joint", "left"))
    lived = (*practised_twice(), done(HOLD, 7))

    assert next_dose(*lived, day=8, side=Side.RIGHT) == next_dose(*lived, felt, day=8, side=Side.RIGHT)


def test_a_sore_joint_also_rests_drills_of_the_same_direction_that_were_not_done() -> None:
    felt = morning(8, sore(3, "groin", "joint", "left"))
    after = next_dose(*practised_twice(), done(HOLD, 7), felt, day=8, drill="own_ext_prone_lift")

    assert after.not_before is not None


def test_release_drills_stay_open_when_a_joint_is_sore() -> None:
    felt = morning(8, sore(4, "groin", "joint", "left"))

    assert next_dose(done("rel_quad_ball", 7), felt, day=8, drill="rel_quad_ball").not_before is None


def test_a_joint_felt_a_little_repeats_and_does_not_rest() -> None:
    felt = morning(8, sore(2, "groin", "joint", "left"))
    after = next_dose(*practised_twice(), done(HOLD, 7), felt, day=8)

    assert (after.dose_factor, after.not_before) == (0.75, None)


def test_a_cramp_in_the_hamstring_hold_changes_nothing() -> None:
    drill = "own_hamstring_halfkneel"
    cramp = Feeling(score=7, region=BodyRegion.BACK_THIGH, kind=FeelingKind.CRAMP, side=Side.LEFT)
    calm = next_dose(done(drill, 0), done(drill, 3), day=4, drill=drill)
    during = next_dose(done(drill, 0), done(drill, 3, pain=(cramp,), discomfort=7), day=4, drill=drill)
    next_day = next_dose(done(drill, 0), done(drill, 3), morning(4, cramp), day=4, drill=drill)

    assert calm == during == next_day


def test_a_cramp_in_a_strength_drill_repeats_it() -> None:
    cramp = Feeling(score=4, region=BodyRegion.BACK_THIGH, kind=FeelingKind.CRAMP)
    lived = (done(BRIDGE, 0), done(BRIDGE, 3))
    states = drill_states(
        History("anna", sum((*lived, done(BRIDGE, 7, pain=(cramp,))), ())), DRILLS, MONDAY + timedelta(days=8)
    )

    assert states[BRIDGE, Side.LEFT].clean_streak == 0


@pytest.mark.parametrize(
    "went",
    [
        {"too_much": True},
        {"signs": (Sign.GROIN_PINCH,)},
        {"pain": (sore(3, "groin", "joint"),)},
        {"pain": (sore(6, "buttock", "muscle"),)},
        {"discomfort": 7},
    ],
    ids=["too much", "a pinch", "joint pain", "muscle pain", "discomfort"],
)
def test_what_goes_wrong_while_it_is_done_lowers_the_next_dose(went: dict[str, object]) -> None:
    before = next_dose(*practised_twice(), done(HOLD, 7), day=8)
    after = next_dose(*practised_twice(), done(HOLD, 7, **went), day=8)

    assert after.dose_factor < before.dose_factor


def test_a_drill_that_hurts_at_its_lowest_dose_rests_for_a_week() -> None:
    lived = (done(HOLD, 0, too_much=True), done(HOLD, 2, too_much=True))
    after = next_dose(*lived, day=3)

    assert (after.dose_factor, after.max_placements) == (0.25, 2)
    assert after.not_before == MONDAY + timedelta(days=9, hours=12)


@pytest.mark.parametrize(
    ("course", "lowers"),
    [(SorenessCourse.STAYS, True), (SorenessCourse.COMES_BACK, True), (SorenessCourse.GOES_AWAY, False)],
)
def test_soreness_that_does_not_warm_away_gives_two_days_off(course: SorenessCourse, lowers: bool) -> None:
    felt = morning(8, sore(2, "front_of_hip", "muscle"), course=course)
    after = next_dose(*practised_twice(), done(HOLD, 7), felt, day=8)

    assert (0.5 if lowers else 0.75) == after.dose_factor
    assert lowers == (after.not_before is not None)


def test_soreness_of_which_nobody_knows_whether_it_warms_away_is_told_so_and_taken_as_the_strictest() -> None:
    """What was not said is not put into the runner's mouth: neither on record nor in the reasons."""
    ache = sore(2, "front_of_hip", "muscle")
    said = check_in(MONDAY.date(), (ache,), None, MONDAY + timedelta(days=1))
    assert said.course is SorenessCourse.UNKNOWN
    assert "stays" not in fact_in_words(told(said)[0])
    assert "is not known" in fact_in_words(told(said)[0])

    stays, unknown = (
        next_dose(*practised_twice(), done(HOLD, 7), morning(8, ache, course=course), day=8)
        for course in (SorenessCourse.STAYS, said.course)
    )
    assert (unknown.dose_factor, unknown.not_before) == (stays.dose_factor, stays.not_before)
    says = " ".join(reason.says for reason in unknown.reasons)
    assert "You did not know whether the soreness warms away" in says
    assert "did not warm away" not in says


def test_the_strictest_of_two_sore_places_applies() -> None:
    mild, strong = sore(1, "front_of_hip", "muscle"), sore(6, "front_of_hip", "muscle")
    lived = (*practised_twice(), done(HOLD, 7))

    assert next_dose(*lived, morning(8, mild, strong), day=8) == next_dose(*lived, morning(8, strong), day=8)


def test_tomorrow_changes_and_says_why() -> None:
    facts = sum((*practised_twice(), done(HOLD, 7)), ())
    felt = morning(8, sore(4, "groin", "joint", "left"))
    now = MONDAY + timedelta(days=8, hours=6)
    before = adjust(History("anna", facts), DRILLS, now)
    after = adjust(History("anna", facts + felt), DRILLS, now)
    changes = what_changed(before, after, DRILLS)

    assert what_changed(before, before, DRILLS) == ()
    resting = next(change for change in changes if change.says.endswith("rests until Thursday 03 December."))
    assert "left groin was sore in the joint (4 of 10)" in resting.cause
    assert len(changes) <= 5


def test_load_rises_by_five_to_ten_percent_after_two_clean_sessions_at_full_dose() -> None:
    weights = told(EquipmentListed(equipment=frozenset({Equipment.DUMBBELL})))
    lived = [done(DEADLIFT, day, load_kg=0) for day in (0, 3, 7, 10, 14)]
    first = next_dose(weights, *lived, day=15, drill=DEADLIFT)
    heavier = [done(DEADLIFT, day, load_kg=10) for day in (17, 21, 24)]
    second = next_dose(weights, *lived, *heavier, day=25, drill=DEADLIFT)

    assert first.load_kg == 4
    assert second.load_kg is not None
    assert 10.5 <= second.load_kg <= 11


def test_without_weights_no_load_is_asked_for() -> None:
    lived = [done(DEADLIFT, day) for day in (0, 3, 7, 10, 14)]

    assert not next_dose(*lived, day=15, drill=DEADLIFT).load_kg


def test_a_copenhagen_plank_waits_until_the_ball_squeeze_went_cleanly_twice() -> None:
    plank = "str_copenhagen"
    once, again = done("own_add_squeeze", 0), done("own_add_squeeze", 7)

    assert next_dose(once, day=1, drill=plank).max_placements == 0
    assert next_dose(once, again, day=8, drill=plank).max_placements > 0


def waits_for_its_easier_drill(*facts: tuple[Fact, ...], day: int, drill: str) -> bool:
    history = History("anna", tuple(fact for group in facts for fact in group))
    found = adjust(history, DRILLS, MONDAY + timedelta(days=day, hours=6))
    return any(a.drill == drill and a.max_placements == 0 and a.reason.rule == "R05" for a in found)


def test_after_two_weeks_of_training_a_copenhagen_plank_waits_no_longer() -> None:
    once, bridged = done("own_add_squeeze", 0), done(BRIDGE, 8)

    assert waits_for_its_easier_drill(once, bridged, day=9, drill="str_copenhagen")
    assert not waits_for_its_easier_drill(once, bridged, day=15, drill="str_copenhagen")


def test_a_painful_squeeze_does_not_open_the_plank() -> None:
    hurt = sore(4, "groin", "joint")
    once, again = done("own_add_squeeze", 0), done("own_add_squeeze", 7, pain=(hurt,))

    assert next_dose(once, again, day=8, drill="str_copenhagen").max_placements == 0
