"""The filter, the error that belongs to a runner, trend lines and what a change is worth."""

from datetime import timedelta

import pytest

from cast import MONDAY, history_of, told
from triplane.assessment import (
    Certainty,
    Error,
    Finding,
    Observation,
    Refusal,
    Series,
    assess,
    certainty_of,
    change,
    error_for,
    estimate,
    find_test,
    hip_map,
    measurements,
    retest_due,
    series,
)
from triplane.assessment.priority import priority_of
from triplane.body import Direction, Side
from triplane.errors import UnknownName
from triplane.history import AboutRunner, History, MeasurementTaken, Method, SessionLogged

IR = find_test("internal_rotation")
HELPER, SELF, GONIO = Method.PHONE_HELPER, Method.PHONE_SELF, Method.GONIOMETER


def turned_in(value: float, method: Method = SELF, **more: object) -> MeasurementTaken:
    given = {"test": IR.id, "side": Side.LEFT, "method": method, "readings": (value,) * 3, **more}
    return MeasurementTaken.model_validate(given)


def over_weeks(*values: float, method: Method = SELF, every_weeks: int = 2) -> History:
    """Return a history with one set of readings every few weeks."""
    facts = [
        fact
        for number, value in enumerate(values)
        for fact in told(turned_in(value, method), at=MONDAY + timedelta(weeks=every_weeks * number))
    ]
    return History("anna", tuple(facts))


def seen(value: float, weeks: float = 0, method: Method = SELF, sem: float = 3.0) -> Observation:
    return Observation(at=MONDAY + timedelta(weeks=weeks), value=value, method=method, sem=sem)


def test_one_reading_with_a_reference_lies_between_the_two_by_their_errors() -> None:
    best = estimate([seen(20)], MONDAY, prior=(36.0, 6.0))

    assert best is not None
    assert best.value == pytest.approx(20 + 16 * 9 / 45)
    assert best.sd == pytest.approx((1 / (1 / 9 + 1 / 36)) ** 0.5)


def test_one_reading_without_a_reference_stands_as_it_is() -> None:
    best = estimate([seen(20)], MONDAY)

    assert best is not None
    assert best.value == pytest.approx(20)
    assert best.sd == pytest.approx((1 / (1 / 9 + 1 / 225)) ** 0.5)


def test_certainty_fades_by_a_degree_to_the_root_of_the_weeks() -> None:
    fresh = estimate([seen(20)], MONDAY)
    stale = estimate([seen(20)], MONDAY + timedelta(weeks=16))

    assert fresh is not None and stale is not None
    assert stale.sd**2 == pytest.approx(fresh.sd**2 + 16)
    assert stale.value == fresh.value


def test_a_second_method_may_differ_for_good() -> None:
    same = estimate([seen(20), seen(30, 1)], MONDAY + timedelta(weeks=1))
    other = estimate([seen(20), seen(30, 1, GONIO)], MONDAY + timedelta(weeks=1))

    assert same is not None and other is not None
    assert other.scale is SELF
    assert other.methods == (GONIO, SELF)
    assert abs(other.value - 20) < abs(same.value - 20)
    assert other.sd > same.sd


def test_many_readings_by_a_second_method_never_wash_out_its_difference() -> None:
    later = [seen(30, 0.01, GONIO) for _ in range(50)]
    best = estimate([seen(20), *later], MONDAY + timedelta(days=1))

    assert best is not None
    assert best.value < 24
    assert best.sd > 2


def test_readings_of_tomorrow_do_not_speak_today() -> None:
    assert estimate([seen(20, 1)], MONDAY) is None


def test_the_runners_own_error_counts_after_three_sessions() -> None:
    two = error_for(measurements(over_weeks(30, 31)), IR, False, SELF)
    three = error_for(measurements(over_weeks(30, 31, 30)), IR, False, SELF)
    wild = error_for(measurements(over_weeks(20, 40, 20)), IR, False, SELF)

    assert (two.mdc, two.own) == (8.0, False)
    assert (three.mdc, three.own) == (4.0, True)
    assert wild.own and wild.mdc > 8


def test_a_steady_trend_is_not_taken_for_error() -> None:
    assert error_for(measurements(over_weeks(20, 25, 30, 35)), IR, False, SELF).mdc == 4.0


def test_sessions_across_a_change_of_training_do_not_make_an_own_error() -> None:
    history = over_weeks(30, 31, 30)
    begun = told(SessionLogged(minutes=20), at=MONDAY + timedelta(weeks=3))

    assert not error_for(measurements(History("anna", history.facts + begun)), IR, False, SELF).own


def test_four_degrees_against_eight_is_never_called_an_improvement() -> None:
    verdict = change(series(over_weeks(30, 34), IR.id, Side.LEFT))

    assert verdict.certainty is Certainty.WITHIN_NOISE
    assert verdict.better is None
    assert "noise" in verdict.reason.says


@pytest.mark.parametrize(
    ("delta", "certainty"),
    [
        (4.0, Certainty.WITHIN_NOISE),
        (4.1, Certainty.MAYBE),
        (8.0, Certainty.MAYBE),
        (8.1, Certainty.REAL),
        (-8.1, Certainty.REAL),
    ],
)
def test_a_change_is_real_only_past_the_smallest_real_one(delta: float, certainty: Certainty) -> None:
    assert certainty_of(delta, Error(sem=2.88, mdc=8.0)) is certainty


def test_a_change_as_large_as_the_smallest_real_one_is_not_told_to_be_less_than_itself() -> None:
    mdc = error_for(measurements(over_weeks(20, 30)), IR, False, SELF).mdc
    says = change(series(over_weeks(20, 20 + mdc), IR.id, Side.LEFT)).reason.says

    assert (
        says == f"+{mdc:g} degrees may be a change; measuring alone can make as much, and more would be sure."
    )


def test_a_value_just_below_the_usual_range_does_not_read_as_inside_it() -> None:
    norm = (
        hip_map(over_weeks(20), MONDAY + timedelta(weeks=1)).on(Direction.INTERNAL_ROTATION, Side.LEFT).norm
    )
    assert norm is not None
    entry = hip_map(over_weeks(20), MONDAY + timedelta(weeks=1)).on(Direction.INTERNAL_ROTATION, Side.LEFT)
    low = entry.model_copy(
        update={
            "passive": entry.passive.model_copy(update={"value": norm.low - 0.3}) if entry.passive else None,
            "z": -1.1,
        }
    )
    _, (below, *_) = priority_of(low, 8, stiff=False)

    assert f"{norm.low - 0.3:.1f} degrees, where {norm.low:.1f} to {norm.high:.1f} is usual" in below.says


def test_one_degree_is_said_as_one() -> None:
    entry = hip_map(over_weeks(20), MONDAY + timedelta(weeks=1)).on(Direction.INTERNAL_ROTATION, Side.LEFT)
    one = entry.model_copy(
        update={"passive": entry.passive.model_copy(update={"value": 1.2}) if entry.passive else None}
    )
    _, (said, *_) = priority_of(one, 8, stiff=False)

    assert ": 1 degree, where" in said.says


def test_a_published_smallest_change_that_is_too_kind_does_not_make_a_change_real() -> None:
    assert certainty_of(5.0, Error(sem=2.0, mdc=4.0)) is Certainty.MAYBE
    assert certainty_of(5.6, Error(sem=2.0, mdc=4.0)) is Certainty.REAL


def test_a_real_gain_is_better_and_a_real_loss_is_not() -> None:
    gain = change(series(over_weeks(20, 30), "ir", Side.LEFT))
    loss = change(series(over_weeks(30, 20), "ir", Side.LEFT))

    assert (gain.certainty, gain.better) == (Certainty.REAL, True)
    assert (loss.certainty, loss.better) == (Certainty.REAL, False)


def test_one_reading_is_no_change() -> None:
    assert change(series(over_weeks(20), "ir", Side.LEFT)).certainty is Certainty.NOT_COMPARABLE


def test_methods_are_never_put_in_one_line() -> None:
    history = history_of(turned_in(30), turned_in(36, GONIO))
    mixed = series(history, "ir", Side.LEFT)

    assert isinstance(mixed, Refusal)
    assert mixed.methods == (GONIO, SELF)
    assert "goniometer" in mixed.reason.says and "phone_self" in mixed.reason.says
    assert change(mixed).certainty is Certainty.NOT_COMPARABLE
    assert isinstance(series(history, "ir", Side.LEFT, method=GONIO), Series)


def test_owned_and_passive_readings_are_two_lines() -> None:
    history = history_of(turned_in(30), turned_in(20, active=True))
    passive, owned = (series(history, "ir", Side.LEFT, active) for active in (False, True))

    assert isinstance(passive, Series) and isinstance(owned, Series)
    assert [point.value for point in passive.points] == [30]
    assert [point.value for point in owned.points] == [20]


def test_a_void_reading_is_not_in_the_line() -> None:
    line = series(history_of(turned_in(30), turned_in(20, pain=4)), "ir", Side.LEFT)

    assert isinstance(line, Series)
    assert len(line.points) == 1


def test_an_impossible_reading_is_answered_by_a_sentence() -> None:
    verdict = assess(turned_in(900.0))

    assert not verdict.valid
    assert verdict.says[0].startswith("900 degrees is not possible for internal rotation face down")
    assert "-10 to 95" in verdict.says[0]


def test_a_method_that_does_not_fit_is_answered_by_the_ones_that_do() -> None:
    verdict = assess(turned_in(30, Method.DYNAMOMETER))

    assert not verdict.valid
    assert "phone_self" in verdict.says[0]


def test_an_unknown_test_names_its_neighbours() -> None:
    with pytest.raises(UnknownName, match="internal_rotation"):
        find_test("internal_rotaton")


def test_sides_measured_by_different_methods_are_not_compared() -> None:
    history = history_of(AboutRunner(), turned_in(15), turned_in(40, GONIO, side=Side.RIGHT))
    drawn = hip_map(history, MONDAY + timedelta(hours=1))

    assert drawn.on(Direction.INTERNAL_ROTATION, Side.LEFT).asymmetry is None


def test_the_seated_position_stands_in_and_is_never_mixed_in() -> None:
    seated = turned_in(15, test="ir_seated")
    alone = hip_map(history_of(AboutRunner(), seated), MONDAY + timedelta(hours=1))
    beside = hip_map(history_of(AboutRunner(), seated, turned_in(35)), MONDAY + timedelta(hours=1))
    one, other = (m.on(Direction.INTERNAL_ROTATION, Side.LEFT) for m in (alone, beside))

    assert one.test == "internal_rotation_seated" and one.finding is Finding.CLEARLY_LIMITED
    assert other.test == "internal_rotation_prone" and other.finding is Finding.FINE
    assert other.passive is not None and other.passive.readings == 1


def test_a_pinch_is_forgotten_after_a_sound_reading() -> None:
    after = history_of(turned_in(30, end_feel="pinch"), turned_in(30))
    before = history_of(turned_in(30), turned_in(30, end_feel="pinch"))

    assert hip_map(after, MONDAY + timedelta(hours=1)).tags == ()
    assert hip_map(before, MONDAY + timedelta(hours=1)).tags == ("fai",)


@pytest.mark.parametrize(("days", "due"), [(0, False), (13, False), (27, False), (28, True)])
def test_a_test_is_due_after_four_weeks(days: int, due: bool) -> None:
    asked = retest_due(over_weeks(30), MONDAY + timedelta(days=days, hours=1))
    ours = next(one for one in asked if one.test == IR.id)

    assert ours.is_due is due
    assert ours.earliest_on == MONDAY.date() + timedelta(weeks=2)


def test_what_was_never_measured_is_due_at_once() -> None:
    assert all(one.is_due and one.last_on is None for one in retest_due(history_of(), MONDAY))


def test_readings_by_another_protocol_give_way_to_ours() -> None:
    ours = MeasurementTaken(test="adduction_ober", side=Side.LEFT, method=HELPER, readings=(10, 10, 10))
    theirs = MeasurementTaken(test="adduction_ober", side=Side.LEFT, method=Method.RBDS_LAB, readings=(43,))
    drawn = hip_map(history_of(AboutRunner(), theirs, ours), MONDAY + timedelta(hours=1))
    across = drawn.on(Direction.ADDUCTION, Side.LEFT)

    assert across.methods == (HELPER,)
    assert across.finding is Finding.LIMITED


def test_a_test_that_left_the_battery_says_nothing_and_stops_nothing() -> None:
    drawn = hip_map(history_of(turned_in(30, test="hop_test"), turned_in(30)), MONDAY + timedelta(hours=1))

    assert drawn.on(Direction.INTERNAL_ROTATION, Side.LEFT).passive is not None
