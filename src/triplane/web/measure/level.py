"""What the inclinometer's script is told: where the phone lies, what is said, what a hip can give."""

from typing import Any

from triplane import coach
from triplane.bootstrap import Practice
from triplane.web.built import LEVEL, script
from triplane.web.said import said


def level(practice: Practice, test: "coach.Protocol") -> dict[str, Any] | None:
    """Return what the script is told and where it lies; nothing where no phone can read this test."""
    way, island = test.inclinometer, script(LEVEL)
    if way is None or island is None:
        return None
    history = practice.history()
    low, high = test.plausible
    told = {
        "counts": way.counts,
        "starts": way.starts,
        "low": low,
        "high": high,
        "where": said(way.where),
        "start": said(way.start),
        "passive": said(way.go) if test.passive else "",
        "owned": said(way.active_go or way.go) if test.active else "",
        "sound": str(coach.sound_now(history, practice.now)),
        "rate": coach.preferences(history).voice_rate,
    }
    return {"island": island, "told": told}
