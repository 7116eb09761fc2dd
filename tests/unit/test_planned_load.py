"""What was asked to be held and which lunge was asked is what the log says was done."""

from datetime import UTC, datetime

import pytest

from triplane.catalogue import load_one
from triplane.coach import Played, SessionAnswers, drills_done, logged_session
from triplane.coach.cues import session
from triplane.evidence import Reason
from triplane.history import Context, LungeVector, Plan, PlanItem, Prescription, Slot

SLOT = Slot(
    id="2026-11-23-full_session-1",
    starts_at=datetime(2026, 11, 23, 18, tzinfo=UTC),
    context=Context.FULL_SESSION,
    minutes=20,
)
DOSE = Prescription(sets=2, reps=6, tempo_s=(2, 0, 2, 0), rest_s=20, setup_s=15, work_s=48, total_s=85)
LUNGE = LungeVector(direction="lateral", range=1, load=1)
ITEM = PlanItem(
    id="item",
    slot=SLOT.id,
    drill="lm_lateral",
    order=0,
    left=DOSE,
    right=DOSE,
    minutes=3,
    lunge=LUNGE,
    load_kg=6.5,
    reasons=(Reason(rule="R16", says="Leg out needs work."),),
)
PLAN = Plan(id="plan", week=SLOT.starts_at.date(), slots=(SLOT,), items=(ITEM,))


def test_a_session_logged_as_planned_was_done_with_the_planned_load() -> None:
    drills = logged_session(PLAN, SLOT.id, SessionAnswers()).drills
    assert {(done.load_kg, done.lunge) for done in drills} == {(6.5, LUNGE)}


@pytest.mark.parametrize("held", [0, 4, 10])
def test_what_the_runner_says_was_held_comes_before_the_plan(held: float) -> None:
    drills = logged_session(PLAN, SLOT.id, SessionAnswers(load_kg={"lm_lateral": held})).drills
    assert {done.load_kg for done in drills} == {held}


def test_a_session_that_was_played_keeps_its_load_and_lunge() -> None:
    asked = session(SLOT, (ITEM,), {"lm_lateral": load_one("lm_lateral")})
    whole = Played(seconds=tuple(cue.seconds for cue in asked.cues))

    drills = drills_done(asked, whole)

    assert len(drills) == 2
    assert {(done.load_kg, done.lunge, done.stopped_early) for done in drills} == {(6.5, LUNGE, False)}
