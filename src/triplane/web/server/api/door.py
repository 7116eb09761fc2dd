"""How a program comes in: its token says for whom it asks, and whether it may record anything.

Cookies are not looked at here, so that no other site can send anything with those of a browser.
"""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from triplane.errors import JournalError, UserError
from triplane.web.server.api import problems
from triplane.web.server.api.answers import hold_to_what_was_seen
from triplane.web.server.api.tokens import token_of, waits_s
from triplane.web.server.whose import closed_meanwhile, practices

API = "/api/"

OPEN = ("/api/v1/openapi.json",)
"""What tells nothing about anybody: the description of all the rest."""

LOOKS = ("GET", "HEAD", "OPTIONS")


def let_in(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Answer a program with the practice of the runner whose token it shows; as problems, what cannot be."""
    if request.path_info in OPEN:
        return problems.instead_of_page(get_response(request))
    try:
        token = token_of(request)
        if token is None:
            return no_token()
        tells = request.method not in LOOKS
        wait_s = waits_s(token, tells=tells)
        if wait_s:
            return problems.too_many(wait_s)
        if token.is_for_runners is not request.path_info.startswith(problems.OF_RUNNERS):
            return problems.problem(403, "other-scope", _("This token is for something else."))
        if tells and not token.may_write:
            return problems.problem(403, "read-only", _("This token may only read."))
        opened = practices().of(token.account.runner, token.account.zone)
    except OperationalError as error:
        return problems.accounts_away(request, error)
    except JournalError as error:
        return problems.told(request, error)
    practice = opened.as_of(opened.now)  # one instant for all that a request asks
    request.account, request.practice = token.account, practice  # type: ignore[attr-defined]
    try:
        with timezone.override(practice.now.tzinfo):
            if tells and not token.is_for_runners:  # for whose facts a tag is, ``shared.seen`` knows
                hold_to_what_was_seen(request)
            answer = problems.instead_of_page(get_response(request))
    except UserError as error:
        return problems.told(request, error)
    except RequestDataTooBig as error:
        return problems.too_large(request, error)
    finally:
        practice.journal.close()
    if tells and closed_meanwhile(token.account):
        return no_token()
    return answer


def no_token() -> HttpResponse:
    """Answer who shows no token that is good."""
    says = _("Show a token that is good: Authorization: Bearer triplane_… Tokens are made in Account.")
    return problems.problem(401, "no-token", says)
