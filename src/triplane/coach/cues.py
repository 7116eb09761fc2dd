"""A session as it is played: every cue with its words and its seconds, for the eye and for the ear."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field

from triplane.body import Side
from triplane.catalogue import Drill, SidesWorked, find, load_one
from triplane.coach.issued import issued_plan
from triplane.coach.safe_items import answered, items_to_play
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.errors import NotPlanned
from triplane.history import History, PlanItem, Prescription, Slot
from triplane.value import Value

GET_READY_S = 5.0
"""Count-in before every set. Coach's default."""

SWITCH_S = 8.0
"""Time to change sides. Coach's default."""

SPEAK_S = 2.5
"""Time a spoken sentence needs at least. Coach's default."""

WORD_S = 0.4
"""Time a spoken word needs: 150 words a minute. Coach's default."""


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

    ``seconds`` is what the clock counts; ``rep`` and ``set`` count from 1. ``side`` is missing where
    both legs work; where they take turns, ``turn`` is the one that works now. ``pose`` is the key pose
    that a phase leads to. ``focus`` is the one thing to mind here, without what is said around it;
    ``is_way_back`` tells the move that ends a repetition from the one that begins it.
    """

    kind: CueKind
    says: str
    seconds: Annotated[float, Field(ge=0)]
    item: str = ""
    drill: str = ""
    side: Side | None = None
    turn: Side | None = None
    pose: str = ""
    set: int = 0
    sets: int = 0
    rep: int = 0
    reps: int = 0
    focus: str = ""
    is_way_back: bool = False

    @property
    def is_work(self) -> bool:
        """Whether it counts as work."""
        return self.kind in WORKING

    @property
    def is_talk(self) -> bool:
        """Whether it is there to be listened to, so that the clock waits until it is said."""
        return self.kind in TALKING


class SessionReference(Value):
    """What names a session for good: the plan it was issued with, and which of its items were laid out.

    ``cues`` is a digest of how they were laid out: as many seconds are not the same seconds.
    """

    plan: str
    items: Annotated[tuple[str, ...], Field(min_length=1, max_length=60)]
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
        cues += _item_cues(item, drills[item.drill])
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
    slot, done = slots[items[0].slot], answered(history)
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
    return sum(cue.seconds for cue in _item_cues(item, drill)) / 60


def all_words(item: PlanItem, drill: Drill) -> tuple[str, ...]:
    """Return all that is said of a drill before and after its work: what a new one is taught with."""
    return (*changed_in_words(item.how), *drill.setup, *drill.steps, _felt(drill))


def speak_s(text: str) -> float:
    """Return the seconds a sentence needs to be said and taken in."""
    return max(SPEAK_S, round(WORD_S * len(text.split()), 1))


def changed_in_words(how: tuple[str, ...]) -> tuple[str, ...]:
    """Say what is changed for this runner, and that it stands above the drill's own words; nothing if so."""
    if not how:
        return ()
    return (f"For you, instead of the drill's own steps and cues where they differ: {' '.join(how)}",)


def dose_in_words(prescription: Prescription) -> str:
    """Say a dose as a coach would: '2 sets of 8, hold each for 4 seconds'."""
    sets = "1 set" if prescription.sets == 1 else f"{prescription.sets} sets"
    if prescription.phases:
        rounds = f"{prescription.reps} rounds" if (prescription.reps or 1) > 1 else "1 round"
        long = sum(seconds for _, seconds in prescription.phases)
        return f"{sets} of {rounds}, {_seconds(long)} each"
    if (prescription.reps or 1) <= 1 and prescription.hold_s:
        return f"{sets}, hold {_seconds(prescription.hold_s)}"
    if prescription.hold_s:
        return f"{sets} of {prescription.reps}, hold each for {_seconds(prescription.hold_s)}"
    return f"{sets} of {prescription.reps}"


def doses_in_words(item: PlanItem) -> str:
    """Say the dose of each side; once where both are alike."""
    told = [(side, dose_in_words(dose)) for side in Side if (dose := item.on(side))]
    if len(told) == 2 and told[0][1] == told[1][1]:
        return f"{told[0][1]}, each side"
    return "; ".join(f"{side}: {text}" for side, text in told)


def _seconds(number: float) -> str:
    return "1 second" if round(number) == 1 else f"{number:.0f} seconds"


def _item_cues(item: PlanItem, drill: Drill) -> Iterator[Cue]:
    """Teach a drill that is new in full; name one that is known, and leave its set-up time in silence.

    Whether it is new stands on the item, so that a session built again from its plan has the same cues.
    What is changed for the runner is always said.
    """
    first = item.left or item.right
    assert first is not None, "an item works at least one side"
    here: dict[str, Any] = {"item": item.id, "drill": drill.id}
    dose = dose_in_words(first)
    changed = changed_in_words(item.how)
    if item.first_exposure:
        yield _spoken(CueKind.ANNOUNCE, f"{drill.name}. {dose}.", here)
        told = [*changed, *drill.setup]
        least = first.setup_s / len(told)
        yield from (_spoken(CueKind.SET_UP, says, here, least) for says in told)
        yield from (_spoken(CueKind.STEP, step, here) for step in drill.steps)
    else:
        into_place = max(0, first.setup_s - GET_READY_S - sum(map(speak_s, changed)))
        yield _spoken(CueKind.ANNOUNCE, f"{drill.name}. {dose}.", here, into_place)
        yield from (_spoken(CueKind.SET_UP, says, here) for says in changed)
    yield from _work_cues(item, drill, here)
    if item.first_exposure:
        yield _spoken(CueKind.FEELING, _felt(drill), {**here, "focus": drill.feel})


def _felt(drill: Drill) -> str:
    return f"What you should feel: {drill.feel}"


def _spoken(kind: CueKind, says: str, here: dict[str, Any], least_s: float = 0) -> Cue:
    return Cue(kind=kind, says=says, seconds=max(speak_s(says), least_s), **here)


def _work_cues(item: PlanItem, drill: Drill, here: dict[str, Any]) -> Iterator[Cue]:
    focus = (*item.how, *(_beneath(cue) if item.how else cue for cue in drill.cues))
    if drill.dose.sides is not SidesWorked.EACH and (both := item.left or item.right):
        yield from _set_cues(both, drill, None, focus, here)
        return
    for number, side in enumerate(order_of_sides(item)):
        prescription = item.on(side)
        assert prescription is not None
        if number:
            yield Cue(kind=CueKind.SWITCH, says=f"Switch. Now {side}.", seconds=SWITCH_S, side=side, **here)
        yield from _set_cues(prescription, drill, side, focus, here)


def _beneath(cue: str) -> str:
    """A drill's own cue never speaks against what is changed for this runner."""
    return f"{cue} What is changed for you comes first."


def order_of_sides(item: PlanItem) -> tuple[Side, ...]:
    """Return the sides as they are worked: more to do comes first, while fresh; left where both are alike."""
    sides = [side for side in Side if item.on(side)]
    return tuple(sorted(sides, key=lambda side: -(dose.work_s if (dose := item.on(side)) else 0)))


def _set_cues(
    prescription: Prescription, drill: Drill, side: Side | None, focus: tuple[str, ...], here: dict[str, Any]
) -> Iterator[Cue]:
    """Each set begins with one thing to mind (R29): what is changed for the runner, then the drill's cues."""
    named = {**here, "side": side}
    for number in range(1, prescription.sets + 1):
        cue = focus[(number - 1) % len(focus)]
        counted = {**named, "set": number, "sets": prescription.sets, "focus": cue}
        says = f"{_sides_in_words(drill, side)}{cue}"
        yield Cue(kind=CueKind.GET_READY, says=says, seconds=max(GET_READY_S, speak_s(says)), **counted)
        yield from _rep_cues(prescription, drill, counted)
        if number < prescription.sets and prescription.rest_s:
            yield Cue(kind=CueKind.REST, says="Rest.", seconds=prescription.rest_s, **counted)


def _sides_in_words(drill: Drill, side: Side | None) -> str:
    if side:
        return f"{side.capitalize()} side. "
    return "In turn, left first. " if drill.dose.sides is SidesWorked.ALTERNATING else ""


def _rep_cues(prescription: Prescription, drill: Drill, counted: dict[str, Any]) -> Iterator[Cue]:
    reps = prescription.reps or 1
    alternating = drill.dose.sides is SidesWorked.ALTERNATING
    for rep in range(1, reps * (2 if alternating else 1) + 1):
        at = {**counted, "rep": rep, "reps": reps * (2 if alternating else 1)}
        if alternating:
            at["turn"] = Side.LEFT if rep % 2 else Side.RIGHT
        if prescription.phases:
            poses = {phase.do: phase.pose for phase in drill.dose.phases}
            yield from (
                Cue(kind=CueKind.HOLD, says=do, seconds=seconds, pose=poses.get(do, ""), **at)
                for do, seconds in prescription.phases
            )
            continue
        out, pause, back, low = prescription.tempo_s
        if out:
            yield Cue(kind=CueKind.MOVE, says=str(rep), seconds=out, **at)
        if pause + prescription.hold_s:
            yield Cue(kind=CueKind.HOLD, says="Hold.", seconds=pause + prescription.hold_s, **at)
        if back + low:
            yield Cue(kind=CueKind.MOVE, says="And back.", seconds=back + low, is_way_back=True, **at)
