"""What was typed comes back: a form that was refused is shown again as it is now, with what was sent in it.

A page may be older than what it speaks of: something was told elsewhere since, its token ended, the log-in
ended. Its view then only says so (``faults.py``); here the page that it was sent from is asked for anew, by
the way that every page is asked for, and filled in. Nothing is recorded until somebody sends it again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.http import url_has_allowed_host_and_scheme

from triplane.web.fields import ONCE
from triplane.web.filled import SINCE, Forms, filled

TOKENS = frozenset({"csrfmiddlewaretoken", ONCE, "of", SINCE})
"""What a form carries that nobody typed: whose page it is, which sending, and how old what it shows."""

CARRIED = ("scope", "phone", "session", "user", "auser", "_messages", "allauth", "LANGUAGE_CODE")
"""What is known of who asks before any page is; all else is found out anew for the page that is asked for."""

OF_WHAT_WAS_SENT = ("CONTENT_", "HTTP_CONTENT_", "HTTP_IF_", "wsgi.input")
"""How what is told of a form and its body begins; a page is asked for without one."""


@dataclass(frozen=True)
class Refused:
    """Why nothing of a form was taken, as a heading and a sentence."""

    title: str
    says: str


def comes_back(answer: HttpResponse, title: str, says: str) -> HttpResponse:
    """Let the page that a form was sent from come back with what was typed, in place of an answer."""
    answer.refused = Refused(title, says)  # type: ignore[attr-defined]  # read below, and nowhere else
    return answer


def sent_by_hand(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form sent, to be sent again just so; nothing where that cannot be, or must not.

    Its own token goes along, and no new one: what was recorded after all is then not recorded twice, and what
    came from elsewhere is refused again. A password waits on no page, and files cannot.
    """
    if request.method != "POST" or request.FILES or not _is_typed(request):
        return []
    told = [(name, value) for name, values in request.POST.lists() for value in values]
    names = dict(told)
    is_ours = "csrfmiddlewaretoken" in names and not any("password" in name for name in names)
    return told if is_ours else []


@dataclass
class TypedBefore:
    """Middleware that shows a refused form again, filled in; an answer without such a form stays as it is."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        refused: Refused | None = getattr(answer, "refused", None)
        if refused is None or request.method != "POST" or not _is_typed(request):
            return answer
        for place in places_of(request):
            shown = self._shown_again(request, place, refused)
            if shown is not None:
                shown.status_code = answer.status_code
                if "Retry-After" in answer.headers:
                    shown.headers["Retry-After"] = answer.headers["Retry-After"]
                return shown
        return answer

    def _shown_again(self, request: HttpRequest, place: str, refused: Refused) -> HttpResponse | None:
        """Return a page with its form filled in; nothing where it is none, or holds no such form now."""
        asked = _asking(request, place)
        page = self.get_response(asked)
        request.META.update({name: told for name, told in asked.META.items() if name.startswith("CSRF_")})
        is_filled = fill_in(page, place, request.path, request.POST, refused)
        return page if is_filled else None


def fill_in(page: HttpResponse, place: str, to: str, sent: QueryDict, refused: Refused) -> bool:
    """Fill the form of a page that goes ``to`` an address with what was sent there; whether it holds one."""
    if page.status_code != 200 or page.streaming or not _is_page(page):
        return False
    whole = page.content.decode()
    found = Forms(whole)
    there = [one for one in found.found if _goes_to(to, one.action, place)]
    same = [one for one in there if one.is_sent(sent, TOKENS)]
    form = max(same, key=lambda one: one.holds(sent), default=None)
    if form is None:
        return False
    above = render_to_string("frame/typed_before.html", {"refused": refused})
    whole = filled(whole, form, found.folds, sent, above)
    page.content = whole.replace("<title>", f"<title>{escape(refused.title)}: ", 1)
    return True


def places_of(request: HttpRequest) -> Iterator[str]:
    """Return where a form may have stood: on the page that sent it, or where it was sent to."""
    sent_from = request.headers.get("Referer", "")
    own = request.get_full_path()
    if url_has_allowed_host_and_scheme(sent_from, {request.get_host()}):
        place = urlsplit(sent_from)._replace(scheme="", netloc="", fragment="").geturl()
        if place.startswith("/") and place != own:
            yield place
    yield own


def _is_typed(request: HttpRequest) -> bool:
    """Whether somebody sent a form; a script keeps by itself what it could not hand in."""
    is_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    return not is_script and bool(set(request.POST) - TOKENS)


def _is_page(answer: HttpResponse) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def _goes_to(to: str, action: str, place: str) -> bool:
    return unquote(urlsplit(urljoin(place, action)).path) == to


def _asking(request: HttpRequest, place: str) -> HttpRequest:
    """Return a request for a page, by whoever sent the form and by the same way."""
    parts, asked = urlsplit(place), HttpRequest()
    asked.method, asked.path = "GET", unquote(parts.path)
    asked.path_info = asked.path
    told = {name: one for name, one in request.META.items() if not name.startswith(OF_WHAT_WAS_SENT)}
    here = {"REQUEST_METHOD": "GET", "PATH_INFO": asked.path, "QUERY_STRING": parts.query}
    asked.META = {**told, **here}
    asked.GET, asked.COOKIES = QueryDict(parts.query), dict(request.COOKIES)
    known = vars(request)
    vars(asked).update({name: known[name] for name in CARRIED if name in known})
    asked._get_scheme = request._get_scheme  # type: ignore[attr-defined]  # each kind of request has its own
    return asked
