"""History in, adjustments out: what every rule of adaptation says about the week, with its reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from triplane.adaptation.breaks import after_a_break, break_notice
from triplane.adaptation.deload import deload, deload_notice
from triplane.adaptation.easier_first import easier_first
from triplane.adaptation.gates import closed_gates, tested_by
from triplane.adaptation.log import Event, Worked, events_of
from triplane.adaptation.lunges import closed_lunges, holds_back, is_lunge, lunge_record
from triplane.adaptation.progression import FIRST, FULL, RUNGS, SETBACK, DrillState, states_after
from triplane.adaptation.still_sore import no_oftener
from triplane.adaptation.taper import taper, taper_notice
from triplane.assessment import HipMap
from triplane.catalogue import Drill, Tag
from triplane.catalogue.lunges import LungeRecord, says
from triplane.evidence import Reason, reason
from triplane.history import History
from triplane.planning import Adjustment, training_week, week_of

SETBACK_PLACEMENTS = 2
"""How often a week a drill comes that has gone wrong at its first dose (coach's default)."""


def adjust(
    history: History,
    drills: Mapping[str, Drill],
    now: datetime,
    *,
    hip_map: HipMap | None = None,
    tags: Iterable[Tag] = (),
    monday: date | None = None,
    events: Mapping[Worked, tuple[Event, ...]] | None = None,
) -> tuple[Adjustment, ...]:
    """Return what the facts up to ``now`` ask of every drill in a week (the present one, or ``monday``'s).

    One rule family after the other says its own word; nothing is resolved here. ``planning.strictest``
    combines them for a drill and side. The same facts give the same adjustments, in the same order.
    Without a hip map only what was done opens the gates between stages. ``events`` are those of
    ``events_of`` where they were read already.
    """
    known = history.until(now)
    events = events_of(known, drills, now) if events is None else events
    record = lunge_record(known, drills, events, now, hip_map, tags)
    week = week_of(known, now, monday)
    today = now.date()
    states = states_after(events, known, drills, now)
    return (
        *_first_doses(drills, states),
        *(_of_state(drills[drill], state, record, today) for (drill, _), state in states.items()),
        *closed_lunges(drills, events, record, today),
        *closed_gates(drills, events, now, tested_by(hip_map)),
        *easier_first(drills, events, training_week(known, week.monday, now)),
        *after_a_break(known, drills, now),
        *deload(known, drills, week, now),
        *taper(drills, week),
        *no_oftener(history, drills, events, week.monday, now),
    )


def notices(history: History, now: datetime, monday: date | None = None) -> tuple[Reason, ...]:
    """Return what the runner is told about the week as a whole: a break, a deload, a race."""
    known = history.until(now)
    week = week_of(known, now, monday)
    said = (break_notice(known, now), deload_notice(known, week, now), taper_notice(week))
    return tuple(reason for reason in said if reason is not None)


def _first_doses(drills: Mapping[str, Drill], states: Mapping[Worked, DrillState]) -> Iterator[Adjustment]:
    done = {state.drill for state in states.values() if state.times}
    for drill in drills.values():
        if drill.id not in done:
            why = reason("E44", f"{drill.name} is new to you, so it begins at half the dose.")
            yield Adjustment(drill=drill.id, dose_factor=RUNGS[FIRST], reason=why)


def _of_state(drill: Drill, state: DrillState, record: LungeRecord, today: date) -> Adjustment:
    state = _held_by_matrix(drill, state, record, today)
    limits: dict[str, object] = {"dose_factor": state.dose_factor, "not_before": state.next_allowed}
    if state.rung == SETBACK:
        limits["max_placements"] = SETBACK_PLACEMENTS
    if state.dropped:
        limits["easier"] = _easier_way(drill)
    if is_lunge(drill):
        limits["lunge"] = state.cell
    elif state.load_kg or state.dropped:
        limits["load_kg"] = state.load_kg
    return Adjustment.model_validate(
        {"drill": drill.id, "side": state.side, "reason": _why(drill, state), **limits}
    )


def _held_by_matrix(drill: Drill, state: DrillState, record: LungeRecord, today: date) -> DrillState:
    """Keep the cell as it was where the lunge matrix does not open the next one."""
    if not (state.raised and state.cell and is_lunge(drill)):
        return state
    held = holds_back(state.cell, record, today)
    return replace(state, cell=state.done_cell, raised=False, reason=held) if held else state


def _why(drill: Drill, state: DrillState) -> Reason:
    if state.reason is not None:
        return state.reason
    if state.raised and state.cell is not None:
        return reason("E42", f"Two clean sessions: one variable goes up. {says(state.cell)}.")
    if state.raised:
        load = f"{state.load_kg:g} kg"
        return reason("E41", f"{drill.name} was clean twice, so we use {load} now.")
    if state.rung == FULL:
        return reason("E40", f"{drill.name} is at its full dose; two clean sessions move it on.")
    return reason(
        "E40", f"{drill.name} stays at {state.dose_factor:.0%} of its dose until it was clean twice."
    )


def _easier_way(drill: Drill) -> str:
    words = next((link.say for link in drill.easier if link.say), "")
    return words or "Take the easiest form you know of this drill."
