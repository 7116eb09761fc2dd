"""Lines of coaches' tables, worked out when a runner told something, before a coach asks for them."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from triplane.errors import JournalError
from triplane.web.server.models import Account, Sharing
from triplane.web.server.whose import practices

LOOKS = ("GET", "HEAD", "OPTIONS")


@dataclass
class WorkedOutAhead:
    """Middleware that works out the line of a runner who has a coach, once something was sent for them.

    Nothing depends on it: a line that is not there, or follows from older facts, is worked out for the table.
    """

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        sharing: Sharing | None = getattr(request, "sharing", None)
        account: Account | None = sharing.runner if sharing else getattr(request, "account", None)
        if request.method not in LOOKS and account is not None:
            with suppress(DatabaseError, JournalError):
                if Sharing.objects.filter(runner__runner=account.runner).exists():
                    practices().told(account.runner, account.zone)
        return answer
