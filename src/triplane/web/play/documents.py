"""What goes between the player and the app: the session as cues, and what was played of it."""

import json
from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from triplane import coach
from triplane.errors import UserError
from triplane.web.figures.view import film_address, poster_address

Score = Annotated[int, Field(ge=0, le=10)]


class Told(BaseModel):
    """What the player hands in. ``key`` names this playing: handed in twice, it is recorded once."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, Field(pattern=r"^[0-9a-f-]{8,40}$")]
    played: coach.Played
    effort: Score | None = None
    discomfort: Score = 0


def told(request: HttpRequest) -> Told:
    """Read what the player hands in.

    Raises
    ------
    UserError
        When it is not what a player of this app hands in.
    """
    try:
        return Told.model_validate_json(request.body)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise UserError(f"what was played cannot be read: {where}: {fault['msg']}") from error


def score_of(session: "coach.Session") -> dict[str, Any]:
    """Return a session as the player plays it: its cues, and its drills with words and pictures."""
    return {
        "slot": session.slot,
        "minutes": session.minutes,
        "cues": [json.loads(cue.model_dump_json(exclude_defaults=True)) for cue in session.cues],
        "working": [str(kind) for kind in coach.WORKING],
        "drills": {item.drill: _drill(item.drill) for item in session.items},
    }


def _drill(name: str) -> dict[str, Any]:
    card = coach.drill_card(name)
    drill = card.drill
    return {
        "name": drill.name,
        "feel": drill.feel,
        "stop": drill.stop,
        "film": film_address(card),
        "posters": {str(side): poster_address(card, side) for side in coach.Side},
    }


def counted(session: "coach.Session", played: "coach.Played") -> list[dict[str, Any]]:
    """Return the repetitions the clock counted, drill by drill and side by side."""
    items = {item.drill: item.id for item in session.items}
    return [
        {
            "item": items[done.drill],
            "name": coach.drill_card(done.drill).drill.name,
            "side": done.side,
            "reps": done.clean_reps,
            "asked": done.reps_asked,
        }
        for done in coach.drills_done(session, played)
        if (done.reps_asked or 0) > 1 and not done.skipped
    ]


def fits(session: "coach.Session", played: "coach.Played") -> bool:
    """Whether what was played is of this session as it is now; the plan may have moved meanwhile."""
    return len(played.seconds) == len(session.cues)
