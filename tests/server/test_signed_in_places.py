"""Where somebody is signed in: told by names that people know, and ended place by place."""

import re
from collections.abc import Callable

from visiting import Running, Visitor, log_in

NewRunner = Callable[[], tuple[Visitor, str]]
LIST = "/accounts/sessions/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36"
)
MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Safari/605.1.15"
)


def is_in(visitor: Visitor) -> bool:
    return visitor.once("GET", "/settings/").status == 200


def from_a(server: Running, email: str, agent: str) -> Visitor:
    """Sign in with a browser that calls itself so."""
    visitor = server.visitor()
    log_in(visitor, email)
    server.tell(
        "UPDATE usersessions_usersession SET user_agent = %s WHERE id = "
        "(SELECT max(s.id) FROM usersessions_usersession s JOIN server_account a ON a.id = s.user_id "
        "WHERE a.email = %s)",
        *(agent, email),
    )
    return visitor


def test_one_place_is_signed_out_and_the_others_stay(server: Running, new_runner: NewRunner) -> None:
    here, email = new_runner()
    phone, mac = from_a(server, email, PHONE), from_a(server, email, MAC)
    page = here.get(LIST)
    assert "Chrome on Android" in page.text
    assert "Safari on Mac" in page.text
    assert "Mozilla" not in page.html, "nobody reads what browsers call themselves"
    ends = re.findall(r'action="(/accounts/sessions/\d+/end/)"', page.html)
    assert len(ends) == 2, "there is none for here"

    [end] = re.findall(r'action="([^"]+)"(?:(?!action=).)*Sign out Chrome on Android', page.html, re.DOTALL)
    here.post(end, {})
    assert not is_in(phone)
    assert is_in(mac)
    assert is_in(here)
    assert here.once("POST", end, {"csrfmiddlewaretoken": page.token}).status == 404, "it is gone"


def test_nobody_ends_a_session_of_somebody_else_or_this_one_by_its_number(
    server: Running, new_runner: NewRunner
) -> None:
    here, email = new_runner()
    other, _ = new_runner()
    page = here.get("/accounts/")
    [(own,)] = server.ask(
        "SELECT s.id FROM usersessions_usersession s JOIN server_account a ON a.id = s.user_id "
        "WHERE email = %s",
        email,
    )
    theirs = other.get("/accounts/")
    told = {"csrfmiddlewaretoken": theirs.token}
    assert other.once("POST", f"{LIST}{own}/end/", told).status == 404
    told = {"csrfmiddlewaretoken": page.token}
    assert here.once("POST", f"{LIST}{own}/end/", told).status == 404
    assert server.visitor().once("POST", f"{LIST}{own}/end/", {}).status in (302, 403)
    assert is_in(here)
