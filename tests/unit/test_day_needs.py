"""A day read from the few facts it needs is the day read from all of them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from triplane import coach
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    Fact,
    History,
    NoteWritten,
    RunRecorded,
    SessionLogged,
    record,
)

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def lived() -> History:
    """A history with old runs, an old session and a note, and a plan for the week."""
    told = sample_runner("marathoner", NOW.date())
    bodies = told.bodies(coach.first_questions(), coach.disclaimer().version)
    facts = [record(body, "me", NOW - timedelta(hours=1)) for body in bodies]
    for weeks in (30, 20, 9):
        at = NOW - timedelta(weeks=weeks)
        facts.append(record(RunRecorded(started_at=at, duration_s=3000), "me", NOW, occurred_at=at))
        old = SessionLogged(slot="an-old-one", minutes=8, effort=3, drills=())
        facts.append(record(old, "me", NOW, occurred_at=at))
    facts.append(record(NoteWritten(text="slept well"), "me", NOW))
    history = History("me", tuple(facts))
    return history.plus(*coach.day(history, NOW).proposed)


def needed(fact: Fact) -> bool:
    needs = coach.day_needs(NOW)
    first = needs.get(fact.kind)
    return fact.kind in needs and (first is None or fact.local_date >= first)


def test_a_day_is_the_same_from_the_facts_it_needs_as_from_all() -> None:
    whole = lived()
    part = History("me", tuple(fact for fact in whole.facts if needed(fact)))

    assert len(part.facts) < len(whole.facts)
    assert coach.plan_is_current(part, NOW)
    assert coach.day(part, NOW) == coach.day(whole, NOW)
