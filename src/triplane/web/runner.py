"""Whose facts a request is about: the practice opened for it, closed after it, and its faults as pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from triplane.bootstrap import Practice
from triplane.errors import Blocked, JournalError, NotReady, UnknownName, UserError
from triplane.web import faults


@dataclass
class RunnersPractice:
    """Middleware that hands every view the practice of the runner who asks, as ``practice_of(request)``.

    Instants are shown in the runner's zone.
    """

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            practice: Practice = settings.OPEN_PRACTICE()
        except JournalError as error:
            return faults.journal(request, error)
        request.practice = practice  # type: ignore[attr-defined]
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
        if isinstance(error, UserError):
            return faults.refused(request, error)
        return None


def practice_of(request: HttpRequest) -> Practice:
    """Return the practice opened for a request."""
    return cast(Practice, request.practice)  # type: ignore[attr-defined]
