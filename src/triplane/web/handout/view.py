"""On paper and on the watch: a session or what is left of the week, dated, headed, with places to tick."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import UnknownName
from triplane.formats.watch import WRITERS
from triplane.web.handout.paper import laid_out, on_paper_style, pdf_of
from triplane.web.headers import with_style
from triplane.web.plan.view import needs_plan
from triplane.web.runner import practice_of
from triplane.web.said import said

KINDS = {
    "fit": "application/vnd.ant.fit",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
}
"""What can be taken away, by the ending of its file."""

FILES = (
    ("fit", _("For a sports watch (FIT)"), _("A workout with every hold and rest; copy it to the watch.")),
    ("txt", _("For intervals.icu (text)"), _("Paste it into a new workout there; it goes on to watches.")),
    ("md", _("As text (Markdown)"), _("For notes and for programs that show text.")),
    ("pdf", _("As a PDF"), _("The page below as a file.")),
)
"""What a session can be taken away as, and what for."""


@require_safe
@needs_plan
def handout(request: HttpRequest, slot: str) -> HttpResponse:
    """Show a session as it is printed, with the files it can be taken away as."""
    practice = practice_of(request)
    found = coach.handout(practice.history(), slot, practice.now)
    page = {**laid_out((found,), practice), "slot": slot, "files": FILES, "here": "today"}
    return with_style(render(request, "handout/handout.html", page), on_paper_style())


@require_safe
@needs_plan
def week_handout(request: HttpRequest) -> HttpResponse:
    """Show what is left of the week as it is printed."""
    practice = practice_of(request)
    found = coach.week_handout(practice.history(), practice.now)
    shown = render(request, "handout/handout.html", {**laid_out(found, practice), "here": "week"})
    return with_style(shown, on_paper_style())


@require_safe
@needs_plan
def handout_file(request: HttpRequest, slot: str, ending: str) -> HttpResponse:
    """Hand a session out as a file; as everywhere, whoever is stopped gets none."""
    practice = practice_of(request)
    if ending not in KINDS:
        raise UnknownName("kind of file", ending, list(KINDS))
    found = coach.handout(practice.history(), slot, practice.now)
    return _file(ending, (found,), request)


@require_safe
@needs_plan
def week_pdf(request: HttpRequest) -> HttpResponse:
    """Hand what is left of the week out as a PDF."""
    practice = practice_of(request)
    return _file("pdf", coach.week_handout(practice.history(), practice.now), request)


def content_of(ending: str, found: Sequence["coach.Handout"], practice: Practice) -> bytes:
    """Return what a file of sessions holds, by its ending; all but a PDF hold the first alone."""
    return pdf_of(found, practice) if ending == "pdf" else WRITERS[ending](found[0], said)


def _file(ending: str, found: Sequence["coach.Handout"], request: HttpRequest) -> HttpResponse:
    practice = practice_of(request)
    name = f"triplane-{practice.now:%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = content_of(ending, found, practice)
    return HttpResponse(content, content_type=KINDS[ending], headers=headers)


paths = [
    path("session/<str:slot>/handout/", handout, name="handout"),
    path("session/<str:slot>/handout/triplane.<str:ending>", handout_file, name="handout_file"),
    path("week/handout/", week_handout, name="week_handout"),
    path("week/handout/triplane.pdf", week_pdf, name="week_pdf"),
]
