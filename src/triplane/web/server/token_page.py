"""Personal tokens: a page that makes them, shows each once, and ends them."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from triplane.web.fields import words
from triplane.web.problems import problems_of
from triplane.web.server.api import tokens
from triplane.web.server.models import Account, ApiToken

GET_POST = require_http_methods(["GET", "HEAD", "POST"])

SCOPES = [
    (ApiToken.READ, _("Read only")),
    (ApiToken.WRITE, _("Read, and tell for me")),
    (ApiToken.COACH, _("Look at the runners who share with me, and at nothing of mine")),
    (ApiToken.COACHING, _("Look at the runners who share with me, and record for me what they agreed to")),
]
DAYS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("A year"))]


class TokenForm(forms.Form):
    """What a token is for."""

    name = words(_("What it is for"), 60, needed=True, missing=_("Write what it is for."))
    scope = forms.ChoiceField(choices=SCOPES, label=_("It may"), widget=forms.Select({"class": "field"}))
    days = forms.ChoiceField(choices=DAYS, label=_("It ends after"), widget=forms.Select({"class": "field"}))


@GET_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def listed(request: HttpRequest) -> HttpResponse:
    """List the tokens; make one, and show it this once."""
    owner = cast(Account, request.user)
    form, made, too_many = TokenForm(request.POST if request.method == "POST" else None), "", False
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        too_many = ApiToken.objects.filter(account=owner).count() >= tokens.MOST
        if not too_many:
            made = tokens.make(owner, told["name"], told["scope"], int(told["days"]))
            form = TokenForm()
    page = {
        "form": form,
        "made": made,
        "too_many": too_many,
        "most": tokens.MOST,
        "tokens": ApiToken.objects.filter(account=owner).order_by("-since"),
        "now": timezone.now(),
        "problems": problems_of(form),
    }
    return render(request, "server/tokens.html", page, status=400 if form.errors or too_many else 200)


@require_POST
@login_required
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Let a token open nothing any more."""
    ApiToken.objects.filter(account=cast(Account, request.user), pk=number).delete()
    return redirect("tokens")


paths = [
    path("accounts/tokens/", listed, name="tokens"),
    path("accounts/tokens/<int:number>/end/", end, name="token_end"),
]
"""Addresses of the page."""
