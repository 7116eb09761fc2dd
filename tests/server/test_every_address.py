"""Every address that the server has is asked for by everybody who might, found by its own list of routes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from letting_in import MONDAY, Pair, assist, facts_of, invited, let_in, runner_of
from triplane.bootstrap import Practice, open_practice
from triplane.history import NoteWritten
from triplane.web.server.access import NAMES, Opens, opens
from visiting import Page, Running, Visitor, environment, signed_up

SAID = "Zebra crossing, left hip"
"""Stands on the runner's record, and on no page that is not the runner's."""

LISTS = """
import json
from django.urls import URLPattern, get_resolver
from triplane.web.server.beginning import tell_django

def routes(found, before="", space=""):
    for one in found.url_patterns:
        where = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield where, space + (one.name or "")
        else:
            yield from routes(one, where, space + one.namespace + ":" if one.namespace else space)

tell_django()
print(json.dumps(list(routes(get_resolver()))))
"""

REGEX_PARTS = {
    r"(?P<key>[-:\w]+)": "x",
    r"(?P<uidb36>[0-9A-Za-z]+)": "1",
    r"(?P<key>.+)": "x",
    r"(?P<provider_id>[^/]+)": "x",
}


@dataclass
class Walk:
    """A runner and who was let in, and all addresses, filled with what is the runner's, with their routes."""

    pair: Pair
    addresses: dict[str, str]

    def of(self, *whom: Opens) -> dict[str, str]:
        """Return the addresses that open so; those of the API are asked by tokens."""
        return {
            path: name for path, name in self.addresses.items() if ":" not in name and opens(name) in whom
        }


def filled(pair: Pair, practice: Practice, routes: list[tuple[str, str]]) -> dict[str, str]:
    """Fill what stands open in each address with what is the runner's."""
    day, fact = practice.look(), practice.history().facts[-1].id
    assert day
    [(line,)] = pair.server.ask(
        "SELECT s.id FROM server_sharing s JOIN server_account a ON a.id = s.coach_id WHERE a.email = %s",
        pair.coach_email,
    )
    parts = {
        **REGEX_PARTS,
        "<str:slot>": str(day.next_slot),
        "<slot>": str(day.next_slot),
        "<int:number>": str(line),
        "<str:fact>": fact,
        "<str:to>": runner_of(pair.server, pair.coach_email),
        "<str:drill>": "own_cars",
        "<str:secret>": "A" * 43,
        "<feed_secret:secret>": "A" * 43,
        "<int:device>": "1",
    }
    names = {"drill": "own_cars", "direction": "flexion", "why": "flexion", "fact": fact, "fact_anew": fact}
    found = {}
    for pattern, name in routes:
        for part, value in {**parts, "<str:name>": names.get(name, "x")}.items():
            pattern = pattern.replace(part, value)
        path = re.sub(r"<(?:(\w+):)?\w+>", lambda part: "1" if part[1] == "int" else "x", pattern)
        found["/" + re.sub(r"[\^$\\]", "", path)] = name
    return found


@pytest.fixture(scope="module")
def routes(server: Running, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Every route of a server with its name, as its own process knows them."""
    told = environment(server.database, Path(tmp_path_factory.mktemp("mail")))
    answer = subprocess.run(
        [sys.executable, "-c", LISTS], env={**os.environ, **told}, capture_output=True, text=True, check=True
    )
    found = [(str(where), str(name)) for where, name in json.loads(answer.stdout)]
    assert len(found) > 120
    return found


@pytest.fixture(scope="module")
def walk(server: Running, routes: list[tuple[str, str]]) -> Iterator[Walk]:
    """A runner with something on record that is theirs alone, and a coach who was let in."""
    names = iter(("walks-coach@example.org", "walks-runner@example.org"))

    def make() -> tuple[Visitor, str]:
        email = next(names)
        return signed_up(server, email), email

    pair = let_in(server, make)
    practice = open_practice(server.database, runner_of(server, pair.runner_email), "Europe/Berlin", MONDAY)
    with practice.journal:
        practice.record(NoteWritten(text=SAID))
        addresses = filled(pair, practice, routes)
    yield Walk(pair, addresses)


def asked(visitor: Visitor, method: str, path: str, token: str = "") -> Page:
    """Ask once; whoever sends something shows that the form is their own."""
    return visitor.once(method, path, {"csrfmiddlewaretoken": token} if method == "POST" else None)


def shows_the_runner(walk: Walk, page: Page) -> bool:
    theirs = (SAID, walk.pair.runner_email, runner_of(walk.pair.server, walk.pair.runner_email))
    return any(one in page.html for one in theirs)


def test_a_route_that_is_not_listed_is_the_runners_alone() -> None:
    assert opens("a_page_that_is_added") is Opens.TO_THE_RUNNER
    assert opens("") is Opens.TO_THE_RUNNER


def test_the_list_names_each_route_once_and_none_that_is_not_there(routes: list[tuple[str, str]]) -> None:
    listed = [name for names in NAMES.values() for name in names]
    assert sorted(set(listed)) == sorted(listed)
    assert set(listed) - {name for _, name in routes} == set()


def test_nobody_is_led_to_log_in(walk: Walk, stranger: Visitor) -> None:
    for path, name in walk.of(Opens.TO_THE_RUNNER, Opens.TO_WHOEVER_LOOKS, Opens.IN_THE_ROOM).items():
        for method in ("GET", "POST"):
            answer = asked(stranger, method, path)
            if name == "feed":
                assert (answer.status, answer.body) == (404, b""), path
            elif method == "POST":
                assert answer.status in (302, 403), path
            else:
                assert (answer.status, answer.body) == (302, b""), path
                assert answer.headers["Location"].startswith("/accounts/login/"), path
    for path in (*walk.of(Opens.TO_ALL), *walk.of(Opens.ON_ONE_MACHINE)):
        assert not shows_the_runner(walk, asked(stranger, "GET", path)), path


def test_the_api_answers_no_cookie(walk: Walk) -> None:
    walk.pair.look()
    for path, name in walk.addresses.items():
        if ":" in name and "openapi" not in name:
            assert asked(walk.pair.coach, "GET", path).status in (401, 404, 405), path
    walk.pair.coach.post("/coach/runner/leave/", {})


def lined(server: Running, coach_email: str, runner_email: str) -> None:
    """Put a runner into a table, as nothing but a broken database would."""
    server.tell(
        "INSERT INTO server_sharing (coach_id, runner_id, label, \"group\") SELECT c.id, r.id, 'Anna', '' "
        "FROM server_account c, server_account r WHERE c.email = %s AND r.email = %s",
        coach_email,
        runner_email,
    )


def another(walk: Walk, visitor: Visitor, email: str) -> None:
    """Somebody with an account of their own, and nothing else."""


def listed_without_consent(walk: Walk, visitor: Visitor, email: str) -> None:
    lined(walk.pair.server, email, walk.pair.runner_email)


def of_staff(walk: Walk, visitor: Visitor, email: str) -> None:
    walk.pair.server.tell("UPDATE server_account SET is_staff = true WHERE email = %s", email)


def ended(walk: Walk, visitor: Visitor, email: str) -> None:
    """Let somebody in who looks, and end it in the middle of looking."""
    address = invited(visitor)
    walk.pair.runner.get(address)
    walk.pair.runner.post(address, {})
    Pair(walk.pair.server, visitor, email, walk.pair.runner, walk.pair.runner_email).look()
    assert shows_the_runner(walk, visitor.get("/settings/facts/"))
    walk.pair.runner.get("/sharing/")
    walk.pair.runner.post(f"/sharing/{runner_of(walk.pair.server, email)}/end/", {})


@pytest.mark.parametrize("becomes", [another, listed_without_consent, ended, of_staff])
def test_whoever_was_not_let_in_sees_and_changes_nothing(
    walk: Walk,
    new_runner: Callable[[], tuple[Visitor, str]],
    becomes: Callable[[Walk, Visitor, str], None],
) -> None:
    visitor, email = new_runner()
    becomes(walk, visitor, email)
    before = facts_of(walk.pair.server, walk.pair.runner_email)
    for path in walk.of(*Opens):
        assert not shows_the_runner(walk, asked(visitor, "GET", path)), path
    token = visitor.get("/coach/").token
    for path in walk.of(*set(Opens) - {Opens.TO_ALL}):
        assert not shows_the_runner(walk, asked(visitor, "POST", path, token)), path
    assert facts_of(walk.pair.server, walk.pair.runner_email) == before
    assert asked(walk.pair.coach, "GET", "/coach/").status == 200


@pytest.mark.parametrize("role", ["coach", "physiotherapist", "assistant"])
def test_whoever_was_let_in_sees_what_is_listed_and_sends_nothing(
    walk: Walk, new_runner: Callable[[], tuple[Visitor, str]], role: str
) -> None:
    visitor, email = new_runner()
    if role == "assistant":
        assist(walk.pair, visitor)
    else:
        address = invited(visitor, role)
        walk.pair.runner.get(address)
        walk.pair.runner.post(address, {})
    pair = Pair(walk.pair.server, visitor, email, walk.pair.runner, walk.pair.runner_email)
    pair.look()
    before = facts_of(pair.server, pair.runner_email), facts_of(pair.server, email)
    answered = {path: asked(visitor, "GET", path).status for path in walk.of(Opens.TO_WHOEVER_LOOKS)}
    assert set(answered.values()) <= {200, 302, 404}
    assert sum(status == 200 for status in answered.values()) >= 10, answered
    assert SAID in visitor.get("/settings/facts/").text
    token = visitor.get("/coach/runner/").token
    for path in walk.of(Opens.TO_THE_RUNNER):
        assert asked(visitor, "GET", path).status == 403 or path.startswith("/feed/"), path
    for path in walk.of(Opens.TO_THE_RUNNER, Opens.TO_WHOEVER_LOOKS):
        assert asked(visitor, "POST", path, token).status in (403, 404), path
    for path in walk.of(Opens.ON_ONE_MACHINE):
        assert asked(visitor, "GET", path).status == 404, path
    for path in walk.of(Opens.TO_ALL):
        assert not shows_the_runner(walk, asked(visitor, "GET", path)), path
    assert (facts_of(pair.server, pair.runner_email), facts_of(pair.server, email)) == before
