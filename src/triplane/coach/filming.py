"""A drill in motion for a screen: the film of its figure, and the name under which it may be kept."""

import hashlib
from functools import lru_cache

from triplane import body, catalogue
from triplane.body import Film, Side
from triplane.catalogue import Drill
from triplane.coach.library import DrillCard

FILM = "film/4"
"""The way films are made. Raised when the same poses give another film, so that kept ones are let go."""

DRAWING = "drawing/4"
"""The way pictures are drawn, still or moving. Raised when the same poses are drawn otherwise."""


def drill_film(card: DrillCard) -> Film:
    """Return the motion through a drill's key poses, right side working."""
    return film_of(card.drill.id)


def film_version(card: DrillCard) -> str:
    """Name a drill's film: the same poses have the same name, changed ones another."""
    return _name_of(FILM, card.drill.lunge_direction, _poses(card.drill))


def drawing_style() -> str:
    """Return the colours that stand as CSS in every drawing, the same in all of them."""
    return body.drawing_style()


def drawing_version(card: DrillCard) -> str:
    """Name a drill's pictures: what they are drawn from, what stands in them, and how they are drawn."""
    drill = card.drill
    return _name_of(DRAWING, FILM, drill.lunge_direction, drill.dose.sides, drill.name, _poses(drill))


def _poses(drill: Drill) -> str:
    return "".join(pose.model_dump_json() for pose in drill.pose)


def _name_of(*made_of: object) -> str:
    return hashlib.sha256("\0".join(str(one) for one in made_of).encode()).hexdigest()[:12]


def drill_moving(card: DrillCard, side: Side) -> str:
    """Draw all of a drill's motion small, one side working, as an SVG text."""
    return _moving(card.drill.id, side)


@lru_cache(maxsize=512)
def _moving(drill: str, side: Side) -> str:
    found, film = catalogue.load_one(drill), film_of(drill)
    working = None if found.dose.sides is catalogue.SidesWorked.BOTH_AT_ONCE else side
    return body.draw_moving(found.pose, working, film.looks.own, found.name, found.stands_on)


@lru_cache(maxsize=128)
def film_of(drill: str) -> Film:
    """Return the film of a drill by its id; what a runner is shown goes by ``drill_film``."""
    found = catalogue.load_one(drill)
    return body.film(found.pose, found.stands_on)
