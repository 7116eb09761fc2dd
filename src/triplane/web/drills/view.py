"""The drills: filters, and one page for each with all there is to say of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from triplane import coach
from triplane.history import Equipment
from triplane.web.runner import practice_of

PLACES = {"direction": coach.Direction, "plane": coach.Plane, "context": coach.Context}


def drills(request: HttpRequest) -> HttpResponse:
    """List what matches; whoever a professional must clear first reads no drills."""
    practice = practice_of(request)
    wanted = _wanted(request)
    found = coach.drills(practice.history(), wanted, practice.now)
    page = {
        "found": found.drills,
        "wanted": wanted,
        "note": found.notice,
        "directions": list(coach.Direction),
        "stages": list(coach.Stage),
        "contexts": list(coach.Context),
        "here": "drills",
    }
    return render(request, "drills/drills.html", page)


def drill(request: HttpRequest, name: str) -> HttpResponse:
    """Show one drill with its figure, words, dose, sources, easier and harder ways."""
    practice = practice_of(request)
    card = coach.drill_card(practice.history(), name, practice.now)
    page = {
        "card": card,
        "drill": card.drill,
        "figure": coach.drill_figure(card, coach.Side.LEFT),
        "dose": coach.dose_range_in_words(card.drill),
        "note": card.notice,
        "here": "drills",
    }
    return render(request, "drills/drill.html", page)


def _wanted(request: HttpRequest) -> "coach.DrillFilter":
    """Return the filter asked for; a word that is on no list asks for nothing."""
    given = {name: request.GET.get(name, "") for name in (*PLACES, "stage", "words")}
    chosen = {name: kind(given[name]) for name, kind in PLACES.items() if given[name] in set(kind)}
    stage = int(given["stage"]) if given["stage"] in {str(int(one)) for one in coach.Stage} else None
    at_hand = frozenset(Equipment(one) for one in request.GET.getlist("equipment") if one in set(Equipment))
    return coach.DrillFilter(
        **chosen,
        stage=coach.Stage(stage) if stage else None,
        equipment=at_hand or None,
        words=given["words"][:80],
    )


paths = [
    path("drills/", drills, name="drills"),
    path("drills/<str:name>/", drill, name="drill"),
]
