"""Pages for what cannot be done: a sentence, and one way on. Nothing was lost in any of them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from triplane.errors import TriplaneError
from triplane.web.said import said


def blocked(request: HttpRequest) -> HttpResponse:
    """Lead whoever safety stops to the stop page, from wherever they were."""
    return HttpResponseRedirect(reverse("stop"))


def unknown(request: HttpRequest, error: TriplaneError) -> HttpResponse:
    return _page(request, _("There is nothing here"), said(error), 404)


def refused(request: HttpRequest, error: TriplaneError) -> HttpResponse:
    return _page(request, _("That does not work"), said(error), 400)


def journal(request: HttpRequest, error: TriplaneError) -> HttpResponse:
    return _page(request, _("Your journal cannot be read or written just now"), said(error), 503)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of this app, or from one opened before it was restarted."""
    says = _(
        "This page was opened before the app was started again. Go back, load it once more, and send it then."
    )
    return _page(request, _("Nothing was recorded"), says, 403)


def too_much(request: HttpRequest, exception: Exception) -> HttpResponse:
    says = _("This was not understood, or is more than can be taken at once. Nothing was recorded.")
    return _page(request, _("That does not work"), says, 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, _("There is no such page"), _("The way to everything starts at Today."), 404)


def ours(request: HttpRequest) -> HttpResponse:
    says = _(
        "This is a fault of ours. What you told before is safe; what you just sent may not have been kept."
    )
    return _page(request, _("Something broke"), says, 500)


def _page(request: HttpRequest, title: str, says: str, status: int) -> HttpResponse:
    told = says[:1].upper() + says[1:]
    return render(request, "frame/fault.html", {"title": title, "says": told}, status=status)
