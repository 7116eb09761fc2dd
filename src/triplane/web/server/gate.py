"""Whom a server answers: everybody's pages to everybody, all others to whoever is logged in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from triplane.errors import JournalError
from triplane.web import faults, feed_address
from triplane.web.headers import device_cleared
from triplane.web.runner import RunnersPractice
from triplane.web.server.access import Opens, opens, route_of
from triplane.web.server.api import door
from triplane.web.server.feeds import account_of_feed
from triplane.web.server.held import hold
from triplane.web.server.looking import looked_at, no_longer_shown, refusal
from triplane.web.server.whose import account_of, closed_meanwhile, is_closed

GONE = (DatabaseError, ObjectDoesNotExist)
"""What a request meets whose account is closed while it is answered: rows that it belongs to are away."""

ASKED_BY_MACHINES = ("/health/", "/ready/", "/metrics/")
"""What is asked by machines, and answers whether or not a database does."""


@dataclass
class Known:
    """Middleware that finds out who asks before anybody else wants to know, or says that it cannot."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in ASKED_BY_MACHINES:
            request.user = AnonymousUser()
            return self.get_response(request)
        try:
            bool(request.user.is_authenticated)  # looks the session and the account up, once
        except OperationalError:
            request.user = AnonymousUser()
            return _away(request)
        return self.get_response(request)


@dataclass
class WithAnAccount:
    """Middleware that hands a view the practice of whoever is logged in, and sends all others to log in.

    A calendar program has no session; the address that it asks for holds a secret of its own. A program that
    asks for a document of the API shows a token.
    """

    get_response: Callable[[HttpRequest], HttpResponse]

    def __post_init__(self) -> None:
        self._practice = RunnersPractice(self.get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if "\0" in path or "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            return HttpResponse(
                status=400
            )  # no address or session of ours holds one, and no database takes it
        if path.startswith(door.API):
            return door.let_in(request, self.get_response)
        route = route_of(path)
        if opens(route) is Opens.ON_ONE_MACHINE:
            return faults.not_found(request, Http404())
        try:
            if opens(route) is Opens.TO_ALL:
                return self._open_page(request)
            feed = feed_address.ADDRESS.fullmatch(path)
            account = account_of_feed(feed["secret"]) if feed else account_of(request)
        except OperationalError:
            return _away(request)
        if account is None:
            return HttpResponse(status=404) if feed else _log_in(request)
        request.account = account  # type: ignore[attr-defined]
        sharing = None if feed else looked_at(request, account)
        gone = no_longer_shown(request) if sharing is None and not feed else None
        if gone is not None:
            return gone
        if sharing is not None:
            request.sharing = sharing  # type: ignore[attr-defined]
            try:
                refused = refusal(request, sharing, account, route)
            except JournalError as error:
                return faults.journal(request, error)
            if refused is not None:
                return refused
        answer = self._practice(request)
        if request.method == "POST" and sharing is None and not feed and closed_meanwhile(account):
            return _log_in(request)
        return answer

    def _open_page(self, request: HttpRequest) -> HttpResponse:
        """Answer with instants in the zone of whoever is logged in, whose practice is not opened for it."""
        account = account_of(request) if request.path_info.startswith("/accounts/") else None
        with timezone.override(account.zone if account else settings.ZONE):
            return _leaving(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn what the rooms raise on purpose into a page, as on one's own machine; and a database away."""
        if isinstance(error, OperationalError):
            return _away(request)
        if isinstance(error, GONE) and is_closed(request):
            return _log_in(request)
        return self._practice.process_exception(request, error)


def _away(request: HttpRequest) -> HttpResponse:
    said = _("the accounts cannot be reached just now, try again in a moment")
    return faults.journal(request, JournalError(said))


def _leaving(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the browser of whoever has just logged out forget what it kept for a day without a connection."""
    left = request.method == "POST" and request.path_info == reverse("account_logout")
    return device_cleared(response) if left and account_of(request) is None else response


def _log_in(request: HttpRequest) -> HttpResponse:
    """Lead to the log-in and back; a script is held back for now, so that it keeps what it has to send."""
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        told = {"problem": _("Log in first."), "next": reverse("account_login")}
        return JsonResponse(told, status=faults.NOT_NOW)
    if request.method == "POST":
        return hold(request, redirect_to_login) or redirect_to_login("/")
    return redirect_to_login(request.get_full_path() if request.method in ("GET", "HEAD") else "/")
