"""A log-in that ended while somebody typed: once they are back, what they typed stands on its page."""

import re
from collections.abc import Callable

import pytest

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
    assert server.ask("SELECT kind FROM facts WHERE body LIKE '%%171%%'") == []
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


def test_a_cookie_that_somebody_made_opens_nothing(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    visitor.get(PAGE)
    for made in ("nonsense", "gAAAAABnonsense", "x" * 3000):
        visitor.cookies["__Host-typed"] = made
        assert visitor.get(PAGE).status == 200
        assert "__Host-typed" not in visitor.cookies
    log_in(visitor, email)
