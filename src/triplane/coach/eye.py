"""A camera beside the coach: what it watches in a drill, how faults are said, what only the runner knows."""

from dataclasses import dataclass
from datetime import datetime

from triplane import catalogue, screening
from triplane.body import Side
from triplane.catalogue import Drill, lunges
from triplane.coach.beginning import begin
from triplane.coach.library import drill_card
from triplane.coach.screening_talk import refuse_if_paused
from triplane.errors import Blocked, NotPlanned
from triplane.history import History, LungeVector
from triplane.movement import Framing, Learnt, View, Watch, framing_says

_PLACES = {
    View.FRONT: "Stand the camera in front of you, level, so that all of you is in the picture.",
    View.BACK: "Stand the camera behind you, level, so that all of you is in the picture.",
    View.FEET: "Stand the camera at the end where your feet are, low and level.",
    View.HEAD: "Stand the camera at the end where your head is, low and level.",
}
_BESIDE = {
    Side.LEFT: "Stand the camera at your left side, level, so that all of you is in the picture.",
    Side.RIGHT: "Stand the camera at your right side, level, so that all of you is in the picture.",
}


def camera_place(view: View, side: Side) -> str:
    """Return where the camera stands for a view, as a sentence."""
    if view in _PLACES:
        return _PLACES[view]
    return _BESIDE[side if view is View.WORKING_SIDE else side.other]


@dataclass(frozen=True)
class DrillEye:
    """One drill as a camera watches it, for one side. ``watch`` begins a set."""

    drill: Drill
    side: Side
    learnt: Learnt

    def watch(self) -> Watch:
        """Return a new watch, for one set."""
        return Watch(self.learnt, self.side)

    @property
    def place(self) -> str:
        """Where the camera stands, as a sentence."""
        return camera_place(self._view, self.side)

    def say(self, fault: int) -> str:
        """What a coach says of a fault that is seen."""
        return self.drill.fault[fault].say

    def happens(self, fault: int) -> str:
        """What goes wrong, as a sentence."""
        return self.drill.fault[fault].happens

    def help(self, framing: Framing) -> str:
        """How to come into the picture, as a sentence."""
        return framing_says(framing, self._view, self.side)

    @property
    def asks(self) -> tuple[tuple[int, str], ...]:
        """Faults that no camera sees, with what to ask the runner after the set."""
        return tuple((number, fault.ask) for number, fault in enumerate(self.drill.fault) if fault.ask)

    @property
    def _view(self) -> View:
        assert self.learnt.form.camera is not None  # what is learnt is seen
        return self.learnt.form.camera


def eye_on(
    history: History, word: str, side: Side, now: datetime, vector: LungeVector | None = None
) -> DrillEye:
    """Return the eye on a drill by its id or name, for somebody who may do it; a recording has no session.

    Parameters
    ----------
    vector : which lunge of the matrix it is, where the session names one

    Raises
    ------
    Blocked
        Where nothing is offered, the runner is ill, or this drill is not for this runner.
    UnknownName
        With the nearest ids that exist.
    UserError
        Where no camera sees the drill, with why.
    """
    refuse_if_paused(history, now)
    drill = drill_card(history, word, now).drill
    clearance = screening.screen(history, now)
    allowance = screening.allowance_of(drill, clearance)
    if allowance.verdict is catalogue.Verdict.EXCLUDE:
        raise Blocked("This drill is not for you now: " + " ".join(allowance.why))
    if vector is None:
        return DrillEye(drill, side, catalogue.learnt(drill))
    if not lunges.keeps_restrictions(vector, clearance.tag_names):
        raise Blocked("This lunge is not for you now.")
    return DrillEye(lunges.file_watched(vector), side, lunges.learnt_lunge(vector))


def eye_in_session(history: History, slot: str, item: str, side: Side, now: datetime) -> DrillEye:
    """Return the eye on an item of a session, for somebody who may begin that session now.

    Raises
    ------
    Blocked, NotReady
        As ``begin``, and as ``eye_on``.
    UnknownName
        Where the session holds no such item now, or none on this side.
    UserError
        As ``eye_on``.
    """
    items = begin(history, slot, now).items
    found = next((one for one in items if one.id == item and one.on(side) is not None), None)
    if found is None:
        raise NotPlanned("item of this session", item, [one.id for one in items])
    return eye_on(history, found.drill, side, now, found.lunge)
