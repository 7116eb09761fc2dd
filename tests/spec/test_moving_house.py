"""A runner moves from her machine to a server: her own record comes with her, and nobody else's does."""

import json
from pathlib import Path

import pytest

from triplane import coach
from triplane.bootstrap import Practice, open_practice
from triplane.bootstrap.importing import FileReport
from triplane.formats.archive import pack, write_archive
from triplane.formats.runner_file import sample_runner
from triplane.history import ConsentEnded, ConsentGiven, NoteWritten, SharedAs, is_empty

ACCOUNT, COACH = "r-0123456789abcdef01234567", "r-coach0000000000000000000"
AT = ("Europe/Berlin", "2026-11-25T12:30")


@pytest.fixture
def at_home(tmp_path: Path) -> Practice:
    """A marathoner on her own machine, who has lived a week, took a note back and let a coach in."""
    monday = open_practice(tmp_path / "home.sqlite", "me", AT[0], "2026-11-23T06:30")
    monday.tell(sample_runner("marathoner", monday.now.date()))
    monday.record(
        ConsentGiven(to=COACH, called="Kim", role=SharedAs.COACH, deeds=coach.asked_for(SharedAs.COACH))
    )
    practice = open_practice(tmp_path / "home.sqlite", "me", *AT)
    practice.log(practice.next_slot(), coach.SessionAnswers(effort=4, discomfort=1))
    [note] = practice.record(NoteWritten(text="Felt light"))
    practice.correct(lambda history, now: [coach.withdrawal(history, note.id, now, "mistyped")])
    practice.day()
    return practice


def account(tmp_path: Path, runner: str = ACCOUNT) -> Practice:
    return open_practice(tmp_path / "server.sqlite", runner, *AT)


def packed(practice: Practice, folder: Path) -> Path:
    file = folder / "triplane.zip"
    file.write_bytes(pack(practice.history().facts))
    return file


def brought(practice: Practice, file: Path, **how: bool) -> FileReport:
    [report] = practice.bring_in([file], **how).files
    return report


def test_her_whole_record_is_hers_there_too(at_home: Practice, tmp_path: Path) -> None:
    there = account(tmp_path)
    report = brought(there, packed(at_home, tmp_path), mine=True)
    assert not report.problem
    one, other, now = at_home.history(), there.history(), there.now
    assert report.facts_new == len(other.facts) == len(one.facts) + 1
    assert coach.hip_map(other, now) == coach.hip_map(one, now)
    assert coach.clearance(other, now) == coach.clearance(one, now)
    assert coach.day(other, now) == coach.day(one, now)
    assert other.mark != one.mark, "what waits on a device of the other record is not handed in here"


def test_who_let_a_coach_in_first_brings_her_record_all_the_same(at_home: Practice, tmp_path: Path) -> None:
    """A consent says nothing of a body, and neither does its end; the coach she let in here stays let in."""
    there, other = account(tmp_path), "r-other0000000000000000000"
    there.decide(lambda history, now: [coach.disclaimer_accepted()])
    for to in (other, "r-ended0000000000000000000"):
        there.decide(lambda history, now, to=to: coach.consent(history, to, "Kim", SharedAs.COACH))
    there.decide(lambda history, now: coach.consent_ended(history, "r-ended0000000000000000000"))

    file = packed(at_home, tmp_path)
    assert "say so as you bring it in" in brought(there, file).problem
    assert not brought(there, file, mine=True).problem
    assert coach.hip_map(there.history(), there.now) == coach.hip_map(at_home.history(), at_home.now)
    assert coach.may(there.history(), other, coach.Deed.LOOK)
    assert not coach.may(there.history(), COACH, coach.Deed.LOOK)


def test_nothing_of_a_fact_changes_but_whose_it_is_and_the_ids(at_home: Practice, tmp_path: Path) -> None:
    there = account(tmp_path)
    brought(there, packed(at_home, tmp_path), mine=True)
    old, new = at_home.history().facts, there.history().facts
    text = write_archive(new[: len(old)]).decode()
    for one, other in zip(old, new, strict=False):
        text = text.replace(other.id, one.id)
    assert text.replace(ACCOUNT, "me").encode() == write_archive(old)
    corrected = [fact for fact in new if fact.supersedes]
    assert corrected and all(fact.supersedes in {one.id for one in new} for fact in corrected)


def test_whoever_was_let_in_there_is_let_in_nowhere_here(at_home: Practice, tmp_path: Path) -> None:
    assert coach.may(at_home.history(), COACH, coach.Deed.LOOK)
    there = account(tmp_path)
    brought(there, packed(at_home, tmp_path), mine=True)
    for deed in coach.Deed:
        assert not coach.may(there.history(), COACH, deed)
    assert isinstance(there.history().facts[-1].body, ConsentEnded)


def test_a_block_moves_with_her(at_home: Practice, tmp_path: Path) -> None:
    at_home.record(coach.screening_answers({"Q07": True}))
    there = account(tmp_path)
    brought(there, packed(at_home, tmp_path), mine=True)
    assert coach.clearance(there.history(), there.now).is_blocked
    assert there.day().slots == ()


def test_without_a_word_that_it_is_hers_nothing_comes_in(at_home: Practice, tmp_path: Path) -> None:
    there = account(tmp_path)
    report = brought(there, packed(at_home, tmp_path))
    assert "If it is your own" in report.problem
    assert there.history().facts == ()


def test_a_record_that_has_begun_takes_no_other_one(at_home: Practice, tmp_path: Path) -> None:
    file = packed(at_home, tmp_path)
    there = account(tmp_path)
    there.record(coach.disclaimer_accepted())
    assert is_empty(there.history()), "that alone says nothing of a body"
    there.record(coach.screening_answers({"Q07": True}))
    before = there.history().facts
    assert "only where nothing was told yet" in brought(there, file, mine=True).problem
    assert "stands under another name, and something is on record here" in brought(there, file).problem
    assert there.history().facts == before


def test_the_same_archive_twice_is_once(at_home: Practice, tmp_path: Path) -> None:
    there, file = account(tmp_path), packed(at_home, tmp_path)
    brought(there, file, mine=True)
    before = there.history().facts
    assert brought(there, file, mine=True).problem
    assert there.history().facts == before


def test_a_forged_line_is_refused_before_anything_moves(at_home: Practice, tmp_path: Path) -> None:
    lines = write_archive(at_home.history().facts).decode().splitlines()
    forged = json.loads(lines[3])
    forged["runner"] = "somebody else"
    file = tmp_path / "forged.jsonl"
    file.write_text("\n".join([*lines[:3], json.dumps(forged), *lines[4:]]) + "\n")
    there = account(tmp_path)
    assert brought(there, file, mine=True).problem
    assert there.history().facts == ()
