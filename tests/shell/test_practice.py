"""A practice over a real journal: what is handed in twice, late, or from two windows is kept once."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from triplane import coach
from triplane.body import Side
from triplane.bootstrap import Practice, move_journal, open_practice
from triplane.cli.app import main
from triplane.cli.commands import cmd_do
from triplane.coach.issued import issued_plan
from triplane.errors import UserError
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    CheckinAnswered,
    ClearanceRecorded,
    Fact,
    MeasurementTaken,
    Method,
    NoteWritten,
    RestrictionTightened,
    SessionLogged,
    Sign,
    Slot,
    SorenessCourse,
)
from triplane.store import Journal, JournalMoved

MONDAY = "2026-11-23T05:30"
ANSWERS = coach.SessionAnswers(effort=4)


def opened(place: Path | str, now: str = MONDAY) -> Practice:
    return open_practice(place, "me", "Europe/Berlin", now)


@pytest.fixture(scope="module")
def told_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("told") / "test.journal"
    practice = opened(place)
    practice.tell(sample_runner("marathoner", practice.now.date()))
    practice.week()
    practice.journal.close()
    return place


@pytest.fixture
def place(told_journal: Path, journal_place: Callable[[], Path | str]) -> Path | str:
    """The same told journal, in a file and in PostgreSQL."""
    place = journal_place()
    move_journal(told_journal, place)
    return place


@pytest.fixture
def practice(place: Path | str) -> Iterator[Practice]:
    practice = opened(place)
    yield practice
    practice.journal.close()


def planned(practice: Practice) -> list[Slot]:
    """Slots of the week's plan that hold at least two drills, earliest first."""
    plan = issued_plan(practice.history(), practice.now)
    assert plan
    held = [item.slot for item in plan.items]
    return sorted((s for s in plan.slots if held.count(s.id) > 1), key=lambda slot: slot.starts_at)


def at(practice: Practice, slot: Slot) -> Practice:
    return practice.as_of(slot.starts_at.astimezone(practice.now.tzinfo))


def handed_in(practice: Practice, session: coach.Session, *stops: coach.Interruption) -> tuple[Fact, ...]:
    """Record a session as it was played to its end, however often it was played before."""
    seconds = tuple(cue.seconds for cue in session.cues)
    told = coach.HandIn(
        key=str(uuid4()),
        mark=practice.history().mark,
        reference=session.reference,
        played=coach.Played(seconds=seconds, interruptions=stops),
        effort=4,
    )
    return practice.hand_in(told).facts


def logs(practice: Practice) -> list[SessionLogged]:
    return [body for _, body in practice.history().all(SessionLogged)]


def test_what_of_a_hand_in_cannot_be_read_is_counted_in_the_log_and_nothing_else_of_it_is(
    place: Path | str, caplog: pytest.LogCaptureFixture
) -> None:
    practice = opened(place)
    felt = {"region": "groin", "kind": "joint", "score": 1}
    stops = [{"item": "me", "pain": [felt, felt | {"score": "secret"}], "signs": ["mine", "ours"]}]
    told = {"key": "0000000a", "mark": practice.history().mark, "discomfort": "much"}
    whole = coach.HandIn(key="0000000b", mark=practice.history().mark, readiness={"ill": True})
    practice.hand_in(whole)
    assert not caplog.records

    practice.hand_in(coach.HandIn.model_validate(told | {"played": {"interruptions": stops}}))

    [line] = caplog.records
    assert line.told == {"unread": {"pain": 1, "signs": 2, "discomfort": 1, "work": 1}}
    assert (line.getMessage(), line.args) == ("a hand-in could not be read whole", ())


def test_a_session_is_logged_once_from_two_windows(
    place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other window logs between this one's reading and its appending."""
    one, other = opened(place), opened(place)
    slot = planned(one)[0]
    one, other = at(one, slot), at(other, slot)
    reading, waiting = Journal.history, [other]

    def read_then_other_logs(journal: Journal, *how: Any) -> Any:
        history = reading(journal, *how)
        if journal is one.journal and waiting:
            waiting.pop().log(slot.id, ANSWERS)
        return history

    monkeypatch.setattr(Journal, "history", read_then_other_logs)
    with pytest.raises(UserError, match="logged before"):
        one.log(slot.id, ANSWERS)
    monkeypatch.undo()
    assert len(logs(one)) == 1


def test_the_key_of_a_planned_session_is_the_same_everywhere(practice: Practice) -> None:
    slot = planned(practice)[0]
    [fact] = at(practice, slot).log(slot.id, ANSWERS)

    assert fact.origin_key == f"session:2026-11-23:{slot.id}"


def test_what_is_handed_in_again_with_its_key_is_harmless(practice: Practice) -> None:
    slot = planned(practice)[0]
    later = practice.as_of(slot.starts_at.astimezone(practice.now.tzinfo) + timedelta(hours=9))

    [fact] = later.log(slot.id, ANSWERS, origin_key="phone:1", occurred_at=slot.starts_at)
    assert later.log(slot.id, ANSWERS, origin_key="phone:1", occurred_at=slot.starts_at) == ()
    assert (fact.origin_key, fact.occurred_at) == ("phone:1", slot.starts_at)
    assert fact.recorded_at == later.now

    note = NoteWritten(text="left shoe")
    [noted] = later.record(note, origin_key="phone:2", occurred_at=slot.starts_at)
    assert later.record(note, origin_key="phone:2") == ()
    assert noted.occurred_at == slot.starts_at


def test_what_lies_ahead_is_not_recorded(practice: Practice) -> None:
    with pytest.raises(UserError, match="lies ahead"):
        practice.record(NoteWritten(text="x"), occurred_at=practice.now + timedelta(minutes=1))


def test_a_session_of_another_day_is_neither_played_nor_marked_done_early(practice: Practice) -> None:
    last = planned(practice)[-1]
    session = practice.bundle(last.id).session

    with pytest.raises(UserError, match="lies ahead"):
        practice.refuse_to_log(session.items[0].id)
    assert logs(practice) == []


def test_one_drill_played_leaves_the_rest_of_its_slot_open(practice: Practice) -> None:
    slot = planned(practice)[0]
    there = at(practice, slot)
    whole = there.bundle(slot.id).session
    first_item = whole.items[0].id
    one = there.bundle(first_item).session

    handed_in(there, one)
    assert not next(s for s in there.day().slots if s.slot.id == slot.id).done
    with pytest.raises(UserError, match="logged before"):
        handed_in(there, one)

    there.log(slot.id, ANSWERS)
    assert next(s for s in there.day().slots if s.slot.id == slot.id).done
    first, rest = logs(there)
    assert {d.drill for d in first.drills} == {whole.items[0].drill}
    assert {d.drill for d in rest.drills} == {item.drill for item in whole.items[1:]}
    with pytest.raises(UserError, match="logged before"):
        there.log(slot.id, ANSWERS)


def test_a_drill_that_was_played_alone_is_neither_offered_nor_counted_again(practice: Practice) -> None:
    slot = planned(practice)[0]
    there = at(practice, slot)
    whole = there.bundle(slot.id).session
    first_item, *others = whole.items
    handed_in(there, there.bundle(first_item.id).session)

    rest = there.bundle(slot.id).session
    assert there.drills_of(slot.id) == tuple(item.drill for item in others)
    handed_in(there, rest)

    done = [one for log in logs(there) for one in log.drills if one.drill == first_item.drill]
    assert sum(one.work_s for one in done if one.side == done[0].side) == done[0].work_s
    assert [item.id for item in rest.items] == [item.id for item in others]
    assert logs(there)[-1].slot == slot.id
    with pytest.raises(UserError, match="logged before"):
        there.refuse_to_log(slot.id)


def test_drills_played_one_by_one_make_the_slot_done_with_the_last(practice: Practice) -> None:
    slot = planned(practice)[0]
    there = at(practice, slot)
    items = there.bundle(slot.id).session.items
    done = []
    for entry in items:
        one = there.bundle(entry.id).session
        handed_in(there, one)
        done.append(logs(there)[-1].slot == slot.id)

    assert done == [False] * (len(items) - 1) + [True]


@pytest.mark.parametrize("use_case", ["week", "day"])
def test_a_week_and_a_day_are_decided_anew_when_the_journal_moved(
    place: Path | str, monkeypatch: pytest.MonkeyPatch, use_case: str
) -> None:
    practice = opened(place)
    practice.record(
        CheckinAnswered(about=practice.yesterday), occurred_at=practice.now - timedelta(minutes=1)
    )
    appending, moved = Journal.append, []

    def move_once(journal: Journal, facts: Any, expected_last: int | None = None) -> tuple[Fact, ...]:
        if facts and expected_last is not None and not moved:
            moved.append(True)
            raise JournalMoved("moved")
        return appending(journal, facts, expected_last)

    monkeypatch.setattr(Journal, "append", move_once)
    assert getattr(practice, use_case)()
    assert moved


def test_measuring_two_sides_keeps_both_or_none(practice: Practice) -> None:
    before = len(practice.history().facts)
    readings = {Side.LEFT: (18.0, 17.0, 19.0), Side.RIGHT: (900.0,)}

    with pytest.raises(UserError, match="not possible"):
        practice.measure("internal_rotation", readings, Method.PHONE_HELPER)
    assert len(practice.history().facts) == before

    taken = practice.measure("internal_rotation", {**readings, Side.RIGHT: (31.0,)}, Method.PHONE_HELPER)
    assert len(taken) == 2
    assert len(list(practice.history().all(MeasurementTaken))) >= 2


def test_both_sides_told_on_one_page_are_kept_in_one_go(practice: Practice, monkeypatch) -> None:
    """A journal that fails in between keeps neither, and what moved underneath is looked at again."""
    sides = {side: coach.SideReadings(readings=(18.0, 17.0, 19.0)) for side in Side}
    appending, sent = Journal.append, []

    def counted(journal: Journal, facts: Any, expected_last: int | None = None) -> tuple[Fact, ...]:
        sent.append((len(facts), expected_last))
        if len(sent) == 1:
            raise JournalMoved("moved")
        return appending(journal, facts, expected_last)

    monkeypatch.setattr(Journal, "append", counted)
    before = practice.history().last_seq
    practice.measure_sides("internal_rotation", sides, Method.PHONE_HELPER)
    practice.measure_sides("internal_rotation", sides, Method.PHONE_HELPER)
    assert sent[:2] == [(2, before), (2, before)]
    taken = [fact for fact in practice.history().facts_of(MeasurementTaken) if fact.seq > before]
    assert len(taken) == 2, "the very same readings are recorded once"


def test_a_check_in_speaks_of_the_last_days_only() -> None:
    now = datetime(2026, 11, 23, 6, tzinfo=UTC)
    none = SorenessCourse.NONE

    assert coach.check_in(now.date() - timedelta(days=3), (), none, now).about.day == 20
    for days, why in ((4, "too long ago"), (0, "is not over yet"), (-1, "lies ahead")):
        with pytest.raises(UserError, match=why):
            coach.check_in(now.date() - timedelta(days=days), (), none, now)


def test_a_runner_is_erased_and_the_others_stay(practice: Practice) -> None:
    other = replace(practice, runner="other")
    other.record(NoteWritten(text="mine"))

    gone = practice.erase()
    assert gone > 0
    assert [fact.kind for fact in practice.history().facts] == ["runner_erased"]
    assert [fact.kind for fact in other.history().facts] == ["note_written"]


def test_a_later_runner_file_does_not_close_what_was_opened_again(practice: Practice) -> None:
    """A fall opens questions again; a file that does not name them leaves them open."""
    practice.record(coach.readiness_answers({"fall": True}))
    later = practice.as_of(practice.now + timedelta(hours=1))
    opened_again = coach.clearance(later.history(), later.now).open_questions
    assert opened_again

    later.tell(sample_runner("marathoner", later.now.date()))

    assert coach.clearance(later.history(), later.now).open_questions == opened_again
    assert coach.day(later.history(), later.now).state.is_stop


def test_lunges_left_out_for_safety_are_locked_and_say_so(practice: Practice) -> None:
    before = coach.lunge_matrix(practice.history(), practice.now)
    assert not any("left out for safety" in cell.because.says for cell in before.cells if cell.because)

    practice.record(RestrictionTightened(tag="acute"))
    later = practice.as_of(practice.now + timedelta(hours=1))
    kept_out = [
        cell
        for cell in coach.lunge_matrix(later.history(), later.now).cells
        if cell.because and "left out for safety" in cell.because.says
    ]

    were_open = {(cell.direction, cell.reach) for cell in before.cells if cell.state == "unlocked"}
    assert were_open & {(cell.direction, cell.reach) for cell in kept_out}
    assert {cell.state for cell in kept_out} == {"locked"}


ALL_NO = coach.screening_answers(dict.fromkeys(coach.first_questions(), False))
GROIN = coach.Feeling(score=8, region="groin", kind="joint", side="left")


@pytest.mark.parametrize("way", ["in words", "played", "handed in late with its time"])
@pytest.mark.parametrize("felt", ["pain", "sign"])
def test_what_hurts_is_asked_of_again_though_the_questions_were_answered_since_the_session(
    practice: Practice, way: str, felt: str
) -> None:
    slot = planned(practice)[0]
    session = practice.bundle(slot.id).session
    answered = at(practice, slot).as_of(slot.starts_at.astimezone(practice.now.tzinfo) + timedelta(days=1))
    answered.record(ALL_NO)
    told = answered.as_of(answered.now + timedelta(days=1))
    pain, signs = ((GROIN,), ()) if felt == "pain" else ((), (Sign.GIVING_WAY,))
    assert not coach.clearance(told.history(), told.now).is_blocked

    if way == "played":
        stop = coach.Interruption(item=session.items[0].id, pain=pain, signs=signs)
        [fact] = handed_in(told, session, stop)
    else:
        drill = session.items[0].drill
        answers = coach.SessionAnswers(
            pain=tuple((drill, one) for one in pain), signs=tuple((drill, one) for one in signs)
        )
        when = slot.starts_at if way.startswith("handed") else None
        [fact] = told.log(slot.id, answers, occurred_at=when)

    assert fact.occurred_at == told.now
    assert coach.clearance(told.history(), told.now + timedelta(minutes=1)).is_blocked
    with pytest.raises(UserError, match="logged before"):
        told.refuse_to_log(slot.id)


def test_a_session_of_another_day_in_which_nothing_hurt_counts_as_of_that_day(practice: Practice) -> None:
    slot = planned(practice)[0]
    answered = practice.as_of(slot.starts_at.astimezone(practice.now.tzinfo) + timedelta(days=1))
    answered.record(ALL_NO)
    [fact] = answered.as_of(answered.now + timedelta(days=1)).log(slot.id, ANSWERS)

    assert fact.occurred_at == slot.starts_at + timedelta(minutes=slot.minutes)


def test_what_a_professional_cleared_does_not_cover_pain_that_is_told_only_afterwards(
    practice: Practice,
) -> None:
    slot = planned(practice)[0]
    session = practice.bundle(slot.id).session
    cleared = practice.as_of(slot.starts_at.astimezone(practice.now.tzinfo) + timedelta(days=1))
    given = {"who": "Dr Ada Reyes", "role": "physician", "given_on": cleared.now.date(), "scope": ("fai",)}
    cleared.record(ClearanceRecorded.model_validate(given))
    told = cleared.as_of(cleared.now + timedelta(days=1))
    pinch = coach.SessionAnswers(signs=((session.items[0].drill, Sign.GROIN_PINCH),))
    told.log(slot.id, pinch)

    assert "fai" in coach.clearance(told.history(), told.now + timedelta(minutes=1)).tag_names


def test_what_was_played_at_a_terminal_is_kept_though_a_phone_did_a_drill_of_it_meanwhile(
    told_journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Path(shutil.copy(told_journal, tmp_path / "test.journal"))
    practice = opened(place)
    slot = planned(practice)[0]
    there = at(practice, slot)
    there.answer_readiness({asked.id: False for asked in coach.readiness_asked()})

    def played_while_a_phone_hands_in(session: coach.Session, pace: float) -> coach.Played:
        handed_in(there, there.bundle(session.items[0].id).session)
        return coach.Played(seconds=tuple(cue.seconds for cue in session.cues))

    monkeypatch.setattr(cmd_do, "_play", played_while_a_phone_hands_in)
    monkeypatch.setattr(cmd_do, "ask_score", lambda question, default: default)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    words = ["--journal", str(place), "--runner", practice.runner, "--zone", "Europe/Berlin"]
    code = main([*words, "--now", there.now.isoformat(), "do", slot.id])

    assert code == 0, capsys.readouterr().err
    alone, whole = logs(there)
    assert whole.slot == slot.id
    again = [done for done in whole.drills if done.drill == alone.drills[0].drill]
    others = [done for done in whole.drills if done.drill != alone.drills[0].drill]
    assert not any(done.work_s for done in again), "what the phone did counts once"
    assert others and all(done.work_s for done in others)
