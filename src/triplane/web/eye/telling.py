"""What was seen after a frame, as a document in the runner's language; what is not measured says so."""

from typing import Any

from triplane import coach
from triplane.web.said import said
from triplane.web.words import plain, sentence


def told(seen: "coach.Seen", eye: "coach.DrillEye") -> dict[str, Any]:
    """Return what a page shows and says after one frame. A number stands only beside its error."""
    spoken = [one.fault for one in seen.happened if one.what == "cue" and one.fault is not None]
    return {
        "at": round(seen.at_s, 3),
        "reps": seen.repetitions,
        "clean": seen.clean,
        "share": None if seen.share is None else round(seen.share, 2),
        "held": round(seen.held_s, 1),
        "framing": said(eye.help(seen.framing)) if seen.framing else "",
        "cue": said(eye.say(spoken[0])) if spoken else "",
        "ended": "" if seen.ended_by is None else said(eye.say(seen.ended_by)),
        "ended_by": seen.ended_by,
        "happens": "" if seen.ended_by is None else said(eye.happens(seen.ended_by)),
        "shown": [_shown(one) for one in seen.shown[:1]],
    }


def _shown(one: Any) -> dict[str, Any]:
    name = sentence(plain(one.signal))
    if one.value is None:
        return {"name": name, "why": said(one.why_not)}
    if one.unit == "deg":
        return {"name": name, "value": round(one.value), "error": round(2 * one.error), "unit": "°"}
    return {"name": name, "value": round(100 * one.value), "error": round(200 * one.error), "unit": " %"}
