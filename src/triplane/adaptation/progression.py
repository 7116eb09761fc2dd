"""How far each drill has come on each side: half a dose first, then reps, then load or lunge (E40 to E44).

The state is a fold over the drill's events. Every step keeps order: a history with one more pain in
it never ends further on than the same history without (the generative tests hold it to that).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from triplane.adaptation.log import Event, Worked
from triplane.adaptation.lunges import cell_of, grows, is_lunge, lower_cell, next_cell
from triplane.adaptation.response import Response
from triplane.body import Side
from triplane.catalogue import Drill
from triplane.catalogue.lunges import CLEAN_SESSIONS
from triplane.evidence import Reason, reason
from triplane.history import Equipment, EquipmentListed, History, LungeVector, monday_of
from triplane.planning import FORGOTTEN_AFTER, WEIGHTS, takes_load

RUNGS = (0.25, 0.5, 0.75, 1.0)
"""Shares of a drill's upper dose: after a setback, at first exposure (E44), in practice, full."""

SETBACK, FIRST, PRACTISED, FULL = range(len(RUNGS))

LONG_GAP = timedelta(days=14)
"""From two weeks on a drill resumes below where it was, from four on it begins again (E63)."""

SETBACK_REST = timedelta(days=7)
"""A drill that goes wrong at its lowest dose rests for a week (coach's default)."""

SPEAKS_OF_UNDONE = timedelta(days=14)
"""How long a sore morning speaks of a drill that was not yet begun (the two weeks of E52)."""

TRAINED_AFTER = 12
"""Sessions of a drill after which load rises by the smaller step (coach's default)."""

NEW_STEP, TRAINED_STEP, STEP_DOWN = 1.075, 1.035, 0.9
"""Load rises 5 to 10 % when new and 2 to 5 % when trained (E41), and falls by a tenth (default)."""

START_LOAD_KG = 4.0
LOAD_STEP_KG = 0.5
"""The first load and the smallest step of weights (coach's defaults)."""


@dataclass(frozen=True)
class DrillState:
    """Where a drill stands on one side: what was done, and what may be done next.

    ``dose_factor`` is a share (0.25 to 1) of the drill's upper dose. ``load_kg`` and ``cell`` are those
    to use next, ``done_cell`` the lunge last done; ``raised`` says that one of them has just become due
    to rise. ``next_allowed`` is the instant before which the drill rests. ``reason`` says what last held
    it back, if anything did.
    """

    drill: str
    side: Side
    times: int = 0
    clean_streak: int = 0
    last_at: datetime | None = None
    rung: int = FIRST
    changed_on: date | None = None
    load_kg: float = 0
    cell: LungeVector | None = None
    done_cell: LungeVector | None = None
    raised: bool = False
    dropped: bool = False
    next_allowed: datetime | None = None
    reason: Reason | None = None

    @property
    def dose_factor(self) -> float:
        return RUNGS[self.rung]


def states_after(
    events: Mapping[Worked, tuple[Event, ...]], history: History, drills: Mapping[str, Drill], now: datetime
) -> dict[Worked, DrillState]:
    """Return the states that events already read from the history lead to."""
    at_hand = equipment_of(history, now)
    today = now.date()
    return {
        worked: state_after(drills[worked[0]], worked[1], listed, now, today, at_hand)
        for worked, listed in events.items()
    }


def state_after(
    drill: Drill,
    side: Side,
    events: Iterable[Event],
    now: datetime,
    today: date,
    at_hand: frozenset[Equipment],
) -> DrillState:
    """Fold a drill's events, in order, into its state at ``now``."""
    listed = tuple(events)
    begun_at = next((event.at for event in listed if event.exposed), now)
    state = DrillState(drill.id, side)
    for event in listed:
        if begun_at - event.at <= SPEAKS_OF_UNDONE:
            state = _step(drill, _after_gap(state, event.at), event)
    return _next_variable(drill, _after_gap(state, now), today, at_hand)


def _step(drill: Drill, before: DrillState, event: Event) -> DrillState:
    state = _as_done(before, event) if event.exposed else before
    state = replace(state, next_allowed=_later(state.next_allowed, event.consequence.rest_until))
    if event.consequence.response is Response.ADVANCE:
        return _advance(drill, state, event) if event.exposed else state
    if event.consequence.response is Response.REPEAT:
        return replace(state, clean_streak=0, reason=event.consequence.reason)
    return _lower(state, event)


def _as_done(state: DrillState, event: Event) -> DrillState:
    """Take over what was lifted; another load or lunge cell is a change and begins a new count."""
    changed = state.times > 0 and (event.load_kg != state.load_kg or event.cell != state.cell)
    return replace(
        state,
        times=state.times + 1,
        last_at=event.at,
        load_kg=event.load_kg,
        cell=event.cell,
        changed_on=event.on if changed else state.changed_on,
        clean_streak=0 if changed else state.clean_streak,
    )


def _advance(drill: Drill, state: DrillState, event: Event) -> DrillState:
    state = replace(state, clean_streak=state.clean_streak + 1, dropped=False, reason=None)
    if state.times == 1 and state.rung == FIRST:
        # What grows by load or by the lunge matrix has its whole dose next, and then waits for these.
        rung = FULL if is_lunge(drill) or takes_load(drill) else PRACTISED
        return replace(state, rung=rung, clean_streak=0, changed_on=event.on)
    if state.rung < FULL and _may_change(state, event.on):
        return replace(state, rung=state.rung + 1, clean_streak=0, changed_on=event.on)
    return state


def _lower(state: DrillState, event: Event) -> DrillState:
    steps = 2 if event.consequence.response is Response.HALVE else 1
    rest = event.at + SETBACK_REST if state.rung == SETBACK else None
    return replace(
        state,
        rung=max(SETBACK, state.rung - steps),
        clean_streak=0,
        changed_on=event.on,
        dropped=True,
        reason=event.consequence.reason,
        next_allowed=_later(state.next_allowed, rest),
    )


def _after_gap(state: DrillState, at: datetime) -> DrillState:
    if state.last_at is None or at - state.last_at <= LONG_GAP:
        return state
    if at - state.last_at > FORGOTTEN_AFTER:
        why = reason("E63", "It was not done for over four weeks, so it begins again at half the dose.")
        return replace(state, rung=min(state.rung, FIRST), clean_streak=0, dropped=True, reason=why)
    why = reason("E63", "It was not done for over two weeks, so it resumes a little below where it was.")
    return replace(state, rung=min(state.rung, PRACTISED), clean_streak=0, reason=why)


def _may_change(state: DrillState, on: date) -> bool:
    """Say whether one variable may go up: two clean sessions, and none has changed in this week (R09)."""
    is_new_week = state.changed_on is None or monday_of(on) > monday_of(state.changed_on)
    return state.clean_streak >= CLEAN_SESSIONS and is_new_week


def _next_variable(drill: Drill, state: DrillState, today: date, at_hand: frozenset[Equipment]) -> DrillState:
    """Set the dose, load or lunge cell to use next: one raised when due, lowered after a setback."""
    if state.rung < FULL and not state.dropped and state.times > 1 and _may_change(state, today):
        state = replace(state, rung=state.rung + 1, clean_streak=0, changed_on=today)
    if is_lunge(drill):
        cell = cell_of(drill, state.cell)
        state = replace(state, done_cell=cell)
        if state.dropped:
            return replace(state, cell=lower_cell(cell), load_kg=_down(state.load_kg))
        due = state.rung == FULL and _may_change(state, today)
        onward = next_cell(cell, at_hand) if due and grows(drill) else cell
        return replace(state, cell=onward, raised=onward != cell)
    if state.dropped:
        return replace(state, load_kg=_down(state.load_kg))
    if state.rung == FULL and _may_change(state, today) and takes_load(drill) and at_hand & WEIGHTS:
        return replace(state, load_kg=_up(state.load_kg, state.times), raised=True)
    return state


def equipment_of(history: History, now: datetime) -> frozenset[Equipment]:
    """Return what is at hand, as last listed; nothing where it never was."""
    listed = history.until(now).latest(EquipmentListed)
    return listed.equipment if listed else frozenset()


def _up(load_kg: float, times: int) -> float:
    if load_kg == 0:
        return START_LOAD_KG
    raised = load_kg * (TRAINED_STEP if times >= TRAINED_AFTER else NEW_STEP)
    return max(load_kg + LOAD_STEP_KG, _in_steps(raised))


def _down(load_kg: float) -> float:
    return _in_steps(load_kg * STEP_DOWN - LOAD_STEP_KG / 2)


def _in_steps(load_kg: float) -> float:
    return max(0.0, round(load_kg / LOAD_STEP_KG) * LOAD_STEP_KG)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    known = [instant for instant in (one, other) if instant is not None]
    return max(known, default=None)
