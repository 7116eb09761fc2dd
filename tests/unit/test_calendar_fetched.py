"""A calendar from its address: from the open internet alone, whatever name or redirect leads elsewhere."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from triplane.bootstrap import fetching
from triplane.bootstrap.fetching import Fetching, NotFetched
from triplane.bootstrap.open_net import is_public

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked: list[str] = self.server.asked  # type: ignore[attr-defined]
        asked.append(f"{self.headers['Host']}{self.path}")
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        if self.path == "/dripping":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-A: ")
            while not self.server.stay.wait(0.05):  # type: ignore[attr-defined]
                self.wfile.write(b"a")
            return
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.path == "/endless":
            for _ in range(1000):
                self.wfile.write(b"x" * 2**20)
        elif self.path != "/slow":
            self.wfile.write(CALENDAR)
        else:
            self.server.stay.wait(5)  # type: ignore[attr-defined]

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Any]:
    """A server on this machine that plays the open internet."""
    found = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    found.asked, found.stay = [], threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=found.serve_forever, args=[0.01], daemon=True)
    thread.start()
    yield found
    found.stay.set()  # type: ignore[attr-defined]
    found.shutdown()
    found.server_close()


@pytest.fixture
def fetch(server: Any) -> Callable[..., bytes]:
    """Fetch as always, but that one name of the open internet is answered by this machine's server."""

    def look_up(host: str, port: int) -> list[str]:
        return {"club.example": ["127.0.0.1"], "within.example": ["192.168.1.7"]}.get(host, [host])

    def fetching_with(address: str, longest_s: float = 5) -> bytes:
        return Fetching(
            look_up=look_up,
            may_ask=lambda one: one == "127.0.0.1" or is_public(one),
            ports={"http": server.server_address[1], "https": 443},
            longest_s=longest_s,
        ).fetch(address)

    return fetching_with


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1", "ff02::1",
        "fec0::1", "feff::1", "192.88.99.1", "192.0.0.1", "192.0.0.9", "192.0.0.170", "192.31.196.1",
        "192.52.193.1", "192.175.48.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "240.0.0.1", "3fff::1",
        "3fff:fff::1", "64:ff9b:1::7f00:1", "100::1", "100:0:0:1::1", "2001::1", "2001:1::1", "2001:3::1",
        "2001:20::1", "2001:30::1", "2620:4f:8000::1", "5f00::1", "::127.0.0.1", "::ffff:0:7f00:1",
        "::ffff:192.88.99.1", "not an address", "",
    ],
)  # fmt: skip
def test_no_address_within_is_asked(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_an_address_of_the_open_internet_is_asked(address: str) -> None:
    assert is_public(address)


def test_a_calendar_comes_whole_and_by_a_redirect(fetch, server) -> None:
    assert fetch("http://club.example/a.ics?b=c") == CALENDAR
    assert fetch("http://club.example/to/http://club.example/b.ics") == CALENDAR
    assert server.asked[0] == "club.example/a.ics?b=c"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://within.example/a.ics", "no address of the open internet"),
        ("http://10.1.2.3/a.ics", "no address of the open internet"),
        ("http://[::1]/a.ics", "no address of the open internet"),
        ("http://2130706433/a.ics", "no address of the open internet"),
        ("http://club.example/to/http://within.example/a.ics", "no address of the open internet"),
        ("http://club.example/to/file:///etc/passwd", "this is no address of a calendar"),
        ("http://club.example/to/" * 6, "leads on and on"),
        ("ftp://club.example/a.ics", "this is no address of a calendar"),
        ("http://club.example:22/a.ics", "port 22 is not asked"),
        ("http://club.example:x/a.ics", "this is no address of a calendar"),
        ("http://me:secret@club.example/a.ics", "take name and password out"),
        ("http://club.example/a\r\nHost: within.example", "this is no address of a calendar"),
        ("http://" + "x" * 3000, "this is no address of a calendar"),
        ("http://club.example/gone", "club.example answered 404"),
        ("http://club.example/packed", "sends it packed"),
    ],
)
def test_what_is_not_fetched_is_refused_in_a_sentence_without_the_address(fetch, address, why) -> None:
    with pytest.raises(NotFetched, match=why) as refused:
        fetch(address)
    assert "secret" not in str(refused.value) and "a.ics" not in str(refused.value)


def test_a_name_that_stands_for_one_address_within_is_not_asked_at_all(server) -> None:
    two = Fetching(look_up=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(NotFetched, match="no address of the open internet"):
        two.fetch("https://club.example/a.ics")
    assert server.asked == []


def test_a_calendar_without_end_is_let_go(fetch, monkeypatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST_BYTES", 2**21)
    with pytest.raises(NotFetched, match="larger than 2 MB"):
        fetch("http://club.example/endless")


def test_a_calendar_that_takes_too_long_is_let_go(fetch) -> None:
    for how in ("slow", "dripping"):
        with pytest.raises(NotFetched, match=r"takes too long|did not answer"):
            fetch(f"http://club.example/{how}", longest_s=0.3)
