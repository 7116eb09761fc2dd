"""What cannot be done, as ``application/problem+json`` (RFC 9457): a kind, a sentence, and what leads on.

Kinds are for programs and stay; sentences are for people and may change.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ninja.errors import HttpError, ValidationError
from pydantic import ValidationError as BadValue

from triplane.errors import (
    Blocked,
    JournalError,
    Later,
    MoveChanged,
    NoPlan,
    NotReady,
    OtherRunner,
    Overtaken,
    UnknownName,
    UserError,
)
from triplane.value import Value
from triplane.web import faults
from triplane.web.actions import WAYS

CONTENT = "application/problem+json"
KIND = "urn:triplane:problem:"
AGAIN_S = "5"
"""Seconds after which what is away is asked again."""

OF_RUNNERS = "/api/v1/coach/"
"""Where addresses begin at which an account sees the runners who share with it."""

READINESS, PLAN = "/api/v1/readiness", "/api/v1/plan"


class Wrong(Value):
    """One thing wrong in what was sent: where it stands, and what is wrong with it."""

    where: str
    says: str


class Problem(Value):
    """Why something was not done. ``next`` is the address that leads on, where there is one."""

    type: str
    title: str
    status: int
    detail: str = ""
    next: str = ""
    questions: tuple[str, ...] = ()
    errors: tuple[Wrong, ...] = ()


class NotYet(UserError):
    """A session lies ahead."""


class NothingYet(UserError):
    """What is asked for was not told yet."""


class NameTaken(UserError):
    """Something else is called so already."""


class SureFirst(UserError):
    """Answers stop all training at once; they are told once more, with ``sure``."""


class TooLarge(UserError):
    """More is sent than is taken."""


class KeyUsed(UserError):
    """An idempotency key came a second time with something else."""


class QuestionsFirst(UserError):
    """The safety questions before a test is taken again are open; names them."""

    def __init__(self, test: str, questions: tuple[str, ...]) -> None:
        self.test, self.questions = test, questions
        super().__init__("a few questions come before this test is taken again")


def problem(status: int, kind: str, detail: str = "", **more: Any) -> HttpResponse:
    """Return a problem as an answer."""
    said = Problem(type=KIND + kind, title=HTTPStatus(status).phrase, status=status, detail=detail, **more)
    answer = HttpResponse(said.model_dump_json(exclude_defaults=True), status=status, content_type=CONTENT)
    answer.headers["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="triplane"'
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = AGAIN_S
    return answer


def too_many(wait_s: int) -> HttpResponse:
    """Say for how long a program is to wait."""
    says = ngettext(
        "This token asked too much in this minute; ask again in %(number)s second.",
        "This token asked too much in this minute; ask again in %(number)s seconds.",
        wait_s,
    )
    answer = problem(429, "too-many", says % {"number": wait_s})
    answer.headers["Retry-After"] = str(wait_s)
    return answer


def told(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return what the rooms raise on purpose as a problem."""
    assert isinstance(error, UserError)
    status, kind = _kind(error)
    more: dict[str, Any] = {}
    if isinstance(error, NotReady):
        more = {"next": READINESS, "questions": error.questions}
    elif isinstance(error, QuestionsFirst):
        more = {"next": f"/api/v1/tests/{error.test}/questions", "questions": error.questions}
    elif isinstance(error, NoPlan):
        more = {"next": PLAN}
    elif isinstance(error, Blocked):
        more = {"next": reverse("stop")}
    elif error.action:
        more = {"next": reverse(WAYS[error.action].address)}
    if request.path_info.startswith(OF_RUNNERS):
        more.pop("next", None)  # what leads on is the runner's to do
    answer = problem(status, kind, faults.in_words(error), **more)
    if isinstance(error, Later):
        answer.headers["Retry-After"] = str(error.wait_s)
    return answer


def _kind(error: UserError) -> tuple[int, str]:
    kinds: dict[type[UserError], tuple[int, str]] = {
        JournalError: (503, "journal-away"),
        Blocked: (409, "blocked"),
        NotReady: (409, "not-ready"),
        QuestionsFirst: (409, "not-ready"),
        NoPlan: (409, "no-plan"),
        NotYet: (409, "not-yet"),
        OtherRunner: (409, "other-runner"),
        MoveChanged: (409, "move-changed"),
        KeyUsed: (422, "key-used"),
        NothingYet: (404, "nothing-yet"),
        Overtaken: (412, "changed"),
        NameTaken: (409, "name-taken"),
        SureFirst: (409, "sure-first"),
        TooLarge: (413, "too-large"),
        Later: (429, "too-many"),
        UnknownName: (404, "unknown"),
    }
    return next((kinds[one] for one in type(error).__mro__ if one in kinds), (400, "refused"))


def accounts_away(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that the accounts do not answer."""
    return problem(503, "accounts-away", _("The accounts cannot be reached just now, try again in a moment."))


def invalid(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say what is wrong with what was sent, place by place."""
    assert isinstance(error, ValidationError | BadValue)
    found = error.errors if isinstance(error, ValidationError) else error.errors()
    wrong = tuple(
        Wrong(where=".".join(map(str, one.get("loc", ()))), says=str(one.get("msg", ""))) for one in found
    )
    return problem(422, "invalid", _("What was sent is not what is asked for here."), errors=wrong)


def too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that more is told than is read."""
    return problem(413, "too-large", _("This is more than can be taken at once. Nothing was recorded."))


def malformed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that what was sent cannot be read at all."""
    assert isinstance(error, HttpError)
    return problem(error.status_code, "malformed", _("What was sent cannot be read as JSON."))


def instead_of_page(answer: HttpResponse) -> HttpResponse:
    """Return a fault that Django answers with a page, or in words, as a problem; all else as it is."""
    if answer.status_code < 400 or answer.headers.get("Content-Type", "").startswith(CONTENT):
        return answer
    kinds = {404: "unknown", 405: "method", 500: "fault"}
    said = problem(answer.status_code, kinds.get(answer.status_code, "refused"))
    if "Allow" in answer.headers:
        said.headers["Allow"] = answer.headers["Allow"]
    return said
