"""What is told of one session has an end."""

import pytest
from pydantic import ValidationError

from triplane import coach
from triplane.body import Side

HURT = ("own_hip_cars", {"score": 1, "region": "groin", "kind": "joint"})


@pytest.mark.parametrize(
    "told",
    [
        {"skipped": ("own_hip_cars",) * 201},
        {"too_much": ("own_hip_cars",) * 201},
        {"reps": {f"d{number}": 1 for number in range(201)}},
        {"clean": {f"d{number}": 1 for number in range(201)}},
        {"load_kg": {f"d{number}": 1.0 for number in range(201)}},
        {"pain": (HURT,) * 201},
        {"signs": (("own_hip_cars", "groin_pinch"),) * 201},
    ],
)
def test_more_than_any_session_holds_is_refused(told: dict[str, object]) -> None:
    [name] = told
    with pytest.raises(ValidationError, match=name):
        coach.SessionAnswers.model_validate(told)


@pytest.mark.parametrize(("worked", "counts"), [((Side.RIGHT,), True), (tuple(Side), False)])
def test_what_hurt_on_a_side_that_was_not_worked_counts_on_the_one_that_was(
    worked: tuple[Side, ...], counts: bool
) -> None:
    told = coach.SessionAnswers.model_validate({"pain": [(HURT[0], {**HURT[1], "side": "left"})]})

    assert bool(told.pain_of(HURT[0], Side.RIGHT, worked)) is counts
