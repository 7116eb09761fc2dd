"""What comes several times at once, over two processes: taken once, and nothing honest is refused."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from programs import Account, Answer, account_in, marathoner_in, ready
from triplane import coach
from triplane.formats.archive import pack
from visiting import Running


def together(number: int, asks: Callable[[int], Answer]) -> list[Answer]:
    """Ask so many times at the same moment."""
    with ThreadPoolExecutor(number) as threads:
        return [*threads.map(asks, range(number))]


def facts_of(account: Account, kind: str) -> int:
    query = "SELECT count(*) FROM facts WHERE runner = %s AND kind = %s"
    [(found,)] = account.server.ask(query, account.runner, kind)
    return int(str(found))


def test_the_same_log_six_times_at_once_under_one_key_is_one_log(planned: Account) -> None:
    ready(planned)
    practice, program = planned.practice(), planned.program()
    with practice.journal:
        plan = practice.history().issued_plan(coach.monday_of(practice.now.date()))
    assert plan
    slot = next(one.slot for one in plan.items if one.slot.startswith("2026-11-24"))

    told = together(6, lambda _: program.post(f"sessions/{slot}/log", {"effort": 3}, key="one-and-the-same"))

    assert [(one.status, one.json.get("detail")) for one in told] == [(200, None)] * 6
    assert len({one.json["id"] for one in told}) == 1
    assert facts_of(planned, "session_logged") == 1


def test_twelve_honest_writers_at_once_are_all_heard(planned: Account) -> None:
    program = planned.program()

    def says(number: int) -> Answer:
        told = {"soreness": [{"region": "front_of_hip", "kind": "muscle", "score": number % 4 + 1}]}
        return program.post("check-in", {**told, "note": f"number {number}"})

    assert [one.status for one in together(12, says)] == [200] * 12
    assert facts_of(planned, "checkin_answered") == 12


@pytest.mark.parametrize("ways", [2, 6])
def test_of_two_archives_brought_into_an_empty_account_at_once_one_comes_in_whole(
    server: Running, ways: int
) -> None:
    archives, wholes = [], []
    for value in (1, 2):
        practice = marathoner_in(server).practice()
        with practice.journal:
            practice.record(coach.changed_default("caps.new_drills", value))
            facts = practice.history().facts
        archives.append(pack(facts))
        wholes.append([fact.body for fact in facts])
    empty = account_in(server)
    program = empty.program()

    def sends(number: int) -> Answer:
        while True:  # two files of an account are read at once; the others come again
            told = program.send(f"files?name=a{number}.zip&mine=true", archives[number % 2])
            if told.status != 429:
                return told
            time.sleep(0.1)

    told = together(ways, sends)

    assert {one.status for one in told} == {200}, [one.body for one in told]
    practice = empty.practice()
    with practice.journal:
        there = [fact.body for fact in practice.history().facts]
    assert there in wholes, "one of them, and nothing of the other"
    came = wholes.index(there)
    assert told[came].json["read"] or ways > 2
    for number, one in enumerate(told):
        says = one.json["says"]
        if number % 2 != came:
            assert not one.json["read"], says
        assert one.json["read"] or "at the same moment" in says or "Nothing was changed" in says, says
