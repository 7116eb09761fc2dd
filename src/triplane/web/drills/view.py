"""The drills: filters, and one page for each with all there is to say of it."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from triplane import coach
from triplane.errors import UserError
from triplane.history import Equipment, EquipmentListed
from triplane.web.fields import origin_of
from triplane.web.figures.view import moving_address, thumb_address
from triplane.web.runner import practice_of
from triplane.web.said import said
from triplane.web.words import stage

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACES = {
    "direction": coach.Direction,
    "plane": coach.Plane,
    "context": coach.Context,
    "uses": Equipment,
    "grounds": coach.Grounds,
}

GROUNDS = {
    coach.Grounds.STUDY: _("A study speaks for part of it"),
    coach.Grounds.ARTICLE: _("Coaches' practice"),
    coach.Grounds.OURS: _("Our own choice"),
}

STATUS = {
    "found": _("read by us"),
    "known": _("from memory, still to be checked"),
    "calculated": _("our own arithmetic"),
    "default": _("a choice of ours"),
}
"""How far a source was checked."""

LONGEST = 80
"""Characters of words to look for."""


WANTED = {"wanted": True, "left_out": False, "neither": None}
"""What somebody may say about a drill."""


@require_safe
def drills(request: HttpRequest) -> HttpResponse:
    """List what matches; whoever a professional must clear first reads no drills."""
    practice = practice_of(request)
    history, now = practice.recent(), practice.now
    wanted = _wanted(request)
    found = coach.drills(history, wanted, now)
    cards = coach.drill_cards(history, (drill.id for drill in found.drills), now)
    page = {
        "found": [
            (card, thumb_address(card), moving_address(card, coach.Side.LEFT)) for card in cards.values()
        ],
        "wanted": wanted,
        "narrowed": wanted != coach.DrillFilter(),
        "note": found.notice,
        "directions": list(coach.Direction),
        "planes": list(coach.Plane),
        "stages": {one: stage(one) for one in coach.Stage},
        "contexts": list(coach.Context),
        "equipment": list(Equipment),
        "has_listed": history.latest(EquipmentListed) is not None,
        "grounds": GROUNDS,
        "here": "drills",
    }
    return render(request, "drills/drills.html", page)


@require_safe
def drill(request: HttpRequest, name: str) -> HttpResponse:
    """Show one drill with its figure, words, dose, sources, easier and harder ways."""
    practice = practice_of(request)
    recent, now = practice.recent(), practice.now
    card = coach.drill_card(recent, name, now)
    shown = card.drill
    page = {
        "card": card,
        "drill": shown,
        "figure": coach.drill_figure(card, coach.Side.LEFT, said),
        "dose": coach.dose_range_in_words(shown),
        "stage": stage(shown.stage),
        "ground": GROUNDS[card.grounds],
        "claims": _claims(card),
        "note": card.notice,
        "choice": coach.drill_choice(recent, shown.id, now, practice.history),
        "here": "drills",
    }
    return render(request, "drills/drill.html", page)


@require_POST
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """Record that the runner wants a drill, leaves it out, or neither any more."""
    wish = request.POST.get("wish", "")
    if wish not in WANTED:
        raise UserError(gettext("say whether you want this drill or leave it out"))
    practice_of(request).decide(
        lambda history, now: (coach.chosen_drill(history, name, now, WANTED[wish]),),
        origin_key=origin_of(request),
    )
    return redirect("drill", name)


def _claims(card: "coach.DrillCard") -> list[tuple[Any, Any, list[str]]]:
    """Return each source once with what it is said to support, and how far it was checked."""
    claimed: Mapping[str, list[str]] = {source.id: [] for source in card.sources}
    for claim in card.drill.source:
        claimed[claim.key].append(claim.claim)
    return [(source, STATUS[source.status], claimed[source.id]) for source in card.sources]


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
        at_home=request.GET.get("at_home") == "on",
        words=given["words"][:LONGEST],
    )


paths = [
    path("drills/", drills, name="drills"),
    path("drills/<str:name>/", drill, name="drill"),
    path("drills/<str:name>/choose/", choose, name="drill_choose"),
]
