"""How long and how many strangers wait at the phones' door: none of them keeps a paired phone out.

Before a request was heard whole nobody knows whose it is. So whoever begins one ends it soon, one address
has so many connections, and where all are taken the stranger who waited longest goes.
"""

import asyncio
import socket
from typing import Any
from weakref import WeakKeyDictionary

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from triplane.web.phone.guard import is_paired

HEARD_S = 10
"""Seconds in which a request is told, and of a stranger what it sends with it; a form is a few hundred bytes.
Ours."""

MOST_AT_ONCE = 64
"""Connections through the phones' door at a time; a page of ours takes six. Ours."""

MOST_OF_ONE = 32
"""Connections of one address at a time, also before they are encrypted: some phones behind one box. Ours."""


class Counted(socket.socket):
    """A listener that lets in so many connections from one address and closes what comes beyond them."""

    def __init__(self, *told: Any) -> None:
        super().__init__(*told)
        self.let_in: WeakKeyDictionary[socket.socket, str] = WeakKeyDictionary()

    def accept(self) -> tuple[socket.socket, Any]:
        """Return the next connection; what is one too many ends as one that was broken off."""
        made, told = super().accept()
        open_now = [one for one, address in self.let_in.items() if address == told[0] and one.fileno() >= 0]
        if len(open_now) >= MOST_OF_ONE:
            made.close()
            raise ConnectionAbortedError
        self.let_in[made] = told[0]
        return made, told


def waiting_at(door: Any) -> type[asyncio.Protocol]:
    """Return what speaks with whoever comes to a door."""
    here: dict[_Waiting, None] = {}

    class AtThisDoor(_Waiting):
        waiting = here
        at = door

    return AtThisDoor


class _Waiting(H11Protocol):
    """One connection: a stranger until a request of it came from a paired phone."""

    waiting: "dict[_Waiting, None]"
    at: Any

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let it in; where too many are, the stranger who waited longest goes."""
        super().connection_made(transport)
        self.is_known = False
        self.ends: asyncio.TimerHandle | None = None
        self._soon_ends()
        self.waiting[self] = None
        if len(self.waiting) > MOST_AT_ONCE:
            goes = next(one for one in (*self.waiting, self) if not one.is_known)
            goes.transport.abort()
            self.waiting.pop(goes)

    def data_received(self, data: bytes) -> None:
        """Hear what comes; a request, and all that a stranger sends, has its time."""
        super().data_received(data)
        told = next((value for name, value in self.headers or () if name == b"cookie"), b"")
        self.is_known = self.is_known or (bool(told) and is_paired(told.decode("latin-1"), self.at))
        still_told = (h11.IDLE,) if self.is_known else (h11.IDLE, h11.SEND_BODY)
        if self.conn.their_state in still_told and self in self.waiting:
            self._soon_ends()
        else:
            self._may_stay()

    def handle_websocket_upgrade(self, event: Any) -> None:
        """Leave it to the camera's socket, which asks for itself who comes."""
        self._may_stay()
        self.waiting.pop(self, None)
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let it go."""
        self._may_stay()
        self.waiting.pop(self, None)
        super().connection_lost(exc)

    def _soon_ends(self) -> None:
        self.ends = self.ends or self.loop.call_later(HEARD_S, self.transport.abort)

    def _may_stay(self) -> None:
        if self.ends is not None:
            self.ends.cancel()
        self.ends = None
