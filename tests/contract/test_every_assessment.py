"""Every test of the battery keeps its promise: worked cases, errors, references."""

import itertools

import pytest

from triplane.assessment import (
    Case,
    Finding,
    Protocol,
    Role,
    assess,
    asymmetry,
    battery,
    find_test,
    judge,
    judge_control,
    norm_rows,
    norm_tables,
    owned_gap_line,
    reference,
)
from triplane.assessment.load import same_way
from triplane.body import Direction, Side
from triplane.catalogue import LungeDirection
from triplane.evidence import source
from triplane.history import AboutRunner, EndFeel, MeasurementTaken, Sex

CASES = [
    pytest.param(test, case, id=f"{test.id}: {case.name}")
    for test in battery().values()
    for case in test.case
]


def finding_in(test: Protocol, case: Case, value: float | None) -> Finding:
    """Return what the case's median means, taken as the estimate itself."""
    if test.control and value is not None:
        return judge_control(test.control, value, test.higher_is_better)
    about = AboutRunner(sex=case.sex, age_years=case.age_years)
    error = test.error_of(case.method) if case.method else None
    fits = error is None or not error.protocol
    norm = reference(norm_rows(test.id), case.active, about) if fits else None
    return judge(value, 1.0, norm, error.mdc if error else 0.0).finding


@pytest.mark.parametrize(("test", "case"), CASES)
def test_the_worked_case_comes_out_as_written(test: Protocol, case: Case) -> None:
    if not case.readings:
        assert finding_in(test, case, None) is case.finding
        return
    assert case.method is not None
    taken = MeasurementTaken(
        test=test.id,
        side=Side.LEFT,
        active=case.active,
        method=case.method,
        readings=case.readings,
        pain=case.pain,
        end_feel=case.end_feel,
    )
    verdict = assess(taken)
    error = test.error_of(case.method)

    assert verdict.valid is case.valid
    assert verdict.repeat is case.repeat
    assert verdict.tag == case.tag
    assert bool(verdict.says) or verdict.valid
    if case.finding is not None:
        assert finding_in(test, case, verdict.median) is case.finding
    if case.asymmetric is not None and error:
        seen = asymmetry(test, verdict.median, case.other_side, error.mdc)
        assert (seen is not None) is case.asymmetric
    if case.owned_gap is not None and error and verdict.median is not None and case.owned is not None:
        line = owned_gap_line(test, error.mdc)
        assert line is not None
        assert (verdict.median - case.owned > line) is case.owned_gap


@pytest.mark.parametrize("test", battery().values(), ids=lambda test: test.id)
def test_a_test_has_cases_for_what_it_can_say(test: Protocol) -> None:
    names = [case for case in test.case if not case.readings]
    findings = {case.finding for case in test.case}

    assert names and names[0].finding is Finding.NOT_MEASURED
    assert any(not case.valid for case in test.case)
    if test.role in (Role.PRIMARY, Role.ALTERNATIVE):
        assert {Finding.FINE, Finding.LIMITED, Finding.CLEARLY_LIMITED} <= findings
    if test.asymmetry is not None:
        assert {case.asymmetric for case in test.case} >= {True, False} or test.role is Role.EXTRA
    if test.pinch_tag and test.role is Role.PRIMARY:
        assert any(case.end_feel is EndFeel.PINCH and case.tag == test.pinch_tag for case in test.case)


@pytest.mark.parametrize("test", battery().values(), ids=lambda test: test.id)
def test_errors_are_whole_and_our_defaults_hold_together(test: Protocol) -> None:
    for error in test.method:
        assert error.sem < error.mdc
        if error.sources[0] == "coach_default":
            assert error.mdc == pytest.approx(2.77 * error.sem, abs=0.15 * error.mdc)
        for key in error.sources:
            assert source(key).id == key
    for key in test.note_sources:
        assert source(key).id == key
    assert source(test.differences_source).id == test.differences_source


def test_every_direction_has_one_primary_test_and_every_word_finds_one() -> None:
    primary = [test.direction for test in battery().values() if test.role is Role.PRIMARY]
    words = [word for test in battery().values() for word in (test.id, test.handbook, *test.aliases)]

    assert sorted(primary) == sorted(Direction)
    assert len({word.casefold() for word in words}) == len(words)
    for direction in Direction:
        assert find_test(direction).direction is direction
        assert find_test(direction).role is Role.PRIMARY


def test_a_phone_held_by_oneself_is_off_by_eight_degrees() -> None:
    hips = [test for test in battery().values() if test.direction and test.unit == "deg"]

    for test in hips:
        error = next(error for error in test.method if error.method == "phone_self")
        assert error.mdc == 8.0


@pytest.mark.parametrize("name", norm_tables(), ids=str)
def test_a_reference_is_one_row_and_says_where_its_spread_comes_from(name: str) -> None:
    rows = norm_rows(name)
    test = battery()[name]

    for row in rows:
        assert source(row.source).id == row.source
        if row.sd is not None:
            assert source(row.sd_source).id == row.sd_source
            if row.sd_source == "coach_default":
                assert row.reference
        if row.reference:
            assert row.sd is not None
            assert row.quantity == "range"
            assert test.plausible[0] <= row.mean <= test.plausible[1]
            assert row.active in test.modes()
        if row.ci:
            assert row.ci[0] <= row.mean <= row.ci[1]
        assert row.status == source(row.source).status or row.status == "found"
    chosen = [row for row in rows if row.reference]
    for one, other in itertools.combinations(chosen, 2):
        same = (one.active, one.sex) == (other.active, other.sex)
        apart = one.age_years[1] < other.age_years[0] or other.age_years[1] < one.age_years[0]
        assert not same or apart


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize("age", [None, 16, 29, 41, 80])
def test_every_runner_gets_at_most_one_reference_and_hears_which(sex: Sex, age: int | None) -> None:
    for test in battery().values():
        for active in test.modes():
            band = reference(norm_rows(test.id), active, AboutRunner(sex=sex, age_years=age))
            if test.role is Role.PRIMARY and not active:
                assert band is not None
            if band is not None:
                assert band.band
                assert "coach_default" in band.sources or len(band.sources) == 1


def test_the_lunge_screens_speak_the_words_of_the_lunge_matrix() -> None:
    screens = [test.lunge for test in battery().values() if test.role is Role.LUNGE]

    assert set(screens) == {"anterior", "lateral", "rotational_open"}
    assert set(screens) <= {direction.value for direction in LungeDirection}


def test_the_tests_of_range_are_the_first_eight_of_the_handbook():
    for test in battery().values():
        assert test.goes_to_end_range is (test.handbook[:3] <= "T08"), test.id


def test_each_rotation_has_its_counterpart_in_the_same_position():
    for test in battery().values():
        if test.direction in (Direction.INTERNAL_ROTATION, Direction.EXTERNAL_ROTATION):
            counterpart = same_way(test, test.direction.opposite)
            assert counterpart and counterpart.position == test.position, test.id
