"""Why something is so: the reasons with their rules, and every source in full."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.web.runner import practice_of


@require_safe
def why(request: HttpRequest, name: str) -> HttpResponse:
    """Explain what is named; whoever is stopped reads nothing of drills and plans."""
    practice = practice_of(request)
    found = coach.why(practice.history(), name, practice.now)
    titles = {source.title for ground in found.grounds for source in ground.sources}
    return render(request, "why/why.html", {"found": found, "is_cited": found.what in titles, "here": ""})


paths = [path("why/<str:name>/", why, name="why")]
