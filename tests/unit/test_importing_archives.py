"""An archive is a runner's whole record: welcome in a new journal, and never a way round a block."""

from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from cast import ANNA, MONDAY, easy_run, told
from triplane import coach
from triplane.bootstrap import Practice, importing
from triplane.bootstrap.fetching import Fetching
from triplane.bootstrap.importing import FileReport
from triplane.errors import JournalError
from triplane.formats.archive import write_archive
from triplane.history import (
    ClearanceRecorded,
    DefaultChanged,
    Fact,
    NoteWritten,
    PlanKept,
    ReadinessAnswered,
    RestrictionTightened,
    RunnerErased,
    ScreeningAnswered,
    SharedAs,
    record,
)
from triplane.screening import SafetyLevel, screen
from triplane.store import Journal, open_journal
from triplane.value import Value

LATER = MONDAY + timedelta(hours=1)
NOW = MONDAY + timedelta(hours=2)
RED_FLAG = ScreeningAnswered(answers=dict.fromkeys(coach.first_questions(), False) | {"Q07": True})
LIFTED = ClearanceRecorded(who="Dr Nobody", role="physician", given_on=MONDAY.date(), scope=("Q07",))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = open_journal(tmp_path / "anna.journal")
    journal.append(told(coach.disclaimer_accepted(), ANNA, RED_FLAG))
    return journal


def brought(journal: Journal, *facts: Fact) -> FileReport:
    file = Path(journal.place).with_suffix(".jsonl")
    file.write_bytes(write_archive(facts))
    return Practice(journal, "anna", lambda: NOW).bring_in([file]).files[0]


def correcting(fact: Fact, body: Value) -> Fact:
    return told(body, at=LATER)[0].model_copy(update={"supersedes": fact.id})


def test_a_whole_record_comes_into_a_new_journal_with_its_corrections_and_clearances(tmp_path: Path) -> None:
    record = [*told(ANNA, RED_FLAG), *told(LIFTED, at=LATER)]
    record.append(told(NoteWritten(text="older"), at=NOW)[0].model_copy(update={"supersedes": record[0].id}))

    with open_journal(tmp_path / "new.journal") as new:
        assert brought(new, *record).facts_new == 4
        assert brought(new, *record).facts_known == 4


def test_a_correction_in_an_archive_does_not_silence_a_red_flag(journal: Journal) -> None:
    known = journal.history("anna").facts
    mended = correcting(known[-1], ScreeningAnswered(answers={"Q07": False}))
    harmless = correcting(known[-1], NoteWritten(text="forget what I said"))

    for forged in (mended, harmless):
        assert "could lift a block" in brought(journal, *known, forged).problem
    assert "corrects a fact that is not in it" in brought(journal, harmless).problem
    assert journal.history("anna").facts == known
    assert screen(journal.history("anna"), NOW).level.rank >= SafetyLevel.REFER.rank


@pytest.mark.parametrize(
    "body",
    [
        LIFTED,
        ScreeningAnswered(answers={"Q07": False}),
        ReadinessAnswered(answers={"new_pain": False}),
        ANNA,
        coach.disclaimer_accepted(),
        DefaultChanged(key="any", value=9),
        PlanKept(plan="any", because="any"),
        RunnerErased(facts=3),
    ],
)
def test_what_could_lift_a_block_is_refused_whole(journal: Journal, body: Value) -> None:
    before = journal.history("anna")
    report = brought(journal, *told(easy_run(MONDAY), body, at=LATER))

    assert "could lift a block" in report.problem
    assert journal.history("anna") == before


def test_what_was_lived_elsewhere_joins_also_with_its_own_corrections(journal: Journal) -> None:
    run = told(easy_run(MONDAY), at=LATER)[0]
    known = journal.history("anna").facts
    mended = told(easy_run(MONDAY, minutes=50), at=NOW)[0].model_copy(update={"supersedes": run.id})
    report = brought(journal, *known, run, mended)

    assert (report.facts_new, report.facts_known, report.problem) == (2, 3, "")


def test_after_erasing_the_own_export_comes_back_whole(journal: Journal) -> None:
    exported = journal.history("anna").facts
    journal.erase("anna", LATER)

    assert brought(journal, *exported).facts_new == 3


def test_another_runners_record_is_refused_and_stands_nowhere(journal: Journal) -> None:
    """An archive never chooses whose journal it is written to."""
    bens = [record(body, "ben", MONDAY) for body in (ANNA, easy_run(MONDAY))]
    known = journal.history("anna").facts

    assert "stands under another name" in brought(journal, *bens).problem
    assert journal.history("ben").facts == ()
    assert journal.history("anna").facts == known
    file = Path(journal.place).with_suffix(".jsonl")
    assert Practice(journal, "ben", lambda: NOW).bring_in([file]).files[0].facts_new == 2, "named on purpose"


def test_what_somebody_did_who_was_let_in_comes_back_only_with_the_runners_word_for_it(
    journal: Journal, tmp_path: Path
) -> None:
    known = journal.history("anna").facts
    theirs = record(NoteWritten(text="more hips"), "anna", LATER, author=coach.author_of("cara"))
    let_in = coach.consent(journal.history("anna"), "cara", "Cara", SharedAs.COACH)
    whole = (*known, *told(*let_in, at=LATER), theirs)

    refused = brought(journal, *known, theirs)
    assert "nobody who was let in" in refused.problem
    assert coach.done_by_others(journal.history("anna"), LATER) == ()
    with open_journal(tmp_path / "new.journal") as new:
        assert "nobody who was let in" in brought(new, *known, theirs).problem
        assert not brought(new, *whole).problem
        assert [act.who for act in coach.done_by_others(new.history("anna"), LATER)] == ["Cara"]
    with open_journal(tmp_path / "other.journal") as other:
        practice = Practice(other, "bert", lambda: NOW)
        file = tmp_path / "whole.jsonl"
        file.write_bytes(write_archive(whole))
        assert not practice.bring_in([file], mine=True).files[0].problem
        assert [act.who for act in coach.done_by_others(practice.history(), LATER)] == ["Cara"]
        assert not coach.may(practice.history(), "cara", coach.Deed.LOOK)


def test_an_archive_of_no_facts_brings_nothing(journal: Journal) -> None:
    assert brought(journal) == FileReport(file=str(Path(journal.place).with_suffix(".jsonl")))


def test_a_restriction_that_nobody_knows_is_refused_and_stops_nobody(journal: Journal) -> None:
    before = journal.history("anna")
    report = brought(journal, *told(RestrictionTightened(tag="zzz"), at=LATER))

    assert "restriction ('zzz') that this Triplane does not know" in report.problem
    assert journal.history("anna") == before
    assert brought(journal, *told(RestrictionTightened(tag="fai"), at=LATER)).facts_new == 1


def away(*_: object, **_more: object) -> Any:
    raise JournalError("the journal is locked by another program")


def test_a_journal_that_is_away_is_no_fault_of_the_file(journal: Journal, monkeypatch: Any) -> None:
    file = Path(journal.place).with_suffix(".json")
    file.write_text("{}")
    monkeypatch.setattr(importing, "is_played", lambda content: True)
    monkeypatch.setattr(importing, "read_played", lambda content, name: None)
    with pytest.raises(JournalError, match="is locked"):
        importing.import_files([file], journal, "anna", NOW, hand_in=away)


def test_a_journal_that_is_away_is_no_fault_of_the_calendar(journal: Journal, monkeypatch: Any) -> None:
    monkeypatch.setattr(Fetching, "fetch", lambda self, address: b"")
    monkeypatch.setattr(importing, "bring_calendar", away)
    with pytest.raises(JournalError, match="is locked"):
        importing.import_address("https://club.example/runs.ics", journal, "anna", NOW)


def test_a_runner_file_answers_what_is_open_as_it_is_recorded(tmp_path: Path) -> None:
    """Another window answers a red flag while the file is read, which then takes nothing as a no."""
    with open_journal(tmp_path / "anna.journal") as journal:
        practice = Practice(journal, "anna", lambda: NOW)
        asked: list[tuple[str, ...]] = []

        class Meanwhile:
            def bodies(self, questions: tuple[str, ...], version: str) -> list[Value]:
                if not asked:
                    practice.record(RED_FLAG)
                asked.append(questions)
                answered = ScreeningAnswered(answers=dict.fromkeys(questions, False))
                return [ANNA, answered] if questions else [ANNA]

        practice.tell(cast(Any, Meanwhile()))
        assert asked == [coach.first_questions(), ()]
        assert screen(practice.history(), NOW).level.needs_professional
