"""What holds for every runner: readings only sharpen, a mirrored runner has a mirrored map."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cast import MONDAY
from triplane.assessment import HipMap, Observation, assess, battery, estimate, hip_map
from triplane.body import Side
from triplane.history import AboutRunner, History, MeasurementTaken, Method, record

METHODS = st.sampled_from([Method.PHONE_SELF, Method.PHONE_HELPER, Method.GONIOMETER])
OBSERVATIONS = st.builds(
    Observation,
    at=st.integers(0, 40).map(lambda days: MONDAY + timedelta(days=days)),
    value=st.floats(-20, 150),
    method=METHODS,
    sem=st.floats(0.5, 6),
)
LATER = MONDAY + timedelta(days=60)


def readings_of(test: str) -> st.SearchStrategy[MeasurementTaken]:
    protocol = battery()[test]
    low, high = protocol.plausible
    return st.builds(
        MeasurementTaken,
        test=st.just(test),
        side=st.sampled_from(Side),
        active=st.sampled_from(protocol.modes()),
        method=st.sampled_from([error.method for error in protocol.method]),
        readings=st.lists(st.floats(low, high), min_size=1, max_size=5).map(tuple),
        pain=st.integers(0, 5),
    )


READINGS = st.sampled_from(sorted(battery())).flatmap(readings_of)
RUNNERS = st.builds(
    AboutRunner,
    age_years=st.none() | st.integers(16, 80),
    sex=st.sampled_from(["female", "male", "both"]),
    beighton=st.none() | st.integers(0, 9),
)


def history_with(about: AboutRunner, readings: list[tuple[int, MeasurementTaken]]) -> History:
    told = [record(about, "anna", MONDAY - timedelta(days=1), origin_key="about")]
    for number, (days, taken) in enumerate(readings):
        at = MONDAY + timedelta(days=days)
        told.append(record(taken, "anna", at, origin_key=f"reading:{number}"))
    return History("anna", tuple(told))


DATED = st.lists(st.tuples(st.integers(0, 40), READINGS), max_size=12)


@given(st.lists(OBSERVATIONS, min_size=1, max_size=8), st.floats(-20, 150), METHODS, st.floats(0.5, 6))
def test_one_more_reading_never_widens_the_error(
    before: list[Observation], value: float, method: Method, sem: float
) -> None:
    newest = max(one.at for one in before)
    more = Observation(at=newest + timedelta(days=1), value=value, method=method, sem=sem)
    without, with_it = estimate(before, LATER), estimate([*before, more], LATER)

    assert without is not None and with_it is not None
    assert with_it.sd <= without.sd + 1e-9


@given(
    st.lists(OBSERVATIONS, min_size=1, max_size=8).flatmap(
        lambda seen: st.tuples(st.just(seen), st.permutations(seen))
    )
)
def test_the_order_in_which_readings_are_handed_in_does_not_matter(
    pair: tuple[list[Observation], list[Observation]],
) -> None:
    seen, shuffled = pair

    assert estimate(seen, LATER) == estimate(shuffled, LATER)


@given(st.lists(OBSERVATIONS, min_size=1, max_size=8))
def test_the_estimate_of_one_method_lies_within_its_readings(seen: list[Observation]) -> None:
    one_method = [one.model_copy(update={"method": Method.PHONE_SELF}) for one in seen]
    best = estimate(one_method, LATER)

    assert best is not None
    low, high = min(one.value for one in seen), max(one.value for one in seen)
    assert low - 1e-6 <= best.value <= high + 1e-6


def mirrored(drawn: HipMap) -> dict[object, object]:
    return {
        (one.direction, one.side.other): (
            one.finding,
            one.priority,
            one.passive,
            one.owned,
            one.owned_gap,
            one.is_lower,
        )
        for one in drawn.directions
    }


@given(RUNNERS, DATED)
def test_a_mirrored_runner_has_a_mirrored_map(
    about: AboutRunner, readings: list[tuple[int, MeasurementTaken]]
) -> None:
    other = [(days, one.model_copy(update={"side": one.side.other})) for days, one in readings]
    drawn = hip_map(history_with(about, readings), LATER)
    flipped = hip_map(history_with(about, other), LATER)
    straight = {(one.direction, one.side): one for one in flipped.directions}

    for key, seen in mirrored(drawn).items():
        one = straight[key]  # type: ignore[index]
        assert seen == (one.finding, one.priority, one.passive, one.owned, one.owned_gap, one.is_lower)
    assert {one.side.other for one in drawn.control} == {one.side for one in flipped.control}
    assert {side.other for side in drawn.ankle.stiff} == set(flipped.ankle.stiff)


@given(RUNNERS, DATED)
def test_a_map_is_whole_and_the_same_for_the_same_facts(
    about: AboutRunner, readings: list[tuple[int, MeasurementTaken]]
) -> None:
    history = history_with(about, readings)
    drawn = hip_map(history, LATER)

    assert drawn == hip_map(history, LATER)
    assert len({(one.direction, one.side) for one in drawn.directions}) == 12
    for one in drawn.directions:
        assert one.priority >= 0
        assert one.probability is None or 0.0 <= one.probability <= 1
        if one.priority > 0:
            assert one.reasons
        if one.norm is None:
            assert not one.finding.is_limited
    scores = [one.score for one in drawn.top_priorities]
    assert scores == sorted(scores, reverse=True)


@given(READINGS)
def test_a_reading_is_valid_or_says_why_not(taken: MeasurementTaken) -> None:
    verdict = assess(taken)

    assert verdict.valid is (verdict.median is not None)
    assert verdict.valid or verdict.says
