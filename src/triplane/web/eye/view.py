"""Asking for an eye: whoever may do a drill gets a ticket for one set of it, and where the camera stands."""

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
from triplane.web.runner import practice_of
from triplane.web.said import said


class EyeForm(forms.Form):
    """Which drill or which test, and the side: the working one, or the one that is measured."""

    drill = forms.CharField(max_length=80, required=False)
    test = forms.CharField(max_length=80, required=False)
    side = forms.ChoiceField(choices=[(one.value, one.value) for one in coach.Side])
    mode = forms.CharField(max_length=10, required=False)


@require_POST
@in_json
def eye(request: HttpRequest) -> JsonResponse:
    """Hand out a ticket for one set or one side of a test, or say why no camera watches it."""
    form = EyeForm(request.POST)
    if not form.is_valid() or bool(form.cleaned_data["drill"]) is bool(form.cleaned_data["test"]):
        raise UserError(_("Say which drill it is, and which side."))
    given, practice = form.cleaned_data, practice_of(request)
    side = coach.Side(given["side"])
    if given["drill"]:
        return _leave(*for_drill(practice, given["drill"], side))
    return _leave(*for_test(practice, given["test"], side, active=given["mode"] == "owned"))


def for_drill(practice: Practice, drill: str, side: "coach.Side") -> tuple[Ticket, str]:
    """Return a ticket for one set of a drill, and where the camera stands."""

    def ask(one: Practice) -> "coach.DrillEye":
        return coach.eye_on(one.history(), drill, side, one.now)

    found = ask(practice)
    watch = found.watch()
    return Ticket(lambda frame: told(watch.see(frame), found), ask, get_language() or "en"), found.place


def for_test(practice: Practice, test: str, side: "coach.Side", *, active: bool) -> tuple[Ticket, str]:
    """Return a ticket for one side of a test, and where the camera stands."""

    def ask(one: Practice) -> "coach.CameraTest":
        return coach.camera_on_test(one.history(), test, side, one.now, active=active)

    found = ask(practice)
    return Ticket(RangeEye(found).see, ask, get_language() or "en"), found.place


def _leave(ticket: Ticket, place: str) -> JsonResponse:
    return JsonResponse({"socket": f"/eye/{TICKETS.issue(ticket)}/", "place": said(place)})


paths = [path("eye/", eye, name="eye")]
