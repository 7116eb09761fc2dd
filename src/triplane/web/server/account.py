"""The account's own pages: where its parts are changed, time zone, reminders, and closing it."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from triplane.web.headers import device_cleared
from triplane.web.server.forms import ReminderForm, ZoneForm
from triplane.web.server.looking import end_line
from triplane.web.server.models import Account, ReminderChoice, Sharing
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
            owner.is_active = False
            owner.save(update_fields=["is_active"])
            for line in Sharing.objects.select_related("runner").filter(coach=owner):
                end_line(line, owner)
            practice = practices().of(owner.runner, owner.zone)
            with practice.journal:
                practice.erase()
            logout(request)
            owner.delete()
            return device_cleared(redirect("account_login"))
        problem = _("Type %(email)s to delete everything. Nothing was deleted.") % {"email": owner.email}
    page = {"owner": owner, "typed": typed, "problem": problem}
    return render(request, "server/close.html", page, status=400 if problem else 200)


@GET_POST
@login_required
def reminders(request: HttpRequest) -> HttpResponse:
    """Show what was chosen about reminders, and keep a choice; none go out until somebody asks here."""
    owner = cast(Account, request.user)
    present = ReminderChoice.objects.filter(account=owner).first()
    initial = {"ahead_min": 30, "most_a_day": 1}
    if present:
        initial = {"ahead_min": present.ahead_min, "most_a_day": present.most_a_day}
    form = ReminderForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and "end" in request.POST:
        ReminderChoice.objects.filter(account=owner).delete()
        return redirect(f"{request.path}?ended=1")
    if form.is_bound and form.is_valid():
        told = {**form.cleaned_data, "language": get_language() or "en"}
        ReminderChoice.objects.update_or_create(account=owner, defaults=told)
        return redirect(f"{request.path}?saved=1")
    page = {
        "form": form,
        "present": present,
        "saved": "saved" in request.GET,
        "ended": "ended" in request.GET,
    }
    return render(request, "server/reminders.html", page, status=400 if form.errors else 200)


@csrf_exempt
@GET_POST
def reminders_end(request: HttpRequest, secret: str) -> HttpResponse:
    """End reminders by the link of an e-mail, without logging in: asked first, or at once by a mail program.

    Programs that look at links before their readers do end nothing: they only get. Whether an address is
    known is nobody's to learn; it carries a secret and no cookie, so that there is nothing to forge.
    """
    if request.method == "POST":
        ReminderChoice.objects.filter(secret=secret).delete()
    page = {"ended": request.method == "POST"}
    return render(request, "server/reminders_end.html", page)


paths = [
    path("accounts/", account, name="account"),
    path("accounts/reminders/", reminders, name="reminders"),
    path("accounts/reminders/end/<str:secret>/", reminders_end, name="reminders_end"),
    path("accounts/close/", close, name="account_close"),
]
