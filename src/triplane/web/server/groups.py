"""Groups of a coach's table, as a club: naming them, who stands in them, and asking for one as a file."""

import secrets
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from triplane import coach
from triplane.errors import UserError
from triplane.web.fields import choose_among, says, words
from triplane.web.progress.comparison import TwoDates
from triplane.web.runner import practice_of
from triplane.web.server.looking import who_asks
from triplane.web.server.models import Account, Invitation, Sharing
from triplane.web.server.taken_along import TakenAlong
from triplane.web.server.whose import practices

GET_POST = require_http_methods(["GET", "HEAD", "POST"])

Dates = tuple[date, date]


class GroupForm(forms.Form):
    """What a group is called, and who stands in it: runners of one's own table, and nobody else."""

    name = words(_("Name of the group"), 120, needed=True, missing=_("Write a name."))
    members = forms.MultipleChoiceField(
        label=_("Who stands in it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from your own runners.")},
    )

    def __init__(self, lines: list[Sharing], *told: Any, **how: Any) -> None:
        super().__init__(*told, **how)
        choose_among(self, "members", [(str(one.pk), one.label) for one in lines])


@GET_POST
def group(request: HttpRequest) -> HttpResponse:
    """Name a group or a new one, and choose who stands in it; a group in which nobody stands is gone."""
    account = who_asks(request)
    lines, was = shared_lines(account), request.GET.get("name", "")
    inside = [str(one.pk) for one in lines if was and one.group == was]
    if was and not inside:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = GroupForm(lines, sent, initial={"name": was, "members": inside})
    if form.is_valid() and _is_whole(form, lines, was):
        name, members = form.cleaned_data["name"], form.cleaned_data["members"]
        keep_group(account, was, name, [int(one) for one in members], [one.pk for one in lines])
        shows = f"?{urlencode({'group': name})}" if members else ""
        return redirect(reverse("coach") + shows)
    return _page(request, form, lines, was)


def _is_whole(form: GroupForm, lines: list[Sharing], was: str) -> bool:
    """Whether a group of that name can be kept so; what is wrong is said beside the field."""
    name = form.cleaned_data["name"]
    if name != was and any(one.group == name for one in lines):
        form.add_error("name", _("There is a group of that name already."))
    if not was and not form.cleaned_data["members"]:
        form.add_error("members", _("Choose who stands in it."))
    return not form.errors


def keep_group(account: Account, was: str, name: str, members: list[int], shown: list[int]) -> None:
    """Put those who were chosen into a group and take the others out; what is not the account's stays."""
    own = Sharing.objects.filter(coach=account)
    with transaction.atomic():
        if was:
            own.filter(group=was, pk__in=shown).exclude(pk__in=members).update(group="")
            own.filter(group=was).update(group=name)
            Invitation.objects.filter(coach=account, group=was, used=False).update(group=name)
        own.filter(pk__in=members).update(group=name)


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Hand a group out as one file; each runner whose consent stands then is told of it on their record."""
    account, name = who_asks(request), request.POST.get("group", "")
    lines = shared_lines(account)
    inside = [one for one in lines if name and one.group == name]
    if not inside:
        raise Http404
    dates, now = TwoDates(request.POST), practice_of(request).now
    chosen = _dates(dates, now) if dates.is_valid() else None
    if chosen is None:
        form = GroupForm(lines, initial={"name": name, "members": [str(one.pk) for one in inside]})
        return _page(request, form, lines, name, dates)
    origin = f"taken:{secrets.token_hex(16)}"  # two files of the same dates are two facts
    return TakenAlong(account, name, inside, chosen, now, origin).answer()


def _dates(form: TwoDates, now: datetime) -> Dates | None:
    """Return the two dates that were asked for, or say beside the wrong one what is wrong with it."""
    before, after = form.cleaned_data["before"], form.cleaned_data["after"]
    try:
        coach.check_dates(before, after, now)
    except UserError as error:
        form.add_error(error.field, says(error))
        return None
    return before, after


def shared_lines(account: Account) -> list[Sharing]:
    """Return the lines of a table whose runners let the account look now, by name."""
    found = Sharing.objects.select_related("runner").filter(coach=account, runner__is_active=True)
    lines = sorted(found, key=lambda one: (one.label.casefold(), one.pk))
    let_in = practices().let_in(account.runner, [one.runner.runner for one in lines])
    return [one for one in lines if one.runner.runner in let_in]


def handed_on_by(account: Account, lines: list[Sharing]) -> frozenset[str]:
    """Return those who agreed that the account takes table and comparison along."""
    return practices().let_in(account.runner, [one.runner.runner for one in lines], coach.Deed.HAND_ON)


def _page(
    request: HttpRequest, form: GroupForm, lines: list[Sharing], was: str, dates: TwoDates | None = None
) -> HttpResponse:
    inside = [one for one in lines if was and one.group == was]
    agreed = handed_on_by(who_asks(request), inside)
    left_out = [one for one in inside if one.runner.runner not in agreed]
    before, after = coach.usual_span(practice_of(request).now)
    page = {
        "form": form,
        "was": was,
        "standing": set(form["members"].value() or ()),
        "lines": lines,
        "inside": len(inside) - len(left_out),
        "left_out": left_out,
        "dates": dates or TwoDates(initial={"before": before, "after": after}),
        "here": "settings",
    }
    is_wrong = form.errors or (dates and dates.errors)
    return render(request, "server/group.html", page, status=400 if is_wrong else 200)


paths = [
    path("coach/group/", group, name="group"),
    path("coach/group/export/", export, name="group_export"),
]
