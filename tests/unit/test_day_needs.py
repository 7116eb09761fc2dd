"""A day read from the few facts it needs is the day read from all of them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from triplane import coach
from triplane.body import Side
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
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
    """A history with old runs, a note and what else happened, and a plan for the week."""
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
    assert coach.plan_is_current(part, NOW)
    assert coach.clearance(part, NOW) == coach.clearance(whole, NOW)
    assert coach.day(part, NOW) == coach.day(whole, NOW)
