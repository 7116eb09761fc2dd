"""The day as a runner meets it: every state is said, and nothing is done that was not asked for."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cast import BERLIN, MONDAY
from night import WIDE, every
from triplane import coach, screening
from triplane.catalogue import load_one
from triplane.coach.cues import session_of
from triplane.coach.issued import issued_plan
from triplane.coach.needs import day_needs
from triplane.errors import Blocked, UnknownName
from triplane.formats.archive import write_archive
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    CheckinAnswered,
    ClearanceRecorded,
    DayChanged,
    DrillDone,
    Fact,
    Feeling,
    History,
    MeasurementTaken,
    NoteWritten,
    PlanIssued,
    PlanKept,
    RestrictionTightened,
    ScreeningAnswered,
    SessionLogged,
    record,
)
from triplane.value import Value

NOW = MONDAY.replace(hour=5, minute=30)


def tell(history: History, *bodies: Value, at: datetime) -> History:
    facts = [
        record(body, history.runner, at + timedelta(seconds=number)) for number, body in enumerate(bodies)
    ]
    return history.plus(*facts)


@pytest.fixture(scope="module")
def marathoner() -> History:
    """The sample runner on Monday morning, told and planned."""
    bodies = sample_runner("marathoner", NOW.date()).bodies(
        coach.first_questions(), coach.disclaimer().version
    )
    told = tell(History("me"), *bodies, at=NOW - timedelta(minutes=10))
    return told.plus(*coach.day(told, NOW).proposed)


def first_session(history: History) -> datetime:
    """Return half an hour before the first session of the plan."""
    plan = issued_plan(history, NOW)
    assert plan is not None
    planned = {item.slot for item in plan.items}
    starts = min(slot.starts_at for slot in plan.slots if slot.id in planned)
    return starts.astimezone(BERLIN) - timedelta(minutes=30)


def only(history: History, kind: type[Value]) -> list[Fact]:
    return list(history.facts_of(kind))


def test_a_stranger_is_asked_the_safety_questions_first() -> None:
    day = coach.day(History("me"), NOW)

    assert day.state is coach.DayState.UNSCREENED
    assert day.slots == ()
    assert day.proposed == ()


def test_a_screened_runner_without_a_week_is_asked_for_it() -> None:
    safe = dict.fromkeys(coach.first_questions(), False)
    told = tell(
        History("me"),
        coach.disclaimer_accepted(),
        ScreeningAnswered(answers=safe),
        at=NOW - timedelta(minutes=1),
    )

    assert coach.day(told, NOW).state is coach.DayState.WEEK_UNKNOWN


def test_the_first_plan_is_proposed_once_and_then_stands(marathoner: History) -> None:
    assert len(only(marathoner, PlanIssued)) == 1

    again = coach.day(marathoner, first_session(marathoner))
    assert again.proposed == ()
    assert again.next is not None
    assert again.next.drills


def test_looking_changes_nothing_and_the_same_facts_give_the_same_day(marathoner: History) -> None:
    before = marathoner.facts

    assert coach.day(marathoner, NOW) == coach.day(marathoner, NOW)
    assert marathoner.facts == before


_PLAN = """
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from triplane import coach, screening
from triplane.catalogue import load_one
from triplane.formats.archive import read_archive
from triplane.history import History
facts = read_archive(Path(sys.argv[1]).read_bytes(), "me.jsonl")
now = datetime.fromisoformat(sys.argv[2]).astimezone(ZoneInfo("Europe/Berlin"))
print(coach.day(History("me", facts), now).proposed[0].model_dump_json())
"""


@WIDE
def test_the_same_facts_give_the_same_plan_to_the_byte_in_every_process(
    marathoner: History, tmp_path: Path
) -> None:
    archive = tmp_path / "me.jsonl"
    archive.write_bytes(write_archive(marathoner.facts[:-1]))

    def planned(seed: str) -> bytes:
        call = [sys.executable, "-c", _PLAN, str(archive), NOW.isoformat()]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(call, env=env, check=True, capture_output=True).stdout

    first = planned("1")
    assert b"plan_issued" in first
    assert first == planned("2")


def test_a_note_does_not_move_the_plan(marathoner: History) -> None:
    noted = tell(marathoner, NoteWritten(text="legs feel good"), at=NOW + timedelta(minutes=5))

    assert coach.look(noted, NOW + timedelta(minutes=6)) is not None


def test_a_calm_morning_is_looked_at_and_the_plan_is_kept(marathoner: History) -> None:
    at = NOW + timedelta(days=1)
    calm = tell(marathoner, CheckinAnswered(about=NOW.date()), at=at)
    day = coach.day(calm, at + timedelta(minutes=1))

    assert [type(fact.body) for fact in day.proposed] == [PlanKept]
    assert day.changes == ()


def test_a_sore_joint_changes_the_plan_and_says_why(marathoner: History) -> None:
    at = NOW + timedelta(days=1)
    sore = CheckinAnswered(about=NOW.date(), soreness=(Feeling(score=4, region="groin", kind="joint"),))
    day = coach.day(tell(marathoner, sore, at=at), at + timedelta(minutes=1))

    assert [type(fact.body) for fact in day.proposed] == [PlanIssued]
    assert day.changes
    assert all(change.says and change.cause for change in day.changes)


def test_being_away_leaves_the_day_empty_and_a_rest_day_is_a_good_day(marathoner: History) -> None:
    at = NOW + timedelta(minutes=5)
    away = tell(marathoner, DayChanged(date=NOW.date(), away=True), at=at)
    day = coach.day(away, at + timedelta(minutes=1))

    assert day.state is coach.DayState.AWAY
    assert all(slot.slot.starts_at < at for slot in day.slots)


def test_a_red_flag_takes_everything_away_until_a_professional_clears(marathoner: History) -> None:
    at = first_session(marathoner)
    flagged = tell(marathoner, ScreeningAnswered(answers={"Q07": True}, short=True), at=at)
    later = at + timedelta(minutes=1)
    day = coach.day(flagged, later)

    assert day.state is coach.DayState.BLOCKED
    assert day.slots == ()
    assert day.proposed == ()
    for refused in (coach.week, coach.lunge_matrix, coach.issue_plan, coach.tests_to_take):
        with pytest.raises(Blocked):
            refused(flagged, later)
    with pytest.raises(Blocked):
        session_of(flagged, "anything", later)
    with pytest.raises(Blocked):
        coach.why(flagged, "mob_quad_band", later)

    word = ClearanceRecorded(who="Dr Example", role="physician", given_on=at.date(), scope=("Q07",))
    assert coach.day(tell(flagged, word, at=later), later + timedelta(minutes=1)).slots


def test_a_day_from_the_few_kinds_it_needs_is_the_day_from_everything(marathoner: History) -> None:
    """What is left out of ``day_needs`` does not speak on a day whose plan is current."""
    now = NOW + timedelta(hours=1)
    since = day_needs(now)
    few = tuple(
        fact
        for fact in marathoner.facts
        if fact.kind in since and (since[fact.kind] is None or fact.local_date >= since[fact.kind])
    )

    assert len(few) <= len(marathoner.facts)
    assert coach.day(History("me", few), now) == coach.day(marathoner, now)


def test_a_plan_of_last_week_is_not_this_weeks_plan(marathoner: History) -> None:
    next_monday = datetime(2026, 11, 30, 5, 30, tzinfo=BERLIN)
    day = coach.day(marathoner, next_monday)

    [fact] = day.proposed
    assert isinstance(fact.body, PlanIssued)
    assert fact.body.plan.week == next_monday.date()


def test_a_drill_that_was_renamed_or_removed_does_not_break_the_day(marathoner: History) -> None:
    """A plan of an older release is looked at again; a log of a drill that is gone is left aside."""
    plan = issued_plan(marathoner, NOW)
    assert plan is not None
    gone = plan.items[0].model_copy(update={"drill": "mob_of_long_ago"})
    old = plan.model_copy(update={"items": (gone, *plan.items[1:]), "catalogue_version": "older"})
    issued = next(f for f in marathoner.facts if isinstance(f.body, PlanIssued))
    told = tuple(
        fact.model_copy(update={"body": PlanIssued(plan=old)}) if fact is issued else fact
        for fact in marathoner.facts
    )
    done = SessionLogged(minutes=5, drills=(DrillDone(drill="mob_of_long_ago"),))
    history = tell(History("me", told), done, at=NOW + timedelta(minutes=1))
    day = coach.day(history, NOW + timedelta(days=1))

    [fact] = day.proposed
    assert isinstance(fact.body, PlanIssued)
    assert "the drills were revised" in fact.body.because
    ahead = [i for i in fact.body.plan.items if i.drill == "mob_of_long_ago" and i.slot != gone.slot]
    assert ahead == []
    assert coach.progress(history, NOW + timedelta(days=1)).minutes[-1].sessions == 1


def test_a_new_measurement_is_read_in_the_plan_even_where_the_drills_stay(marathoner: History) -> None:
    at = NOW + timedelta(minutes=5)
    lower = MeasurementTaken(
        test="internal_rotation_prone", side="right", method="phone_helper", readings=(20, 20, 21)
    )
    day = coach.day(tell(marathoner, lower, at=at), at + timedelta(minutes=1))

    [fact] = day.proposed
    assert isinstance(fact.body, PlanIssued)
    wanted = {t.side: t.minutes for t in fact.body.plan.targets if t.direction == "internal_rotation"}
    assert wanted["right"] > 2
    assert day.changes


def session_begun(history: History) -> tuple[str, datetime]:
    """Return the first session with drills and the minute after its start."""
    plan = issued_plan(history, NOW)
    assert plan is not None
    held = {item.slot for item in plan.items}
    slot = min((slot for slot in plan.slots if slot.id in held), key=lambda slot: slot.starts_at)
    return slot.id, slot.starts_at.astimezone(BERLIN) + timedelta(minutes=1)


def drills_shown(history: History, slot: str, now: datetime) -> set[str]:
    day = coach.day(history, now)
    return {drill.item.drill for entry in day.slots if entry.slot.id == slot for drill in entry.drills}


def test_a_session_that_has_begun_leaves_out_what_is_no_longer_allowed(marathoner: History) -> None:
    slot, begun = session_begun(marathoner)
    before = drills_shown(marathoner, slot, begun)
    left_out = set()
    for tag in every(4, sorted(screening.tag_rules())):
        told = tell(marathoner, RestrictionTightened(tag=tag), at=begun)
        now = begun + timedelta(minutes=1)
        refused = drills_refused(told, before, now)
        shown = drills_shown(told, slot, now)
        assert not shown & refused
        left_out |= refused
        try:
            played = {item.drill for item in session_of(told, slot, now).items}
        except (Blocked, UnknownName):
            played = set()
        assert not played & refused

    assert left_out, "some restriction reaches the session"


def drills_refused(history: History, drills: set[str], now: datetime) -> set[str]:
    clearance = screening.screen(history, now)
    if clearance.is_blocked:
        return drills
    return {d for d in drills if not screening.allowance_of(load_one(d), clearance).is_allowed}


def test_a_pause_stops_a_session_that_has_begun(marathoner: History) -> None:
    slot, begun = session_begun(marathoner)
    ill = tell(
        marathoner, ScreeningAnswered(answers={"Q08": True, "Q08.hip_pain": False}, short=True), at=begun
    )

    assert screening.screen(ill, begun + timedelta(minutes=1)).is_paused
    with pytest.raises(Blocked):
        session_of(ill, slot, begun + timedelta(minutes=1))


def test_no_note_takes_back_what_safety_was_told(marathoner: History) -> None:
    flagged = tell(marathoner, ScreeningAnswered(answers={"Q07": True}, short=True), at=NOW)
    note = record(NoteWritten(text="no"), "me", NOW + timedelta(minutes=1), supersedes=flagged.facts[-1].id)

    assert coach.day(flagged.plus(note), NOW + timedelta(minutes=2)).state is coach.DayState.BLOCKED


def test_the_plan_recorded_last_counts_even_where_a_clock_was_ahead(marathoner: History) -> None:
    first = issued_plan(marathoner, NOW)
    assert first is not None
    ahead = record(PlanIssued(plan=first), "me", NOW + timedelta(days=3))
    second = first.model_copy(update={"id": "second"})
    told = marathoner.plus(ahead).plus(record(PlanIssued(plan=second), "me", NOW + timedelta(hours=1)))

    assert issued_plan(told, NOW) == second
