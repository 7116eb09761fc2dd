"""A second step at the log-in: an authenticator app (RFC 6238) and recovery codes, from first to last."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable

from visiting import PASSWORD, Page, Running, Visitor, log_in

NewRunner = Callable[[], tuple[Visitor, str]]
ACTIVATE, DEACTIVATE = "/accounts/2fa/totp/activate/", "/accounts/2fa/totp/deactivate/"
STEP = "/accounts/2fa/authenticate/"


def code_now(secret: str) -> str:
    """Return what an authenticator app shows now."""
    counted = struct.pack(">Q", int(time.time()) // 30)
    mac = hmac.digest(base64.b32decode(secret), counted, "sha1")
    [number] = struct.unpack_from(">I", mac, mac[-1] & 0x0F)
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def with_password(visitor: Visitor, path: str) -> Page:
    """Open a page that asks for the password first."""
    shown = visitor.get(path)
    return visitor.post(shown.path, {"password": PASSWORD}) if "reauthenticate" in shown.path else shown


def has_app(server: Running, visitor: Visitor) -> tuple[str, list[str]]:
    """Set an authenticator app up; return its secret and the recovery codes that come with it."""
    asked = with_password(visitor, ACTIVATE)
    found = re.search(r"\b[A-Z2-7]{32}\b", asked.html)
    assert found, asked.text
    visitor.post(ACTIVATE, {"code": "000000"})
    assert not server.ask("SELECT 1 FROM mfa_authenticator WHERE data->>'secret' = %s", found[0])
    shown = visitor.post(ACTIVATE, {"code": code_now(found[0])})
    if "recovery-codes" not in shown.path:  # half a minute ended meanwhile
        shown = visitor.post(ACTIVATE, {"code": code_now(found[0])})
    codes = re.findall(r"\b\d{8}\b", shown.text)
    assert len(codes) == 10, shown.text
    return found[0], codes


def is_in(visitor: Visitor) -> bool:
    return visitor.once("GET", "/settings/").status == 200


def fresh(server: Running) -> None:
    """Let a code be good again that was used, as half a minute later."""
    server.tell("DELETE FROM tries WHERE cache_key LIKE %s", "%totp%")


def test_the_password_alone_lets_nobody_in_once_there_is_an_app(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, email = new_runner()
    secret, _ = has_app(server, visitor)
    other = server.visitor()
    log_in(other, email)
    assert other.seen and other.seen.path.startswith(STEP)
    assert not is_in(other)
    for path in ("/api/v1/day", "/accounts/tokens/", "/settings/export/"):
        assert other.once("GET", path).status in (302, 401), path

    other.post(STEP, {"code": "123456"})
    assert not is_in(other)
    other.post(STEP, {"code": code_now(secret)})
    if not is_in(other):  # half a minute ended meanwhile
        other.post(STEP, {"code": code_now(secret)})
    assert is_in(other)


def test_a_code_opens_once(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    secret, _ = has_app(server, visitor)
    first, second = server.visitor(), server.visitor()
    log_in(first, email)
    log_in(second, email)
    used = ""
    while not used or used != code_now(secret):  # both within the same half minute
        fresh(server)
        used = code_now(secret)
        first.post(STEP, {"code": used})
        second.post(STEP, {"code": used})
    assert not is_in(second)


def test_a_recovery_code_opens_once(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    _, codes = has_app(server, visitor)
    assert "authenticator" in server.mail_to(email).lower(), "the runner is told of it"
    first, second = server.visitor(), server.visitor()
    log_in(first, email)
    first.post(STEP, {"code": codes[0]})
    assert is_in(first)
    log_in(second, email)
    second.post(STEP, {"code": codes[0]})
    assert not is_in(second)
    second.post(STEP, {"code": codes[1]})
    assert is_in(second)


def test_codes_are_not_guessed_at_length(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    _, codes = has_app(server, visitor)
    guesser = server.visitor()
    log_in(guesser, email)
    for number in range(6):
        guesser.post(STEP, {"code": f"00000{number}"})
    shown = guesser.post(STEP, {"code": codes[0]})
    assert not is_in(guesser), shown.text
    assert "too many" in shown.text.lower()


def test_an_app_is_taken_off_and_the_password_lets_in_again(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    has_app(server, visitor)
    with_password(visitor, DEACTIVATE)
    visitor.post(DEACTIVATE, {})
    other = server.visitor()
    log_in(other, email)
    assert is_in(other)


def test_a_password_set_anew_ends_every_session(server: Running, new_runner: NewRunner) -> None:
    there, email = new_runner()
    assert is_in(there)
    visitor = server.visitor()
    visitor.get("/accounts/password/reset/")
    visitor.post("/accounts/password/reset/", {"email": email})
    link = re.search(r"https://coach\.example(/accounts/password/reset/key/\S+)", server.mail_to(email))
    assert link
    shown = visitor.get(link[1])
    visitor.post(shown.path, {"password1": "up the hill and down", "password2": "up the hill and down"})
    assert not is_in(there)


def test_asking_for_a_password_again_and_again_is_slowed_down_in_words(
    server: Running, new_runner: NewRunner
) -> None:
    _, email = new_runner()
    visitor = server.visitor()
    met = []
    for _ in range(7):
        visitor.get("/accounts/password/reset/")
        met.append(visitor.post("/accounts/password/reset/", {"email": email}))
    assert met[-1].status == 429
    assert "Try again in a few minutes" in met[-1].text
    assert 'href="/static/' in met[-1].html, "a page as all others"


def held(server: Running, email: str) -> dict[str, str]:
    """Return what the database holds of a second step, by its kind."""
    told = server.ask(
        "SELECT m.type, m.data::text FROM mfa_authenticator m JOIN server_account a ON a.id = m.user_id "
        "WHERE a.email = %s",
        email,
    )
    return {str(kind): str(data) for kind, data in told}


def test_no_secret_of_a_second_step_lies_open_in_the_database(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    secret, codes = has_app(server, visitor)
    found = held(server, email)

    assert set(found) == {"totp", "recovery_codes"}
    assert all('": "fernet:' in one for one in found.values())
    assert not any(word in one for one in found.values() for word in (secret, *codes))


def test_an_app_that_was_set_up_before_secrets_were_sealed_goes_on(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, email = new_runner()
    secret, _ = has_app(server, visitor)
    server.tell(
        "UPDATE mfa_authenticator SET data = jsonb_build_object('secret', %s::text) WHERE type = 'totp' "
        "AND user_id = (SELECT id FROM server_account WHERE email = %s)",
        *(secret, email),
    )
    fresh(server)
    other = server.visitor()
    log_in(other, email)
    other.post(STEP, {"code": code_now(secret)})
    if not is_in(other):  # half a minute ended meanwhile
        other.post(STEP, {"code": code_now(secret)})
    assert is_in(other)
