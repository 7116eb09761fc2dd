"""What is large is taken from nobody without an account, and that is said before any of it was sent."""

import http.client
from collections.abc import Callable

import pytest

from activity_files import gpx
from programs import Account
from triplane.web.settings import LARGEST_FORM
from visiting import HOST, Running, Visitor

NewRunner = Callable[[], tuple[Visitor, str]]
WAITS_S = 3


def begins_to_send(server: Running, path: str, size: int, **headers: str) -> http.client.HTTPResponse | None:
    """Say how much comes and send none of it; return what is answered, or nothing where it is waited for."""
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=WAITS_S)
    asked.putrequest("POST", path, skip_host=True)
    behind = {"Host": HOST, "X-Forwarded-For": "203.0.113.77", "X-Forwarded-Proto": "https"}
    for name, one in {**behind, "Content-Length": str(size), **headers}.items():
        asked.putheader(name, one)
    asked.endheaders()
    try:
        answer = asked.getresponse()
        answer.read()
    except TimeoutError:
        return None
    finally:
        asked.close()
    return answer


@pytest.mark.parametrize(("path", "status"), [("/settings/files/", 302), ("/api/v1/files?name=run.fit", 401)])
@pytest.mark.parametrize(
    "shown", [{}, {"Cookie": "__Host-session=" + "a" * 32}, {"Authorization": "Bearer triplane_guessed"}]
)
def test_strangers_are_refused_before_they_send_much(
    server: Running, path: str, status: int, shown: dict[str, str]
) -> None:
    answer = begins_to_send(server, path, 200 * 2**20, **shown)
    assert answer is not None, "the server waits for all of it"
    assert answer.status == status
    assert answer.headers["Connection"] == "close"
    if status == 302:
        assert answer.headers["Location"].startswith("/accounts/login/")


def test_whoever_has_an_account_sends_files_that_are_large(
    server: Running, planned: Account, new_runner: NewRunner
) -> None:
    large = gpx(points=30_000)
    assert len(large) > LARGEST_FORM
    assert planned.program().send("files?name=run.gpx", large).json["read"]
    visitor, _ = new_runner()
    visitor.get("/settings/files/")
    cookie = "; ".join(f"{name}={one}" for name, one in visitor.cookies.items())
    assert begins_to_send(server, "/settings/files/", 200 * 2**20, Cookie=cookie) is None, "it is waited for"
