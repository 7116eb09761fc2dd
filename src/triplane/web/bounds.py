"""How much may be sent: counted as it comes in, before anything of it is laid down or read."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from triplane.web.phone.guard import AT_THE_DOOR, is_paired

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST_BODY = 260 * 2**20
"""Bytes of one sending: files as ``settings_page`` takes them, and what is wrapped around them. Ours."""

LARGEST_OF_STRANGERS = 8 * 2**10
"""Bytes that a phone which is not paired may send: the form that pairs it is a twentieth of it. Ours."""

LARGEST_UNTOLD = 2 * 2**20
"""Bytes of a body that does not say how long it is; no browser sends a form or a file so. Ours."""

SAYS = b"This is more than can be taken at once. Nothing was recorded.\n"


@dataclass(frozen=True)
class Bounded:
    """The app behind a bound; ``door`` is the phones' door where this listener is it, and marked so."""

    app: Any
    door: Any = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope = {**scope, AT_THE_DOOR: self.door is not None}
        if scope["type"] == "websocket":  # the server itself bounds its messages
            await self.app(scope, receive, send)
        if scope["type"] != "http":
            return
        most, told = self._most(scope), told_in(scope, b"content-length")
        if told.isdigit() and int(told) > most:
            await _refuse(send)
            return
        if b"transfer-encoding" not in dict(scope["headers"]):
            await self.app(scope, receive, send)
            return
        # A body that does not say how long it is, is read up to the bound before the app sees any of it.
        parts: list[MutableMapping[str, Any]] = []
        taken = 0
        while not parts or parts[-1].get("more_body"):
            parts.append(await receive())
            taken += len(parts[-1].get("body", b""))
            if taken > min(most, LARGEST_UNTOLD):
                await _refuse(send)
                return

        async def again() -> MutableMapping[str, Any]:
            return parts.pop(0) if parts else await receive()

        await self.app(scope, again, send)

    def _most(self, scope: Scope) -> int:
        if self.door is None or is_paired(told_in(scope, b"cookie"), self.door):
            return LARGEST_BODY
        return LARGEST_OF_STRANGERS


def told_in(scope: Scope, name: bytes) -> str:
    """Return what a header of a request says, by its name in small letters; nothing where there is none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(SAYS)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": SAYS})
