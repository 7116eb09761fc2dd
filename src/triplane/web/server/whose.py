"""Who asks: the account of a request, and the practice of the runner it stands for."""

from importlib import import_module
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth import get_user
from django.db import OperationalError, close_old_connections
from django.http import HttpRequest
from django.utils.translation import gettext as _

from triplane.bootstrap import Practice, Practices
from triplane.errors import JournalError, UserError
from triplane.history import RunnerErased

if TYPE_CHECKING:
    from triplane.web.server.models import Account


class NoAccount(UserError):
    """Nobody is logged in, and what was asked for is somebody's."""


def account_of(request: HttpRequest) -> "Account | None":
    """Return who is logged in.

    A socket carries cookies and no session: it is looked up each time it is asked, so that one that was
    ended, or an account that was closed, is let in no more.
    """
    if hasattr(request, "user"):
        return cast("Account", request.user) if request.user.is_authenticated else None
    try:
        store = import_module(settings.SESSION_ENGINE).SessionStore
        request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        user = get_user(request)
        return cast("Account", user) if user.is_authenticated else None
    except OperationalError as error:
        raise JournalError("the accounts cannot be reached just now, try again in a moment") from error
    finally:
        del request.session
        close_old_connections()


def is_closed(request: HttpRequest) -> bool:
    """Whether the account that a request came in with is closed by now."""
    account = getattr(request, "account", None) or account_of(request)
    return account is not None and not _is_open(account)


def _is_open(account: "Account") -> bool:
    return account.__class__.objects.filter(pk=account.pk, is_active=True).exists()


def closed_meanwhile(account: "Account") -> bool:
    """Whether an account was closed while a request of it was answered; what that recorded is removed then.

    Closing first lets nobody in and then erases: what was recorded later is found here, by who recorded it.
    """
    if _is_open(account):
        return False
    practice = practices().of(account.runner, account.zone)
    with practice.journal:
        if any(not isinstance(fact.body, RunnerErased) for fact in practice.history().facts):
            practice.erase()
    return True


def practices() -> Practices:
    """Return what opens the practices of this server's runners."""
    return cast(Practices, settings.PRACTICES)


def open_for(request: HttpRequest, practices: Practices) -> Practice:
    """Open the practice of whoever asks, or of the runner they look at (``gate.py`` lets them).

    Raises
    ------
    NoAccount
        When nobody is logged in.
    JournalError
        When journal or accounts cannot be reached.
    """
    account = getattr(request, "account", None) or account_of(request)
    if account is None:
        raise NoAccount(_("log in first"))
    sharing = getattr(request, "sharing", None)
    if sharing is not None:
        account = sharing.runner
    return practices.of(account.runner, account.zone)
