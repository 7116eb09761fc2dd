"""What was typed when a log-in had ended: held by the browser, sealed, until the same person is back.

It is kept on no server and for minutes alone. Only the one it was typed by sees it again: whose browser it
was, a signed cookie says, which goes when they sign out.
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.fernet import InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature, get_cookie_signer
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from triplane.web.server.models import Account
from triplane.web.server.second_step import seal_of
from triplane.web.server.whose import account_of
from triplane.web.typed_before import Refused, fill_in, places_of, sent_by_hand

WHOSE, HELD = "whose", "typed"
"""Names of the cookies: who signed in last and did not sign out, and what they typed."""

HOLDS_S, KNOWN_S = 15 * 60, 30 * 24 * 3600
"""How long what was typed is held, and for how long it is known whose browser it is. Ours."""

OF_OTHERS = "/coach/"
"""Where addresses begin at which a coach acts: whom they look at is chosen anew, and may be somebody else."""

MOST = 3800
"""Bytes of a cookie that every browser takes."""


@dataclass
class HeldWhileSignedOut:
    """Middleware that holds what somebody sends who is signed out by now, and shows it once they are back."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        account = _signed_in(request)
        if account is None:
            left = request.method == "POST" and request.path_info == reverse("account_logout")
            if left and account_of(request) is None:
                _forget(answer, WHOSE, HELD)
            return answer
        whose = _name_of(account)
        if _signed_in_last(request) != whose:
            _keep(answer, WHOSE, get_cookie_signer(salt=WHOSE).sign(whose), KNOWN_S)
        if _cookie(HELD) in request.COOKIES:
            held = _opened(request.COOKIES[_cookie(HELD)])
            if held is None or held["whose"] != whose or _is_shown(request, answer, held):
                _forget(answer, HELD)
        return answer


def hold(request: HttpRequest, to_log_in: Callable[[str], HttpResponse]) -> HttpResponse | None:
    """Return the way to log in and back to a form, with what was typed; nothing where that is not held.

    What is too long for a cookie is not held either, and that is said there.
    """
    told, whose = sent_by_hand(request), _signed_in_last(request)
    is_closed = hasattr(request, "account")
    if not told or not whose or is_closed or request.path_info.startswith(OF_OTHERS):
        return None
    place = next(places_of(request))
    said = json.dumps({"whose": whose, "page": place, "to": request.path, "told": told})
    sealed = _seal().encrypt(zlib.compress(said.encode(errors="replace"), 9)).decode()
    answer = to_log_in(place)
    if len(sealed) > MOST:
        says = _(
            "You were signed out. What you typed is too long to be kept meanwhile, and nothing of it was "
            "recorded."
        )
        messages.warning(request, says)
        return answer
    _keep(answer, HELD, sealed, HOLDS_S)
    messages.info(request, _("You were signed out. Sign in, and what you typed stands on its page again."))
    return answer


def _signed_in(request: HttpRequest) -> Account | None:
    """Return who a page was shown to, where they signed in with this browser.

    A program's token and the secret of a calendar open what is somebody's, in whatever browser.
    """
    account: Account | None = getattr(request, "account", None)
    return account if account is not None and account == account_of(request) else None


def _is_shown(request: HttpRequest, answer: HttpResponse, held: dict[str, Any]) -> bool:
    """Put what was held into the page that it was typed on; whether this was that page."""
    if request.method != "GET" or request.get_full_path() != held["page"]:
        return False
    sent = QueryDict(mutable=True)
    for name, value in held["told"]:
        sent.appendlist(name, value)
    refused = Refused(_("Nothing was recorded"), _("You were signed out when you sent it."))
    return fill_in(answer, held["page"], held["to"], sent, refused)


def _seal() -> MultiFernet:
    return seal_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS), of=b"triplane typed")


def _opened(sealed: str) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(zlib.decompress(_seal().decrypt(sealed.encode(), ttl=HOLDS_S)))
    except (InvalidToken, zlib.error, ValueError):
        return None
    return told


def _name_of(account: Account) -> str:
    """Return what tells one account from another, and nothing else."""
    return sha256(f"whose {account.runner}".encode()).hexdigest()[:32]


def _signed_in_last(request: HttpRequest) -> str:
    """Return who signed in last in this browser; nothing where nobody is known to have."""
    try:
        return get_cookie_signer(salt=WHOSE).unsign(request.COOKIES.get(_cookie(WHOSE), ""))
    except BadSignature:
        return ""


def _cookie(name: str) -> str:
    """Return the name of a cookie that a browser takes for this server alone, where it is encrypted."""
    return f"__Host-{name}" if settings.SESSION_COOKIE_SECURE else name


def _keep(answer: HttpResponse, name: str, told: str, for_s: int) -> None:
    is_secure = settings.SESSION_COOKIE_SECURE
    how: dict[str, Any] = {"secure": is_secure, "httponly": True, "samesite": "Lax"}
    answer.set_cookie(_cookie(name), told, max_age=for_s, **how)


def _forget(answer: HttpResponse, *names: str) -> None:
    for name in names:
        _keep(answer, name, "", 0)
