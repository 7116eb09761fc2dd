"""What is told of one session has an end."""

import pytest
from pydantic import ValidationError

from triplane import coach

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
