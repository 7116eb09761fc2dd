"""The parts of one repetition: the key pose each leads to, and which steps of the drill belong to it."""

from typing import NamedTuple

from triplane.catalogue import Drill
from triplane.coach.cue import CueKind
from triplane.history import Prescription

_TO, _AT = "to ", "at "


class Part(NamedTuple):
    """A stretch of a repetition: one cue of it. ``at`` are the words of ``Drill.when`` that mean it."""

    kind: CueKind
    says: str
    seconds: float
    at: tuple[str, ...]
    pose: str = ""
    does: str = ""
    is_way_back: bool = False


def parts_of(drill: Drill, dose: Prescription, rep: int) -> list[Part]:
    """Return what a repetition consists of, in order; repetitions count from 1."""
    if dose.phases:
        poses = {phase.do: phase.pose for phase in drill.dose.phases}
        return [
            Part(CueKind.HOLD, do, seconds, ("phase " + str(number),), poses.get(do, ""), does=do)
            for number, (do, seconds) in enumerate(dose.phases, 1)
        ]
    return [part for part in _moved(drill, dose, rep) if part.seconds]


def _moved(drill: Drill, dose: Prescription, rep: int) -> tuple[Part, ...]:
    out, pause, back, low = dose.tempo_s
    there: tuple[str, ...] = ("there",)
    hold: tuple[str, ...] = ("hold",)
    says = str(rep)
    if drill.halves:
        one, other = drill.halves
        return (
            Part(CueKind.MOVE, says, out, (_TO + one,), one),
            Part(CueKind.HOLD, "Hold.", pause + dose.hold_s, (_AT + one,), one),
            Part(CueKind.MOVE, "And the other way.", back, (_TO + other,), other, "The other way", True),
            Part(CueKind.HOLD, "Hold.", low, (_AT + other,), other),
        )
    here = after = ""
    if drill.in_turn:
        here, after = (drill.in_turn[number % len(drill.in_turn)] for number in (rep - 1, rep))
        there, hold = ("there", _TO + here), ("hold", _AT + here)
    return (
        Part(CueKind.MOVE, says, out, there, here),
        Part(CueKind.HOLD, "Hold.", pause + dose.hold_s, hold, here),
        Part(CueKind.MOVE, "And back.", back + low, ("back",), after, is_way_back=True),
    )


def part_of(when: str, parts: list[Part]) -> int | None:
    """Return the number of the part that a step belongs to, or None if it has no place of its own among them.

    Where nothing is held, what is said of the hold belongs to the way there.
    """
    way_there = "there" if when == "hold" else when.replace(_AT, _TO, 1)
    for meant in (when, way_there):
        for number, part in enumerate(parts):
            if meant in part.at:
                return number
    return None
