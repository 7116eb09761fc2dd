"""The lunge matrix in the words of a coach."""

from datetime import date, timedelta

import pytest

import cast
from triplane.adaptation import lunge_record
from triplane.catalogue import LungeDirection, Tag
from triplane.catalogue.lunges import (
    DIRECTION_ORDER,
    CellState,
    DoneVector,
    LungeRecord,
    band,
    difficulty,
    drill_for,
    is_one_variable_change,
    keeps_restrictions,
    locked_because,
    matrix,
    says,
    start_of,
)
from triplane.catalogue.lunges.levels import VARIABLES
from triplane.history import BodyRegion, CheckinAnswered, Feeling, FeelingKind, LungeVector, record

MONDAY = date(2026, 3, 2)
LAST_WEEK = MONDAY - timedelta(7)
PASSED = dict.fromkeys(
    (LungeDirection.ANTERIOR, LungeDirection.LATERAL, LungeDirection.ROTATIONAL_OPEN), True
)


def did(vector: LungeVector, clean: int = 2, on: date = LAST_WEEK) -> DoneVector:
    return DoneVector(vector=vector, clean_sessions=clean, first_on=on, last_on=on)


def calm(*done: DoneVector, **changes: object) -> LungeRecord:
    """A runner who passed the screen and woke up without soreness."""
    record = LungeRecord(done=done, muscle_soreness=0, joint_soreness=0, screen=PASSED)
    return record.model_copy(update=changes)


def lunge(direction: str, **levels: int | str) -> LungeVector:
    return LungeVector(direction=direction, **levels)  # type: ignore[arg-type]


def why(vector: LungeVector, record: LungeRecord, today: date = MONDAY) -> str:
    reason = locked_because(vector, record, today)
    return reason.rule if reason else "open"


def test_the_plain_long_forward_lunge_is_fifty() -> None:
    assert difficulty(lunge("anterior", range=2)) == pytest.approx(50)
    assert band(lunge("anterior", range=2)) == 3


def test_a_short_lunge_asks_two_fifths_and_a_medium_one_four_fifths_of_a_long_one() -> None:
    assert difficulty(lunge("anterior")) == pytest.approx(20)
    assert difficulty(lunge("anterior", range=1)) == pytest.approx(40)


def test_the_crossing_turn_is_the_hardest_of_the_nine() -> None:
    hardest = max(DIRECTION_ORDER, key=lambda d: difficulty(lunge(d, range=2)))
    assert hardest is LungeDirection.ROTATIONAL_CROSS is DIRECTION_ORDER[-1]


def test_a_weight_in_one_hand_makes_a_forward_lunge_a_sideways_task() -> None:
    from triplane.catalogue.lunges import parts

    plain, offset = parts(lunge("anterior", range=2)), parts(lunge("anterior", range=2, stability=3))
    assert plain.frontal == 0 < offset.frontal
    assert plain.sagittal == offset.sagittal


def test_everyone_begins_with_bodyweight_short_slow_and_simple() -> None:
    newcomer = LungeRecord()
    assert why(start_of(LungeDirection.POSTERIOR), newcomer) == "open"
    assert why(lunge("anterior", load=1), newcomer) == "R21"


def test_a_failed_side_lunge_screen_leaves_the_plain_side_lunge_open_but_goes_no_further() -> None:
    record = calm(did(lunge("lateral")), screen={**PASSED, LungeDirection.LATERAL: False})
    assert why(lunge("lateral"), record) == "open"
    assert why(lunge("lateral", range=1), record) == "E43"
    assert why(lunge("posterior", range=1), calm(did(lunge("posterior")), screen=record.screen)) == "open"


def test_an_untested_direction_waits_for_the_screen() -> None:
    reason = locked_because(lunge("anterior", range=1), calm(did(lunge("anterior")), screen={}), MONDAY)
    assert reason is not None
    assert "missing" in reason.says


def test_one_clean_session_is_not_two() -> None:
    assert why(lunge("anterior", range=1), calm(did(lunge("anterior"), clean=1))) == "R21"
    assert why(lunge("anterior", range=1), calm(did(lunge("anterior"), clean=2))) == "open"


@pytest.mark.parametrize(
    ("muscle", "joint", "rule"),
    [(2, 1, "open"), (3, 0, "E52"), (0, 2, "E52"), (None, 0, "R06"), (0, None, "R06")],
)
def test_the_next_morning_decides(muscle: int | None, joint: int | None, rule: str) -> None:
    record = calm(did(lunge("anterior")), muscle_soreness=muscle, joint_soreness=joint)
    assert why(lunge("anterior", range=1), record) == rule


SORE = (Feeling(score=4, region=BodyRegion.GROIN, kind=FeelingKind.JOINT),)


@pytest.mark.parametrize(
    ("told", "joint"),
    [
        ([(0, 0, SORE), (0, 0, ())], 4),
        ([(0, 0, ()), (0, 0, SORE)], 4),
        ([(1, 1, SORE), (0, 1, ())], 4),
        ([(0, 0, SORE), (1, 0, ())], 4),
        ([(0, 0, SORE), (0, 1, ())], 4),
        ([(0, 0, SORE), (1, 1, ())], 0),
        ([(0, 0, SORE), (1, 0, ()), (1, 1, ())], 0),
    ],
)
def test_nothing_hurts_told_minutes_after_a_sore_morning_does_not_open_what_it_closed(
    told: list[tuple[int, int, tuple[Feeling, ...]]], joint: int
) -> None:
    """A night lies between, by the morning that is told of and by the day it is told on."""
    history = cast.history_of(cast.ANNA)
    at = cast.MONDAY + timedelta(days=1)
    for minutes, (morning, day, soreness) in enumerate(told):
        said = CheckinAnswered(about=cast.MONDAY.date() + timedelta(days=morning), soreness=soreness)
        history = history.plus(record(said, "anna", at + timedelta(days=day, minutes=minutes)))
    assert lunge_record(history, {}, {}, at + timedelta(days=1, hours=1)).joint_soreness == joint


def test_increasing_two_variables_in_one_week_is_refused() -> None:
    start, longer = lunge("anterior"), lunge("anterior", range=1)
    assert not is_one_variable_change(start, lunge("anterior", range=1, load=1))
    this_week = calm(did(start), did(longer, on=MONDAY + timedelta(1)))
    assert why(lunge("anterior", range=2), this_week, MONDAY + timedelta(4)) == "R09"
    assert why(lunge("anterior", range=2), this_week, MONDAY + timedelta(7)) == "open"
    assert why(longer, this_week, MONDAY + timedelta(4)) == "open"


def test_another_direction_has_its_own_change_in_the_same_week() -> None:
    record = calm(did(lunge("anterior")), did(lunge("lateral")), did(lunge("anterior", range=1), on=MONDAY))
    assert why(lunge("lateral", range=1), record, MONDAY + timedelta(2)) == "open"


def test_variables_wake_in_order_and_speed_wakes_last() -> None:
    woken: dict[str, int | str] = {}
    record = calm(did(lunge("anterior")))
    for place, name in enumerate(VARIABLES):
        for later in VARIABLES[place + 1 :]:
            assert why(lunge("anterior", **woken, **one_up(later)), record) == "E42"
        woken |= one_up(name)
        assert why(lunge("anterior", **woken), record) == "open"
        record = calm(*record.done, did(lunge("anterior", **woken)))
    assert VARIABLES[-1] == "speed"


def one_up(variable: str) -> dict[str, int | str]:
    return {variable: "both_overhead" if variable == "reach" else 1}


def test_without_weights_the_order_passes_over_load_and_offset() -> None:
    done = [lunge("anterior"), lunge("anterior", range=1), lunge("anterior", range=1, reach="both_overhead")]
    onto_a_step = done[-1].model_copy(update={"environment": 1})
    assert why(onto_a_step, calm(*map(did, done))) == "E42"
    assert why(onto_a_step, calm(*map(did, done), out_of_reach=("load", "stability"))) == "open"


def test_a_curtsy_waits_for_the_backward_lunge() -> None:
    reason = locked_because(lunge("posteromedial"), calm(), MONDAY)
    assert reason is not None
    assert "Lunge backward" in reason.says
    assert why(lunge("posteromedial"), calm(did(lunge("posterior")))) == "open"


@pytest.mark.parametrize(
    ("tag", "closed"),
    [
        (Tag.FAI, lunge("anterior", reach="rotate_to_front_leg")),
        (Tag.FAI, lunge("posteromedial")),
        (Tag.FAI, lunge("posterior", range=1)),
        (Tag.GT, lunge("anterior", reach="opposite_side_overhead_over")),
        (Tag.GT, lunge("rotational_cross")),
        (Tag.PHT, lunge("lateral", reach="same_hand_to_front_foot")),
        (Tag.OP, lunge("anterior", reach="rotate_away", load=1)),
        (Tag.LBP_EXT, lunge("anterior", reach="both_overhead")),
        (Tag.BALANCE, lunge("anterior", environment=1)),
        (Tag.POST, lunge("anterior", speed=1)),
        (Tag.BSI, lunge("posterior")),
        (Tag.THR, lunge("anterior")),
    ],
)
def test_a_restriction_closes_what_the_handbook_closes(tag: Tag, closed: LungeVector) -> None:
    assert not keeps_restrictions(closed, (tag,))
    assert why(closed, calm(tags=(tag,))) == "R26"


def test_what_a_restriction_does_not_name_stays_open() -> None:
    assert keeps_restrictions(lunge("posterior"), (Tag.FAI,))
    assert keeps_restrictions(lunge("anterior", reach="rotate_away"), (Tag.OP,))
    assert keeps_restrictions(lunge("posterior"), (Tag.THR,))


def test_closed_reaches_are_stepped_over() -> None:
    record = calm(did(lunge("anterior")), did(lunge("anterior", range=1)))
    turned_away = lunge("anterior", range=1, reach="rotate_away")
    assert why(turned_away, record) == "E42"
    assert why(turned_away, record.model_copy(update={"tags": (Tag.SHOULDER,)})) == "open"


def test_the_matrix_shows_done_open_and_locked_cells() -> None:
    record = calm(did(lunge("anterior")), did(lunge("anterior", range=1)))
    cells = {(cell.direction, cell.reach): cell for cell in matrix(record, MONDAY)}
    plain, overhead = cells["anterior", "none"], cells["anterior", "both_overhead"]
    assert (plain.state, plain.vector.range, plain.clean) == (CellState.DONE, 1, 2)
    assert (overhead.state, overhead.drill) == (CellState.UNLOCKED, "lm_anterior_overhead")
    assert cells["anterior", "both_floor"].state is CellState.LOCKED
    assert cells["anterior", "both_floor"].drill == "lm_anterior"


def test_reach_drills_are_cells_of_the_matrix_and_no_second_ones() -> None:
    assert drill_for(lunge("lateral", reach="opposite_hand_to_front_foot")) == "lm_lateral_floor_reach"
    assert drill_for(lunge("anterior", reach="rotate_to_front_leg")) == "lm_anterior_rotation"


def test_a_lunge_is_said_in_words() -> None:
    vector = lunge("anterior", range=2, reach="both_overhead", load=2)
    assert says(vector) == (
        "Lunge forward: a long step, both arms overhead, ten percent of your weight, slowly"
    )


def test_a_lunge_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such lunge"):
        locked_because(lunge("anterior", load=99), LungeRecord(), MONDAY)
