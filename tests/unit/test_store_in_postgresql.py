"""The journal keeps its promises in a server's database as in a file, and moves between them whole."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from cast import ANNA, MONDAY, easy_run, told
from triplane.errors import JournalError, UserError
from triplane.history import AboutRunner, Fact, NoteWritten, RunnerErased, RunRecorded, record
from triplane.store import Journal, JournalMoved, move, open_journal, served_journals

Place = Callable[[], Path | str]


def note(text: str, minutes: int = 0, runner: str = "anna") -> Fact:
    return record(NoteWritten(text=text), runner, MONDAY + timedelta(minutes=minutes))


@pytest.fixture
def place(journal_place: Place) -> Path | str:
    return journal_place()


def test_facts_come_back_as_they_were_told(place: Path | str) -> None:
    facts = told(ANNA, easy_run(MONDAY), NoteWritten(text="Schönes Knie: æøå \N{RUNNER} '\"%s ?"))
    with open_journal(place) as journal:
        journal.append(facts)
    with open_journal(place) as journal:
        read = journal.history("anna").facts

    assert facts == tuple(fact.model_copy(update={"seq": 0}) for fact in read)


def test_handing_in_twice_is_once(place: Path | str) -> None:
    with open_journal(place) as journal:
        assert (len(journal.append(told(ANNA))), len(journal.append(told(ANNA)))) == (1, 0)
        assert len(journal.history("anna").facts) == 1


def test_a_decision_on_an_old_history_is_refused(place: Path | str) -> None:
    with open_journal(place) as journal:
        [first] = journal.append(told(ANNA))
        with pytest.raises(JournalMoved):
            journal.append(told(easy_run(MONDAY)), expected_last=0)
        assert journal.last_seq("anna") == first.seq
        journal.append(told(easy_run(MONDAY)), expected_last=first.seq)


def test_all_or_nothing_when_one_fact_is_wrong(place: Path | str) -> None:
    good, bad = told(ANNA, easy_run(MONDAY))
    with open_journal(place) as journal:
        with pytest.raises(ValueError):
            journal.append([good, bad.model_copy(update={"kind": "unheard_of"})])
        assert journal.history("anna").facts == ()


def test_only_the_wanted_kinds_and_days_are_read(place: Path | str) -> None:
    with open_journal(place) as journal:
        journal.append(told(ANNA, easy_run(MONDAY)))
        only_about = journal.history("anna", {"about_runner": None})
        nothing = journal.history("anna", {"run_recorded": MONDAY.date().replace(year=2027)})
        since = journal.history("anna", {"run_recorded": MONDAY.date(), "about_runner": None})
        later = journal.history_from("anna", journal.last_seq("anna"))

    assert only_about.latest(AboutRunner) == ANNA
    assert only_about.latest(RunRecorded) is None
    assert nothing.facts == ()
    assert len(since.facts) == 2
    assert [fact.kind for fact in later] == ["run_recorded"]


def test_erasing_leaves_one_receipt_and_the_others(place: Path | str) -> None:
    with open_journal(place) as journal:
        journal.append([note("my very secret knee"), note("ben's", runner="ben")])
        journal.erase("anna", MONDAY)

        [receipt] = journal.history("anna").facts
        assert RunnerErased(facts=1) == receipt.body
        assert journal.runners() == ("anna", "ben")


def at_once(*works: Callable[[], object]) -> None:
    """Do several things in threads that all begin at the same moment."""
    ready = threading.Barrier(len(works))

    def begin(work: Callable[[], object]) -> None:
        ready.wait()
        work()

    threads = [threading.Thread(target=begin, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_four_writers_at_once_lose_nothing(place: Path | str) -> None:
    open_journal(place).close()

    def write(who: str) -> None:
        with open_journal(place) as journal:
            for number in range(20):
                journal.append([note(f"{who}{number}", number)])

    at_once(*(partial(write, who) for who in "abcd"))
    with open_journal(place) as journal:
        assert len(journal.history("anna").facts) == 80


def test_of_four_who_decide_on_the_same_facts_one_decides(place: Path | str) -> None:
    with open_journal(place) as journal:
        [first] = journal.append([note("the last that all know")])
    could = list[bool]()

    def decide(who: str) -> None:
        with open_journal(place) as journal:
            try:
                journal.append([note(who, 1)], expected_last=first.seq)
                could.append(True)
            except JournalMoved:
                could.append(False)

    at_once(*(partial(decide, who) for who in "abcd"))
    assert sorted(could) == [False, False, False, True]


def test_a_journal_moves_there_and_back_and_every_fact_is_the_same(tmp_path: Path, database: str) -> None:
    file, other = tmp_path / "a.journal", tmp_path / "b.journal"
    with open_journal(file) as journal:
        journal.append([note(f"{n}", n, runner) for n in range(300) for runner in ("anna", "ben")])
        journal.erase("ben", MONDAY)
    with open_journal(file) as source, open_journal(database) as served:
        there = move(source, served)
        assert (there.facts, there.new, there.runners) == (301, 301, 2)
        assert served.history("anna") == source.history("anna")
        [new] = served.append([note("on the server", 999)])
        assert new.seq > source.last_seq("ben")

        back = move(served, source)
        assert (back.facts, back.new) == (302, 1)
        with open_journal(other) as fresh:
            assert move(served, fresh).new == 302
            assert fresh.rows_after(0, 999) == source.rows_after(0, 999) == served.rows_after(0, 999)
        assert move(source, served).new == 0


def test_a_journal_of_others_is_not_mixed_with(journal_place: Place) -> None:
    with open_journal(journal_place()) as one, open_journal(journal_place()) as other:
        one.append([note("mine")])
        other.append([note("theirs", runner="ben")])
        with pytest.raises(UserError, match="not those of this journal"):
            move(one, other)
        assert other.runners() == ("ben",)
        one.append([note("mine, too", 1)])
        with pytest.raises(UserError, match="lies already"):
            move(one, one)


def test_a_place_that_holds_more_is_not_moved_to(journal_place: Place) -> None:
    with open_journal(journal_place()) as one, open_journal(journal_place()) as other:
        one.append([note("mine")])
        move(one, other)
        other.append([note("newer", 1)])
        with pytest.raises(UserError, match="not those of this journal"):
            move(one, other)
        assert len(other.history("anna").facts) == 2


def test_what_did_not_come_whole_is_taken_back(journal_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_journal(journal_place()) as one, open_journal(journal_place()) as other:
        one.append([note("mine"), note("and mine", 1)])
        bringing = Journal.bring
        monkeypatch.setattr(Journal, "bring", lambda journal, rows: bringing(journal, rows[:-1]))
        with pytest.raises(JournalError, match="whole"):
            move(one, other)
        assert other.runners() == ()


# What only a server's database can get wrong.


def test_facts_cannot_be_changed_behind_our_back(database: str) -> None:
    import psycopg

    with open_journal(database) as journal:
        journal.append(told(ANNA))
    with psycopg.connect(database, autocommit=True) as raw:
        for statement in ("UPDATE facts SET body = '{}'", "TRUNCATE facts"):
            with pytest.raises(psycopg.IntegrityError, match="never changed"):
                raw.execute(statement)
    with open_journal(database) as journal:
        assert journal.history("anna").latest(AboutRunner) == ANNA


def test_many_processes_that_begin_at_once_make_one_table(database: str) -> None:
    opened = list[bool]()

    def begin() -> None:
        with open_journal(database):
            opened.append(True)

    at_once(*[begin] * 6)
    assert len(opened) == 6


def test_a_runner_held_by_another_writer_is_a_sentence(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triplane.store.postgresql.WAITS_S", 1)
    with (
        open_journal(database) as holds,
        open_journal(database) as waits,
        holds.held(),
        pytest.raises(JournalError, match="in use by another program"),
    ):
        waits.append(told(ANNA))


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("COMMENT ON TABLE facts IS 'Triplane journal, version 99'", "newer Triplane"),
        ("COMMENT ON TABLE facts IS 'recipes'", "another program"),
    ],
)
def test_a_newer_or_foreign_table_is_refused(database: str, statement: str, says: str) -> None:
    import psycopg

    open_journal(database).close()
    with psycopg.connect(database, autocommit=True) as raw:
        raw.execute(statement)  # type: ignore[arg-type]
    with pytest.raises(JournalError, match=says):
        open_journal(database)


def test_a_server_that_is_away_is_a_sentence_without_the_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg_pool", reason="the packages of the extra called server are not here")
    address = f"postgresql://anna:secret@/nowhere?host={tmp_path}&connect_timeout=1"
    with pytest.raises(JournalError, match="cannot be reached") as said:
        open_journal(address)
    assert "secret" not in str(said.value)
    with pytest.raises(JournalError, match="cannot be understood"):
        open_journal("postgresql://[")


def test_a_zero_byte_is_a_sentence_and_a_mistake_of_ours_is_seen(database: str) -> None:
    import psycopg

    with open_journal(database) as journal:
        with pytest.raises(JournalError, match="zero byte"):
            journal.append([note("x").model_copy(update={"reason": "a\0b"})])
        assert journal.history("anna").facts == ()
        with pytest.raises(psycopg.errors.UndefinedColumn):
            journal._read("SELECT nothing FROM facts", ())
        with pytest.raises(psycopg.IntegrityError):
            journal._read("INSERT INTO facts (id) VALUES (?)", ("no runner",))
        journal.append(told(ANNA))


def test_connections_are_used_again_and_one_that_was_cut_is_made_anew(database: str) -> None:
    import psycopg

    journals = served_journals(database)
    journals.prepare()
    for number in range(30):
        with journals.open() as journal:
            journal.append([note(f"{number}", number)])
    with psycopg.connect(database, autocommit=True) as raw:
        ours = "application_name = 'triplane'"
        [(count,)] = raw.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {ours}").fetchall()
        assert count == 1
        raw.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}")
    with journals.open() as journal:
        assert len(journal.history("anna").facts) == 30
    journals.close()
