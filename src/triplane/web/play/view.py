"""The player's page and its documents. Without the built island it leads to the session in words."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from triplane import coach
from triplane.history import UNKNOWN_DRILL, Sign
from triplane.web.built import PLAYER, script
from triplane.web.faults import in_json
from triplane.web.feelings import PainFormSet, feelings_in
from triplane.web.figures.view import poster_address
from triplane.web.headers import with_model
from triplane.web.plan.view import needs_plan
from triplane.web.play.documents import score_of, told
from triplane.web.runner import practice_of
from triplane.web.said import said, said_later


class HurtsForm(forms.Form):
    """Where in a session something was felt, and stop signs."""

    item = forms.CharField()
    side = forms.ChoiceField(
        choices=[("", ""), *((one.value, one.value) for one in coach.Side)], required=False
    )
    signs = forms.MultipleChoiceField(
        required=False,
        choices=[(one.value, said_later(one.value.replace("_", " ").capitalize())) for one in Sign],
    )


@require_safe
@needs_plan
def play(request: HttpRequest, slot: str) -> HttpResponse:
    """Show the player once the questions before a session are answered."""
    practice = practice_of(request)
    planned, island = practice.begin(slot), script(PLAYER)
    if island is None:
        return redirect("session", slot)
    practice.refuse_to_log(slot)
    first = planned.items[0]
    cards = coach.drill_cards(practice.history(), (item.drill for item in planned.items), practice.now)
    card = cards[first.drill]
    page = {
        "session": planned,
        "slot": slot,
        "island": island,
        "drills": [cards[item.drill].drill for item in planned.items],
        "name": card.drill.name,
        "announces": planned.cues[0].says,
        "poster": poster_address(card, coach.Side.LEFT if first.left else coach.Side.RIGHT),
        **player_page(),
    }
    return with_model(render(request, "play/play.html", page))


def player_page() -> dict[str, object]:
    """Return what the player's page asks and says whatever session it plays."""
    return {
        "stop_words": coach.stop_words(),
        "hurts": HurtsForm(),
        "feelings": PainFormSet(),
        "scores": range(11),
        "unknown_drill": UNKNOWN_DRILL,
    }


@require_safe
@in_json
def score(request: HttpRequest, slot: str) -> HttpResponse:
    """Return the session as cues."""
    practice = practice_of(request)
    return JsonResponse(score_of(practice, practice.begin(slot)))


@require_POST
@in_json
def hurts(request: HttpRequest, slot: str) -> HttpResponse:
    """Read what was felt, and say whether the session ends here and what follows."""
    form, feelings = HurtsForm(request.POST), PainFormSet(request.POST)
    if not (form.is_valid() and feelings.is_valid()):
        problems = [str(error) for one in feelings.forms for texts in one.errors.values() for error in texts]
        return JsonResponse({"problem": problems[0] if problems else _("Choose where it is.")}, status=400)
    given = form.cleaned_data
    pain, signs = feelings_in(feelings.forms), tuple(Sign(sign) for sign in dict.fromkeys(given["signs"]))
    stop = coach.Interruption(
        item=given["item"],
        side=coach.Side(given["side"]) if given["side"] else None,
        pain=pain,
        signs=signs,
        too_much=not (pain or signs),
    )
    stops = coach.stops_session(stop)
    follows = [said(line) for line in coach.what_follows(stop)] if stops else []
    return JsonResponse({"interruption": stop.model_dump(mode="json"), "stops": stops, "follows": follows})


@require_POST
@in_json
def count(request: HttpRequest, slot: str) -> HttpResponse:
    """Return what the clock counted, to be put right by whoever did it; to whoever is stopped, nothing."""
    handed, practice = told(request), practice_of(request)
    if handed.reference is None or handed.played is None:
        return JsonResponse({"counted": []})
    counted = coach.counted_then(practice.history(), handed.reference, handed.played, practice.now)
    return JsonResponse({"counted": [one.model_dump(mode="json") for one in counted]})


@require_POST
@in_json
def played(request: HttpRequest, slot: str) -> HttpResponse:
    """Record what was played, once, also where the plan changed or the runner was stopped meanwhile.

    What is said of it is for the runner to read: it may be that the work could not be counted.
    """
    handed = practice_of(request).hand_in(told(request))
    return JsonResponse({"next": reverse("today"), "says": said(handed.says)})


paths = [
    path("session/<str:slot>/play/", play, name="play"),
    path("session/<str:slot>/play.json", score, name="score"),
    path("session/<str:slot>/play/hurts/", hurts, name="hurts"),
    path("session/<str:slot>/play/count/", count, name="count"),
    path("session/<str:slot>/play/done/", played, name="played"),
]
