"""The matrix as a whole: harder is harder, one step is one step, and nothing opens around a gate."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from triplane.catalogue import LungeDirection, Reach, Tag
from triplane.catalogue.lunges import (
    VARIABLES,
    CellState,
    DoneVector,
    LungeRecord,
    band,
    changed_variables,
    difficulty,
    is_one_variable_change,
    keeps_restrictions,
    locked_because,
    matrix,
    says,
    start_of,
)
from triplane.catalogue.lunges.levels import at_level, highest, is_no_harder, level
from triplane.history import LungeVector

MONDAY = date(2026, 3, 2)

directions = st.sampled_from(LungeDirection)
vectors = st.builds(
    LungeVector,
    direction=directions,
    reach=st.sampled_from(Reach),
    **{name: st.integers(0, highest(name)) for name in VARIABLES if name != "reach"},
)
done_vectors = st.builds(
    DoneVector,
    vector=vectors,
    clean_sessions=st.integers(0, 4),
    first_on=st.dates(MONDAY - timedelta(30), MONDAY),
    last_on=st.just(MONDAY),
)
records = st.builds(
    LungeRecord,
    done=st.lists(done_vectors, max_size=6).map(tuple),
    muscle_soreness=st.none() | st.integers(0, 10),
    joint_soreness=st.none() | st.integers(0, 10),
    screen=st.dictionaries(
        st.sampled_from([LungeDirection.ANTERIOR, LungeDirection.LATERAL, LungeDirection.ROTATIONAL_OPEN]),
        st.booleans(),
    ),
    tags=st.lists(st.sampled_from(Tag), max_size=3).map(tuple),
)


@given(vectors, st.sampled_from([name for name in VARIABLES if name != "reach"]))
def test_raising_any_variable_makes_a_lunge_harder(vector: LungeVector, variable: str) -> None:
    at = level(vector, variable)
    if at < highest(variable):
        harder = at_level(vector, variable, at + 1)
        assert difficulty(harder) > difficulty(vector)
        assert band(harder) >= band(vector)
        assert is_one_variable_change(vector, harder)


@given(vectors, vectors)
def test_two_changed_variables_are_never_one_step(one: LungeVector, other: LungeVector) -> None:
    if one.direction != other.direction or len(changed_variables(one, other)) != 1:
        assert not is_one_variable_change(one, other)
    assert is_one_variable_change(one, other) == is_one_variable_change(other, one)


@given(vectors)
def test_every_lunge_can_be_said(vector: LungeVector) -> None:
    words = says(vector)
    assert not any(digit in words for digit in "0123456789")
    assert ("overhead" in words) == (vector.reach == Reach.BOTH_OVERHEAD)


def open_ways(direction: LungeDirection, record: LungeRecord) -> list[LungeVector]:
    """Return the lunges that are open and harder than all that was clean, one change away from it."""
    clean = record.clean(direction) or (start_of(direction),)
    ways = [
        at_level(known, name, level(known, name) + 1)
        for known in clean
        for name in VARIABLES
        if name != "reach" and level(known, name) < highest(name)
    ]
    ways += [known.model_copy(update={"reach": reach}) for known in clean for reach in Reach]
    harder = [way for way in ways if not any(is_no_harder(way, known) for known in clean)]
    return [way for way in harder if locked_because(way, record, MONDAY) is None]


@given(directions, records)
def test_what_is_open_keeps_restrictions_and_comes_after_something_clean(
    direction: LungeDirection, record: LungeRecord
) -> None:
    ways = open_ways(direction, record)
    assert all(keeps_restrictions(way, record.tags) for way in ways)
    assert record.clean(direction) or not ways


@given(directions, records)
def test_a_sore_joint_or_a_failed_screen_opens_nothing_harder(
    direction: LungeDirection, record: LungeRecord
) -> None:
    sore = record.model_copy(update={"joint_soreness": 3})
    failed = record.model_copy(update={"screen": dict.fromkeys(LungeDirection, False)})
    for held in (sore, failed):
        assert set(open_ways(direction, held)) <= {start_of(direction)}


@given(records)
def test_the_matrix_has_eighty_one_cells_each_with_a_state_and_locked_ones_a_reason(
    record: LungeRecord,
) -> None:
    cells = matrix(record, MONDAY)
    assert len({(cell.direction, cell.reach) for cell in cells}) == len(cells) == 81
    for cell in cells:
        assert (cell.state is CellState.LOCKED) == (cell.because is not None)
        if cell.state is CellState.DONE:
            assert cell.clean > 0
        if cell.because:
            assert cell.because.says.endswith(".")
            assert "!" not in cell.because.says
