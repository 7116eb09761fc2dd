"""How a server is monitored: is it there, can it work, how much and how fast. No word about any runner.

Lines of the log and names of what is counted hold the pattern of an address, never the address itself: that
of a calendar is a secret, and that of a session tells what somebody trains.
"""

import json
import logging
import os
import sys
import traceback
from collections.abc import Callable
from hmac import compare_digest
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from triplane import __version__
from triplane.errors import JournalError
from triplane.web.server.whose import practices

ANSWERS = Counter("triplane_answers", "Answers by page and status.", ["page", "method", "status"])
SECONDS = Histogram(
    "triplane_answer_seconds",
    "How long an answer took.",
    ["page"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

OURS = "triplane"
"""Where the names of our own loggers begin."""

STILL = "/static/"
"""Where pictures, scripts and styles lie; each is told of by this alone."""

LOG = logging.getLogger("triplane.server")


class Monitored:
    """Middleware around everything: counts each answer and writes one line about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        took, page = perf_counter() - began, _pattern(request)
        method = request.method if request.method in METHODS else "other"
        ANSWERS.labels(page, method, response.status_code).inc()
        SECONDS.labels(page).observe(took)
        told = {"page": page, "method": method, "status": response.status_code, "ms": round(took * 1000, 1)}
        LOG.info("answered", extra={"told": told})
        return response


def _pattern(request: HttpRequest) -> str:
    found = request.resolver_match
    if found:
        return f"/{found.route}"
    return STILL if request.path_info.startswith(STILL) else "(no page)"


class JsonLines(logging.Formatter):
    """One line of JSON for each record; of an error its kind and where it happened, not what it holds.

    What other programs write into a message may be anything, an address or a name: it is left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": round(record.created, 3),
            "level": record.levelname.lower(),
            "from": record.name,
            "process": record.process,
        }
        told = getattr(record, "told", None)
        if told is not None:
            line |= {"says": record.msg, **told}
        elif record.name.partition(".")[0] == OURS:
            line["says"] = str(record.msg)[:200]  # our templates name nobody; what others write may
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            line["error"] = record.exc_info[0].__name__
            line["where"] = [f"{os.path.basename(one.filename)}:{one.lineno} {one.name}" for one in frames]
        return json.dumps(line)


def log_in_lines(level: int = logging.INFO) -> None:
    """Write every log as lines of JSON to the error output."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)
    LOG.setLevel(level)
    # Each answer has its line already; what is refused is none of the server's faults.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that the process answers, whatever its databases do."""
    return JsonResponse({"status": "ok", "version": __version__})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be served: journal and accounts answer."""
    found = {"journal": _answers(practices().answers), "accounts": _answers(_ask_accounts)}
    return JsonResponse(found, status=200 if all(one == "ok" for one in found.values()) else 503)


def _answers(ask: Callable[[], object]) -> str:
    try:
        ask()
    except (DatabaseError, JournalError):
        return "away"
    return "ok"


def _ask_accounts() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM server_account LIMIT 1")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Hand what was counted in all processes to whoever has the token; without one there is no such page."""
    token = settings.METRICS_TOKEN
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not compare_digest(told.encode(errors="replace"), token.encode()):
        raise Http404
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


paths = [
    path("health/", health, name="health"),
    path("ready/", ready, name="ready"),
    path("metrics/", metrics, name="metrics"),
]
