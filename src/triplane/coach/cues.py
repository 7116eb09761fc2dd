"""A session as it is played: every cue with its words and its seconds, for the eye and for the ear."""

from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Annotated

from pydantic import AfterValidator, Field

from triplane.catalogue import Drill, find, load_one
from triplane.coach.answered import logs_of
from triplane.coach.cue import Cue, CueKind
from triplane.coach.issued import issued_plan
from triplane.coach.laying import item_cues
from triplane.coach.safe_items import items_to_play
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.errors import NotPlanned
from triplane.history import History, PlanItem, Slot
from triplane.value import Value


def _each_once(items: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(items)) < len(items):
        raise ValueError("an item of a session is named once")
    return items


class SessionReference(Value):
    """What names a session for good: the plan it was issued with, and which of its items were laid out.

    ``cues`` is a digest of how they were laid out: as many seconds are not the same seconds.
    """

    plan: str
    items: Annotated[tuple[str, ...], Field(min_length=1, max_length=60), AfterValidator(_each_once)]
    cues: Annotated[str, Field(max_length=40)] = ""


class Session(Value):
    """A slot's items as cues, first to last, and the items themselves: what was asked, with its load.

    ``minutes`` is how long they take to play; ``plan`` is the id of the issued plan they come from.
    """

    slot: str
    minutes: float
    cues: tuple[Cue, ...]
    items: tuple[PlanItem, ...] = ()
    plan: str = ""

    @property
    def reference(self) -> SessionReference:
        """What travels with a session, so that it is recorded as played after the plan changed."""
        items = tuple(item.id for item in self.items)
        return SessionReference(plan=self.plan, items=items, cues=self.digest)

    @property
    def digest(self) -> str:
        """What tells apart how a session is laid out: what is worked on when, whatever is said there."""
        laid = [(c.kind, c.item, c.side, c.turn, c.set, c.rep, c.seconds) for c in self.cues]
        return sha256(repr(laid).encode()).hexdigest()[:16]

    @property
    def seconds(self) -> float:
        """Length by the clock, without pauses."""
        return sum(cue.seconds for cue in self.cues)


def session(slot: Slot, items: tuple[PlanItem, ...], drills: dict[str, Drill]) -> Session:
    """Lay the items of a slot out as cues, in their order."""
    cues: list[Cue] = []
    for item in sorted(items, key=lambda item: item.order):
        cues += item_cues(item, drills[item.drill])
    cues.append(Cue(kind=CueKind.DONE, says="That was it. How did it go?", seconds=0))
    minutes = sum(cue.seconds for cue in cues) / 60
    return Session(slot=slot.id, minutes=minutes, cues=tuple(cues), items=items)


def session_of(history: History, slot_id: str, now: datetime) -> Session:
    """Return the session planned in a slot of this week, ready to be played: what was not done by itself.

    Raises
    ------
    Blocked
        When safety stops or pauses the runner, or leaves nothing of the slot.
    UnknownName
        When the plan holds nothing under that id.
    """
    refuse_if_blocked(history, now)
    plan = issued_plan(history, now)
    slots = {slot.id: slot for slot in plan.slots} if plan else {}
    items = tuple(item for item in plan.items if slot_id in (item.slot, item.id)) if plan else ()
    if plan is None or not items:
        raise NotPlanned("planned slot or item", slot_id, list(slots))
    slot, done = slots[items[0].slot], logs_of(history)
    left = tuple(item for item in items if item.id not in done)
    allowed = items_to_play(left or items, slot, history, now)
    laid = session(slot, allowed, {item.drill: load_one(item.drill) for item in allowed})
    return laid.model_copy(update={"plan": plan.id})


@lru_cache(maxsize=1024)
def minutes_to_play(item: PlanItem) -> float:
    """Return how long an item takes, words and changes of side counted; as planned if its drill is gone."""
    drill = find(item.drill)
    if drill is None:
        return item.minutes
    return sum(cue.seconds for cue in item_cues(item, drill)) / 60
