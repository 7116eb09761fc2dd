"""Doses as a coach would write them, on drills whose numbers stand here."""

import pytest

from triplane.catalogue import Dose, DoseLimits, Drill, dose_shape, load_one, prescribe, units_range
from triplane.catalogue.lunges import prescribe_lunge
from triplane.history import LungeVector


def drill_with(**dose: object) -> Drill:
    """Any drill, with another dose."""
    shaped = Dose.model_validate({"setup_s": 10, "source": "coach_default", **dose})
    return load_one("int_split_squat").model_copy(update={"dose": shaped})


SQUAT = drill_with(sets=[2, 4], reps=[6, 12], tempo_s=[3, 1, 1, 0], rest_s=[60, 90])
HOLD = drill_with(sets=[1, 3], hold_s=[15, 30], rest_s=[30, 30])
ISOMETRIC = drill_with(
    sets=[2, 3],
    rest_s=[30, 30],
    effort_pct=[30, 70],
    phases=[
        {"do": "rest in the stretch", "s": [30, 60], "stretch": True},
        {"do": "push down", "s": [10, 20]},
        {"do": "pull up", "s": [5, 10]},
    ],
)
SPOTS = drill_with(sets=[1, 1], spots=[2, 3], reps=[4, 6], tempo_s=[2, 0, 2, 0])


@pytest.mark.parametrize(
    ("units", "sets", "reps", "work_s"),
    [(2, 2, 6, 60), (3, 2, 9, 90), (4, 3, 8, 120), (6, 4, 9, 180), (8, 4, 12, 240)],
)
def test_a_strength_dose_grows_in_sets_and_repetitions(
    units: int, sets: int, reps: int, work_s: float
) -> None:
    dose = prescribe(SQUAT, units)
    assert (dose.sets, dose.reps, dose.work_s, dose.rest_s) == (sets, reps, work_s, 75)


def test_total_time_counts_set_up_and_the_rests_between_sets() -> None:
    dose = prescribe(SQUAT, 4)
    assert dose.total_s == 10 + 120 + 2 * 75


def test_a_first_dose_goes_below_the_range_rather_than_above_what_was_asked() -> None:
    dose = prescribe(SQUAT, 1)
    assert (dose.sets, dose.reps, dose.work_s) == (1, 6, 30)


def test_more_than_the_range_adds_sets_up_to_six() -> None:
    assert prescribe(SQUAT, 10).sets == 5
    assert prescribe(SQUAT, 20).sets == 6


def test_holds_fall_on_seconds_that_are_easy_to_count() -> None:
    assert [(d.sets, d.hold_s) for d in (prescribe(HOLD, units) for units in (1, 2, 3))] == [
        (1, 30),
        (2, 30),
        (3, 30),
    ]


def test_an_isometric_dose_stretches_its_phases_together() -> None:
    dose = prescribe(ISOMETRIC, 4)
    assert dose.reps == 1
    assert dose.phases[0][1] > 30
    assert dose.work_s == dose.sets * sum(seconds for _, seconds in dose.phases)


def test_high_blood_pressure_shortens_the_efforts_but_not_the_rest_in_the_stretch() -> None:
    calm = prescribe(ISOMETRIC, 6, DoseLimits(hold_max_s=10, effort_max_pct=50))
    assert dict(calm.phases)["push down"] == 10
    assert dict(calm.phases)["rest in the stretch"] > 10
    assert calm.effort_pct == (30, 50)


def test_a_spot_counts_as_a_set() -> None:
    assert units_range(SPOTS) == (1, 2)
    assert (prescribe(SPOTS, 2).sets, prescribe(SPOTS, 2).reps) == (3, 5)


def test_the_planner_is_told_units_rest_holds_and_sets() -> None:
    shape = dose_shape(HOLD)
    assert (shape.min_units, shape.max_units) == (1, 3)
    assert shape.hold_s_per_unit == 30
    assert shape.sets_per_unit == 1
    assert shape.rest_s_per_unit == 20


def test_a_dose_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one unit"):
        prescribe(SQUAT, 0)


def test_a_lunge_takes_repetitions_and_tempo_from_its_levels() -> None:
    slow = prescribe_lunge(LungeVector(direction="anterior", duration=1), 1)
    assert (slow.sets, slow.reps, slow.tempo_s) == (1, 8, (2, 0, 1, 0))
    reaching = prescribe_lunge(LungeVector(direction="anterior", reach="both_overhead", speed=1), 1)
    assert reaching.tempo_s == (1.5, 1, 1, 0)
    assert reaching.reps == 5
