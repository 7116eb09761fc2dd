"""Signing in by another service (OpenID Connect), and a server that takes nobody new."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from identity_provider import Provider, provider
from night import IS_WIDE
from postgres import schema_in
from visiting import PASSWORD, Page, Running, Visitor, log_in, running, signed_up

LOGIN, BACK = "/accounts/oidc/sign-on/login/", "/accounts/oidc/sign-on/login/callback/"
ANNA = {"sub": "42", "email": "anna@club.example", "email_verified": True, "name": "Anna"}


@dataclass
class Club:
    """A server whose runners may come from another service."""

    server: Running
    provider: Provider

    def led_there(self, visitor: Visitor) -> str:
        """Press the button; return where the browser is led."""
        shown = visitor.get(LOGIN)
        answer = visitor.once("POST", LOGIN, {"csrfmiddlewaretoken": shown.token})
        assert answer.headers["Location"].startswith(f"{self.provider.address}/authorize?")
        return answer.headers["Location"]

    def comes_back(self, visitor: Visitor, **who: object) -> Page:
        """Be let in there, and come back."""
        return visitor.get(f"{BACK}?{self.provider.consent(self.led_there(visitor), **who)}")


@pytest.fixture(scope="module")
def club(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    if not IS_WIDE:
        pytest.skip("a server of several processes: make wide")
    folder = tmp_path_factory.mktemp("club")
    with (
        provider(folder / "identities") as known,
        running(schema_in(postgres), folder, **known.environment) as server,
    ):
        yield Club(server, known)


@pytest.fixture(scope="module")
def closed(club: Club, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    """The same club, some time later: its server takes nobody new."""
    told = {**club.provider.environment, "TRIPLANE_SIGNUP": "closed"}
    with running(club.server.database, tmp_path_factory.mktemp("closed"), **told) as server:
        yield Club(server, club.provider)


def is_in(visitor: Visitor) -> bool:
    return visitor.once("GET", "/settings/").status == 200


def test_somebody_comes_from_the_other_service_and_is_the_same_runner_the_next_time(club: Club) -> None:
    first, second = club.server.visitor(), club.server.visitor()
    club.comes_back(first, **ANNA)
    assert is_in(first)
    first.get("/begin/welcome/")
    first.post("/begin/welcome/", {})
    club.comes_back(second, **ANNA)
    assert "What this is and is not" in second.get("/settings/facts/").text
    known = club.server.ask("SELECT runner, password FROM server_account WHERE email = %s", ANNA["email"])
    assert len(known) == 1 and str(known[0][1]).startswith("!"), "there is no password to guess"
    assert club.server.ask("SELECT count(*) FROM socialaccount_socialtoken") == [(0,)]


def test_an_address_alone_opens_nobodys_account_by_another_service(club: Club) -> None:
    signed_up(club.server, "bert@club.example")
    thief = club.server.visitor()
    shown = club.comes_back(thief, sub="666", email="bert@club.example", email_verified=True)
    assert not is_in(thief), shown.text
    assert club.server.ask("SELECT 1 FROM socialaccount_socialaccount WHERE uid = '666'") == []


def test_an_address_that_the_other_service_did_not_confirm_is_confirmed_first(club: Club) -> None:
    visitor = club.server.visitor()
    club.comes_back(visitor, sub="43", email="carl@club.example", email_verified=False)
    assert not is_in(visitor)
    assert "confirm" in club.server.mail_to("carl@club.example")


def test_what_comes_back_must_be_what_was_asked_for(club: Club) -> None:
    anna, thief = club.server.visitor(), club.server.visitor()
    stolen = club.provider.consent(club.led_there(anna), **ANNA)
    thief.get(f"{BACK}?{stolen}")
    assert not is_in(thief), "another browser's answer"
    club.led_there(thief)
    thief.get(f"{BACK}?code=guessed&state=guessed")
    assert not is_in(thief)
    state = club.provider.consent(club.led_there(thief), **ANNA).partition("&")[2]
    shown = thief.get(f"{BACK}?code=guessed&{state}")
    assert not is_in(thief)
    assert shown.status < 500, shown.text


def test_a_closed_server_lets_known_runners_in_and_takes_nobody_new(closed: Club) -> None:
    anna, dora = closed.server.visitor(), closed.server.visitor()
    closed.comes_back(anna, **ANNA)
    assert is_in(anna)
    closed.comes_back(dora, sub="44", email="dora@club.example", email_verified=True)
    assert not is_in(dora)

    shown = dora.get("/accounts/signup/")
    assert "password1" not in shown.html
    told = {"email": "dora@club.example", "password1": PASSWORD, "zone": "UTC"}
    token = dora.get("/accounts/login/").token
    dora.once("POST", "/accounts/signup/", {**told, "csrfmiddlewaretoken": token})
    log_in(dora, "dora@club.example")
    assert not is_in(dora)
    assert closed.server.ask("SELECT 1 FROM server_account WHERE email = %s", "dora@club.example") == []
    assert "/accounts/signup/" not in dora.get("/accounts/login/").html, "no link to a closed door"


def test_an_open_server_leads_from_signing_in_to_making_an_account(club: Club) -> None:
    shown = club.server.visitor().get("/accounts/login/")
    assert 'href="/accounts/signup/"' in shown.html
    assert 'id="passkey_login"' in shown.html
    assert "/accounts/oidc/sign-on/login/" in shown.html
