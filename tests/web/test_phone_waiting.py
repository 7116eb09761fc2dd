"""At the phones' door: whoever is not paired may knock, and cannot keep a paired phone out by knocking."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from stage import Server
from triplane.web.bounds import Bounded
from triplane.web.phone import waiting
from triplane.web.phone.guard import COOKIE
from triplane.web.phone.pairing import Phones
from triplane.web.serving import at_the_door

HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "
SOON_S = 10


async def hello(scope: Any, receive: Any, send: Any) -> None:
    """Answer once all was heard."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


class Door:
    """The door on loopback, with one phone paired."""

    def __init__(self, folder: Any) -> None:
        self.phones = Phones(folder / "paired.json")
        self.secret = self.phones.pair("iPhone", date(2026, 11, 22)).encode()
        app = SimpleNamespace(phones=self.phones)
        self.listener = waiting.Counted(socket.AF_INET, socket.SOCK_STREAM)
        self.listener.bind(("127.0.0.1", 0))
        self.server = Server(Bounded(hello, app), at=self.listener, **at_the_door(app))

    def knock(self, said: bytes = HALF) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.server.port), timeout=SOON_S)
        made.sendall(said)
        return made

    def told(self, length: int = 0) -> bytes:
        """A whole request of the paired phone, but for what it sends."""
        head = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n" % length
        return head + b"Cookie: " + COOKIE.encode() + b"=" + self.secret + b"\r\n\r\n"

    def phone_is_answered(self) -> bool:
        with self.knock(self.told()) as made:
            return is_answered(made)


def is_answered(made: socket.socket) -> bool:
    """Whether all of an answer came, rather than the end of the connection."""
    heard = b""
    with suppress(ConnectionResetError):
        while (part := made.recv(1000)) and not (heard := heard + part).endswith(b"hello"):
            pass
    return heard.startswith(b"HTTP/1.1 200")


def was_ended(made: socket.socket) -> bool:
    with suppress(ConnectionResetError):
        return made.recv(1000) == b""
    return True


@pytest.fixture
def door(tmp_path: Any) -> Iterator[Door]:
    made = Door(tmp_path)
    yield made
    made.server.stop()


@pytest.mark.parametrize(
    "said",
    [b"", HALF, b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 90\r\n\r\nx"],
    ids=["nothing", "half a request", "half of what it sends"],
)
def test_a_stranger_who_does_not_end_what_it_began_is_let_go(door: Door, monkeypatch, said: bytes) -> None:
    monkeypatch.setattr(waiting, "HEARD_S", 0.2)

    assert was_ended(door.knock(said))


def test_what_follows_an_answer_has_its_time_too(door: Door, monkeypatch) -> None:
    monkeypatch.setattr(waiting, "HEARD_S", 0.2)
    made = door.knock(door.told())
    assert is_answered(made)
    made.sendall(HALF)

    assert was_ended(made)


def test_a_paired_phone_is_waited_for_while_it_sends(door: Door, monkeypatch) -> None:
    monkeypatch.setattr(waiting, "HEARD_S", 0.3)
    slow = door.knock(door.told(4) + b"ab")
    assert was_ended(door.knock())
    slow.sendall(b"cd")

    assert is_answered(slow)


def test_however_many_strangers_knock_a_paired_phone_is_answered(door: Door, monkeypatch) -> None:
    monkeypatch.setattr(waiting, "MOST_AT_ONCE", 4)
    paired = door.knock(door.told())
    assert is_answered(paired)
    paired.sendall(door.told(4))
    strangers = [door.knock() for _ in range(12)]

    assert door.phone_is_answered()
    assert was_ended(strangers[0])
    paired.sendall(b"abcd")
    assert is_answered(paired), "who is paired is not sent away for strangers"


def test_one_address_has_so_many_connections_and_no_more(door: Door, monkeypatch) -> None:
    monkeypatch.setattr(waiting, "MOST_OF_ONE", 3)
    strangers = [door.knock(b"") for _ in range(3)]
    assert was_ended(door.knock())
    strangers[0].close()

    assert any(door.phone_is_answered() for _ in range(100)), "as soon as the one that ended is gone"
