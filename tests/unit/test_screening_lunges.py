"""A lunge that has grown shrinks back to what a new restriction allows."""

from screening_cast import MORNING, history_of, screened
from triplane import assessment, catalogue
from triplane.catalogue.lunges import prescribe_lunge
from triplane.evidence import reason
from triplane.history import Context, LungeVector
from triplane.planning import Adjustment
from triplane.planning.board import unit_s
from triplane.planning.candidates import Runner, candidates_of
from triplane.screening import offer, screen

GROWN = LungeVector(
    direction="lateral", reach="both_floor", load=2, range=2, environment=1, speed=1, stability=1
)


def offered(answers, grown_to=GROWN):
    """The lateral lunge as it may be placed for a runner who had grown it."""
    runner = Runner(
        hip_map=assessment.hip_map(history_of(), MORNING),
        at_home=frozenset(),
        familiar={},
        lately={},
        now=MORNING,
        week_began=MORNING,
        slot_contexts=frozenset(Context),
    )
    drills = {"lm_lateral": catalogue.load_one("lm_lateral")}
    grown = Adjustment(drill="lm_lateral", lunge=grown_to, reason=reason("E42", "One variable at a time."))
    given = offer(screen(screened(answers), MORNING), drills.values())
    (candidate,) = candidates_of(runner, drills, given, [grown])
    return candidate


def test_without_a_restriction_it_stays_as_it_has_grown():
    assert offered({}).cell == GROWN


def test_a_pinching_hip_goes_back_to_a_short_step_without_reaching_down():
    cell = offered({"H09": True, "H09.since_weeks": 2, "H09.giving_way": False}).cell

    assert (cell.range, cell.reach, cell.load) == (0, "none", GROWN.load)


def test_after_birth_it_is_slow_and_with_body_weight():
    cell = offered({"P03": True, "P03.weeks": 8, "P03.symptoms": False}).cell

    assert (cell.speed, cell.load, cell.stability) == (0, 0, 0)


def test_a_sore_back_that_dislikes_bending_does_not_reach_down():
    assert offered({"H14": True, "H14.worse": "bending"}).cell.reach == "none"


def test_a_lunge_is_planned_with_the_rests_between_its_own_sets():
    """A faster lunge does less work in a set, so the same minutes of work hold more sets and more rests."""
    for level in range(3):
        placed = offered({}, LungeVector(direction="lateral", speed=level))
        for units in range(placed.min_units, placed.max_units + 1):
            dose = prescribe_lunge(placed.cell, units)
            assert unit_s(placed) * units + placed.setup_s >= dose.total_s
