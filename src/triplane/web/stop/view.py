"""The stop page: what to do now, and no way round it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.web.headers import figures_cleared
from triplane.web.runner import practice_of


@require_safe
def stop(request: HttpRequest) -> HttpResponse:
    """Show why nothing is offered and what to do; whoever is not stopped is led to Today."""
    practice = practice_of(request)
    history, now = practice.history(), practice.now
    if not coach.clearance(history, now).is_blocked:
        return redirect("today")
    page = {"page": coach.stop_page(history, now), "recorded": "recorded" in request.GET}
    return figures_cleared(render(request, "stop/stop.html", page))


paths = [path("stop/", stop, name="stop")]
