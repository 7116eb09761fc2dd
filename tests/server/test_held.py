"""A log-in that ended while somebody typed: once they are back, what they typed stands on its page."""

import re
from collections.abc import Callable
from random import Random

import pytest
from test_api_coach import account_of

from visiting import PASSWORD, Running, Visitor, log_in

NewRunner = Callable[[], tuple[Visitor, str]]

PAGE = "/begin/about/"
TYPED = {"age": "34", "sex": "female", "height_cm": "171", "mass_kg": "60", "sitting_h": "8"}
FROM = {"Referer": f"https://coach.example{PAGE}"}


@pytest.fixture
def typing(server: Running, new_runner: NewRunner) -> tuple[Visitor, str]:
    """Somebody with a form before them, whose session ends on the server."""
    visitor, email = new_runner()
    visitor.get(PAGE)
    visitor.cookies.pop("__Host-session")
    return visitor, email


def back(visitor: Visitor, email: str) -> str:
    """Sign in where one was led to, and return the page that comes then."""
    assert visitor.seen
    goes_to = re.search(r'name="next" value="([^"]+)"', visitor.seen.html)
    told = {"login": email, "password": PASSWORD, **({"next": goes_to[1]} if goes_to else {})}
    return visitor.post("/accounts/login/", told).html


def test_what_was_typed_stands_there_once_one_is_back_and_is_not_recorded_before(
    server: Running, typing: tuple[Visitor, str]
) -> None:
    visitor, email = typing
    led = visitor.post(PAGE, TYPED, **FROM)
    assert "You were signed out. Sign in, and what you typed stands on its page again." in led.text
    assert "171" not in " ".join(visitor.cookies.values()), "it is sealed"

    page = back(visitor, email)
    assert 'name="height_cm" value="171"' in re.sub(r'\s+(?!name|value)[\w-]+="[^"]*"', "", page)
    assert "Nothing was recorded" in page
    assert "__Host-typed" not in visitor.cookies
    runner = account_of(server, email).runner  # the names of others may hold these digits by chance
    assert server.ask("SELECT kind FROM facts WHERE runner = %s AND body LIKE '%%171%%'", runner) == []
    assert "171" not in visitor.get(PAGE).html, "it is shown once"


def test_somebody_else_who_signs_in_there_sees_nothing_of_it(
    server: Running, typing: tuple[Visitor, str], new_runner: NewRunner
) -> None:
    visitor, _ = typing
    _, other = new_runner()
    visitor.post(PAGE, TYPED, **FROM)

    assert "171" not in back(visitor, other)
    assert "__Host-typed" not in visitor.cookies


def test_whoever_signed_out_leaves_nothing_to_be_held(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    visitor.get(PAGE)
    visitor.get("/accounts/logout/")
    visitor.post("/accounts/logout/", {})
    visitor.post(PAGE, TYPED, **FROM)

    assert {"__Host-whose", "__Host-typed"} & set(visitor.cookies) == set()
    assert "171" not in back(visitor, email)


def test_what_is_too_long_to_be_held_is_said_to_be_gone(server: Running, typing: tuple[Visitor, str]) -> None:
    visitor, email = typing
    long = Random(1).randbytes(4_000).hex()
    led = visitor.post(PAGE, {**TYPED, "beyond": long}, **FROM)
    assert "What you typed is too long to be kept meanwhile, and nothing of it was recorded." in led.text
    assert "__Host-typed" not in visitor.cookies

    page = back(visitor, email)
    assert 'name="height_cm"' in page and "171" not in page, "the page it was typed on, empty"


def test_a_token_and_the_address_of_a_calendar_make_no_browser_somebodys(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, email = new_runner()
    assert visitor.get(PAGE).status == 200
    assert "__Host-whose" in visitor.cookies

    answer = account_of(server, email).program().get("runner")
    assert answer.status == 200
    assert answer.headers["Set-Cookie"] is None
    visitor.get("/settings/feed/")
    shown = visitor.post("/settings/feed/", {"remind": "5"})
    found = re.search(r"/feed/[\w-]{43}\.ics", shown.html)
    assert found
    other, theirs = server.visitor(), new_runner()[0]
    for one in (other, theirs):
        one.get(PAGE)
        known = one.cookies.get("__Host-whose")
        assert one.get(found[0]).status == 200
        assert one.cookies.get("__Host-whose") == known


def test_a_cookie_that_somebody_made_opens_nothing(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    visitor.get(PAGE)
    for made in ("nonsense", "gAAAAABnonsense", "x" * 3000):
        visitor.cookies["__Host-typed"] = made
        assert visitor.get(PAGE).status == 200
        assert "__Host-typed" not in visitor.cookies
    log_in(visitor, email)
