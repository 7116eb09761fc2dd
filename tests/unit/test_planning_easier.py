"""An easier week takes its measure from the fullest of the weeks before it."""

from datetime import timedelta

from cast import ANNA, MONDAY, history_of
from triplane import catalogue
from triplane.body import Side
from triplane.catalogue import Stage
from triplane.evidence import reason
from triplane.history import DrillDone, History, SessionLogged, record
from triplane.planning import Adjustment
from triplane.planning.easier import easier_of

DRILLS = catalogue.load()
DELOAD = Adjustment(
    drill="own_ext_halfkneel", dose_factor=0.5, reason=reason("E75", "Week 4 is an easier one.")
)
TAPER = Adjustment(drill="str_sl_bridge", dose_factor=0.75, reason=reason("E76", "Your race is next week."))
SORE = Adjustment(drill="str_sl_bridge", dose_factor=0.5, reason=reason("E52", "Your groin was sore."))


def lived(*weeks: float) -> History:
    """Return weeks before Monday, the last one first, each with so many seconds of holds a side."""
    history = history_of(ANNA, at=MONDAY - timedelta(weeks=9))
    for ago, seconds in enumerate(weeks, 1):
        done = tuple(DrillDone(drill="own_ext_halfkneel", side=side, work_s=seconds) for side in Side)
        at = MONDAY - timedelta(weeks=ago) + timedelta(days=2)
        history = history.plus(record(SessionLogged(minutes=10, drills=done), "anna", at))
    return history


def test_a_deload_week_holds_a_share_of_the_fullest_of_three_weeks() -> None:
    easier = easier_of(lived(300, 600, 150, 3000), DRILLS, MONDAY.date(), [DELOAD])

    assert [(e.units, e.stages) for e in easier] == [(20, (Stage.OWN, Stage.STRENGTHEN, Stage.INTEGRATE))]
    assert easier[0].reason == DELOAD.reason


def test_a_taper_speaks_of_strength_only() -> None:
    assert easier_of(lived(300, 600), DRILLS, MONDAY.date(), [TAPER]) == ()


def test_both_sides_count_where_they_share_a_drill() -> None:
    both = (DrillDone(drill="own_ext_halfkneel", work_s=300),)
    session = record(SessionLogged(minutes=10, drills=both), "anna", MONDAY - timedelta(days=1))

    assert easier_of(lived().plus(session), DRILLS, MONDAY.date(), [DELOAD])[0].units == 10


def test_nothing_is_capped_in_a_usual_week_or_before_anything_was_done() -> None:
    assert easier_of(lived(300), DRILLS, MONDAY.date(), [SORE]) == ()
    assert easier_of(lived(), DRILLS, MONDAY.date(), [DELOAD]) == ()


def test_what_was_done_in_the_week_itself_is_not_its_measure() -> None:
    done = (DrillDone(drill="own_ext_halfkneel", work_s=9000 / 3),)
    today = record(SessionLogged(minutes=10, drills=done), "anna", MONDAY + timedelta(hours=4))

    assert easier_of(lived(300).plus(today), DRILLS, MONDAY.date(), [DELOAD])[0].units == 10


def test_a_fourth_week_is_planned_with_its_cap() -> None:
    from triplane.coach.situation import Situation

    history = lived(300, 600, 300)
    assert Situation(history, MONDAY + timedelta(hours=1)).problem.easier[0].units == 22
    assert Situation(lived(300, 600), MONDAY + timedelta(hours=1)).problem.easier == ()
