"""Whose facts a request is about: the practice opened for it, closed after it, and its faults as pages."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils import timezone

from triplane import coach
from triplane.bootstrap import Practice, refuse_sample
from triplane.errors import Blocked, JournalError, Later, NotReady, SaidSince, UnknownName, UserError
from triplane.web import faults


def looked_at(request: HttpRequest) -> str:
    """Return the name of the cookie that holds which week's sample runner is looked at.

    Without it, it is the runner. Browsers keep one jar for all ports of a machine: another app there, on
    another journal, is asked about its own runner.
    """
    return f"sample-{request.get_port()}"


@dataclass
class RunnersPractice:
    """Middleware that hands every view the practice of the runner who asks, as ``practice_of(request)``.

    Instants are shown in the runner's zone.
    """

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            opened = opened_for(request)
        except JournalError as error:
            return faults.journal(request, error)
        practice = opened.as_of(opened.now)  # one instant for all that a request asks
        request.practice = practice  # type: ignore[attr-defined]  # what ``practice_of`` returns
        try:
            with timezone.override(practice.now.tzinfo):
                return self.get_response(request)
        finally:
            practice.journal.close()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn what the rooms raise on purpose into a page; anything else is a fault of ours."""
        if isinstance(error, Blocked):
            return faults.blocked(request)
        if isinstance(error, NotReady):
            return redirect("session", error.slot)
        if isinstance(error, UnknownName):
            return faults.unknown(request, error)
        if isinstance(error, JournalError):
            return faults.journal(request, error)
        if isinstance(error, SaidSince):
            return faults.older(request)
        if isinstance(error, Later):
            return faults.later(request, error)
        if isinstance(error, UserError):
            return faults.refused(request, error)
        return None


def look_at(request: HttpRequest, response: HttpResponse, sample: date | None) -> HttpResponse:
    """Make what follows be about the sample runner of a week, or with none about the runner again.

    Forms of pages that are still open were about the other; they are refused from here on.
    """
    if sample is None:
        response.delete_cookie(looked_at(request), samesite="Strict")
    else:
        response.set_cookie(looked_at(request), sample.isoformat(), httponly=True, samesite="Strict")
    rotate_token(request)
    return response


def opened_for(request: HttpRequest) -> Practice:
    """Open the practice that a request is about, and mark a request that is about a sample."""
    sample = _sample(request)
    request.is_sample = sample is not None  # type: ignore[attr-defined]  # what ``is_sample`` returns
    opened: Practice = settings.OPEN_PRACTICE(request) if sample is None else settings.OPEN_SAMPLE(sample)
    return opened


def _sample(request: HttpRequest) -> date | None:
    """Return the week of the sample that is looked at; whoever is stopped looks at no one's drills."""
    try:
        named = request.COOKIES.get(looked_at(request), "")
        monday = date.fromisoformat(named) if settings.OPEN_SAMPLE else None
    except ValueError:
        return None
    if monday is None:
        return None
    own: Practice = settings.OPEN_PRACTICE(request)
    with closing(own.journal):
        was_begun = coach.monday_of(monday) == monday <= own.now.date()
        return monday if was_begun and _may_look(own) else None


def _may_look(own: Practice) -> bool:
    try:
        refuse_sample(own)
    except Blocked:
        return False
    return True


def practice_of(request: HttpRequest) -> Practice:
    """Return the practice opened for a request."""
    return cast(Practice, vars(request)["practice"])


def has_account(request: HttpRequest) -> bool:
    """Whether whoever asks logged in, so that they go by a name; on a machine of their own nobody does."""
    return bool(getattr(request, "user", None))


def is_sample(request: HttpRequest) -> bool:
    """Whether a request is about a sample, whose facts are nobody's."""
    return bool(vars(request)["is_sample"])
