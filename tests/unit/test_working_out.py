"""What requests do not wait for is worked out behind them: each thing once, and again where it failed."""

import threading

from triplane.bootstrap import working_out
from triplane.bootstrap.working_out import WorkingOut
from triplane.errors import JournalError


def test_each_thing_is_worked_out_once_however_often_it_is_asked_for() -> None:
    go, done = threading.Event(), []

    def work(runner: str, zone: str) -> None:
        go.wait(10)
        done.append((runner, zone))

    behind = WorkingOut(work)
    behind.ask("first", "UTC")
    for _ in range(3):
        behind.ask("anna", "Europe/Berlin")
        behind.ask("ben", "UTC")
    go.set()
    behind.wait()
    assert done == [("first", "UTC"), ("anna", "Europe/Berlin"), ("ben", "UTC")]


def test_what_failed_is_left_and_may_be_asked_for_again() -> None:
    done: list[str] = []

    def work(runner: str, zone: str) -> None:
        done.append(runner)
        if done.count("away") == 1 and runner == "away":
            raise JournalError("the journal cannot be reached just now")

    behind = WorkingOut(work)
    for name in ("away", "ben"):
        behind.ask(name, "UTC")
    behind.wait()
    behind.ask("away", "UTC")
    behind.wait()
    assert sorted(done) == ["away", "away", "ben"]


def test_a_fault_of_one_does_not_end_it_for_good(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    done: list[str] = []

    def work(runner: str, zone: str) -> None:
        if runner == "broken":
            raise ZeroDivisionError
        done.append(runner)

    behind = WorkingOut(work)
    behind.ask("broken", "UTC")
    behind.wait()
    behind.ask("anna", "UTC")
    behind.wait()
    assert done == ["anna"]


def test_no_more_wait_than_may(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(working_out, "MOST_WAITING", 2)
    go, done = threading.Event(), []

    def work(runner: str, zone: str) -> None:
        go.wait(10)
        done.append(runner)

    behind = WorkingOut(work)
    for number in range(20):
        behind.ask(f"{number}", "UTC")
    go.set()
    behind.wait()
    assert 2 <= len(done) <= 3
