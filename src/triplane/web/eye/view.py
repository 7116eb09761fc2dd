"""Asking for an eye: whoever may do a drill gets a ticket for one set of it, and where the camera stands."""

from django import forms
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from triplane import coach
from triplane.errors import UserError
from triplane.web.eye.tickets import TICKETS
from triplane.web.faults import in_json
from triplane.web.runner import practice_of
from triplane.web.said import said


class EyeForm(forms.Form):
    """Which drill, and which side works."""

    drill = forms.CharField(max_length=80)
    side = forms.ChoiceField(choices=[(one.value, one.value) for one in coach.Side])


@require_POST
@in_json
def eye(request: HttpRequest) -> JsonResponse:
    """Hand out a ticket for one set, or say why no camera watches it."""
    form = EyeForm(request.POST)
    if not form.is_valid():
        raise UserError(_("Say which drill it is, and which side."))
    practice = practice_of(request)
    side = coach.Side(form.cleaned_data["side"])
    found = coach.eye_on(practice.history(), form.cleaned_data["drill"], side, practice.now)
    ticket = TICKETS.issue(found, get_language() or "en")
    asks = [said(question) for _, question in found.asks]
    return JsonResponse({"socket": f"/eye/{ticket}/", "place": said(found.place), "asks": asks})


paths = [path("eye/", eye, name="eye")]
