"""What goes between the player and the app: the session as cues, and what was played of it."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import ValidationError

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import UserError
from triplane.web.figures.view import film_address, poster_address
from triplane.web.said import said_by_language, said_within


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
        told = {"where": where, "what": fault["msg"]}
        raise UserError(_("What was played cannot be read: %(where)s: %(what)s") % told) from error


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
        "counts": [_countable(one) for one in coach.countable(session)],
    }
    found: dict[str, Any] = said_within(score)
    for cue, english in zip(found["cues"], score["cues"], strict=True):
        cue |= _by_language({name: english[name] for name in ("says", "does", "focus") if name in english})
    for name, drill in found["drills"].items():
        english = score["drills"][name]
        drill |= _by_language({key: english[key] for key in ("name", "says", "stop")})
    rate = coach.preferences(history).voice_rate
    return {**found, "sound": str(coach.sound_now(history, now)), "rate": rate}


def _countable(one: "coach.Counted") -> dict[str, Any]:
    return {"item": one.item, "drill": one.drill, "side": one.side and str(one.side), "asked": one.asked}


def _by_language(english: dict[str, Any]) -> dict[str, Any]:
    """Return, under ``by_language``, what is said in more than the page's language: stretch by stretch.

    Whoever says a stretch has to speak its language, and whoever shows it has to mark it.
    """
    found = {}
    for key, words in english.items():
        lines = [said_by_language(one) for one in ([words] if isinstance(words, str) else words)]
        if any(language for line in lines for _, language in line):
            found[key] = lines[0] if isinstance(words, str) else lines
    return {"by_language": found} if found else {}


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
        "lines": {"set_up": len(drill.setup), "steps": len(drill.steps)},
        "load_kg": item.load_kg,
        "takes_turns": coach.takes_turns(drill),
        "film": film_address(card),
        "posters": {str(side): poster_address(card, side) for side in coach.Side},
    }
