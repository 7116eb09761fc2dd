"""Who may send much: only who has an account, asked before any of it is taken.

Django takes no request before its body is there, on a disk or, in a container, in memory.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.views import redirect_to_login
from django.core.handlers.asgi import ASGIRequest
from django.db import DatabaseError, close_old_connections
from django.http import HttpResponse

from triplane.errors import JournalError
from triplane.web.bounds import Receive, Scope, Send, told_in
from triplane.web.server.api import door
from triplane.web.server.api.tokens import token_of
from triplane.web.server.whose import account_of
from triplane.web.settings import LARGEST_FORM


@dataclass(frozen=True)
class KnownSenders:
    """The app, which takes from strangers no more than a form may have."""

    app: Any

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = told_in(scope, b"content-length") if scope["type"] == "http" else ""
        if size.isdigit() and int(size) > LARGEST_FORM:
            refused = await sync_to_async(_refusal, thread_sensitive=False)(scope)
            if refused is not None:
                await _answer(refused, send)
                return
        await self.app(scope, receive, send)


def _refusal(scope: Scope) -> HttpResponse | None:
    """Return what whoever has no account is answered; nothing where somebody has one."""
    request = ASGIRequest(scope, BytesIO())
    is_program = request.path_info.startswith(door.API)
    try:
        known = token_of(request) if is_program else account_of(request)
    except (DatabaseError, JournalError):
        return HttpResponse(status=503)
    finally:
        close_old_connections()  # no request of Django's ends here, which would give it back
    if known is not None:
        return None
    return door.no_token() if is_program else redirect_to_login("/")


async def _answer(response: HttpResponse, send: Send) -> None:
    told = {**response.headers, "Content-Length": str(len(response.content)), "Connection": "close"}
    headers = [(name.lower().encode("latin-1"), str(one).encode("latin-1")) for name, one in told.items()]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})
