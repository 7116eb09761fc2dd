"""Asking for an eye: whoever may do a drill gets a ticket for one set of it, and where the camera stands."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import UserError
from triplane.web.eye.range_eye import RangeEye
from triplane.web.eye.telling import told
from triplane.web.eye.tickets import TICKETS, Ticket
from triplane.web.faults import in_json
from triplane.web.phone.guard import phone_name
from triplane.web.runner import practice_of
from triplane.web.said import said


class EyeForm(forms.Form):
    """Which item of a session or which test, and the side: the working one, or the one that is measured."""

    slot = forms.CharField(max_length=80, required=False)
    item = forms.CharField(max_length=160, required=False)
    test = forms.CharField(max_length=80, required=False)
    side = forms.ChoiceField(choices=[(one.value, one.value) for one in coach.Side])
    mode = forms.CharField(max_length=10, required=False)


@require_POST
@in_json
def eye(request: HttpRequest) -> JsonResponse:
    """Hand out a ticket for one set or one side of a test, or say why no camera watches it."""
    form = EyeForm(request.POST)
    if not form.is_valid() or bool(form.cleaned_data["item"]) is bool(form.cleaned_data["test"]):
        raise UserError(_("Say which drill it is, and which side."))
    given, practice = form.cleaned_data, practice_of(request)
    side = coach.Side(given["side"])
    if given["item"]:
        ticket, place = for_item(practice, given["slot"], given["item"], side)
    else:
        ticket, place = for_test(practice, given["test"], side, active=given["mode"] == "owned")
    ticket.phone = phone_name(request)
    asks = [{"fault": number, "ask": said(words)} for number, words in ticket.asks]
    return JsonResponse({"socket": f"/eye/{TICKETS.issue(ticket)}/", "place": said(place), "asks": asks})


def for_item(practice: Practice, slot: str, item: str, side: "coach.Side") -> tuple[Ticket, str]:
    """Return a ticket for one set of an item that may be begun now, and where the camera stands."""

    def ask(one: Practice) -> "coach.DrillEye":
        return coach.eye_in_session(one.history(), slot, item, side, one.now)

    found = ask(practice)
    watch = found.watch()
    ticket = _ticket(practice, lambda frame: told(watch.see(frame), found), ask)
    ticket.asks = found.asks
    return ticket, found.place


def for_test(practice: Practice, test: str, side: "coach.Side", *, active: bool) -> tuple[Ticket, str]:
    """Return a ticket for one side of a test, and where the camera stands."""

    def ask(one: Practice) -> "coach.CameraTest":
        return coach.camera_on_test(one.history(), test, side, one.now, active=active)

    found = ask(practice)
    return _ticket(practice, RangeEye(found).see, ask), found.place


def _ticket(
    practice: Practice, answer: Callable[[Any], dict[str, Any]], refuse: Callable[[Practice], object]
) -> Ticket:
    return Ticket(answer, refuse, get_language() or "en", practice.history().mark)


paths = [path("eye/", eye, name="eye")]
