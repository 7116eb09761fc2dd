"""The gates between stages, for each direction and side (E43)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from triplane.adaptation.log import Event, Worked
from triplane.adaptation.response import Response
from triplane.assessment import Finding, HipMap
from triplane.body import Direction, Side
from triplane.catalogue import Drill, Stage
from triplane.catalogue.lunges import CLEAN_SESSIONS
from triplane.evidence import reason
from triplane.planning import FORGOTTEN_AFTER, Adjustment

OWNED_ENOUGH = {Direction.EXTENSION: 0.75}
OWNED_ENOUGH_ELSE = 0.80
"""Owned share of the passive range that opens stage 4: 0.75 for extension, else 0.80 (E43)."""

CLEAN_EFFORT_MOST = 7
"""Or so many clean sessions of stage 3 in a row at an effort of at most 7 of 10 (E43)."""

Place = tuple[Direction, Side]


@dataclass(frozen=True)
class Tested:
    """What the hip map says about the gates: owned share of range, and the places that are being opened.

    ``opened`` are the directions and sides that lack range or the hold of it, also where safety leaves
    them alone; only there is something new to be owned first. ``None`` means that no map is known: then
    every place is gated. ``unknown`` were never measured: what integrates them waits for strength.
    """

    owned: Mapping[Place, float]
    opened: frozenset[Place] | None = None
    unknown: frozenset[Place] = frozenset()


NOTHING_TESTED = Tested(owned={})


def tested_by(hip_map: HipMap | None) -> Tested:
    """Read from a hip map what the gates need. A very mobile hip has no range to open."""
    if hip_map is None:
        return NOTHING_TESTED
    places = {(one.direction, one.side): one for one in hip_map.directions}
    return Tested(
        owned={place: one.owned_ratio for place, one in places.items() if one.owned_ratio is not None},
        opened=frozenset(
            place for place, one in places.items() if one.lacks_range and place[0] not in hip_map.mobile
        ),
        unknown=frozenset(place for place, one in places.items() if one.finding is Finding.NOT_MEASURED),
    )


def closed_gates(
    drills: Mapping[str, Drill],
    events: Mapping[Worked, tuple[Event, ...]],
    now: datetime,
    tested: Tested = NOTHING_TESTED,
) -> Iterator[Adjustment]:
    """Yield, for every drill of stages 4 and 5 and side, what still keeps it closed.

    A drill opens when every direction it is for has passed the gate before its stage, on the leg that
    gets it. There is no gate where no range is wanting, where no drill of the stage below is for the
    direction, and for stage-4 drills of control; into stage 5 a place never measured has its gate too.
    Lunges have gates of their own in their matrix.
    """
    own, strengthen = (_reached(drills, events, now, stage) for stage in (Stage.OWN, Stage.STRENGTHEN))
    own |= {place for place, share in tested.owned.items() if share >= _enough(place[0])}
    taught = {stage: _taught(drills, stage) for stage in (Stage.OWN, Stage.STRENGTHEN)}
    for drill in drills.values():
        if drill.stage < Stage.STRENGTHEN or _has_no_gate(drill):
            continue
        below = Stage(drill.stage - 1)
        passed = own if below is Stage.OWN else strengthen
        for side in Side:
            gated = [place for place in _primary(drill, side) if place[0] in taught[below]]
            missing = [p for p in gated if p not in passed and _is_gated(p, drill.stage, tested)]
            if missing:
                yield _closed(drill, side, missing[0][0], below)


def _has_no_gate(drill: Drill) -> bool:
    trains_control = bool(drill.aims) and drill.stage is Stage.STRENGTHEN
    return trains_control or drill.lunge_direction is not None


def _is_gated(place: Place, stage: Stage, tested: Tested) -> bool:
    is_unknown = stage is Stage.INTEGRATE and place in tested.unknown
    return tested.opened is None or place in tested.opened or is_unknown


def _reached(
    drills: Mapping[str, Drill], events: Mapping[Worked, tuple[Event, ...]], now: datetime, stage: Stage
) -> set[Place]:
    """Directions and sides whose gate above ``stage`` has been passed by what was done lately."""
    reached: set[Place] = set()
    for (drill, side), listed in events.items():
        if drills[drill].stage is stage and _passes(listed, now, stage):
            reached |= set(_primary(drills[drill], side))
    return reached


def _passes(listed: tuple[Event, ...], now: datetime, stage: Stage) -> bool:
    done = [event for event in listed if event.exposed]
    if not done or now - done[-1].at > FORGOTTEN_AFTER:
        return False
    if stage is Stage.STRENGTHEN:
        return any(_is_clean(event) and event.full_sets for event in done)
    clean = [_is_clean(event) and (event.effort or 0) <= CLEAN_EFFORT_MOST for event in done]
    return any(all(clean[start : start + CLEAN_SESSIONS]) for start in range(len(clean) - CLEAN_SESSIONS + 1))


def _is_clean(event: Event) -> bool:
    return event.consequence.response is Response.ADVANCE


def _primary(drill: Drill, working: Side) -> tuple[Place, ...]:
    return tuple(dict.fromkeys((e.direction, e.leg.on(working)) for e in drill.exposure if e.primary))


def _taught(drills: Mapping[str, Drill], stage: Stage) -> set[Direction]:
    return {d for drill in drills.values() if drill.stage is stage for d in drill.primary_directions}


def _enough(direction: Direction) -> float:
    return OWNED_ENOUGH.get(direction, OWNED_ENOUGH_ELSE)


def _closed(drill: Drill, side: Side, direction: Direction, below: Stage) -> Adjustment:
    first = "two clean sessions of holding it" if below is Stage.OWN else "two clean sets of eight"
    says = f"{drill.name} opens on the {side} after {first} ({direction.plain_name})."
    return Adjustment(drill=drill.id, side=side, max_placements=0, reason=reason("E43", says))
