"""More than can be taken is refused unread, and a stranger on the network may send next to nothing."""

import asyncio
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from triplane.web.bounds import LARGEST_BODY, LARGEST_OF_STRANGERS, LARGEST_UNTOLD, Bounded
from triplane.web.phone.guard import AT_THE_DOOR, COOKIE
from triplane.web.phone.pairing import Phones


def sent(headers: dict[str, str], chunks: list[bytes], door: Any = None) -> tuple[int, bytes]:
    """Send a body through the bound; return the status and what of the body the app saw."""
    seen = b""
    statuses: list[int] = []
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in chunks]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal seen
        more = True
        while more:
            message = await receive()
            seen, more = seen + message["body"], message["more_body"]
        await send({"type": "http.response.start", "status": 200})

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        if "status" in message:
            statuses.append(message["status"])

    told = [(name.encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(Bounded(app, door)({"type": "http", "headers": told}, receive, send))
    return statuses[0], seen


@pytest.fixture
def door(tmp_path: Path) -> Any:
    return SimpleNamespace(phones=Phones(tmp_path / "paired.json"))


def test_what_is_small_enough_comes_in_whole() -> None:
    assert sent({"content-length": "4"}, [b"ab", b"cd"]) == (200, b"abcd")
    assert sent({"transfer-encoding": "chunked"}, [b"ab", b"cd"]) == (200, b"abcd")


def test_what_says_it_is_too_large_is_not_read() -> None:
    assert sent({"content-length": str(LARGEST_BODY + 1)}, [b"ab"]) == (413, b"")


def test_what_does_not_say_how_large_it_is_is_counted() -> None:
    part = b"x" * 2**20
    assert sent({"transfer-encoding": "chunked"}, [part] * (LARGEST_UNTOLD // 2**20 + 1)) == (413, b"")


def test_a_stranger_on_the_network_sends_no_more_than_the_form_that_pairs(door) -> None:
    large = {"content-length": str(LARGEST_OF_STRANGERS + 1)}
    paired = {"cookie": f"theme=dark; {COOKIE}={door.phones.pair('iPhone', date(2026, 11, 22))}"}

    assert sent(large, [b"x"], door)[0] == 413
    assert sent({**large, "cookie": f"{COOKIE}=guess"}, [b"x"], door)[0] == 413
    assert sent({**large, **paired}, [b"x"], door)[0] == 200


@pytest.mark.parametrize("door", [None, SimpleNamespace(phones=SimpleNamespace(known=lambda secret: None))])
def test_the_listener_marks_what_comes_through_the_phones_door(door) -> None:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope[AT_THE_DOOR])

    forged = {"type": "http", "headers": [(AT_THE_DOOR.encode(), b"")], AT_THE_DOOR: door is None}
    asyncio.run(Bounded(app, door)(forged, None, None))
    assert seen == [door is not None]
