"""A group's file leaves as it is made: what is true of a runner at that moment is what leaves and is told."""

import csv
import http.client
import io
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

import psycopg
import pytest

from letting_in import NewRunner, Pair, facts_of, let_in, runner_of, say_yes
from triplane.bootstrap import open_practice
from triplane.history import ConsentEnded, record
from triplane.store.postgresql import POSTGRESQL, WAITS_S
from triplane.store.rows import row_from_fact
from triplane.store.schema import COLUMNS
from visiting import NOW, Running, Visitor

TOLD = {"group": "Club", "before": "2026-09-01", "after": "2026-11-20"}
PATIENCE_S = 30
LOCKING = "pg_advisory_xact_lock"


@pytest.fixture
def three(server: Running, new_runner: NewRunner) -> Pair:
    """A coach with three runners in a group, in the order of their lines: of the pair is the first."""
    pair = let_in(server, new_runner)
    for _ in range(2):
        other, email = new_runner()
        say_yes(Pair(server, pair.coach, pair.coach_email, other, email))
    return pair


def emails(pair: Pair) -> list[str]:
    """Return the addresses of a coach's runners in the order in which they leave."""
    query = (
        "SELECT r.email FROM server_sharing s JOIN server_account c ON c.id = s.coach_id "
        "JOIN server_account r ON r.id = s.runner_id WHERE c.email = %s ORDER BY s.label, s.id"
    )
    return [str(email) for (email,) in pair.server.ask(query, pair.coach_email)]


def told_of_it(pair: Pair) -> list[int]:
    """Return how often each runner was told that something of theirs left."""
    kinds = [[fact[0] for fact in facts_of(pair.server, email)] for email in emails(pair)]
    return [told.count("comparison_taken") for told in kinds]


@contextmanager
def asked(trainer: Visitor, **headers: str) -> Iterator[http.client.HTTPResponse]:
    """Ask for the file and give the answer as soon as it begins."""
    body = urlencode({"csrfmiddlewaretoken": trainer.get("/coach/group/").token, **TOLD})
    sent = {**trainer.heads, **trainer.heads_of_a_form, **headers}
    with closing(http.client.HTTPConnection("127.0.0.1", trainer.port, timeout=PATIENCE_S)) as connection:
        connection.request("POST", "/coach/group/export/", body, sent)
        answer = connection.getresponse()
        assert answer.status == 200
        yield answer


def until(answer: http.client.HTTPResponse, name: bytes) -> bytes:
    """Read on until something of that name has come."""
    came = b""
    while name not in came:
        part = answer.read1(2**16)
        assert part, f"it ended before {name!r}"
        came += part
    return came


@contextmanager
def held(pair: Pair, which: int) -> Iterator[Any]:
    """Let nobody else write of a runner: their part is made, and waits to be recorded."""
    runner = runner_of(pair.server, emails(pair)[which])
    with psycopg.connect(pair.server.database) as connection:
        connection.execute(POSTGRESQL.lock, (runner,))
        yield connection


def waited_for(server: Running, what: str) -> None:
    """Return when the server waits for something that somebody else holds."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"
    ends = time.monotonic() + PATIENCE_S
    while server.ask(query, f"%{what}%") == [(0,)]:
        assert time.monotonic() < ends, f"nobody waits for {what}"
        time.sleep(0.02)


def line(pair: Pair, which: int) -> object:
    query = "SELECT s.id FROM server_sharing s JOIN server_account r ON r.id = s.runner_id WHERE r.email = %s"
    return pair.server.ask(query, emails(pair)[which])[0][0]


def kept(pair: Pair) -> list[tuple[object, ...]]:
    """Return what is kept of the coach's table."""
    query = "SELECT runner, last_seq, body FROM worked_out WHERE runner = ANY(%s) ORDER BY runner"
    return pair.server.ask(query, [runner_of(pair.server, one) for one in emails(pair)])


def rows(content: bytes) -> list[dict[str, str]]:
    told = ZipFile(io.BytesIO(content)).read("table.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(told, newline="")))


def end(pair: Pair, which: int) -> None:
    """Let a runner end what they agreed to."""
    runner = runner_of(pair.server, emails(pair)[which])
    practice = open_practice(pair.server.database, runner, "Europe/Berlin", NOW)
    with practice.journal:
        practice.record(ConsentEnded(to=runner_of(pair.server, pair.coach_email), called="Cara Coach"))


def test_its_beginning_is_there_while_the_first_runner_still_waits(three: Pair) -> None:
    with held(three, 0), asked(three.coach) as answer:
        came = until(answer, b"read-me.txt")
        assert b"001-" not in came
        assert told_of_it(three) == [0, 0, 0]


def test_who_ends_it_while_the_file_leaves_is_not_in_it_and_is_told_nothing(three: Pair) -> None:
    with held(three, 0) as holding, asked(three.coach) as answer:
        came = until(answer, b"read-me.txt")
        end(three, 1)
        holding.commit()
        came += answer.read()
    assert len(rows(came)) == 2
    assert told_of_it(three) == [1, 0, 1]


def test_who_ends_it_when_the_page_is_made_and_not_handed_over_keeps_it(three: Pair) -> None:
    """The page rests on the last fact that was read: where another came behind it, all is asked anew."""
    runner, who = (runner_of(three.server, one) for one in (three.runner_email, three.coach_email))
    at = datetime.fromisoformat(NOW)
    row = row_from_fact(record(ConsentEnded(to=who, called="Cara Coach"), runner, at))
    with held(three, 0) as holding, asked(three.coach) as answer:
        came = until(answer, b"read-me.txt")
        waited_for(three.server, LOCKING)
        marks = ", ".join("%s" for _ in row)
        holding.execute(f"INSERT INTO facts ({', '.join(COLUMNS[1:])}) VALUES ({marks})", row)
        holding.commit()
        came += answer.read()
    assert len(rows(came)) == 2
    assert told_of_it(three) == [0, 1, 1]


def test_of_a_connection_that_breaks_only_those_are_told_whose_pages_left(three: Pair) -> None:
    """The first runner's part has come; the second's is being made when nobody waits for it any more."""
    with psycopg.connect(three.server.database) as making:
        with held(three, 0) as holding, asked(three.coach) as answer:
            until(answer, b"read-me.txt")
            waited_for(three.server, LOCKING)
            making.execute("LOCK TABLE worked_out IN ACCESS EXCLUSIVE MODE")
            holding.commit()
            until(answer, b".csv")
            waited_for(three.server, "worked_out")
        time.sleep(1)  # the server hears of it
    three.coach.get("/coach/")
    time.sleep(1)
    assert told_of_it(three) == [1, 0, 0]


def test_whose_part_cannot_be_made_is_named_and_the_others_leave(three: Pair) -> None:
    damaged = emails(three)[1]
    three.server.tell(
        "UPDATE server_sharing SET label = %s WHERE id = %s", "Anna of the clvb", line(three, 1)
    )
    three.server.tell(
        f"INSERT INTO facts ({', '.join(COLUMNS[1:])}) VALUES ('damaged', %s, 'session_logged', 1, %s, %s, "
        "'2026-11-24', 'Europe/Berlin', 'runner', '', NULL, 'damaged', '{}')",
        *(runner_of(three.server, damaged), NOW, NOW),
    )
    with asked(three.coach) as answer:
        came = answer.read()
    packed = ZipFile(io.BytesIO(came))
    assert len(rows(came)) == 2
    says = packed.read("left-out.txt").decode()
    assert "These runners are not in this file" in says
    assert says.count("Anna of the clvb") == 1
    assert "Anna of the club" not in says
    assert told_of_it(three) == [1, 1, 0], "who was renamed stands last"
    logged = three.server.log.read_text()
    assert "a runner is left out of a group's file" in logged


def test_where_the_journal_is_away_nobody_is_waited_for_in_vain(three: Pair) -> None:
    with held(three, 0) as holding, asked(three.coach) as answer:
        came = until(answer, b"read-me.txt")
        holding.execute("LOCK TABLE facts IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        came += answer.read()
        took_s = time.monotonic() - began
    assert rows(came) == []
    says = ZipFile(io.BytesIO(came)).read("left-out.txt").decode()
    assert says.count("Anna of the club") == 3
    assert took_s < 2.5 * WAITS_S, "the first is waited for, and whether anything answers"
    assert told_of_it(three) == [0, 0, 0]


def test_what_is_said_in_it_is_said_in_the_language_and_on_the_day_of_whoever_asked(three: Pair) -> None:
    """It is made after the answer has begun, when nothing of the request holds any more by itself."""
    away = "UPDATE server_account SET zone = 'Pacific/Honolulu' WHERE email = %s"
    three.server.tell(away, three.coach_email)
    with asked(three.coach, **{"Accept-Language": "de"}) as answer:
        packed = ZipFile(io.BytesIO(answer.read()))
    assert "Gruppe Club" in packed.read("read-me.txt").decode()
    page = next(name for name in packed.namelist() if name.endswith(".html"))
    sheet = packed.read(page).decode()
    assert "20. November 2026" in sheet
    assert re.search(r"Triplane, \w+ 24. November 2026", sheet), "there it is still the day before"


def test_a_table_after_it_is_there_at_once(three: Pair) -> None:
    """Taking a line along leaves it as it is: nothing is worked out anew for that."""
    three.coach.get("/coach/")
    before = kept(three)
    assert len(before) == 3
    with asked(three.coach) as answer:
        assert len(rows(answer.read())) == 3
    assert "Being worked out" not in three.coach.get("/coach/").text
    assert kept(three) == before
