"""The page of reminders: by e-mail and on devices, when and how many, and every way to end them."""

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from triplane.bootstrap.posting import checked
from triplane.web.built import REMIND, script
from triplane.web.server.forms import ReminderForm
from triplane.web.server.models import Account, PushDevice, ReminderChoice
from triplane.web.server.naming import name_of
from triplane.web.server.push.sealing import Lock

GET_POST = require_http_methods(["GET", "HEAD", "POST"])

USUAL = {"ahead_min": 30, "most_a_day": 1}
"""When reminders go out, and how many, for whoever did not choose yet. Ours."""

MOST_DEVICES = 10
"""Devices of one account. Ours."""


@GET_POST
@login_required
def reminders(request: HttpRequest) -> HttpResponse:
    """Show what was chosen about reminders, and keep a choice; none go out until somebody asks here."""
    owner = cast(Account, request.user)
    present = ReminderChoice.objects.filter(account=owner).first()
    if request.method != "POST":
        return _page(request, ReminderForm(initial=_initial(present)))
    if "end" in request.POST:
        ReminderChoice.objects.filter(account=owner).delete()
        return redirect(f"{request.path}?ended=1")
    form = ReminderForm(request.POST, initial=_initial(present))
    if not form.is_valid():
        return _page(request, form)
    told = {**form.cleaned_data, "language": _language()}
    if "mail" in request.POST:
        told["by_mail"] = request.POST["mail"] == "on"
    if present or told.get("by_mail"):
        ReminderChoice.objects.update_or_create(account=owner, defaults=told)
    return redirect(f"{request.path}?saved=1")


@require_POST
@login_required
def device(request: HttpRequest) -> HttpResponse:
    """Keep a device that asked for reminders, with what its browser handed out for it.

    A browser has one address for all who use it: whoever asked last is reminded there, and nobody else.
    """
    if settings.PUSH_KEY is None:
        raise Http404
    owner = cast(Account, request.user)
    told = {name: request.POST.get(name, "") for name in ("endpoint", "point", "secret")}
    try:
        checked(told["endpoint"])
        Lock.of(told["point"], told["secret"])
    except ValueError:
        return _page(request, problem=_("This device could not be set up for reminders. Nothing was kept."))
    with transaction.atomic():
        usual = {**USUAL, "by_mail": False, "language": _language()}
        choice, _new = ReminderChoice.objects.select_for_update().get_or_create(account=owner, defaults=usual)
        devices, key = PushDevice.objects.filter(choice=choice), settings.PUSH_KEY.public
        devices.exclude(key=key).delete()  # nothing that this server says reaches them any more
        others = devices.exclude(endpoint=told["endpoint"])
        if others.count() >= MOST_DEVICES:
            return _page(request, problem=_("No more devices can be reminded. End one of them first."))
        kept = {
            "choice": choice,
            "point": told["point"],
            "secret": told["secret"],
            "key": key,
            "name": name_of(request.headers.get("User-Agent", "")),
        }
        PushDevice.objects.update_or_create(endpoint=told["endpoint"], defaults=kept)
    return redirect(f"{reverse('reminders')}?saved=1")


@require_POST
@login_required
def device_end(request: HttpRequest, device: int) -> HttpResponse:
    """End reminders on one device of whoever asks."""
    owner = cast(Account, request.user)
    PushDevice.objects.filter(pk=device, choice__account=owner).delete()
    return redirect(f"{reverse('reminders')}?saved=1")


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


def _page(request: HttpRequest, form: ReminderForm | None = None, problem: str = "") -> HttpResponse:
    present = ReminderChoice.objects.filter(account=cast(Account, request.user)).first()
    form = form or ReminderForm(initial=_initial(present))
    devices = PushDevice.objects.filter(choice=present).order_by("since")
    key = settings.PUSH_KEY.public if settings.PUSH_KEY else ""
    page = {
        "form": form,
        "present": present,
        "devices": devices.filter(key=key) if present and key else (),
        "key": key,
        "island": script(REMIND) if key else None,
        "problem": problem,
        "saved": "saved" in request.GET,
        "ended": "ended" in request.GET,
    }
    return render(request, "server/reminders.html", page, status=400 if form.errors or problem else 200)


def _initial(present: ReminderChoice | None) -> dict[str, int]:
    return {"ahead_min": present.ahead_min, "most_a_day": present.most_a_day} if present else USUAL


def _language() -> str:
    return get_language() or "en"


paths = [
    path("accounts/reminders/", reminders, name="reminders"),
    path("accounts/reminders/devices/", device, name="reminder_device"),
    path("accounts/reminders/devices/<int:device>/end/", device_end, name="reminder_device_end"),
    path("accounts/reminders/end/<str:secret>/", reminders_end, name="reminders_end"),
]
