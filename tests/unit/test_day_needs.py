"""A day read without the plans of weeks long gone is the day read from everything."""

import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from triplane import coach
from triplane.body import Side
from triplane.coach.issued import issued_plan
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    ClearanceRecorded,
    DayChanged,
    DrillDone,
    EndFeel,
    Fact,
    Feeling,
    FeelingKind,
    History,
    MeasurementTaken,
    Method,
    NoteWritten,
    Plan,
    PlanIssued,
    ReadinessAnswered,
    RestrictionTightened,
    RunRecorded,
    ScreeningAnswered,
    SessionLogged,
    Sign,
    record,
)
from triplane.value import Value

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=ZoneInfo("Europe/Berlin"))


PINCH = MeasurementTaken(
    test="internal_rotation_prone",
    side=Side.LEFT,
    method=Method.PHONE_HELPER,
    readings=(18,),
    end_feel=EndFeel.PINCH,
)
SHARP = SessionLogged(
    slot="an-old-one",
    minutes=8,
    effort=3,
    drills=(DrillDone(drill="mob_quad_band", signs=(Sign.SHARP_PAIN,)),),
)
NERVE = CheckinAnswered(
    about=NOW.date(), soreness=(Feeling(score=4, region=BodyRegion.BUTTOCK, kind=FeelingKind.NERVE),)
)
CASES = {
    "nothing else": (),
    "a pinch long ago": ((400, PINCH),),
    "a sharp pain long ago": ((400, SHARP),),
    "a nerve feeling long ago": ((100, NERVE),),
    "ill this morning": ((0, ReadinessAnswered(answers={"ill": True})),),
    "a restriction long ago": ((300, RestrictionTightened(tag="fai")),),
    "away today": ((0, DayChanged(date=NOW.date(), away=True)),),
    "a run yesterday": ((1, RunRecorded(started_at=NOW - timedelta(days=1), duration_s=3000)),),
}
"""What else happened, each so many days ago."""


def lived(extra: tuple[tuple[int, Value], ...]) -> History:
    """A history with an old plan, old runs, a note and what else happened, and a plan for the week."""
    told = sample_runner("marathoner", NOW.date())
    bodies = told.bodies(coach.first_questions(), coach.disclaimer().version)
    facts = [record(body, "me", NOW - timedelta(days=500)) for body in bodies]
    for weeks in (30, 20, 9):
        at = NOW - timedelta(weeks=weeks)
        facts.append(record(RunRecorded(started_at=at, duration_s=3000), "me", at))
    facts += [record(body, "me", NOW - timedelta(days=days)) for days, body in extra]
    facts.append(record(NoteWritten(text="slept well"), "me", NOW))
    short = dict.fromkeys(coach.first_questions(), False)
    if not extra or not isinstance(extra[0][1], (SessionLogged, CheckinAnswered, MeasurementTaken)):
        facts.insert(-1, record(ScreeningAnswered(answers=short), "me", NOW - timedelta(hours=1)))
    then = NOW - timedelta(days=28)
    old = Plan(id="an-old-one", week=then.date(), slots=(), items=())
    facts.insert(0, record(PlanIssued(plan=old), "me", then))
    history = History("me", tuple(facts))
    return history.plus(*coach.day(history, NOW).proposed)


def needed(fact: Fact) -> bool:
    needs = coach.day_needs(NOW)
    first = needs.get(fact.kind)
    return fact.kind in needs and (first is None or fact.local_date >= first)


@pytest.mark.parametrize("case", CASES)
def test_a_day_is_the_same_from_the_facts_it_needs_as_from_all(case: str) -> None:
    whole = lived(CASES[case])
    part = History("me", tuple(fact for fact in whole.facts if needed(fact)))

    assert len(part.facts) < len(whole.facts)
    assert coach.look(part, NOW) is not None
    assert coach.clearance(part, NOW) == coach.clearance(whole, NOW)
    assert coach.day(part, NOW) == coach.day(whole, NOW)


AFTER_THE_PLAN = {
    "away, told long before": DayChanged(date=NOW.date(), away=True),
    "an old run, imported only now": RunRecorded(started_at=NOW - timedelta(days=60), duration_s=3000),
}


@pytest.mark.parametrize("case", AFTER_THE_PLAN)
def test_what_comes_in_after_the_plan_is_seen_whatever_its_date(case: str) -> None:
    whole = lived(())
    body = AFTER_THE_PLAN[case]
    happened = body.started_at if isinstance(body, RunRecorded) else NOW
    later = NOW + timedelta(minutes=5)
    told = whole.plus(record(body, "me", later, occurred_at=happened))
    part = History("me", tuple(fact for fact in told.facts if needed(fact)))

    assert coach.look(part, later) is coach.look(told, later) is None


def test_a_restriction_that_comes_back_by_itself_makes_the_plan_be_looked_at_again() -> None:
    """A professional's word that ends takes its drills with it, though no fact was told."""
    told = lived(((2, RestrictionTightened(tag="fai")),))
    word = ClearanceRecorded(
        who="A. Physio",
        role="physiotherapist",
        given_on=NOW.date(),
        scope=("fai",),
        expires_on=NOW.date() + timedelta(days=1),
    )
    cleared = told.plus(record(word, "me", NOW + timedelta(minutes=1)))
    cleared = cleared.plus(*coach.day(cleared, NOW + timedelta(minutes=2)).proposed)
    after_it_ended = NOW + timedelta(days=2)

    assert coach.look(cleared, NOW + timedelta(minutes=3)) is not None
    assert coach.look(cleared, after_it_ended) is None
    now_held = cleared.plus(*coach.day(cleared, after_it_ended).proposed)
    excluded = {"mob_glute_band_pigeon", "lm_posteromedial", "lm_rotational_cross"}
    assert coach.look(now_held, after_it_ended) is not None
    plan = issued_plan(now_held, after_it_ended)
    assert plan is not None
    ahead = {slot.id for slot in plan.slots if slot.starts_at > after_it_ended}
    assert not excluded & {item.drill for item in plan.items if item.slot in ahead}


def test_a_look_at_today_loads_neither_numpy_nor_a_solver() -> None:
    heavy = {"numpy", "scipy", "ortools", "highspy"}
    code = (
        f"import sys, triplane.coach.today, triplane.bootstrap; sys.exit(bool(sys.modules.keys() & {heavy}))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
