"""One moment of a session, for the eye and for the ear."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from triplane.body import Side
from triplane.value import Value


class CueKind(StrEnum):
    """What a moment of a session is for."""

    ANNOUNCE = "announce"
    SET_UP = "set_up"
    STEP = "step"
    GET_READY = "get_ready"
    MOVE = "move"
    HOLD = "hold"
    REST = "rest"
    SWITCH = "switch"
    FEELING = "feeling"
    DONE = "done"


WORKING = (CueKind.MOVE, CueKind.HOLD)
TALKING = (CueKind.ANNOUNCE, CueKind.SET_UP, CueKind.STEP, CueKind.FEELING)


class Cue(Value):
    """One moment: what is said, how long it lasts, and where in the drill it stands.

    ``seconds`` is what the clock counts; ``rep`` and ``set`` count from 1. ``side`` is missing where both
    legs work; where they take turns, ``turn`` is the one that works now. ``pose`` is the key pose that the
    moment leads to, where the figure does not just go there and back. ``does`` says in few words what is
    done, where that is more than going, holding and coming back. ``focus`` is the one thing to mind here,
    without what is said around it; ``is_way_back`` tells the move that ends a repetition from the one that
    begins it. ``shows`` are lines of ``all_words`` that fit the moment, to be read beside it, first to
    last. ``is_taught`` marks work that goes as slowly as its words are said.
    """

    kind: CueKind
    says: str
    seconds: Annotated[float, Field(ge=0)]
    item: str = ""
    drill: str = ""
    side: Side | None = None
    turn: Side | None = None
    pose: str = ""
    does: str = ""
    set: int = 0
    sets: int = 0
    rep: int = 0
    reps: int = 0
    focus: str = ""
    is_way_back: bool = False
    shows: tuple[int, ...] = ()
    is_taught: bool = False

    @property
    def is_work(self) -> bool:
        """Whether it counts as work."""
        return self.kind in WORKING

    @property
    def is_talk(self) -> bool:
        """Whether it is there to be listened to, so that the clock waits until it is said."""
        return self.kind in TALKING
