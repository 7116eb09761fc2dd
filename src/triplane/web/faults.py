"""Pages for what cannot be done: a sentence, and one way on. Nothing was lost in any of them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from triplane.errors import TriplaneError


def blocked(request: HttpRequest) -> HttpResponse:
    """Lead whoever safety stops to the stop page, from wherever they were."""
    return HttpResponseRedirect(reverse("stop"))


def unknown(request: HttpRequest, error: TriplaneError) -> HttpResponse:
    return _page(request, "There is nothing here", str(error), 404)


def refused(request: HttpRequest, error: TriplaneError) -> HttpResponse:
    return _page(request, "That does not work", str(error), 400)


def journal(request: HttpRequest, error: TriplaneError) -> HttpResponse:
    return _page(request, "Your journal cannot be read or written just now", str(error), 503)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of this app, or from one opened before it was restarted."""
    says = (
        "This page was opened before the app was started again. Go back, load it once more, and send it then."
    )
    return _page(request, "Nothing was recorded", says, 403)


def too_much(request: HttpRequest, exception: Exception) -> HttpResponse:
    says = "This was not understood, or is more than can be taken at once. Nothing was recorded."
    return _page(request, "That does not work", says, 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "There is no such page", "The way to everything starts at Today.", 404)


def ours(request: HttpRequest) -> HttpResponse:
    says = "This is a fault of ours. What you told before is safe; what you just sent may not have been kept."
    return _page(request, "Something broke", says, 500)


def _page(request: HttpRequest, title: str, says: str, status: int) -> HttpResponse:
    told = says[:1].upper() + says[1:]
    return render(request, "frame/fault.html", {"title": title, "says": told}, status=status)
