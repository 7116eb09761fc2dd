"""A lunge that has grown shrinks back to what a new restriction allows."""

from screening_cast import MORNING, history_of, screened
from triplane import assessment, catalogue
from triplane.evidence import reason
from triplane.history import Context, LungeVector
from triplane.planning import Adjustment
from triplane.planning.candidates import Runner, candidates_of
from triplane.screening import offer, screen

GROWN = LungeVector(
    direction="lateral", reach="both_floor", load=2, range=2, environment=1, speed=1, stability=1
)


def offered(answers):
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
    grown = Adjustment(drill="lm_lateral", lunge=GROWN, reason=reason("E42", "One variable at a time."))
    given = offer(screen(screened(answers), MORNING), drills.values())
    (candidate,) = candidates_of(runner, drills, given, [grown])
    return candidate.cell


def test_without_a_restriction_it_stays_as_it_has_grown():
    assert offered({}) == GROWN


def test_a_pinching_hip_goes_back_to_a_short_step_without_reaching_down():
    cell = offered({"H09": True, "H09.since_weeks": 2, "H09.giving_way": False})

    assert (cell.range, cell.reach, cell.load) == (0, "none", GROWN.load)


def test_after_birth_it_is_slow_and_with_body_weight():
    cell = offered({"P03": True, "P03.weeks": 8, "P03.symptoms": False})

    assert (cell.speed, cell.load, cell.stability) == (0, 0, 0)


def test_a_sore_back_that_dislikes_bending_does_not_reach_down():
    assert offered({"H14": True, "H14.worse": "bending"}).reach == "none"
