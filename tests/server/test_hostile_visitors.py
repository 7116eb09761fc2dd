"""Visitors who mean harm: what they learn, whom they lock out, what opens to them."""

import base64
import pickle
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

import psycopg
import pytest

from programs import Account, Answer
from triplane import coach
from visiting import PASSWORD, Page, Running, Visitor, log_in

NewRunner = Callable[[], tuple[Visitor, str]]
TRIES = 3
WAITS_S = 20


def signs_up(server: Running, email: str) -> tuple[float, Page]:
    """Sign up and return how long it took to be answered, and what was said in the end."""
    visitor = server.visitor()
    visitor.get("/accounts/signup/")
    assert visitor.seen
    told = {"email": email, "password1": PASSWORD, "zone": "UTC", "csrfmiddlewaretoken": visitor.seen.token}
    began = time.perf_counter()
    answer = visitor.once("POST", "/accounts/signup/", told)
    took = time.perf_counter() - began
    return took, visitor.get(answer.headers["Location"])


def test_signing_up_tells_neither_by_words_nor_by_time_who_has_an_account(
    server: Running, new_runner: NewRunner
) -> None:
    known = [new_runner()[1] for _ in range(TRIES)]
    nobody = [f"nobody-signed-up-{number}@example.org" for number in range(TRIES)]
    signs_up(server, "the-first-takes-longer@example.org")
    took: dict[str, list[float]] = {"known": [], "new": []}
    said = set()
    for one, other in zip(known, nobody, strict=True):
        for kind, email in (("known", one), ("new", other)):
            seconds, page = signs_up(server, email)
            took[kind].append(seconds)
            said.add(page.text.replace(email, ""))
    assert len(said) == 1
    assert min(took["known"]) > min(took["new"]) / 2, took


def test_wrong_passwords_of_one_visitor_lock_nobody_out_who_comes_from_elsewhere(
    server: Running, new_runner: NewRunner
) -> None:
    _, email = new_runner()
    guesser, runner = server.visitor(), server.visitor()
    for number in range(7):
        log_in(guesser, email, f"guess number {number}")
    log_in(guesser, email)
    assert guesser.once("GET", "/settings/").status == 302, "even the right one is too late for the guesser"

    log_in(runner, email)
    assert runner.get("/settings/").status == 200


def test_guessing_from_everywhere_together_comes_to_an_end(server: Running, new_runner: NewRunner) -> None:
    _, email = new_runner()
    log_in(server.visitor(), email, "not the password")
    many = base64.b64encode(pickle.dumps([time.time()] * 100)).decode()
    counted = f"%login_failed_everywhere%{sha256(email.encode()).hexdigest()}"
    assert server.ask("UPDATE tries SET value = %s WHERE cache_key LIKE %s RETURNING 1", many, counted)

    late = server.visitor()
    log_in(late, email)
    assert late.once("GET", "/settings/").status == 302


@contextmanager
def closed_while(
    server: Running, email: str, asks: Callable[[], Answer | Page]
) -> Iterator[list[Answer | Page]]:
    """Let a request in, close its account once it waits for a row of it, and let it go on."""
    met: list[Answer | Page] = []
    late = threading.Thread(target=lambda: met.append(asks()))
    with psycopg.connect(server.database) as closing:
        [(number,)] = closing.execute("SELECT id FROM server_account WHERE email = %s", [email]).fetchall()
        for table in ("account_emailaddress", "usersessions_usersession"):
            closing.execute(f"DELETE FROM {table} WHERE user_id = %s", [number])  # type: ignore[arg-type]
        closing.execute("DELETE FROM server_account WHERE id = %s", [number])
        late.start()
        wait_for_a_lock(server)
        closing.commit()
    late.join(WAITS_S)
    yield met


def wait_for_a_lock(server: Running) -> None:
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    ends = time.monotonic() + WAITS_S
    while not server.ask(waiting):
        assert time.monotonic() < ends, "nothing waits"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/accounts/", {"zone": "Asia/Tokyo"}),
        ("/accounts/reminders/", {"ahead_min": "30", "most_a_day": "1", "mail": "on"}),
        ("/settings/feed/", {"remind": "5"}),
        ("/coach/invite/", {"called": "Kim", "role": "coach", "label": "Anna"}),
    ],
)
def test_a_request_that_is_late_in_a_closing_account_is_led_to_log_in(
    server: Running, new_runner: NewRunner, page: str, told: dict[str, str]
) -> None:
    visitor, email = new_runner()
    token = visitor.get("/coach/" if "invite" in page else page).token
    with closed_while(
        server, email, lambda: visitor.once("POST", page, {"csrfmiddlewaretoken": token, **told})
    ) as [answer]:
        assert answer.status in (302, 400), answer.body
    assert visitor.once("GET", "/").headers["Location"].startswith("/accounts/login/")


def test_what_a_program_tells_while_its_account_is_closed_leaves_nothing(
    server: Running, newcomer: Account
) -> None:
    program = newcomer.program()
    met: list[Answer] = []
    newcomer.told(coach.disclaimer_accepted())
    late = threading.Thread(target=lambda: met.append(program.post("check-in", {})))
    with psycopg.connect(server.database) as closing:
        closing.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [newcomer.runner])
        late.start()
        wait_for_a_lock(server)
        server.tell("UPDATE server_account SET is_active = false WHERE id = %s", newcomer.number)
        closing.commit()
    late.join(WAITS_S)
    [answer] = met
    assert answer.kind == "no-token"
    kinds = server.ask("SELECT DISTINCT kind FROM facts WHERE runner = %s", newcomer.runner)
    assert kinds == [("runner_erased",)]
