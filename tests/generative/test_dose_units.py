"""Doses hold for every drill and any units: more is never less, limits are kept, seconds are truthful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplane.catalogue import (
    DoseLimits,
    Drill,
    LungeDirection,
    Reach,
    dose_shape,
    load,
    prescribe,
    units_range,
)
from triplane.catalogue.dose import TOLERANCE_S, UNIT_S
from triplane.catalogue.lunges import LEVELS, VARIABLES, lunge_shape, prescribe_lunge
from triplane.catalogue.lunges.levels import highest
from triplane.history import LungeVector, Prescription

drills = st.sampled_from(list(load().values()))
limits = st.builds(
    DoseLimits,
    hold_max_s=st.none() | st.sampled_from([5.0, 10.0, 20.0]),
    effort_max_pct=st.none() | st.sampled_from([30.0, 50.0]),
)
lunges = st.builds(
    LungeVector,
    direction=st.sampled_from(LungeDirection),
    reach=st.sampled_from(Reach),
    **{name: st.integers(0, highest(name)) for name in VARIABLES if name != "reach"},
)


def counted_work_s(dose: Prescription) -> float:
    """The seconds that clock and counter will really run."""
    rep = sum(s for _, s in dose.phases) if dose.phases else sum(dose.tempo_s) + dose.hold_s
    return dose.sets * (dose.reps or 1) * rep


@given(drills, limits, st.integers(1, 20), st.integers(0, 6))
def test_more_units_never_give_less_work(drill: Drill, limit: DoseLimits, units: int, more: int) -> None:
    assert prescribe(drill, units + more, limit).work_s >= prescribe(drill, units, limit).work_s


@given(drills, limits, st.integers(1, 20))
def test_work_is_what_the_clock_will_count(drill: Drill, limit: DoseLimits, units: int) -> None:
    dose = prescribe(drill, units, limit)
    assert dose.work_s == pytest.approx(counted_work_s(dose), abs=0.06)
    assert dose.total_s == pytest.approx(dose.setup_s + dose.work_s + dose.rest_s * (dose.sets - 1))


@given(drills, limits, st.integers(1, 20))
def test_limits_are_never_passed(drill: Drill, limit: DoseLimits, units: int) -> None:
    dose = prescribe(drill, units, limit)
    efforts = {phase.do for phase in drill.dose.phases if not phase.stretch}
    if limit.hold_max_s is not None:
        assert dose.hold_s <= limit.hold_max_s
        assert all(s <= limit.hold_max_s for do, s in dose.phases if do in efforts)
    if limit.effort_max_pct is not None and dose.effort_pct:
        assert dose.effort_pct[1] <= limit.effort_max_pct


@given(drills, st.data())
def test_within_its_range_a_drill_comes_within_a_set_of_what_was_asked(
    drill: Drill, data: st.DataObject
) -> None:
    fewest, most = units_range(drill)
    units = data.draw(st.integers(fewest, most))
    dose = prescribe(drill, units)
    one_set = dose.work_s / dose.sets
    assert abs(dose.work_s - units * UNIT_S) <= max(TOLERANCE_S, one_set / 2)


@given(drills, limits)
def test_the_planners_figures_leave_room_for_every_dose(drill: Drill, limit: DoseLimits) -> None:
    shape = dose_shape(drill, limit)
    for units in range(1, shape.max_units + 1):
        dose = prescribe(drill, units, limit)
        assert dose.total_s <= dose.setup_s + units * (UNIT_S + shape.rest_s_per_unit) + 1e-6


@given(lunges, st.integers(1, 6), st.integers(0, 4))
def test_more_units_of_a_lunge_add_sets_and_keep_its_repetitions(
    lunge: LungeVector, units: int, more: int
) -> None:
    few, many = prescribe_lunge(lunge, units), prescribe_lunge(lunge, units + more)
    assert many.work_s >= few.work_s
    assert many.sets >= few.sets


@given(lunges)
def test_a_lunge_keeps_the_repetitions_of_its_level_within_its_units(lunge: LungeVector) -> None:
    shape = lunge_shape(lunge)
    for units in range(shape.min_units, shape.max_units + 1):
        dose = prescribe_lunge(lunge, units)
        assert dose.reps == LEVELS["duration"][lunge.duration].amount
        assert 1 <= dose.sets <= load()[f"lm_{lunge.direction}"].dose.sets[1]


@given(lunges, limits)
def test_the_planners_figures_leave_room_for_every_lunge_as_it_has_grown(
    lunge: LungeVector, limit: DoseLimits
) -> None:
    shape = lunge_shape(lunge, limit)
    for units in range(1, shape.max_units + 1):
        dose = prescribe_lunge(lunge, units, limit)
        assert dose.total_s <= dose.setup_s + units * (UNIT_S + shape.rest_s_per_unit) + 1e-6
