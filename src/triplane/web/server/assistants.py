"""Who assists a coach: named by an invitation, and let in by each runner's own yes."""

import secrets

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from triplane import coach
from triplane.errors import UserError
from triplane.web.fields import words
from triplane.web.runner import practice_of
from triplane.web.server.looking import asking, who_asks
from triplane.web.server.models import Assistant, Sharing
from triplane.web.server.sharing import HOLDS, digest_of
from triplane.web.server.whose import practices

GET_POST = require_http_methods(["GET", "HEAD", "POST"])

MOST = 20
"""Assistants of one coach, named and invited. Ours."""


class AssistantForm(forms.Form):
    """Who is invited to assist, and what the coach is called by them and by the runners."""

    called = words(
        _("Name of the assistant, as runners will read it"), 120, needed=True, missing=_("Write a name.")
    )
    coach_called = words(_("Your name"), 120, needed=True, missing=_("Write your name."))


@GET_POST
def assistants(request: HttpRequest) -> HttpResponse:
    """Show who assists this account, and invite somebody to; the address of an invitation is shown once."""
    account, address = who_asks(request), ""
    form = AssistantForm(request.POST if request.method == "POST" else None)
    own = Assistant.objects.filter(coach=account)
    if form.is_bound and form.is_valid():
        own.filter(account=None, ends__lt=timezone.now()).delete()
        if own.count() >= MOST:
            raise UserError(gettext("too many assist you or are invited to; end some of them first"))
        secret = secrets.token_urlsafe(32)
        Assistant.objects.create(
            coach=account, digest=digest_of(secret), ends=timezone.now() + HOLDS, **form.cleaned_data
        )
        address = request.build_absolute_uri(reverse("assisting", args=[secret]))
        form = AssistantForm()
    page = {
        "form": form,
        "address": address,
        "named": own.filter(account__isnull=False).order_by("pk"),
        "open": own.filter(account=None, ends__gt=timezone.now()).order_by("pk"),
        "here": "settings",
    }
    return render(request, "server/assistants.html", page, status=400 if form.errors else 200)


@require_POST
def assistant_end(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody assist no more: they see none of this coach's runners from then on."""
    account = who_asks(request)
    named = get_object_or_404(Assistant.objects.select_related("account"), pk=number, coach=account)
    end_assisting(named)
    return redirect("assistants")


@require_POST
def assisting_end(request: HttpRequest, number: int) -> HttpResponse:
    """Assist a coach no more, at one's own wish."""
    named = get_object_or_404(
        Assistant.objects.select_related("account", "coach"), pk=number, account=who_asks(request)
    )
    end_assisting(named)
    return redirect("coach")


def end_assisting(named: Assistant) -> None:
    """End what runners agreed to for somebody who assists a coach, each by a fact, and then the naming."""
    assistant, through = named.account, named.coach.runner
    if assistant is not None:
        to = assistant.runner
        for line in Sharing.objects.select_related("runner").filter(coach=assistant):
            practice = practices().of(line.runner.runner, line.runner.zone)
            with practice.journal:
                ended = practice.decide(
                    lambda history, now: coach.assistance_ended(history, to, through),
                    author=coach.author_of(through),
                )
            if ended:
                line.delete()
    named.delete()


@GET_POST
def assisting(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask somebody whether they assist a coach; the invitation is used up by a yes, and gone by a no."""
    found = Assistant.objects.select_related("coach").filter(digest=digest_of(secret), account=None).first()
    account = who_asks(request)
    if found is None or found.ends < timezone.now() or not found.coach.is_active:
        raise Http404
    if request.POST.get("answer") == "no":
        Assistant.objects.filter(pk=found.pk, account=None).delete()
        return redirect("coach")
    if request.method == "POST":
        if found.coach == account:
            raise UserError(gettext("this invitation is your own; send it to whom it is for"))
        try:
            with transaction.atomic():
                if not Assistant.objects.filter(pk=found.pk, account=None).update(account=account):
                    raise Http404
        except IntegrityError:
            found.delete()  # they assist this coach already
        return redirect("coach")
    page = {"invitation": found, "secret": secret, "here": "settings"}
    return render(request, "server/assisting.html", page)


@require_POST
def assistant_agree(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody in who assists a coach whom the runner let in."""
    account, practice = who_asks(request), practice_of(request)
    named = next((one for one in asking(practice.history(), account) if one.pk == number), None)
    if named is None or named.account is None:
        raise Http404
    assistant, through = named.account, named.coach.runner
    line = Sharing.objects.filter(coach=named.coach, runner=account).first()
    nameless = gettext("A runner of %(name)s") % {"name": named.coach_called}
    told = {"label": line.label if line else nameless[:120], "group": line.group if line else ""}
    with transaction.atomic():
        # Whom no fact lets in, because the coach was let out meanwhile, stands in no table.
        if practice.decide(
            lambda history, now: coach.assistant_let_in(history, assistant.runner, named.called, through)
        ):
            Sharing.objects.update_or_create(coach=assistant, runner=account, defaults=told)
    return redirect("sharing")


paths = [
    path("coach/assistants/", assistants, name="assistants"),
    path("coach/assistants/<int:number>/end/", assistant_end, name="assistant_end"),
    path("coach/assisting/<int:number>/end/", assisting_end, name="assisting_end"),
    path("assisting/<str:secret>/", assisting, name="assisting"),
    path("sharing/assistant/<int:number>/agree/", assistant_agree, name="assistant_agree"),
]
