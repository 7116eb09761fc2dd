"""The journal keeps every fact, takes each once, and says what is wrong in a sentence."""

import json
import multiprocessing
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cast import ANNA, MONDAY, easy_run, told
from triplane.errors import JournalError, Overtaken
from triplane.history import AboutRunner, NoteWritten, RunnerErased, RunRecorded
from triplane.store import Journal, JournalMoved, open_journal
from triplane.store.sqlite import SQLITE


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "anna.journal"


def test_facts_come_back_as_they_were_told(place: Path) -> None:
    facts = told(ANNA, easy_run(MONDAY), NoteWritten(text="Schönes Knie: æøå"))
    with open_journal(place) as journal:
        journal.append(facts)

    with open_journal(place) as journal:
        read = journal.history("anna").facts

    assert facts == tuple(fact.model_copy(update={"seq": 0}) for fact in read)
    assert [fact.seq for fact in read] == [1, 2, 3]


def test_handing_in_twice_is_once(place: Path) -> None:
    with open_journal(place) as journal:
        first = journal.append(told(ANNA))
        second = journal.append(told(ANNA))

        assert (len(first), len(second)) == (1, 0)
        assert len(journal.history("anna").facts) == 1


def test_a_decision_on_an_old_history_is_refused(place: Path) -> None:
    with open_journal(place) as journal:
        journal.append(told(ANNA))

        with pytest.raises(JournalMoved):
            journal.append(told(easy_run(MONDAY)), expected_last=0)
        assert journal.last_seq("anna") == 1


def test_facts_follow_only_what_was_looked_at_and_what_was_added_on_it(place: Path) -> None:
    known, plan, change, others, late = told(ANNA, *(easy_run(MONDAY + timedelta(days=n)) for n in range(4)))
    with open_journal(place) as journal:
        journal.append([known])
        ours = journal.following("anna", {0, 1})
        [added] = ours.append([plan], expected_last=1)
        ours.append([change], expected_last=added.seq)
        assert ours.append((), expected_last=1) == ()

        journal.append([others])
        last = journal.last_seq("anna")
        for expected in (None, last, last - 1):
            with pytest.raises(Overtaken):
                ours.append([late], expected_last=expected)
        assert journal.last_seq("anna") == last
        with pytest.raises(Overtaken):
            journal.following("anna", {last - 1})


def test_all_or_nothing_when_one_fact_is_wrong(place: Path) -> None:
    good, bad = told(ANNA, easy_run(MONDAY))
    with open_journal(place) as journal:
        with pytest.raises(ValueError):
            journal.append([good, bad.model_copy(update={"kind": "unheard_of"})])

        assert journal.history("anna").facts == ()


def test_only_the_wanted_kinds_and_days_are_read(place: Path) -> None:
    with open_journal(place) as journal:
        journal.append(told(ANNA, easy_run(MONDAY)))

        only_about = journal.history("anna", {"about_runner": None})
        nothing = journal.history("anna", {"run_recorded": MONDAY.date().replace(year=2027)})

    assert only_about.latest(AboutRunner) == ANNA
    assert only_about.latest(RunRecorded) is None
    assert nothing.facts == ()


def test_what_a_fact_says_is_written_whole_so_that_no_later_default_changes_it(place: Path) -> None:
    with open_journal(place) as journal:
        journal.append(told(AboutRunner()))
    with sqlite3.connect(place) as raw:
        [(body,)] = raw.execute("SELECT body FROM facts").fetchall()

    assert set(AboutRunner.model_fields) == set(json.loads(body))


def test_facts_of_several_runners_cannot_follow_one_number(place: Path) -> None:
    both = [*told(ANNA), *told(ANNA, runner="ben")]
    with open_journal(place) as journal:
        with pytest.raises(ValueError, match="several runners"):
            journal.append(both, expected_last=0)

        assert len(journal.append(both)) == 2


def test_a_mistake_of_the_program_is_not_called_a_damaged_journal(place: Path) -> None:
    said: list[BaseException] = []

    def read() -> None:
        try:
            journal.history("anna")
        except BaseException as error:
            said.append(error)

    with open_journal(place) as journal:
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()

        [error] = said
        assert isinstance(error, sqlite3.ProgrammingError)
        with pytest.raises(sqlite3.IntegrityError):
            journal._read("INSERT INTO facts (id) VALUES (?)", ("no runner",))


def test_a_command_that_is_done_is_on_the_disk(place: Path) -> None:
    full = 2
    with open_journal(place) as journal:
        assert journal._read("PRAGMA synchronous", ()) == [(full,)]


class _Percent:
    """A database that marks values by ``%s`` and locks by the runner, over an SQLite one."""

    def __init__(self, place: Path) -> None:
        self.inner = sqlite3.connect(place, isolation_level=None)
        self.heard: list[tuple[str, tuple[Any, ...]]] = []

    def execute(self, query: str, values: tuple[Any, ...] = (), /) -> sqlite3.Cursor:
        assert "?" not in query
        word = query.split(maxsplit=1)[0]
        self.heard.append((word, values if word == "HOLD" else ()))
        return self.inner.execute("SELECT ?" if word == "HOLD" else query.replace("%s", "?"), values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def test_the_journal_speaks_another_databases_dialect(place: Path) -> None:
    open_journal(place).close()
    other = _Percent(place)
    wiped = list[object]()
    dialect = replace(
        SQLITE,
        placeholder="%s",
        begin="BEGIN",
        lock="HOLD",
        leaves_no_trace=lambda connection: not wiped.append(connection),
    )

    with Journal(other, "elsewhere", dialect) as journal:
        journal.append([*told(ANNA, runner="ben"), *told(ANNA)])
        assert other.heard[:3] == [("BEGIN", ()), ("HOLD", ("anna",)), ("HOLD", ("ben",))]
        assert len(journal.history("anna", {"about_runner": None}).facts) == 1
        with pytest.raises(JournalMoved):
            journal.append(told(easy_run(MONDAY)), expected_last=7)
        journal.erase("anna", MONDAY)

    assert ("HOLD", ("anna",)) in other.heard[6:]
    assert wiped == [other]


def test_facts_cannot_be_changed_behind_our_back(place: Path) -> None:
    with open_journal(place) as journal:
        journal.append(told(ANNA))

    with sqlite3.connect(place) as raw, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        raw.execute("UPDATE facts SET body = '{}'")


def test_erasing_leaves_one_receipt_and_no_word_of_the_runner(place: Path) -> None:
    with open_journal(place) as journal:
        journal.append(told(NoteWritten(text="my very secret knee")))
        journal.append(told(ANNA, runner="ben"))
        journal.erase("anna", MONDAY)

        [receipt] = journal.history("anna").facts
        assert RunnerErased(facts=1) == receipt.body
        assert len(journal.history("ben").facts) == 1
    assert all(b"secret knee" not in path.read_bytes() for path in place.parent.iterdir())


def test_erasing_while_another_program_reads_says_that_traces_stay(place: Path) -> None:
    with open_journal(place) as journal:
        journal.append(told(NoteWritten(text="my very secret knee")))
        with closing(sqlite3.connect(place)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM facts").fetchall()
            with pytest.raises(JournalError, match="removed, but another program"):
                journal.erase("anna", MONDAY)
            assert [fact.kind for fact in journal.history("anna").facts] == ["runner_erased"]
        journal.erase("anna", MONDAY)

    assert all(b"secret knee" not in path.read_bytes() for path in place.parent.iterdir())


def test_a_newer_journal_is_refused_and_left_alone(place: Path) -> None:
    open_journal(place).close()
    with sqlite3.connect(place) as raw:
        raw.execute("PRAGMA user_version = 99")
    before = place.read_bytes()

    with pytest.raises(JournalError, match="newer Triplane"):
        open_journal(place)
    assert before == place.read_bytes()


def test_a_fact_of_a_newer_kind_is_refused_by_name(place: Path) -> None:
    with open_journal(place) as journal:
        journal.append(told(ANNA))
        journal._connection.execute("DROP TRIGGER facts_never_change")
        journal._connection.execute("UPDATE facts SET version = 7")

        with pytest.raises(JournalError, match="from a newer Triplane"):
            journal.history("anna")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_file_that_is_no_journal_is_left_alone_or_used_when_empty(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True)
    place.write_bytes(content)

    if content:
        with pytest.raises(JournalError, match="damaged"):
            open_journal(place)
        assert content == place.read_bytes()
    else:
        open_journal(place).close()


def test_another_programs_database_is_refused(place: Path) -> None:
    place.parent.mkdir(parents=True)
    with sqlite3.connect(place) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")

    with pytest.raises(JournalError, match="another program"):
        open_journal(place)


def test_a_damaged_page_is_a_sentence(place: Path) -> None:
    with open_journal(place) as journal:
        for day in range(200):
            journal.append(
                told(
                    NoteWritten(text=f"{day} " + "x" * 500),
                    at=MONDAY.replace(minute=day % 60, second=day % 7, microsecond=day),
                )
            )
        journal._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(place.read_bytes())
    content[4096:40960] = b"\xff" * (40960 - 4096)
    place.write_bytes(bytes(content))

    with pytest.raises(JournalError), open_journal(place) as journal:
        journal.history("anna")


def test_a_locked_journal_is_a_sentence(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triplane.store.sqlite.BUSY_S", 0.05)
    open_journal(place).close()
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    with open_journal(place) as journal, pytest.raises(JournalError, match="in use by another program"):
        journal.append(told(ANNA))
    other.rollback()


def test_a_read_only_journal_is_a_sentence(place: Path) -> None:
    with open_journal(place) as journal:
        journal._connection.execute("PRAGMA query_only = 1")

        with pytest.raises(JournalError, match="read-only"):
            journal.append(told(ANNA))


def _append_many(place: Path, who: int) -> None:
    with open_journal(place) as journal:
        for number in range(25):
            journal.append(
                told(NoteWritten(text=f"{who}-{number}"), at=MONDAY.replace(microsecond=who * 100 + number))
            )


def test_a_full_disk_is_a_sentence_and_keeps_all_of_a_command_or_nothing(place: Path) -> None:
    runs = (easy_run(MONDAY + timedelta(hours=hours)) for hours in range(400))
    many = told(*runs, at=MONDAY.replace(second=30))
    with open_journal(place) as journal:
        journal.append(told(ANNA))
        journal._connection.execute("PRAGMA max_page_count = 20")
        with pytest.raises(JournalError, match="does not fit on its disk any more; nothing was changed"):
            journal.append(many)
        assert len(journal.history("anna").facts) == 1
        journal._connection.execute("PRAGMA max_page_count = 100000")
        journal.append(many)
        journal.append(many)
        assert len(journal.history("anna").facts) == 401


def test_two_processes_at_once_lose_nothing(place: Path) -> None:
    open_journal(place).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append_many, args=(place, who)) for who in (1, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with open_journal(place) as journal:
        assert len(journal.history("anna").facts) == 50


def _die_in_the_middle(place: Path) -> None:
    import os

    journal = open_journal(place)
    journal._connection.execute("BEGIN IMMEDIATE")
    journal._insert(told(easy_run(MONDAY))[0])
    os._exit(9)


def test_a_crash_in_the_middle_loses_only_the_command_under_way(place: Path) -> None:
    with open_journal(place) as journal:
        journal.append(told(ANNA))
    process = multiprocessing.get_context("spawn").Process(target=_die_in_the_middle, args=(place,))
    process.start()
    process.join()

    with open_journal(place) as journal:
        assert process.exitcode == 9
        assert len(journal.history("anna").facts) == 1
