"""A drill's figure as documents, kept under addresses that change with what they are made of.

Where the stop page is never opened nothing else tells a browser to let go of them, so they are kept no longer
than whatever is taken along; then the gate is asked again.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.web.faults import in_json
from triplane.web.languages import ENGLISH
from triplane.web.runner import practice_of
from triplane.web.said import drawn, said

KEPT = f"private, max-age={coach.BUNDLE_H * 3600}, immutable"


@require_safe
@in_json
def film(request: HttpRequest, drill: str, version: str) -> HttpResponse:
    """Return the motion of a drill; whoever a professional must clear first gets none."""
    found = _allowed(request, drill)
    if version != coach.film_version(found):
        return redirect(film_address(found))
    return _kept(coach.drill_film(found).model_dump_json(), "application/json")


@require_safe
def poster(request: HttpRequest, drill: str, version: str, side: str) -> HttpResponse:
    """Return the drawn key poses of a drill, one side working."""
    found = _allowed(request, drill)
    working = coach.Side.LEFT if side == "left" else coach.Side.RIGHT
    if version != coach.drawing_version(found):
        return redirect(poster_address(found, working))
    return _kept(drawn(coach.drill_figure(found, working, said)), "image/svg+xml")


@require_safe
def thumb(request: HttpRequest, drill: str, version: str) -> HttpResponse:
    """Return a drill's last key pose, small."""
    found = _allowed(request, drill)
    if version != coach.drawing_version(found):
        return redirect(thumb_address(found))
    return _kept(coach.drill_thumb(found, coach.Side.LEFT), "image/svg+xml")


@require_safe
def moving(request: HttpRequest, drill: str, version: str, side: str) -> HttpResponse:
    """Return a drill drawn small, in motion; without a script."""
    found = _allowed(request, drill)
    working = coach.Side.LEFT if side == "left" else coach.Side.RIGHT
    if version != coach.drawing_version(found):
        return redirect(moving_address(found, working))
    return _kept(coach.drill_moving(found, working), "image/svg+xml")


def moving_address(card: "coach.DrillCard", side: "coach.Side") -> str:
    return reverse("moving", args=[card.drill.id, coach.drawing_version(card), side])


def film_address(card: "coach.DrillCard") -> str:
    return reverse("film", args=[card.drill.id, coach.film_version(card)])


def poster_address(card: "coach.DrillCard", side: "coach.Side") -> str:
    """Return where a poster is kept, apart for each language that its captions are in."""
    address = reverse("poster", args=[card.drill.id, coach.drawing_version(card), side])
    language = get_language() or ENGLISH
    return address if language == ENGLISH else f"{address}?in={language}"


def thumb_address(card: "coach.DrillCard") -> str:
    return reverse("thumb", args=[card.drill.id, coach.drawing_version(card)])


def _allowed(request: HttpRequest, drill: str) -> "coach.DrillCard":
    practice = practice_of(request)
    return coach.drill_card(practice.recent(), drill, practice.now)


def _kept(content: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": KEPT})


paths = [
    path("figures/<str:drill>/<str:version>.json", film, name="film"),
    path("figures/<str:drill>/<str:version>.thumb.svg", thumb, name="thumb"),
    path("figures/<str:drill>/<str:version>.<str:side>.moving.svg", moving, name="moving"),
    path("figures/<str:drill>/<str:version>.<str:side>.svg", poster, name="poster"),
]
