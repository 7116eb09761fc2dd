"""A runner's mark: one for as long as their journal lives, another after it, and it tells nothing."""

import re
from datetime import timedelta
from pathlib import Path

from cast import ANNA, MONDAY, easy_run, told
from triplane.formats.archive import read_archive, write_archive
from triplane.history import History, NoteWritten, record
from triplane.store import open_journal

TOLD = told(ANNA, easy_run(MONDAY), NoteWritten(text="a"))


def test_the_mark_is_the_same_from_the_first_fact_on_whatever_is_told_corrected_or_handed_in_late() -> None:
    history = History("anna", TOLD[:1])
    mark = history.mark
    later = MONDAY + timedelta(days=400)
    corrected = record(NoteWritten(text="b"), "anna", later, supersedes=TOLD[0].id)
    of_before = record(NoteWritten(text="c"), "anna", later, occurred_at=MONDAY - timedelta(days=9))
    for fact in (*TOLD[1:], corrected, of_before):
        history = history.plus(fact)
        assert history.mark == mark


def test_a_journal_brought_back_from_its_archive_is_the_same_runners(tmp_path: Path) -> None:
    with open_journal(tmp_path / "first") as journal:
        journal.append(TOLD)
        before = journal.history("anna")
    with open_journal(tmp_path / "second") as journal:
        journal.append(read_archive(write_archive(before.facts), "a.jsonl"))
        assert journal.history("anna").mark == before.mark


def test_after_everything_was_deleted_it_is_another_and_stays_that(tmp_path: Path) -> None:
    with open_journal(tmp_path / "journal") as journal:
        journal.append(TOLD)
        before = journal.history("anna").mark
        journal.erase("anna", MONDAY + timedelta(days=1))
        after = journal.history("anna").mark
        journal.append(TOLD)
        assert journal.history("anna").mark == after != before
        journal.erase("anna", MONDAY + timedelta(days=2))
        assert journal.history("anna").mark not in (before, after)


def test_two_runners_and_two_beginnings_have_marks_of_their_own() -> None:
    ben = told(ANNA, runner="ben")
    a_second_later = told(ANNA, at=MONDAY + timedelta(seconds=1))
    marks = [History("anna", TOLD).mark, History("ben", ben).mark, History("anna", a_second_later).mark]

    assert len({*marks}) == 3
    assert all(re.fullmatch("[0-9a-f]{24}", mark) for mark in marks)
    assert TOLD[0].id not in marks
    assert History("anna").mark == ""
