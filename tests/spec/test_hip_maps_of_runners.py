"""What the hip map says of the standing cast: runners with known readings, in a coach's words."""

from datetime import timedelta

import pytest

from cast import MONDAY, history_of, passed
from triplane.assessment import Finding, HipMap, Role, battery, find_test, hip_map, retest_due
from triplane.body import Direction, Side
from triplane.history import AboutRunner, EndFeel, MeasurementTaken, Method

F, E, AB, AD, IR, ER = Direction
LEFT, RIGHT = Side
NOW = MONDAY + timedelta(hours=1)


def both(test: str, left: float, right: float, **more: object) -> list[MeasurementTaken]:
    """Make readings of one test on both sides, passive by a helper unless the test says otherwise."""
    protocol = find_test(test)
    own = protocol.error_of(Method.PHONE_HELPER) is None
    given = {
        "active": not protocol.passive,
        "method": protocol.method[0].method if own else Method.PHONE_HELPER,
        **more,
    }
    return [
        MeasurementTaken.model_validate(
            {"test": protocol.id, "side": side, "readings": (value,) * 3, **given}
        )
        for side, value in ((LEFT, left), (RIGHT, right))
    ]


def map_of(
    about: AboutRunner, *readings: list[MeasurementTaken], excluded: frozenset[Direction] = frozenset()
) -> HipMap:
    taken = [one for pair in readings for one in pair]
    return hip_map(history_of(about, *taken), NOW, excluded)


def desk_beginner() -> HipMap:
    return map_of(
        AboutRunner(age_years=34, sex="female"),
        both("flexion", 118, 120),
        both("extension_thomas", -2, 0),
        both("extension_prone", 10, 10),
        both("extension_prone", 6, 6, active=True),
        both("abduction", 38, 37),
        both("adduction_ober", 22, 23),
        both("ir_prone", 40, 38),
        both("er_prone", 38, 40),
        both("slstance_drop", 6, 4),
        both("step_down", 1, 0),
        both("deadbug_clean", 3, 3),
        both("knee_to_wall_cm", 9, 9.5),
    )


def test_the_desk_beginner_works_on_extension_first_and_on_control_second() -> None:
    drawn = desk_beginner()
    first = [(one.what, one.side) for one in drawn.top_priorities]

    assert first[:2] == [(E, LEFT), (E, RIGHT)]
    assert {one for one, _ in first[2:]} == {"control"}
    assert drawn.on(E, LEFT).finding is Finding.LIMITED
    assert drawn.on(E, RIGHT).finding is Finding.LIMITED
    for direction in (F, AB, AD, IR, ER):
        for side in Side:
            assert not drawn.on(direction, side).needs_more
    assert all("stretching" in one.reason.says for one in drawn.control if one.finding.is_limited)


def test_the_desk_beginner_is_told_how_sure_we_are_and_by_which_reference() -> None:
    extension = desk_beginner().on(E, RIGHT)

    assert extension.probability is not None and 0.5 < extension.probability < 0.75
    assert extension.norm is not None and extension.norm.sources == ("ferber_2010",)
    assert extension.reasons[0].rule == "B08"
    assert "0" in extension.reasons[0].says and "likely" in extension.reasons[0].says


def test_three_clean_repetitions_of_the_dead_bug_are_a_clear_cue() -> None:
    cues = {(one.test, one.side): one for one in desk_beginner().control}

    assert cues["dead_bug", LEFT].finding is Finding.CLEARLY_LIMITED
    assert cues["single_leg_stance", LEFT].finding is Finding.LIMITED
    assert cues["single_leg_stance", RIGHT].finding is Finding.FINE
    assert cues["step_down", RIGHT].finding is Finding.CLEARLY_LIMITED


def marathoner(**ir: object) -> HipMap:
    return map_of(
        AboutRunner(age_years=41, sex="male"),
        both("flexion", 122, 121),
        both("extension_thomas", 12, 11),
        both("abduction", 36, 36),
        both("adduction_ober", 25, 24),
        both("ir_prone", 18, 31, **ir),
        both("ir_prone", 18 * 0.7, 31 * 0.7, active=True),
        both("er_prone", 44, 43),
        both("knee_to_wall_cm", 11, 11),
    )


def test_the_marathoner_has_turning_in_on_the_left_first_with_the_bone_shape_note() -> None:
    drawn = marathoner()
    left, right = drawn.on(IR, LEFT), drawn.on(IR, RIGHT)

    assert (drawn.top_priorities[0].what, drawn.top_priorities[0].side) == (IR, LEFT)
    assert len(drawn.top_priorities) == 1
    assert left.z is not None and -2.3 < left.z < -1.6
    assert left.is_lower and left.asymmetry is not None and left.asymmetry.difference > 10
    assert left.bone_shape and not right.bone_shape
    assert any(one.rule == "B07" and "force nothing" in one.says for one in left.reasons)
    assert left.priority > right.priority
    assert not right.needs_more
    for direction in (F, E, AD, AB, ER):
        assert not any(drawn.on(direction, side).needs_more for side in Side)


def test_a_pinch_when_turning_in_raises_the_tag_and_gives_no_number() -> None:
    drawn = marathoner(end_feel=EndFeel.PINCH)

    assert drawn.tags == ("fai",)
    assert drawn.on(IR, LEFT).passive is None
    assert any(note.rule == "B02" for note in drawn.notes)


def mobile_trail_runner(beighton: int | None) -> HipMap:
    tests = {
        "flexion": (145, 146),
        "extension_prone": (24, 25),
        "abduction": (58, 57),
        "ir": (58, 60),
        "er": (55, 56),
    }
    owned = [both(test, left * 0.6, right * 0.6, active=True) for test, (left, right) in tests.items()]
    return map_of(
        AboutRunner(age_years=26, sex="female", beighton=beighton),
        *[both(test, left, right) for test, (left, right) in tests.items()],
        *owned,
        both("extension_thomas", 24, 25),
        both("adduction_ober", 35, 36),
        both("slstance_drop", 7, 8),
    )


def test_the_very_mobile_runner_gets_no_more_range_in_any_direction() -> None:
    drawn = mobile_trail_runner(beighton=7)

    assert drawn.hypermobile
    assert drawn.mobile == tuple(Direction)
    assert any("More range is not the goal" in note.says for note in drawn.notes)
    assert not any(one.finding.is_limited for one in drawn.directions)


def test_three_very_mobile_directions_say_the_same_without_a_score() -> None:
    drawn = mobile_trail_runner(beighton=None)

    assert drawn.hypermobile
    assert {F, IR} <= set(drawn.mobile)
    assert len(drawn.mobile) >= 3


def test_the_very_mobile_runner_sees_owned_range_as_progress() -> None:
    turning_in = mobile_trail_runner(beighton=7).on(IR, LEFT)

    assert turning_in.owned_ratio == pytest.approx(0.6, abs=0.05)
    assert turning_in.owned_gap_counts
    assert any(one.rule == "B09" for one in turning_in.reasons)


def test_the_very_mobile_runner_is_not_asked_for_a_passive_maximum_again() -> None:
    about = AboutRunner(age_years=26, sex="female", beighton=7)
    asked = [one.test for one in retest_due(history_of(about, *both("flexion", 145, 146)), NOW)]

    assert not [test for test in asked if battery()[test].direction]
    assert "single_leg_stance" in asked


def test_restricted_directions_are_not_chased_though_they_are_lowest() -> None:
    drawn = map_of(
        AboutRunner(age_years=29, sex="male"),
        both("flexion", 98, 112),
        both("ir_prone", 22, 30),
        both("er_prone", 45, 44),
        both("abduction", 38, 40),
        excluded=frozenset({F, IR}),
    )

    for direction in (F, IR):
        for side in Side:
            one = drawn.on(direction, side)
            assert one.excluded and one.priority == 0 and not one.needs_more
            assert [reason.rule for reason in one.reasons] == ["B13"]
    assert drawn.on(IR, LEFT).finding.is_limited
    assert not [one for one in drawn.top_priorities if one.what in (F, IR)]


def test_the_lifter_works_on_abduction_first_and_has_not_passed_the_side_lunge() -> None:
    drawn = map_of(
        AboutRunner(age_years=37, sex="male"),
        both("flexion", 112, 114),
        both("extension_thomas", 6, 7),
        both("abduction", 26, 27),
        both("adduction_ober", 24, 24),
        both("ir_prone", 28, 27),
        both("er_prone", 33, 34),
        both("lunge_lateral", 0, 0),
    )

    assert [one.what for one in drawn.top_priorities][:2] == [AB, AB]
    assert passed(drawn, "lateral", LEFT) is False
    assert passed(drawn, "anterior", LEFT) is None
    assert max(drawn.directions, key=lambda one: one.priority).direction is AB


def test_nobody_is_told_anything_before_anything_was_measured() -> None:
    drawn = hip_map(history_of(), NOW)

    assert len(drawn.directions) == 12
    assert {one.finding for one in drawn.directions} == {Finding.NOT_MEASURED}
    assert drawn.top_priorities == ()
    assert not drawn.hypermobile
    assert drawn.ankle.stiff == ()


def test_what_the_runner_feels_counts_a_little() -> None:
    about = AboutRunner(age_years=34, sex="female", stiff_when_running=((E, LEFT),))
    drawn = map_of(about, both("extension_thomas", 0, 0))

    assert drawn.on(E, LEFT).priority == pytest.approx(drawn.on(E, RIGHT).priority + 0.5)
    assert drawn.on(E, LEFT).reasons[-1].rule == "B14"


@pytest.mark.parametrize(
    ("left", "right", "stiff"),
    [(7.9, 9, (LEFT,)), (8, 10, ()), (8, 10.5, (LEFT,)), (7, 7.5, (LEFT, RIGHT)), (12, 9, (RIGHT,))],
)
def test_an_ankle_is_stiff_below_eight_or_two_less_than_the_other(
    left: float, right: float, stiff: tuple[Side, ...]
) -> None:
    drawn = map_of(AboutRunner(), both("knee_to_wall", left, right))

    assert drawn.ankle.stiff == stiff
    assert (drawn.ankle.reason is not None) is bool(stiff)


def test_every_reason_has_its_ground() -> None:
    for drawn in (desk_beginner(), marathoner(), mobile_trail_runner(7)):
        for one in (*drawn.notes, *(reason for each in drawn.directions for reason in each.reasons)):
            assert one.sources
            assert one.says.endswith(".")
            assert "!" not in one.says


def test_every_direction_needs_only_its_primary_test() -> None:
    for test in battery().values():
        if test.role is Role.PRIMARY:
            assert test.passive
