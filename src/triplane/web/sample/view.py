"""The sample runner: a button fills it and shows it, a banner on every page leads back."""

from contextlib import closing
from secrets import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from triplane import coach
from triplane.bootstrap import begin_sample
from triplane.web.runner import look_at, practice_of


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Let this week's sample runner begin, and show its day from here on."""
    return _shown(request)


@require_safe
def look_at_start(request: HttpRequest, key: str) -> HttpResponse:
    """Show the sample runner to whoever asked for it in starting the app: only they know the key."""
    if not compare_digest(key.encode(), settings.SAMPLE_KEY.encode()):
        raise Http404
    return _shown(request)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Lead back to the runner's own facts."""
    return look_at(request, redirect("today"), None)


def _shown(request: HttpRequest) -> HttpResponse:
    if settings.OPEN_SAMPLE is None:
        raise Http404
    practice = practice_of(request)
    monday = coach.monday_of(practice.now.date())
    sample = settings.OPEN_SAMPLE(monday)
    with closing(sample.journal):
        begin_sample(sample, practice)
    return look_at(request, redirect("today"), monday)


paths = [
    path("sample/", look, name="sample"),
    path("sample/leave/", leave, name="sample_leave"),
    path("sample/<str:key>/", look_at_start, name="sample_start"),
]
