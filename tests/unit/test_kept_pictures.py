"""Pictures are kept for a year under a name: what looks otherwise has another one."""

import hashlib
from types import SimpleNamespace
from typing import Any

from triplane import body, coach
from triplane.body import Side
from triplane.catalogue import SidesWorked, load_one
from triplane.coach.filming import DRAWING, FILM

DRILL = load_one("mob_quad_band")
DRAWN = {("drawing/4", "film/4"): "7d769c164104bb09"}
"""What the figure looks like now. When it differs, raise DRAWING or FILM and put the new one here."""


def named(**changed: Any) -> tuple[str, str]:
    card: Any = SimpleNamespace(drill=DRILL.model_copy(update=changed))
    return coach.film_version(card), coach.drawing_version(card)


def test_a_picture_has_another_name_when_its_words_or_sides_change() -> None:
    film, drawing = named()
    sides = DRILL.dose.model_copy(update={"sides": SidesWorked.BOTH_AT_ONCE})
    for changed in (named(name="Another name"), named(dose=sides)):
        assert changed[0] == film, "no film holds its name or says which side works"
        assert changed[1] != drawing


def test_other_poses_are_another_film_and_another_picture() -> None:
    film, drawing = named()
    changed = named(pose=DRILL.pose[:1])
    assert changed[0] != film
    assert changed[1] != drawing


def test_pictures_that_look_otherwise_have_another_name() -> None:
    poses = load_one("lm_lateral").pose
    film = body.film(poses, Side.LEFT)
    drawn = (
        film.model_dump_json(),
        body.draw_drill(poses, working=Side.LEFT, title="A lunge"),
        body.draw_small(poses[-1], Side.LEFT, "A lunge"),
        body.draw_moving(poses, Side.LEFT, film.looks.own, "A lunge", Side.LEFT),
    )
    found = hashlib.sha256("".join(drawn).encode()).hexdigest()[:16]
    assert {(DRAWING, FILM): found} == DRAWN, "raise DRAWING or FILM, so that kept pictures are let go"
