"""The account's own pages: where its parts are changed, time zone, and closing it."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from triplane.web.headers import device_cleared
from triplane.web.server.forms import ZoneForm
from triplane.web.server.looking import end_line
from triplane.web.server.models import Account, Sharing
from triplane.web.server.whose import practices

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_POST
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show the parts of the account, and keep the time zone."""
    owner = cast(Account, request.user)
    form = ZoneForm(request.POST if request.method == "POST" else None, initial={"zone": owner.zone})
    if form.is_bound and form.is_valid():
        owner.zone = form.cleaned_data["zone"]
        owner.save(update_fields=["zone"])
        return redirect(f"{request.path}?saved=1")
    page = {"form": form, "saved": "saved" in request.GET, "sign_on": settings.SIGN_ON_ORIGIN}
    return render(request, "server/account.html", page, status=400 if form.errors else 200)


@require_POST
@login_required
def session_end(request: HttpRequest, number: int) -> HttpResponse:
    """Sign out somewhere else, in that one place."""
    elsewhere = UserSession.objects.filter(user=cast(Account, request.user)).exclude(
        session_key=request.session.session_key
    )
    get_object_or_404(elsewhere, pk=number).end()
    return redirect("usersessions_list")


@GET_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def close(request: HttpRequest) -> HttpResponse:
    """Remove the account and everything on record, once its address was typed.

    Nobody is let in from the first step on; what another device had begun before it removes after itself
    (``gate.py``).
    """
    owner = cast(Account, request.user)
    typed, problem = request.POST.get("email", "").strip(), ""
    if request.method == "POST":
        if typed.lower() == owner.email.lower():
            _active(owner, is_active=False)
            try:
                _erase(owner)
            except BaseException:
                # Whoever could not be erased is not locked out either: the owner comes in and closes again.
                _active(owner, is_active=True)
                raise
            logout(request)
            owner.delete()
            return device_cleared(redirect("account_login"))
        problem = _("Type %(email)s to delete everything. Nothing was deleted.") % {"email": owner.email}
    page = {"owner": owner, "typed": typed, "problem": problem}
    return render(request, "server/close.html", page, status=400 if problem else 200)


def _active(owner: Account, *, is_active: bool) -> None:
    owner.is_active = is_active
    owner.save(update_fields=["is_active"])


def _erase(owner: Account) -> None:
    for line in Sharing.objects.select_related("runner").filter(coach=owner):
        end_line(line, owner)
    practice = practices().of(owner.runner, owner.zone)
    with practice.journal:
        practice.erase()


paths = [
    path("accounts/", account, name="account"),
    path("accounts/sessions/<int:number>/end/", session_end, name="session_end"),
    path("accounts/close/", close, name="account_close"),
]
