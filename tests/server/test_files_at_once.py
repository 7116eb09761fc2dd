"""Whoever sends many files at once has two read at a time; the rest come again, and nobody else waits."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from threading import Event

import psycopg
import pytest
from test_api_coach import account_of

from activity_files import START, gpx
from programs import Account, Answer, tell_all
from triplane.web.server.environment import OF_EACH_WORKER
from triplane.web.server.lanes import AGAIN_S, READING
from visiting import Running, Visitor

NewRunner = Callable[[], tuple[Visitor, str]]
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
TRIES = {"field": "calendar", "do": "try"}
FILES = 30
AT_ONCE = OF_EACH_WORKER * 2
"""What a server of two processes reads at once, where nobody tells another number."""

HELD = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND "
    "(classid::bigint << 32 | objid::bigint) = ANY (SELECT hashtextextended(unnest(%s::text[]), 0))"
)

BREAKS = HELD.replace("count(*)", "count(pg_terminate_backend(pid))")


@contextmanager
def being_read(server: Running, lanes: Sequence[str]) -> Iterator[list[psycopg.Connection]]:
    """Be other processes of the server in which files are being read on some lanes."""
    with ExitStack() as stack:
        found = []
        for lane in lanes:
            one = stack.enter_context(psycopg.connect(server.database, autocommit=True))
            one.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [lane])
            found.append(one)
        yield found


def runs_of(account: Account) -> int:
    query = "SELECT count(*) FROM facts WHERE runner = %s AND kind = 'run_recorded'"
    [(found,)] = account.server.ask(query, account.runner)
    return int(str(found))


def held(account: Account) -> int:
    [(found,)] = account.server.ask(HELD, [*READING.of(account.runner)])
    return int(str(found))


def another_run(number: int, points: int = 61) -> bytes:
    return gpx(points=points, start=START - timedelta(days=number))


def test_a_third_file_of_an_account_is_asked_to_wait_and_comes_in_a_moment_later(
    server: Running, planned: Account, newcomer: Account
) -> None:
    program, before = planned.program(), runs_of(planned)
    with being_read(server, READING.of(planned.runner)) as readers:
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
        wait_until(lambda: held(planned) == READING.of_account - 1)
        assert program.send("files?name=run.gpx", another_run(0)).json["read"]
    assert runs_of(planned) == before + 1


def test_more_than_the_whole_server_reads_are_asked_to_wait_whoever_sends_them(
    server: Running, planned: Account, newcomer: Account
) -> None:
    with being_read(server, READING.of_all(AT_ONCE)) as readers:
        for one in (planned, newcomer):
            late = one.program().send("files?name=run.gpx", another_run(1))
            assert (late.status, late.kind) == (429, "too-many")
            assert late.headers["Retry-After"] == str(AGAIN_S)
            assert "As many files are being read here as may be at once" in late.json["detail"]
            assert held(one) == 0, "who waits keeps nothing"
        assert planned.program().get("day").status == 200, "all else is answered"

        readers[-1].close()
        program = newcomer.program()
        wait_until(lambda: program.send("files?name=run.gpx", another_run(1)).status == 200)
    assert runs_of(newcomer) == 1


def test_a_lane_that_breaks_costs_nobody_their_file(server: Running, planned: Account) -> None:
    program, before = planned.program(), runs_of(planned)
    with ThreadPoolExecutor(1) as threads:
        sent = threads.submit(program.send, "files?name=run.gpx", another_run(2, points=20_000))
        wait_until(lambda: held(planned) == 1)
        time.sleep(0.1)  # the server's lane is taken after the account's
        [(broken,)] = server.ask(BREAKS, [*READING.of(planned.runner)])
    assert broken == 1, "it was read before its lane could break"
    assert sent.result().status == 200
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
    with being_read(server, READING.of(account.runner)):
        late = visitor.send_file(path, name, content, page=page, **how)
        assert late.status == 429, late.text
        assert late.headers["Retry-After"] == str(AGAIN_S)
        assert "nothing of these was taken" in late.text
        assert 'type="file"' in late.html or f'href="{page}"' in late.html, "there it is sent again"
    assert visitor.send_file(path, name, content, page=page, **how).status == 200


def test_a_lane_is_free_again_whatever_became_of_the_file(planned: Account) -> None:
    program = planned.program()
    for _ in range(READING.of_account + 2):
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
                [(found,)] = watching.execute(HELD, [[*READING.of(planned.runner)]]).fetchall()
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
    assert 1 <= most.result() <= READING.of_account
    assert held(planned) == 0
    assert runs_of(planned) == before + FILES
