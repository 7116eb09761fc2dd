"""The socket that a camera's points come through, beside the pages and behind the same gates.

A page sends frames (``formats.motion.sent``), one answer follows each; a page that waits for the answer
before it sends the next never makes a queue. What is no frame, or too much of it, closes it with a reason.
"""

import json
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from time import monotonic
from typing import Any

from asgiref.sync import sync_to_async
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from triplane.errors import UserError
from triplane.formats.motion import sent_frame
from triplane.web.eye.tickets import TICKETS, Ticket
from triplane.web.eye.view import found_anew
from triplane.web.fields import says
from triplane.web.phone.guard import PairedPhonesOnly, phone_name
from triplane.web.runner import opened_for

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

NOT_BINARY, NO_FRAME, TOO_OFTEN, GONE, NOT_NOW = 1003, 1007, 1008, 4404, 4409
"""Why a socket is closed: codes of the protocol, and two of ours."""

MOST_A_SECOND = 90
"""Frames that a second may bring; a quick camera makes 60. Ours."""

LOOKS_AGAIN_S = 3.0
"""How often it is asked whether the runner may still do the drill. Ours."""

LONGEST_REASON = 120
"""Bytes of a reason; the protocol has room for 123."""


@dataclass(frozen=True)
class EyeSocket:
    """The app with the socket beside it."""

    app: Any

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        await receive()
        request = await sync_to_async(_let_in)(scope)
        if request is None:
            await send({"type": "websocket.close", "code": TOO_OFTEN})
            return
        await send({"type": "websocket.accept"})
        name = scope["path"].removeprefix("/eye/").removesuffix("/")
        ticket = TICKETS.find(name) or await sync_to_async(found_anew)(request, name)
        if ticket is None:
            with translation.override(translation.get_language_from_request(request)):
                await _close(send, GONE, _("This set is not watched any more."))
            return
        with translation.override(ticket.language):
            await _watch(request, ticket, receive, send)


def _let_in(scope: Scope) -> HttpRequest | None:
    """Return what asks for the socket as a request, once the gates of all pages let it pass."""
    request = ASGIRequest({**scope, "type": "http", "method": "GET"}, BytesIO())
    try:
        passed = _passes_the_guard(request)
        scheme = "https" if scope.get("scheme") == "wss" else "http"
        own = request.headers.get("Origin") == f"{scheme}://{request.get_host()}"
    except DisallowedHost:
        return None
    return request if passed and own and scope["path"].startswith("/eye/") else None


def _passes_the_guard(request: HttpRequest) -> bool:
    """Whether this comes from this machine or from a phone that is paired now."""
    return PairedPhonesOnly(lambda _: HttpResponse(status=204))(request).status_code == 204


async def _watch(request: HttpRequest, ticket: Ticket, receive: Receive, send: Send) -> None:
    """Answer frames until the page goes, sends what is none, or may not do the drill any more.

    Whether the runner still may is asked behind an answer, so that none waits for it; before the first, and
    before one that comes after a silence.
    """
    looked = float("-inf")
    lately: deque[float] = deque(maxlen=MOST_A_SECOND)
    while True:
        message = await receive()
        if message["type"] != "websocket.receive":
            return
        now = monotonic()
        if len(lately) == MOST_A_SECOND and now - lately[0] < 1:
            await _close(send, TOO_OFTEN, _("These are more frames than a camera makes."))
            return
        lately.append(now)
        if now - looked > 2 * LOOKS_AGAIN_S:
            looked = now
            if await _has_refused(request, ticket, send):
                return
        data = message.get("bytes")
        if data is None:
            await _close(send, NOT_BINARY, _("Frames are sent as bytes."))
            return
        try:
            frame = sent_frame(data)
        except ValueError:
            await _close(send, NO_FRAME, _("This is no frame of a camera."))
            return
        ticket.used = now
        answer = ticket.answer(frame)
        await send({"type": "websocket.send", "text": json.dumps(answer)})
        if now - looked > LOOKS_AGAIN_S:
            looked = now
            if await _has_refused(request, ticket, send):
                return


async def _has_refused(request: HttpRequest, ticket: Ticket, send: Send) -> bool:
    """Close the socket with the reason where this runner is not watched any more."""
    refusal = await sync_to_async(_refusal)(request, ticket)
    if refusal:
        await _close(send, NOT_NOW, refusal)
    return bool(refusal)


def _refusal(request: HttpRequest, ticket: Ticket) -> str:
    """Say why this runner is not watched any more; nothing where all is well.

    A phone may be forgotten, a runner stopped and a sample looked at while the socket is open.
    """
    try:
        if not _passes_the_guard(request):
            return _("This phone is not paired any more.")
        with closing((practice := opened_for(request)).journal):
            if (practice.history().mark, phone_name(request)) != (ticket.mark, ticket.phone):
                return _("This set is watched for somebody else.")
            ticket.refuse(practice)
    except UserError as error:
        return says(error)
    return ""


async def _close(send: Send, code: int, reason: str) -> None:
    if len(reason.encode()) > LONGEST_REASON:
        cut = reason.encode()[: LONGEST_REASON - len("…".encode())].decode(errors="ignore")
        reason = f"{cut.rpartition(' ')[0]}…"
    await send({"type": "websocket.close", "code": code, "reason": reason})
