"""A handout laid out on sheets: for the browser to print, and as a PDF where the extra ``pdf`` is there."""

import base64
import logging
import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from triplane import coach
from triplane.bootstrap import Practice
from triplane.bootstrap.extras import adding
from triplane.errors import UserError
from triplane.web.said import drawn, said

NO_PDF = gettext_lazy(
    "a PDF needs more packages and Pango on this machine (%(line)s); or print the page with your browser, "
    "which makes a PDF too"
)

FONT = "@font-face {{ font-family: Figtree; src: url(data:font/woff2;base64,{font}); }}\n"

COLOUR = re.compile(r"var\(--[\w-]+,\s*([^()]*)\)")
DARK = re.compile(r"@media \(prefers-color-scheme:\s*dark\)\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
NAMED = re.compile(r"tp-(?:title|desc)-[0-9a-f]+")
"""What a drawing says for screens: on paper each colour is the one for light."""


def laid_out(
    handouts: Sequence["coach.Handout"], practice: Practice, *, as_images: bool = False
) -> dict[str, Any]:
    """Return what the sheets show: every drill drawn on the side it is worked, and a box for every set.

    ``as_images`` lays each drawing in as an image of its own, which a maker of PDFs reads in half the time.
    """
    names = [one.drill.id for handout in handouts for one in handout.drills]
    cards = coach.drill_cards(practice.history(), names, practice.now)
    number = count()

    def figure(one: "coach.HandoutDrill") -> SafeString:
        picture = _figure(cards[one.drill.id], one.item)
        return _image(one, picture) if as_images else drawn(on_paper(picture, next(number)))

    sessions = [
        (handout, [(one, figure(one), _boxes(one.item)) for one in handout.drills]) for handout in handouts
    ]
    return {"first": handouts[0], "sessions": sessions, "several": len(sessions) > 1}


def pdf_of(handouts: Sequence["coach.Handout"], practice: Practice) -> bytes:
    """Return the sheets as a PDF.

    Raises
    ------
    UserError
        Where what makes it is not installed.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise UserError(NO_PDF % {"line": adding("pdf")}) from error
    font = base64.b64encode(_read("fonts/figtree-latin-wght-normal.woff2")).decode()
    looks = FONT.format(font=font) + _read("paper.css").decode()
    with timezone.override(practice.now.tzinfo):
        page = laid_out(handouts, practice, as_images=True)
        told = {"looks": looks, "language": get_language() or "en"}
        text = render_to_string("handout/pdf.html", {**page, **told})
    # It warns of each rule that is for screens; nobody who runs the app can do anything about that.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    nothing = URLFetcher(allowed_protocols=("data",))
    return bytes(HTML(string=text, url_fetcher=nothing).write_pdf(pdf_variant="pdf/ua-1"))


def _read(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()


def on_paper(picture: str, number: int) -> str:
    """Return a drawing with the colours it has on white paper, whatever the screen is.

    The same drill may be drawn on a page again, so its names get a number.
    """
    light = COLOUR.sub(lambda found: found[1], DARK.sub("", picture))
    return NAMED.sub(lambda found: f"{found[0]}-{number}", light)


def on_paper_style() -> str:
    """Return the colours that stand in each drawing on paper."""
    return on_paper(coach.drawing_style(), 0)


def _image(one: "coach.HandoutDrill", picture: str) -> SafeString:
    """Return a drawing as an image; the same drill drawn again is the same image, and read once."""
    content = base64.b64encode(drawn(on_paper(picture, 0)).encode()).decode()
    return format_html('<img alt="{}" src="data:image/svg+xml;base64,{}">', said(one.drill.name), content)


def _figure(card: "coach.DrillCard", item: "coach.PlanItem") -> str:
    return coach.drill_figure(card, coach.Side.LEFT if item.left else coach.Side.RIGHT, said)


def _boxes(item: "coach.PlanItem") -> list[tuple["coach.Side", range]]:
    return [(side, range(dose.sets)) for side in coach.Side if (dose := item.on(side))]
