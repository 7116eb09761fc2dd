"""Every fault as a server answers it, in another thread than its page: words, never a bare 500."""

from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

from browsing import App, as_if_built
from stage import Server
from triplane.bootstrap import Practice
from triplane.web.built import KEEPER
from triplane.web.settings import LARGEST_FORM, MOST_FILES

FILE = 'Content-Disposition: form-data; name="files"; filename="{}.gpx"\r\n\r\nx'
IS_A_FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def address(marathoner: App, tmp_path: Path) -> Iterator[str]:
    """The app of a runner on loopback, with a keeper as it is in every page where the islands are built."""
    from triplane.web.serving import answering

    with as_if_built(tmp_path / "built", KEEPER):
        server = Server(answering())
        yield server.address
        server.stop()


def answer(request: Request | str, by: OpenerDirector | None = None) -> tuple[int, str]:
    """Return the status and the page."""
    try:
        with (by or build_opener()).open(request, timeout=20) as found:
            return found.status, found.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("place", ["nope/", "favicon.ico", "static/nope.css", "change/x/", "drills/nope/"])
def test_a_page_that_is_not_there_says_so(address: str, place: str) -> None:
    status, page = answer(f"{address}/{place}")

    assert status == 404
    assert 'role="alert"' in page and 'href="/"' in page


def many_files() -> tuple[str, bytes]:
    parts = "\r\n--end\r\n".join(FILE.format(number) for number in range(MOST_FILES + 100))
    return "multipart/form-data; boundary=end", f"--end\r\n{parts}\r\n--end--\r\n".encode()


@pytest.mark.parametrize("sent", [many_files(), (IS_A_FORM, b"note=" + b"x" * (LARGEST_FORM + 1))])
def test_a_sending_that_is_too_much_is_refused_in_words(address: str, sent: tuple[str, bytes]) -> None:
    known = build_opener(HTTPCookieProcessor(CookieJar()))
    kind, body = sent
    assert answer(f"{address}/week/", known)[0] == 200  # whoever sends a form has the page's cookie
    status, page = answer(Request(f"{address}/week/", body, {"Content-Type": kind, "Origin": address}), known)

    assert status == 400
    assert "more than can be taken at once. Nothing was recorded." in page


def test_a_fault_of_ours_says_that_it_is_ours(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(practice: Practice) -> Any:
        raise RuntimeError("broken on purpose")

    for read in ("history", "recent"):
        monkeypatch.setattr(Practice, read, breaks)
    status, page = answer(f"{address}/hips/")

    assert status == 500
    assert "This is a fault of ours." in page
