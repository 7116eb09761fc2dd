"""What goes wrong under a server: nothing is lost, nothing doubled, and it is said in a sentence."""

import json
import os
import re
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from test_sharing_served import invited, let_in, runner_of

from night import WIDE
from triplane.bootstrap import open_practice
from triplane.formats.runner_file import sample_runner
from visiting import PASSWORD, Page, Running, Visitor, running, signed_up

NewRunner = Callable[[], tuple[Visitor, str]]
MORNING = {"region": "front_of_hip", "kind": "joint", "score": "5"}
FORMS = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
ASLEEP = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()"


def mornings(server: Running, email: str) -> int:
    query = "SELECT count(*) FROM facts WHERE runner = %s AND kind = 'checkin_answered'"
    [(found,)] = server.ask(query, runner_of(server, email))
    return int(str(found))


def tell_everything(server: Running, email: str) -> None:
    practice = open_practice(server.database, runner_of(server, email), "Europe/Berlin", "2026-11-23T05:30")
    with practice.journal:
        practice.tell(sample_runner("marathoner", practice.now.date()))
        practice.week()


def a_morning(score: int) -> dict[str, object]:
    """A morning that was not told before: one told again in the same words is not recorded again."""
    told = {f"form-0-{field}": value for field, value in {**MORNING, "score": score}.items()}
    return {**FORMS, **told, "once": secrets.token_hex(16)}


@pytest.fixture(scope="module")
def own(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Visitor, str]]:
    """A server with a database of its own, and a runner who told everything."""
    name = f"faults_{secrets.token_hex(6)}"  # one process may have it twice, with other tests between
    with psycopg.connect(postgres, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    address = postgres.replace("/postgres?", f"/{name}?")
    with running(address, tmp_path_factory.mktemp("faults")) as server:
        visitor = signed_up(server, "faults@example.org")
        tell_everything(server, "faults@example.org")
        yield server, visitor, "faults@example.org"


def answering(server: Running) -> set[int]:
    """Return the processes that answer now; any of them may be the one that writes."""
    begun = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    return {line["process"] for line in lines} & set(map(int, begun))


@contextmanager
def away(address: str) -> Iterator[None]:
    """Let nobody into a database until the block ends, and end the connections there are."""
    [name] = re.findall(r"/(\w+)\?", address)
    with psycopg.connect(address.replace(f"/{name}?", "/postgres?"), autocommit=True) as database:
        database.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")  # type: ignore[arg-type]
        try:
            database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            yield
        finally:
            database.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")  # type: ignore[arg-type]


def sent_until_taken(visitor: Visitor, told: dict[str, object], seconds: float = 60) -> Page | None:
    """Send a form as a patient person does: again, until it is taken."""
    ends, answer = time.monotonic() + seconds, None
    while time.monotonic() < ends:
        with suppress(OSError):
            answer = visitor.once("POST", "/checkin/", told)
            if answer.status == 302:
                return answer
        time.sleep(0.2)
    return answer


@WIDE
def test_a_form_that_is_sent_while_the_database_is_gone_for_ten_seconds_is_taken_once_after(
    own: tuple[Running, Visitor, str],
) -> None:
    server, visitor, email = own
    told = {**a_morning(1), "csrfmiddlewaretoken": visitor.get("/checkin/").token}
    before = mornings(server, email)
    with away(server.database):
        ends = time.monotonic() + 10
        while time.monotonic() < ends:
            answer = visitor.once("POST", "/checkin/", told)
            assert answer.status == 503
            assert "cannot be reached just now" in answer.text
    taken = sent_until_taken(visitor, told)
    assert taken
    assert taken.status == 302
    again = visitor.once("POST", "/checkin/", told)
    assert again.status == 302
    assert mornings(server, email) == before + 1


@WIDE
def test_a_process_that_is_killed_while_it_writes_wrote_nothing_and_the_form_is_taken_once_after(
    own: tuple[Running, Visitor, str],
) -> None:
    server, visitor, email = own
    told = {**a_morning(2), "csrfmiddlewaretoken": visitor.get("/checkin/").token}
    before = mornings(server, email)

    def send() -> None:
        with suppress(OSError):
            visitor.once("POST", "/checkin/", told)

    with psycopg.connect(server.database, autocommit=True) as holding:
        holding.execute(
            "SELECT pg_advisory_lock(hashtextextended(%s, 0))", [runner_of(server, email)]
        )  # as another writer would: the process now waits in the middle of its transaction
        sending = threading.Thread(target=send)
        sending.start()
        ends = time.monotonic() + 20
        while not holding.execute(ASLEEP).fetchall():
            assert time.monotonic() < ends, "nobody writes"
        for process in answering(server):
            os.kill(process, signal.SIGKILL)
        sending.join()
    assert mornings(server, email) == before
    taken = sent_until_taken(visitor, told)
    assert taken
    assert taken.status == 302
    assert mornings(server, email) == before + 1


@contextmanager
def full(address: str, table: str) -> Iterator[None]:
    """Let the disk be full for whoever writes a row of a table, as PostgreSQL says it."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
        )
        connection.execute(
            f"CREATE TRIGGER no_room BEFORE INSERT ON {table} "  # type: ignore[arg-type]
            "FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
        try:
            yield
        finally:
            connection.execute("DROP FUNCTION no_room CASCADE")


@WIDE
def test_a_full_disk_is_a_sentence_and_what_was_sent_is_taken_once_there_is_room(
    own: tuple[Running, Visitor, str],
) -> None:
    server, visitor, email = own
    told = {**a_morning(3), "csrfmiddlewaretoken": visitor.get("/checkin/").token}
    before = mornings(server, email)
    with full(server.database, "facts"):
        answer = visitor.once("POST", "/checkin/", told)
        assert answer.status == 503
        assert "does not fit on its disk any more" in answer.text
        assert visitor.get("/settings/").status == 200, "reading goes on"
    assert mornings(server, email) == before
    assert visitor.once("POST", "/checkin/", told).status == 302
    assert mornings(server, email) == before + 1


def test_a_table_is_shown_where_nothing_can_be_kept_beside_the_journal(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    server.tell("DELETE FROM worked_out")
    with full(server.database, "worked_out"):
        assert "Anna of the club" in pair.coach.get("/coach/").text
    assert server.ask("SELECT count(*) FROM worked_out") == [(0,)]
    assert "Anna of the club" in pair.coach.get("/coach/").text
    assert server.ask("SELECT count(*) FROM worked_out") == [(1,)]


def test_what_is_told_shows_in_the_table_at_once_and_is_worked_out_before_it_is_asked_for(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    name = runner_of(server, pair.runner_email)
    assert "Something hurts" not in pair.coach.get("/coach/").text
    pair.runner.get("/checkin/")
    told = {f"form-0-{field}": value for field, value in MORNING.items()}
    pair.runner.post("/checkin/", {**FORMS, **told})
    [(kept,)] = server.ask(
        "SELECT last_seq = (SELECT max(seq) FROM facts WHERE runner = %s) FROM worked_out WHERE runner = %s",
        *(name, name),
    )
    assert kept, "the line was not worked out when it was told"
    assert "Something hurts" in pair.coach.get("/coach/").text


def test_two_coaches_who_write_at_once_both_stand_on_the_record(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    other, email = new_runner()
    pair.runner.get(address := invited(other))
    pair.runner.post(address, {})
    both = (pair.coach, other)
    for one in both:
        one.post(re.findall(r"/coach/runner/\d+/(?=\")", one.get("/coach/").html)[0], {})
        one.get("/coach/runner/")
    ready = threading.Barrier(2)

    def write(who: Visitor) -> None:
        token = who.seen.token if who.seen else ""
        for number in range(5):
            ready.wait()
            note = {"what": "note", "text": f"Note {number}.", "csrfmiddlewaretoken": token}
            who.once("POST", "/coach/runner/", {**note, "once": secrets.token_hex(16)})

    writing = [threading.Thread(target=write, args=(one,)) for one in both]
    for one in writing:
        one.start()
    for one in writing:
        one.join()
    found = server.ask(
        "SELECT author, body FROM facts WHERE runner = %s AND kind = 'note_written'",
        runner_of(server, pair.runner_email),
    )
    authors = {f"coach:{runner_of(server, one)}" for one in (pair.coach_email, email)}
    assert len(found) == len(set(found)) == 10
    assert {author for author, _ in found} == authors


def test_a_clock_that_was_moved_back_loses_and_doubles_nothing(
    server: Running, new_runner: NewRunner, tmp_path: Path
) -> None:
    """The journal's order decides; a form that was sent before stays sent."""
    _, email = new_runner()
    tell_everything(server, email)
    runner = runner_of(server, email)
    for hour, key in ((9, "one"), (7, "two"), (7, "one")):
        practice = open_practice(server.database, runner, "Europe/Berlin", f"2026-11-25T{hour:02}:00")
        with practice.journal:
            body = sample_runner("marathoner", practice.now.date()).bodies((), "1")[-1]
            practice.record(body, origin_key=f"page:{key}")
            assert practice.history().facts[-1].origin_key == "page:two" or key == "one"
    kept = server.ask("SELECT origin_key FROM facts WHERE runner = %s AND origin_key LIKE 'page:%%'", runner)
    assert kept == [("page:one",), ("page:two",)]


@WIDE
def test_an_account_that_could_not_be_erased_is_not_locked_out_and_says_no_address(
    own: tuple[Running, Visitor, str],
) -> None:
    server, _, _ = own
    visitor = signed_up(server, "closing@example.org")
    tell_everything(server, "closing@example.org")
    page = visitor.get("/accounts/close/")
    if "reauthenticate" in page.path:
        page = visitor.post(page.path, {"password": PASSWORD})
    told = {"email": "closing@example.org", "csrfmiddlewaretoken": page.token}
    with psycopg.connect(server.database) as other:
        other.execute("LOCK TABLE facts IN SHARE ROW EXCLUSIVE MODE")
        answer = visitor.once("POST", "/accounts/close/", told)
    assert answer.status == 503
    assert "postgresql:" not in answer.text
    assert visitor.get("/accounts/").status == 200
    assert visitor.once("POST", "/accounts/close/", told).status == 302
    assert server.ask("SELECT id FROM server_account WHERE email = %s", "closing@example.org") == []


@WIDE
@pytest.mark.parametrize("address", ["/accounts/reminders/end/%00/", "/accounts/oidc/%00/login/", "/%00"])
def test_an_address_that_no_database_takes_is_no_fault_of_ours(
    own: tuple[Running, Visitor, str], address: str
) -> None:
    assert own[1].once("GET", address).status == 400
