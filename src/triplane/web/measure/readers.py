"""What the scripts that read a test are told: the phone on the leg, and the camera before it."""

from typing import Any

from django.urls import reverse

from triplane import coach
from triplane.bootstrap import Practice
from triplane.web.built import LEVEL, RANGE, script
from triplane.web.said import said
from triplane.web.words import letter, plain, sentence


def by_phone(practice: Practice, test: "coach.Protocol") -> dict[str, Any] | None:
    """Return what the script is told and where it lies; nothing where no phone can read this test."""
    way, island = test.inclinometer, script(LEVEL)
    if way is None or island is None:
        return None
    low, high = test.plausible
    told = {
        "methods": [str(method) for method in test.phone_methods],
        "counts": way.counts,
        "starts": way.starts,
        "still": way.still.model_dump(),
        "limits": way.limits.model_dump(),
        "low": low,
        "high": high,
        "where": said(way.where),
        "start": said(way.start),
        "passive": said(way.go) if test.passive else "",
        "owned": said(way.active_go or way.go) if test.active else "",
        **_as_every_test(practice),
    }
    return {"island": island, "told": told}


def by_camera(practice: Practice, test: "coach.Protocol") -> dict[str, Any] | None:
    """Return what the camera's script is told and where it lies; nothing where no camera reads this test."""
    island = script(RANGE)
    if test.camera is None or island is None:
        return None
    told = {
        "test": test.id,
        "method": test.camera.method,
        "eye": reverse("eye"),
        **_as_every_test(practice),
    }
    return {"island": island, "told": told}


def _as_every_test(practice: Practice) -> dict[str, Any]:
    """Return what both scripts say alike: the sides' names and letters, and how they are heard."""
    history = practice.history()
    return {
        "sides": {str(side): {"name": sentence(plain(side)), "letter": letter(side)} for side in coach.Side},
        "sound": str(coach.sound_now(history, practice.now)),
        "rate": coach.preferences(history).voice_rate,
    }
