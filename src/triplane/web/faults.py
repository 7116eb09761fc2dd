"""What cannot be done, as a page: a sentence, and one way on; as a document, for scripts, the same in JSON.

Nothing was lost in any of them.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from triplane.errors import (
    Action,
    Blocked,
    JournalError,
    Later,
    NotOnRecord,
    NotPlanned,
    NotReady,
    OtherRunner,
    TriplaneError,
    UnknownName,
    UserError,
)
from triplane.web.actions import WAYS
from triplane.web.fields import says as sentence
from triplane.web.typed_before import comes_back, sent_by_hand

ELSEWHERE = ("Origin checking failed", "Referer checking failed")
"""How Django's reasons begin where a form came from another place."""

NOT_NOW = 409
"""Status of a document held back for now: by safety, an open question, or another runner who is here."""


def in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view that scripts ask say in JSON what is raised on purpose: ``problem``, and ``next`` to go to.

    What is sent and cannot be taken is 400, so that nobody sends it a second time; 503 may be tried again,
    and 409 by whoever is there again.
    """

    @wraps(view)
    def answering(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except UserError as error:
            return _document(error, is_sent=request.method == "POST")

    return answering


def _document(error: UserError, is_sent: bool) -> JsonResponse:
    found: dict[str, str] = {"problem": in_words(error)}
    if isinstance(error, Blocked):
        found["next"] = reverse("stop")
    elif isinstance(error, NotReady):
        found["next"] = reverse("session", args=[error.slot])
    elif error.action:
        found["next"] = reverse(WAYS[error.action].address)
    return JsonResponse(found, status=_status(error, is_sent))


def _status(error: UserError, is_sent: bool) -> int:
    if isinstance(error, JournalError):
        return 503
    if isinstance(error, OtherRunner) or (isinstance(error, Blocked | NotReady) and not is_sent):
        return NOT_NOW
    if is_sent:
        return 400
    return 404 if isinstance(error, UnknownName) else 400


def blocked(request: HttpRequest) -> HttpResponse:
    """Lead whoever safety stops to the stop page, from wherever they were."""
    return HttpResponseRedirect(reverse("stop"))


def unknown(request: HttpRequest, error: TriplaneError) -> HttpResponse:
    return _refusal(request, _("There is nothing here"), in_words(error), 404)


def in_words(error: TriplaneError) -> str:
    """Say what an error says as a sentence; the id of a session or a fact is no word of a runner's."""
    if isinstance(error, NotOnRecord):
        return _("Nothing that you told or measured stands here. The settings list all that is on record.")
    if isinstance(error, NotPlanned):
        return _("Your plan holds no such session now; it may have changed. Today shows what is next.")
    return sentence(error)


def refused(request: HttpRequest, error: UserError) -> HttpResponse:
    return _refusal(request, _("That does not work"), sentence(error), 400, error.action)


def later(request: HttpRequest, error: Later) -> HttpResponse:
    """Say that something is to be sent again in a moment, and lead to the page that it was sent from."""
    title, says = _("Wait a moment"), sentence(error)
    page = {"title": title, "says": says, "way": WAYS[Action.DAY], "again": _sent_from(request)}
    shown = render(request, "frame/fault.html", page, status=429)
    shown.headers["Retry-After"] = str(error.wait_s)
    return comes_back(shown, title, says)


def older(request: HttpRequest) -> HttpResponse:
    """Say that a page is older than what was told since, and lead to the same page as it is now."""
    page = {
        "title": _("Nothing was recorded"),
        "says": _(
            "This page was sent before, and something else was told since. Open it anew to see what stands "
            "now, and tell it there if it is still so."
        ),
    }
    page["again"] = _sent_from(request)
    shown = render(request, "frame/fault.html", {**page, "way": WAYS[Action.DAY]}, status=400)
    since = _("Something else was told since the page was opened that you sent it from.")
    return comes_back(shown, page["title"], since)


def _sent_from(request: HttpRequest) -> str:
    """Return the page of ours that a form was sent from; nothing where none is known."""
    told = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(told, {request.get_host()})
    return urlsplit(told)._replace(scheme="", netloc="").geturl() if is_ours else ""


def journal(request: HttpRequest, error: TriplaneError) -> HttpResponse:
    """Say that a journal is away; what was sent waits on the page, to be sent again as it was."""
    page = {
        "title": _("Your journal cannot be read or written just now"),
        "says": sentence(error),
        "way": WAYS[Action.DAY],
        "waits": sent_by_hand(request),
    }
    return render(request, "frame/fault.html", page, status=503)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of this app, or from one that is older than the present."""
    title = _("Nothing was recorded")
    if reason == REASON_NO_CSRF_COOKIE:
        says = _(
            "Your browser sent no cookie of this app. Allow it cookies, load the page once more, and send it "
            "then."
        )
        since = _("Your browser sent no cookie of this app. Allow it cookies, and send it then.")
        return comes_back(_page(request, title, says, 403), title, since)
    if reason.startswith(ELSEWHERE):
        says = _("This was not sent from a page of this app.")
    else:
        says = _(
            "This page is older than what is shown now: a sample was looked at or left meanwhile, or a phone "
            "was paired. Go back, load it once more, and send it then."
        )
        since = _(
            "The page that you sent it from was older than what is shown now: somebody logged in or out "
            "meanwhile, a sample was looked at or left, or a phone was paired."
        )
        return comes_back(_page(request, title, says, 403), title, since)
    return _page(request, title, says, 403)


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


def _refusal(
    request: HttpRequest, title: str, says: str, status: int, action: Action | None = None
) -> HttpResponse:
    return comes_back(_page(request, title, says, status, action), title, says)


def _page(
    request: HttpRequest, title: str, says: str, status: int, action: Action | None = None
) -> HttpResponse:
    page = {"title": title, "says": says, "way": WAYS[action or Action.DAY]}
    return render(request, "frame/fault.html", page, status=status)
