"""Whoever sends many files at once has two read at a time; the rest come again, and nobody else waits."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from threading import Event

import psycopg
import pytest
from test_api_coach import account_of

from activity_files import START, gpx
from programs import Account, Answer, tell_all
from triplane.web.server.turns import AGAIN_S, TURNS, turns_of
from visiting import Running, Visitor

NewRunner = Callable[[], tuple[Visitor, str]]
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
TRIES = {"field": "calendar", "do": "try"}
FILES = 30
HELD = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND "
    "(classid::bigint << 32 | objid::bigint) = ANY (SELECT hashtextextended(unnest(%s::text[]), 0))"
)


@contextmanager
def being_read(server: Running, runner: str) -> Iterator[list[psycopg.Connection]]:
    """Be other processes of the server in which files of an account are being read."""
    with ExitStack() as stack:
        found = []
        for turn in turns_of(runner):
            one = stack.enter_context(psycopg.connect(server.database, autocommit=True))
            one.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [turn])
            found.append(one)
        yield found


def runs_of(account: Account) -> int:
    query = "SELECT count(*) FROM facts WHERE runner = %s AND kind = 'run_recorded'"
    [(found,)] = account.server.ask(query, account.runner)
    return int(str(found))


def held(account: Account) -> int:
    [(found,)] = account.server.ask(HELD, [*turns_of(account.runner)])
    return int(str(found))


def another_run(number: int, points: int = 61) -> bytes:
    return gpx(points=points, start=START - timedelta(days=number))


def test_a_third_file_of_an_account_is_asked_to_wait_and_comes_in_a_moment_later(
    server: Running, planned: Account, newcomer: Account
) -> None:
    program, before = planned.program(), runs_of(planned)
    with being_read(server, planned.runner) as readers:
        late = program.send("files?name=run.gpx", another_run(0))
        assert (late.status, late.kind) == (429, "too-many")
        assert late.headers["Retry-After"] == str(AGAIN_S)
        assert "nothing of these was taken" in late.json["detail"]
        assert runs_of(planned) == before
        assert program.get("day").status == 200, "all else is answered"
        assert newcomer.program().send("files?name=run.gpx", another_run(0)).status == 200, (
            "nobody else waits"
        )

        readers[0].close()  # that process has read its file, or was killed
        wait_until(lambda: held(planned) == TURNS - 1)
        assert program.send("files?name=run.gpx", another_run(0)).json["read"]
    assert runs_of(planned) == before + 1


def wait_until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("path", "page", "how", "name", "content"),
    [
        ("/settings/files/", "/settings/files/", {}, "run.gpx", another_run(0)),
        ("/week/bring/", "/week/", {}, "run.gpx", another_run(0)),
        ("/settings/calendar-words/", "/settings/calendar-words/", TRIES, "club.ics", CALENDAR),
    ],
)
def test_a_page_says_so_and_takes_the_file_once_there_is_time(
    server: Running,
    new_runner: NewRunner,
    path: str,
    page: str,
    how: dict[str, str],
    name: str,
    content: bytes,
) -> None:
    visitor, email = new_runner()
    account = account_of(server, email)
    tell_all(account)
    with being_read(server, account.runner):
        late = visitor.send_file(path, name, content, page=page, **how)
        assert late.status == 429, late.text
        assert late.headers["Retry-After"] == str(AGAIN_S)
        assert "nothing of these was taken" in late.text
        assert 'type="file"' in late.html or f'href="{page}"' in late.html, "there it is sent again"
    assert visitor.send_file(path, name, content, page=page, **how).status == 200


def test_a_turn_is_given_back_whatever_became_of_the_file(planned: Account) -> None:
    program = planned.program()
    for _ in range(TURNS + 2):
        assert not program.send("files?name=run.fit", b"\x0e\x10 no fit").json["read"]
    assert held(planned) == 0


def test_of_thirty_files_at_once_two_are_read_at_a_time_and_all_come_in(
    planned: Account, newcomer: Account
) -> None:
    program, before, over = planned.program(), runs_of(planned), Event()
    asked: list[Answer] = []

    def sends(number: int) -> Answer:
        content, ends = another_run(number, points=2_000), time.monotonic() + 240
        while True:
            answer = program.send(f"files?name=run{number}.gpx", content)
            asked.append(answer)
            if answer.status != 429 or time.monotonic() > ends:
                return answer
            assert answer.headers["Retry-After"]
            time.sleep(0.5)

    def watches() -> int:
        most = 0
        with psycopg.connect(planned.server.database, autocommit=True) as watching:
            while not over.wait(0.005):
                [(found,)] = watching.execute(HELD, [[*turns_of(planned.runner)]]).fetchall()
                most = max(most, found)
        return most

    with ThreadPoolExecutor(FILES + 1) as threads:
        most = threads.submit(watches)
        sent = [threads.submit(sends, number) for number in range(FILES)]
        assert newcomer.program().get("runner").status == 200
        told = [one.result() for one in sent]
        over.set()

    assert {one.status for one in told} == {200}, [one.body for one in told if one.status != 200]
    assert all(one.json["read"] for one in told), [one.json["says"] for one in told]
    assert {one.status for one in asked} == {200, 429}
    assert 1 <= most.result() <= TURNS
    assert held(planned) == 0
    assert runs_of(planned) == before + FILES
