"""Whoever has a week planned many times at once has it planned once; the rest ask again, and nobody waits."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import psycopg
from test_api_coach import account_of
from test_files_at_once import AT_ONCE, HELD, being_read, wait_until

from programs import Account, tell_all
from triplane.web.server.lanes import AGAIN_S, PLANNING
from visiting import Running, Visitor

NewRunner = Callable[[], tuple[Visitor, str]]
CLIENTS = 16
SLOWEST_S = 3
"""In which another runner is answered on two cores that others use too; it takes a tenth of that."""


def told_anew(account: Account, minutes: int) -> None:
    """Tell another usual week, so that the week is to be planned again."""
    program = account.program()
    week = program.get("usual-week").json
    week["home_session_at"] = week["home_session_at"][:5]
    assert program.put("usual-week", {**week, "weekly_minutes": minutes}).status == 200


def plans_of(account: Account) -> int:
    query = "SELECT count(*) FROM facts WHERE runner = %s AND kind IN ('plan_issued', 'plan_kept')"
    [(found,)] = account.server.ask(query, account.runner)
    return int(str(found))


def test_while_a_week_is_planned_it_is_planned_no_second_time_and_nobody_else_waits(
    server: Running, planned: Account, newcomer: Account
) -> None:
    tell_all(newcomer)
    for one in (planned, newcomer):
        told_anew(one, 50)
    program, before = planned.program(), plans_of(planned)
    with being_read(server, PLANNING.of(planned.runner)):
        late = program.post("plan")
        assert (late.status, late.kind) == (429, "too-many")
        assert late.headers["Retry-After"] == str(AGAIN_S)
        assert "Your week is being planned already" in late.json["detail"]
        assert plans_of(planned) == before
        assert program.get("usual-week").json["weekly_minutes"] == 50, "what was told stays"
        day = {"goes": "away"}
        assert program.put("changes/day/2026-11-26", day).status == 429
        assert newcomer.program().post("plan").status == 200, "nobody else waits"
    wait_until(lambda: program.post("plan").status == 200)
    assert plans_of(planned) == before + 1


def test_a_week_that_stands_is_shown_whatever_is_being_planned(server: Running, planned: Account) -> None:
    program = planned.program()
    wait_until(lambda: program.post("plan").status == 200)
    with being_read(server, PLANNING.of(planned.runner)), being_read(server, PLANNING.of_all(AT_ONCE)):
        assert program.post("plan").status == 200
        assert program.get("day").status == 200


def test_more_than_the_whole_server_plans_are_asked_to_wait(server: Running, planned: Account) -> None:
    told_anew(planned, 55)
    program = planned.program()
    with being_read(server, PLANNING.of_all(AT_ONCE)) as planners:
        late = program.post("plan")
        assert (late.status, late.kind) == (429, "too-many")
        assert "As many weeks are being planned here as may be at once" in late.json["detail"]
        planners[-1].close()
        wait_until(lambda: program.post("plan").status == 200)


def test_a_page_says_so_and_makes_the_week_once_there_is_time(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    account = account_of(server, email)
    tell_all(account)
    told_anew(account, 50)
    with being_read(server, PLANNING.of(account.runner)):
        late = visitor.post("/plan/", {"back": "/"})
        assert late.status == 429, late.text
        assert late.headers["Retry-After"] == str(AGAIN_S)
        assert "Your week is being planned already" in late.text
    before = plans_of(account)

    def plans() -> bool:
        visitor.get("/")  # the page that asks for the week
        return visitor.post("/plan/", {"back": "/"}).status < 400

    wait_until(plans)
    assert plans_of(account) == before + 1


def test_of_sixteen_that_change_and_plan_one_week_one_plans_at_a_time_and_another_runner_is_answered(
    planned: Account, newcomer: Account
) -> None:
    tell_all(newcomer)
    other, over = newcomer.program(), Event()
    other.post("plan")

    def hogs(number: int) -> list[int]:
        program, found = planned.program(), []
        week = program.get("usual-week").json
        week["home_session_at"] = week["home_session_at"][:5]
        for n in range(2):
            told = {**week, "weekly_minutes": 40 + (number * 7 + n * 13) % 80}
            found += [program.put("usual-week", told).status, program.post("plan").status]
        return found

    def watches() -> int:
        most = 0
        with psycopg.connect(planned.server.database, autocommit=True) as watching:
            while not over.wait(0.01):
                [(found,)] = watching.execute(HELD, [[*PLANNING.of(planned.runner)]]).fetchall()
                most = max(most, found)
        return most

    with ThreadPoolExecutor(CLIENTS + 1) as threads:
        watched = threads.submit(watches)
        hogging = [threads.submit(hogs, number) for number in range(CLIENTS)]
        looks = []
        while not all(one.done() for one in hogging):
            began = time.monotonic()
            looks.append((other.get("day").status, time.monotonic() - began))
            time.sleep(0.1)
        over.set()
    asked = Counter(status for one in hogging for status in one.result())
    assert asked.keys() <= {200, 429}, asked
    assert {status for status, _ in looks} == {200}
    assert watched.result() == 1
    assert max(took for _, took in looks) < SLOWEST_S
    wait_until(lambda: planned.program().post("plan").status == 200)
