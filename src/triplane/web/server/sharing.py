"""Sharing with a coach: the runner's consent and its end, and the coach's table."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from triplane import coach
from triplane.errors import UserError
from triplane.history import SharedAs
from triplane.web.change.view import recorded
from triplane.web.fields import words
from triplane.web.hips.rose import rose_thumb
from triplane.web.runner import practice_of
from triplane.web.server.looking import (
    asking,
    end_line,
    end_sharing,
    is_shared,
    lines_so_far,
    look_at,
    looked_at,
    who_asks,
)
from triplane.web.server.models import Account, Assistant, Invitation, Sharing
from triplane.web.server.whose import practices
from triplane.web.words import plain

if TYPE_CHECKING:
    from triplane.coach import Call, RunnersLine

GET_POST = require_http_methods(["GET", "HEAD", "POST"])

HOLDS = timedelta(days=7)
"""How long an invitation may be taken up. Ours."""

MOST_OPEN = 50
"""Invitations of one coach that are open at once. Ours."""

ROLES = (
    (SharedAs.COACH.value, _("Coach")),
    (SharedAs.PHYSIOTHERAPIST.value, _("Physiotherapist")),
    (SharedAs.PHYSICIAN.value, _("Physician")),
)

CALLS = {
    coach.Need.BLOCKED: _("Stopped for safety"),
    coach.Need.UNSCREENED: _("Safety questions not answered"),
    coach.Need.PAIN: _("Something hurts or is sore"),
    coach.Need.SORE: _("Sore twice"),
    coach.Need.SILENT: _("Told nothing for days"),
    coach.Need.LOSS: _("Lost range"),
    coach.Need.GAIN: _("Gained range"),
}
"""What calls for a coach, in words."""


class InvitationForm(forms.Form):
    """Who invites whom."""

    called = words(_("Your name, as the runner knows you"), 120, needed=True, missing=_("Write your name."))
    role = forms.ChoiceField(choices=ROLES, label=_("You are their"), widget=forms.Select({"class": "field"}))
    label = words(_("What you call the runner"), 120, needed=True, missing=_("Write a name."))
    group = words(_("Group, if you like"), 120)


@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    """Show the runner who sees their facts, who did, and what others did with them."""
    practice = practice_of(request)
    history = practice.history()
    done = coach.done_by_others(history, practice.now)
    page = {
        "consents": coach.consents(history),
        "asking": asking(history, who_asks(request)),
        "done": done,
        "here": "settings",
    }
    return render(request, "server/sharing.html", page)


@require_POST
def put_back(request: HttpRequest, fact: str) -> HttpResponse:
    """Put a session where it lay before somebody else put it elsewhere."""
    return recorded(
        request, practice_of(request), lambda history, now: coach.move_taken_back(history, fact, now)
    )


@require_POST
def end(request: HttpRequest, to: str) -> HttpResponse:
    """Let somebody see nothing any more, from this moment on."""
    end_sharing(practice_of(request), to)
    return redirect("sharing")


@require_POST
def agree(request: HttpRequest, to: str) -> HttpResponse:
    """Let somebody who was let in do what their role may by now, too."""
    practice_of(request).decide(lambda history, now: coach.agreed_to_more(history, to))
    return redirect("sharing")


@GET_POST
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask the runner whether somebody may see everything on record; the invitation is used up by a yes."""
    digest, account = digest_of(secret), who_asks(request)
    found = Invitation.objects.select_related("coach").filter(digest=digest, used=False).first()
    if found is None or found.ends < timezone.now() or not found.coach.is_active:
        raise Http404
    if request.method == "POST":
        practice = practice_of(request)
        told = {"label": found.label, "group": found.group}
        with transaction.atomic():  # it is used up only where the journal took the consent
            if not Invitation.objects.filter(pk=found.pk, used=False).update(used=True):
                raise Http404
            practice.decide(
                lambda history, now: coach.consent(
                    history, found.coach.runner, found.called, SharedAs(found.role)
                )
            )
            Sharing.objects.update_or_create(coach=found.coach, runner=account, defaults=told)
        return redirect("sharing")
    page = {"invitation": found, "role": dict(ROLES)[found.role], "secret": secret, "here": "settings"}
    return render(request, "server/invitation.html", page)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Show everybody who shares with this account, whoever needs somebody first."""
    return _table(request, InvitationForm(initial=_last_told(who_asks(request))))


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make an invitation and show its address, once."""
    account, form = who_asks(request), InvitationForm(request.POST)
    if not form.is_valid():
        return _table(request, form, status=400)
    if Invitation.objects.filter(coach=account, used=False, ends__gt=timezone.now()).count() >= MOST_OPEN:
        raise UserError(gettext("too many of your invitations are open; take some back first"))
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        coach=account, digest=digest_of(secret), ends=timezone.now() + HOLDS, **form.cleaned_data
    )
    address = request.build_absolute_uri(reverse("invitation", args=[secret]))
    return _table(request, InvitationForm(initial=_last_told(account)), address=address)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Let an invitation be taken up no more."""
    get_object_or_404(Invitation, pk=number, coach=who_asks(request), used=False).delete()
    return redirect("coach")


@require_POST
def look(request: HttpRequest, number: int) -> HttpResponse:
    """Show a runner's pages from here on, as the runner sees them."""
    account = who_asks(request)
    line = get_object_or_404(Sharing.objects.select_related("runner"), pk=number, coach=account)
    if not is_shared(line, account):
        raise Http404
    look_at(request, line)
    return redirect("today")


@require_POST
def end_own(request: HttpRequest, number: int) -> HttpResponse:
    """Take a runner off one's table, who is then seen no more."""
    account = who_asks(request)
    line = get_object_or_404(Sharing.objects.select_related("runner"), pk=number, coach=account)
    looks = looked_at(request, account)
    end_line(line, account)
    if looks is not None and looks.pk == number:
        look_at(request, None)
    return redirect("coach")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Lead back to one's own pages."""
    look_at(request, None)
    return redirect("coach")


def _table(
    request: HttpRequest, form: InvitationForm, *, address: str = "", status: int = 200
) -> HttpResponse:
    account = who_asks(request)
    rows = [_row(line, told) if told else Row(line) for line, told in lines_so_far(account)]
    group = request.GET.get("group", "")
    shown = sorted((row for row in rows if group in ("", row.line.group)), key=lambda row: row.place)
    page = {
        "rows": shown,
        "calling": sum(row.told is not None and row.told.needs_somebody for row in shown),
        "open": sum(row.told is None for row in shown),
        "keeps": practices().keeps_lines,
        "groups": sorted({row.line.group for row in rows if row.line.group}),
        "group": group,
        "form": form,
        "address": address,
        "invitations": Invitation.objects.filter(coach=account, used=False, ends__gt=timezone.now()).order_by(
            "pk"
        ),
        "assists": Assistant.objects.filter(account=account).order_by("pk"),
        "here": "settings",
    }
    return render(request, "server/table.html", page, status=status)


@dataclass(frozen=True)
class Row:
    """One runner as the table shows them; ``told`` is missing while it is worked out."""

    line: Sharing
    told: "RunnersLine | None" = None
    calls: Sequence[tuple["Call", str]] = ()
    rose: str = ""

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it stands: whoever needs somebody most first, then who may, then by name."""
        called = self.told is not None and self.told.needs_somebody
        urgency = self.told.urgency if self.told else 0
        return 0 if called else 1 if self.told is None else 2, urgency, self.line.label.casefold()


def _row(line: Sharing, told: "RunnersLine") -> Row:
    limited = [petal for petal in told.petals if petal.is_limited]
    names = ", ".join(f"{plain(one.direction.plain_name)} {plain(one.side)}" for one in limited)
    if not any(petal.z is not None for petal in told.petals):
        shows = gettext("Hips: nothing is measured.")
    elif limited:
        shows = gettext("Hips: limited in %(names)s.") % {"names": names}
    else:
        shows = gettext("Hips: no direction is limited.")
    calls = [(call, str(CALLS[call.need])) for call in told.calls]
    return Row(line, told, calls, rose_thumb(told.petals, shows) if told.petals else "")


def _last_told(account: Account) -> dict[str, str]:
    last = Invitation.objects.filter(coach=account).order_by("-pk").first()
    return {"called": last.called, "role": last.role, "group": last.group} if last else {}


def digest_of(secret: str) -> str:
    """Return what is kept of an invitation's secret."""
    return sha256(secret.encode(errors="replace")).hexdigest()


paths = [
    path("sharing/", sharing, name="sharing"),
    path("sharing/<str:to>/end/", end, name="sharing_end"),
    path("sharing/<str:to>/agree/", agree, name="sharing_agree"),
    path("sharing/put-back/<str:fact>/", put_back, name="sharing_put_back"),
    path("invitation/<str:secret>/", invitation, name="invitation"),
    path("coach/", table, name="coach"),
    path("coach/invite/", invite, name="invite"),
    path("coach/invitation/<int:number>/take-back/", take_back, name="take_back"),
    path("coach/runner/<int:number>/", look, name="look"),
    path("coach/runner/<int:number>/end/", end_own, name="end_own"),
    path("coach/runner/leave/", leave, name="look_leave"),
]
