"""P4, the pinching hip, read after its clearance: what is expected of the coach, line by line."""

from persona_lives import NOW, history, life
from personas import history_of_file, persona
from plan_reading import DRILLS, end_range_min
from triplane import coach, screening
from triplane.body import Direction, Side
from triplane.catalogue import Tag
from triplane.coach import DayState
from triplane.history import ClearanceRecorded, MeasurementTaken
from triplane.screening import SafetyLevel

F, E, AB, AD, IR, ER = Direction


def test_the_refer_message_comes_first_and_nothing_else() -> None:
    untouched = history_of_file(persona("P4"), "P4", leave_out=(ClearanceRecorded, MeasurementTaken))
    clearance = coach.clearance(untouched, NOW)
    day = coach.day(untouched, NOW)

    assert clearance.level is SafetyLevel.REFER
    assert day.state is DayState.BLOCKED
    assert not (day.slots or day.proposed)
    assert any("professional" in says for says in day.says)


def test_after_its_clearance_it_is_restricted() -> None:
    clearance = coach.clearance(history("P4"), NOW)

    assert clearance.level is SafetyLevel.RESTRICT
    assert clearance.tag_names == (Tag.FAI,)


def test_the_moves_that_irritate_are_absent() -> None:
    drills = {item.drill for week in life("P4") for item in week.plan.items}
    assert not drills & {"mob_glute_band_pigeon", "lm_posteromedial", "lm_rotational_cross"}


def test_the_ninety_ninety_switch_is_modified_or_absent() -> None:
    placed = [item for week in life("P4") for item in week.placed("mob_9090_switch")]
    assert all(item.how for item in placed)


def test_the_hip_bends_to_a_right_angle_at_most() -> None:
    offer = screening.offer(coach.clearance(history("P4"), NOW), DRILLS.values())

    for week in life("P4"):
        for item in week.plan.items:
            allowance = offer.of(item.drill)
            assert allowance is not None
            assert allowance.is_allowed
            assert allowance.limits.hip_flexion_max_deg == 90
            if _deepest_flexion(item.drill) > 90:
                assert item.how, f"{item.drill} bends past a right angle and says nothing"


def test_the_emphasis_is_on_extension_abduction_and_turning_out() -> None:
    chased = {E: 0.0, AB: 0.0, ER: 0.0, F: 0.0, IR: 0.0}
    for week in life("P4"):
        for direction in chased:
            chased[direction] += sum(end_range_min(week.plan, direction, side) for side in Side)

    assert min(chased[E], chased[AB], chased[ER]) > max(chased[F], chased[IR])


def test_bridge_side_plank_and_the_backward_lunge_are_preferred() -> None:
    offer = screening.offer(coach.clearance(history("P4"), NOW), DRILLS.values())
    drills = {item.drill for week in life("P4") for item in week.plan.items}

    for name in ("str_sl_bridge", "str_side_plank", "lm_posterior"):
        allowance = offer.of(name)
        assert allowance is not None
        assert allowance.named
        assert name in drills, "none of them is crowded out"


def test_the_backward_lunge_stays_shallow() -> None:
    for week in life("P4"):
        for item in week.placed("lm_posterior"):
            assert item.lunge is not None
            assert item.lunge.range == 0


def test_flexion_and_turning_in_are_not_chased_although_they_are_lowest() -> None:
    drawn = coach.hip_map(history("P4"), NOW)

    for side in Side:
        assert drawn.on(F, side).priority == 0
        assert drawn.on(IR, side).priority == 0
    assert not {F, IR} & {priority.what for priority in drawn.top_priorities}
    for week in life("P4"):
        for target in week.plan.targets:
            assert target.direction not in (F, IR) or target.minutes == 0


def _deepest_flexion(drill: str) -> float:
    return max((max(pose.hip_right_deg[0], pose.hip_left_deg[0]) for pose in DRILLS[drill].pose), default=0)
