"""What goes between the player and the app: the session as cues, and what was played of it."""

import json
from typing import Any

from django.http import HttpRequest
from pydantic import ValidationError

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import UserError
from triplane.web.figures.view import film_address, poster_address
from triplane.web.languages import ENGLISH
from triplane.web.said import is_left_english, said_within


def told(request: HttpRequest) -> "coach.HandIn":
    """Read what the player hands in.

    Raises
    ------
    UserError
        When it is not what a player of this app hands in.
    """
    try:
        return coach.HandIn.model_validate_json(request.body)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise UserError(f"what was played cannot be read: {where}: {fault['msg']}") from error


def score_of(practice: Practice, session: "coach.Session") -> dict[str, Any]:
    """Return a session as the player plays it: its cues, and its drills with words and pictures."""
    history, now = practice.history(), practice.now
    cards = coach.drill_cards(history, (item.drill for item in session.items), now)
    items = {item.drill: item for item in session.items}
    score: dict[str, Any] = {
        "mark": history.mark,
        "slot": session.slot,
        "reference": session.reference.model_dump(mode="json"),
        "minutes": session.minutes,
        "cues": [_cue(cue) for cue in session.cues],
        "drills": {name: _drill(card, items[name]) for name, card in cards.items()},
    }
    found: dict[str, Any] = said_within(score)
    for cue, english in zip(found["cues"], score["cues"], strict=True):
        if is_left_english(english["says"], cue["says"]):
            cue["lang"] = ENGLISH
    for name, drill in found["drills"].items():
        drill["langs"] = [
            ENGLISH if is_left_english(english, told) else ""
            for english, told in zip(score["drills"][name]["says"], drill["says"], strict=True)
        ]
    rate = coach.preferences(history).voice_rate
    return {**found, "sound": str(coach.sound_now(history, now)), "rate": rate}


def _cue(cue: "coach.Cue") -> dict[str, Any]:
    """Return a cue with what it is for said outright: no script reads that from its kind or its words."""
    told: dict[str, Any] = json.loads(cue.model_dump_json(exclude_defaults=True))
    is_for = {"is_work": cue.is_work, "is_talk": cue.is_talk}
    return told | {name: True for name, is_so in is_for.items() if is_so}


def _drill(card: "coach.DrillCard", item: "coach.PlanItem") -> dict[str, Any]:
    drill = card.drill
    return {
        "name": drill.name,
        "says": coach.all_words(item, drill),
        "stop": drill.stop,
        "load_kg": item.load_kg,
        "takes_turns": coach.takes_turns(drill),
        "film": film_address(card),
        "posters": {str(side): poster_address(card, side) for side in coach.Side},
    }
