"""Asking for an eye: whoever may do a drill gets a ticket for one set of it, and where the camera stands."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from django import forms
from django.core import signing
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
from triplane.web.eye.tickets import HOLDS_S, TICKETS, Ticket, TooManyWatched
from triplane.web.faults import in_json
from triplane.web.phone.guard import phone_name
from triplane.web.runner import opened_for, practice_of
from triplane.web.said import said

SALT = "triplane.eye"


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
    ticket, place = _asked_for(practice, given)
    ticket.phone = phone_name(request)
    told = {**given, "mark": ticket.mark, "phone": ticket.phone, "language": ticket.language}
    name = signing.dumps({**told, "once": secrets.token_urlsafe(12)}, salt=SALT)
    asks = [{"fault": number, "ask": said(words)} for number, words in ticket.asks]
    try:
        socket = f"/eye/{TICKETS.issue(ticket, name)}/"
    except TooManyWatched:
        raise UserError(_("Too many sets are watched just now. Try again in a minute.")) from None
    return JsonResponse({"socket": socket, "place": said(place), "asks": asks})


def found_anew(request: HttpRequest, name: str) -> Ticket | None:
    """Return a ticket that another process of a server handed out; what was seen until then lies there.

    Its name is signed and says what it is for; who asks, and whether they may, is asked anew.
    """
    try:
        given = signing.loads(name, salt=SALT, max_age=HOLDS_S)
        with closing((practice := opened_for(request)).journal):
            if (practice.history().mark, phone_name(request)) != (given["mark"], given["phone"]):
                return None
            ticket, _place = _asked_for(practice, given)
    except (signing.BadSignature, UserError):
        return None
    ticket.phone, ticket.language = given["phone"], given["language"]
    try:
        TICKETS.issue(ticket, name)
    except TooManyWatched:
        return None
    return ticket


def _asked_for(practice: Practice, given: Mapping[str, str]) -> tuple[Ticket, str]:
    side = coach.Side(given["side"])
    if given["item"]:
        return for_item(practice, given["slot"], given["item"], side)
    return for_test(practice, given["test"], side, active=given["mode"] == "owned")


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
