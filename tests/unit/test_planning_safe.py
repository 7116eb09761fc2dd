"""The last look finds whatever a plan must not hold, without asking the candidates it came from."""

from datetime import timedelta

import pytest

from cast import MONDAY as MORNING
from personas import history_of_file, persona
from small_weeks import MONDAY, at, slot, week
from triplane import catalogue
from triplane.catalogue import Reach, Verdict
from triplane.catalogue.lunges import start_of
from triplane.coach.plans import issue_plan
from triplane.coach.situation import Situation
from triplane.evidence import reason
from triplane.history import Context, Equipment, Plan, PlanItem
from triplane.planning import UnsoundPlan, unsafe_items
from triplane.screening import Allowance, Limits, Offer

DRILLS = catalogue.load()
REST_DAY = slot(1, 9)
BRIDGE = DRILLS["str_sl_bridge"]
ANYWHERE = [d for d in DRILLS.values() if Context.REST_DAY in d.contexts and not d.needs]
HOLD = next(d for d in ANYWHERE if d.dose.effort_pct)
LUNGE = next(d for d in DRILLS.values() if d.lunge_direction and d.lunge_reach in (None, Reach.NONE))


def found(drill, allowance=None, at_home=frozenset(Equipment), now=MONDAY, where=REST_DAY, **changed):
    dose = catalogue.prescribe(drill, 1)
    item = PlanItem(
        id="it", slot=where.id, drill=drill.id, order=0, left=dose, right=dose, minutes=2,
        reasons=(reason("R16", "A test."),),
    ).model_copy(update=changed)  # fmt: skip
    plan = Plan(id="p", week=MONDAY.date(), slots=(where,), items=(item,))
    allowance = allowance or Allowance(drill=drill.id, verdict=Verdict.ALLOW)
    offer = Offer(blocked=False, allowances=(allowance,))
    return unsafe_items(plan, week((where,), (), now=now), offer, DRILLS, at_home)


def limited(drill, **limits):
    return Allowance(drill=drill.id, verdict=Verdict.MODIFY, limits=Limits(**limits))


def test_what_is_offered_and_at_hand_passes():
    assert found(BRIDGE) == found(HOLD) == ()
    assert found(LUNGE, lunge=start_of(LUNGE.lunge_direction)) == ()


def test_an_excluded_drill_is_found_and_so_is_one_nobody_looked_at():
    assert found(BRIDGE, Allowance(drill=BRIDGE.id, verdict=Verdict.EXCLUDE))
    assert found(BRIDGE, Allowance(drill="another", verdict=Verdict.ALLOW))


def test_what_has_been_is_not_judged_again():
    assert found(BRIDGE, Allowance(drill="another", verdict=Verdict.ALLOW), now=at(2, 9)) == ()


def test_missing_equipment_and_the_wrong_place_are_found():
    banded = DRILLS["mob_quad_band"]
    desk = slot(1, 9, Context.DESK_BREAK)

    assert found(banded, at_home=frozenset())
    assert found(next(d for d in DRILLS.values() if Context.DESK_BREAK not in d.contexts), where=desk)


def test_a_dose_beyond_the_limits_is_found():
    assert found(HOLD, limited(HOLD, effort_max_pct=5))
    assert found(HOLD, limited(HOLD, hold_max_s=1))
    assert found(BRIDGE, limited(BRIDGE, bodyweight_only=True), load_kg=4)


@pytest.mark.parametrize(
    ("variable", "limit"),
    [
        ("load", "bodyweight_only"), ("stability", "bodyweight_only"), ("speed", "slow_only"),
        ("environment", "no_step_environment"), ("range", "shallow_only"),
    ],
)  # fmt: skip
def test_a_lunge_grown_beyond_its_limit_is_found(variable, limit):
    grown = start_of(LUNGE.lunge_direction).model_copy(update={variable: 1})

    assert found(LUNGE, limited(LUNGE, **{limit: True}), lunge=grown)


def test_a_refused_reach_and_a_missing_instruction_are_found():
    reaching = start_of(LUNGE.lunge_direction).model_copy(update={"reach": Reach.ROTATE_AWAY})
    refused = Allowance(drill=LUNGE.id, verdict=Verdict.MODIFY, refused_reaches=(Reach.ROTATE_AWAY,))

    assert found(LUNGE, refused, lunge=reaching)
    assert found(BRIDGE, Allowance(drill=BRIDGE.id, verdict=Verdict.MODIFY, how=("Slowly.",)))


def test_a_plan_that_is_not_safe_is_never_issued(monkeypatch):
    """Even where the problem was made of another offer than the one that holds."""
    history, now = history_of_file(persona("P1"), "anna"), MORNING + timedelta(hours=1)
    made = Situation(history, now).problem

    monkeypatch.setattr(Situation, "problem", made)
    monkeypatch.setattr(Situation, "offer", Offer(blocked=False))

    with pytest.raises(UnsoundPlan, match="is not offered"):
        issue_plan(history, now)
