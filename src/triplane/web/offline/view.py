"""Without the app: the bundle a device keeps, its page, its worker, and the way back in."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

import triplane
from triplane import coach
from triplane.errors import Blocked
from triplane.web.built import OFFLINE, WORKER, files_of, script
from triplane.web.faults import in_json
from triplane.web.headers import figures_cleared
from triplane.web.methods import require_safe_or_post
from triplane.web.offline.documents import bundle_of, version_of
from triplane.web.offline.file import session_file
from triplane.web.play.documents import told
from triplane.web.play.view import player_page
from triplane.web.runner import is_sample, practice_of
from triplane.web.said import said

LOOKS = (
    "/static/tokens.css",
    "/static/base.css",
    "/static/app.css",
    "/static/player.css",
    "/static/favicon.svg",
    "/static/mark.svg",
    "/static/fonts/figtree-latin-wght-normal.woff2",
)
"""What the page needs besides its script."""


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page that stands in for every other while the app does not answer; it holds nobody's data."""
    if script(OFFLINE) is None:
        raise Http404
    return HttpResponse(render_to_string("offline/offline.html", _page()))


@require_safe
@in_json
def bundle(request: HttpRequest) -> HttpResponse:
    """Return what is left of today and tomorrow's morning; a runner who is stopped keeps nothing."""
    if is_sample(request):
        return HttpResponse(status=204)
    practice = practice_of(request)
    history, now = practice.history(), practice.now
    version = version_of(history, triplane.__version__, f"{now:%Y-%m-%d-%H}", get_language())
    stopped = {"version": version, "mark": history.mark, "stopped": True}
    if request.GET.get("have") == version:
        return HttpResponse(status=204)
    try:
        along = coach.sessions_along(history, now)
    except Blocked:
        answer = JsonResponse(stopped)
        return figures_cleared(answer) if coach.clearance(history, now).is_blocked else answer
    if practice.look() is None:
        # Something happened that the plan has not answered yet: what was taken along may be wrong by now.
        return JsonResponse(stopped)
    return JsonResponse(bundle_of(practice, along, version))


@require_safe_or_post
@in_json
def hand_in(request: HttpRequest) -> HttpResponse:
    """Record what waited on a device, once; asked without anything, give what is needed to hand it in."""
    if is_sample(request):
        return JsonResponse({"problem": gettext("This is the sample runner.")}, status=409)
    practice = practice_of(request)
    if request.method != "POST":
        found = {"token": get_token(request), "now": practice.now.isoformat()}
        return JsonResponse({**found, "mark": practice.history().mark})
    return JsonResponse({"says": said(practice.hand_in(told(request)).says)})


@require_safe
def file(request: HttpRequest, slot: str) -> HttpResponse:
    """Return a session as a file of its own; as everywhere, whoever is stopped gets none."""
    practice = practice_of(request)
    name = f"triplane-{practice.now:%Y-%m-%d}.html"
    return HttpResponse(
        session_file(practice, slot), headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker, told which files it keeps and under which version."""
    address = script(WORKER)
    if address is None:
        raise Http404
    files = [*LOOKS, *files_of(OFFLINE)]
    page = render_to_string("offline/offline.html", _page())
    sums = [page.encode(), *(content for file in files if (content := _content(file)) is not None)]
    version = hashlib.sha256(b"\0".join(sums)).hexdigest()[:12]
    kept = json.dumps({"version": version, "page": "/offline/", "files": files})
    source = (settings.BUILT / address.removeprefix("/static/")).read_text(encoding="utf-8")
    return HttpResponse(
        f"self.kept={kept};\n{source}",
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


def _page() -> dict[str, object]:
    return {**player_page(), "slot": "-", "island": script(OFFLINE)}


def _content(address: str) -> bytes | None:
    name = address.removeprefix("/static/")
    built = settings.BUILT / name
    place = built if built.is_file() else finders.find(name)
    return Path(str(place)).read_bytes() if place else None


paths = [
    path("offline/", shell, name="offline"),
    path("offline/bundle.json", bundle, name="offline_bundle"),
    path("session/<str:slot>/file/", file, name="session_file"),
    path("hand-in/", hand_in, name="hand_in"),
    path("service-worker.js", worker, name="service_worker"),
]
