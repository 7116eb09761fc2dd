"""How a lunge grows: one variable at a time, in the order of E42, and one back after a setback."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from triplane.adaptation.log import Event, Worked
from triplane.adaptation.response import Response
from triplane.adaptation.still_sore import standing_mornings
from triplane.assessment import HipMap
from triplane.body import Side
from triplane.catalogue import Drill, LungeDirection, Reach, Tag
from triplane.catalogue.lunges import (
    VARIABLES,
    DoneVector,
    LungeRecord,
    at_level,
    highest,
    is_known,
    level,
    locked_because,
    start_of,
)
from triplane.evidence import Reason
from triplane.history import Equipment, FeelingKind, History, LungeVector
from triplane.planning import WEIGHTS, Adjustment
from triplane.screening import is_joint_soreness

LUNGE_NEEDS = {
    "load": WEIGHTS,
    "stability": WEIGHTS,
    "environment": frozenset({Equipment.STEP, Equipment.BENCH}),
}
"""What has to be at hand for a variable to leave its easiest level: one of these."""


def is_lunge(drill: Drill) -> bool:
    """Say whether a drill is a cell of the lunge matrix."""
    return drill.lunge_direction is not None


def grows(drill: Drill) -> bool:
    """Say whether a drill's cell moves on: the plain cell of a direction does, reach included.

    The other files of the direction stay where they begin, so that a direction has one change at a time.
    """
    return drill.lunge_reach in (None, Reach.NONE)


def cell_of(drill: Drill, logged: LungeVector | None) -> LungeVector:
    """Return the cell last done, or the first of the drill: bodyweight, short, slow, simple (R21)."""
    if logged is not None and logged.direction == drill.lunge_direction and is_known(logged):
        return logged
    assert drill.lunge_direction is not None
    return start_of(drill.lunge_direction).model_copy(update={"reach": drill.lunge_reach or Reach.NONE})


def next_cell(cell: LungeVector, at_hand: frozenset[Equipment]) -> LungeVector:
    """Return the cell one step on: the variable that is least far, in the order of E42, one level up.

    Variables whose equipment is not at hand are passed over. At the top of everything the cell stays.
    """
    open_to = [
        variable
        for variable in VARIABLES
        if level(cell, variable) < highest(variable)
        and (variable not in LUNGE_NEEDS or LUNGE_NEEDS[variable] & at_hand)
    ]
    if not open_to:
        return cell
    variable = min(open_to, key=lambda name: (level(cell, name), VARIABLES.index(name)))
    return at_level(cell, variable, level(cell, variable) + 1)


def lower_cell(cell: LungeVector) -> LungeVector:
    """Return the cell one step back: the last variable of E42's order that is above its easiest."""
    for variable in reversed(VARIABLES):
        if level(cell, variable) > 0:
            return at_level(cell, variable, level(cell, variable) - 1)
    return cell


def closed_lunges(
    drills: Mapping[str, Drill], events: Mapping[Worked, tuple[Event, ...]], record: LungeRecord, today: date
) -> Iterator[Adjustment]:
    """Yield the lunges that were never done and that the matrix still keeps locked, with its reason."""
    begun = {drill for (drill, _), listed in events.items() if any(event.exposed for event in listed)}
    for drill in drills.values():
        if is_lunge(drill) and drill.id not in begun:
            reason = locked_because(cell_of(drill, None), record, today)
            if reason is not None:
                yield Adjustment(drill=drill.id, max_placements=0, reason=reason)


def holds_back(cell: LungeVector, record: LungeRecord, today: date) -> Reason | None:
    """Return why the matrix holds a step back, or ``None``.

    Its order of variables is not asked again: ``next_cell`` keeps it, and passes over what needs
    equipment that is not there.
    """
    reason = locked_because(cell, record, today)
    return None if reason is None or reason.rule == "E42" else reason


def lunge_record(
    history: History,
    drills: Mapping[str, Drill],
    events: Mapping[Worked, tuple[Event, ...]],
    now: datetime,
    hip_map: HipMap | None = None,
    tags: Iterable[Tag] = (),
) -> LungeRecord:
    """Gather what the lunge matrix needs to know for unlocking: what was done, soreness, screen and tags.

    A vector was clean as often as on its worse side. A morning that was never asked counts as calm here:
    what nobody said may not hold back less than what somebody did say.
    """
    muscle, joint = _last_soreness(history, now)
    return LungeRecord(
        done=tuple(_done(drills, events, history)),
        muscle_soreness=muscle,
        joint_soreness=joint,
        screen=_screen(hip_map),
        tags=tuple(tags),
    )


def _done(
    drills: Mapping[str, Drill], events: Mapping[Worked, tuple[Event, ...]], history: History
) -> list[DoneVector]:
    zone = ZoneInfo(history.facts[-1].zone) if history.facts else ZoneInfo("UTC")
    clean: dict[LungeVector, dict[Side, int]] = {}
    days: dict[LungeVector, list[date]] = {}
    for (drill, side), listed in events.items():
        for event in listed:
            if is_lunge(drills[drill]) and event.exposed:
                cell = cell_of(drills[drill], event.cell)
                counts = clean.setdefault(cell, dict.fromkeys(Side, 0))
                counts[side] += event.consequence.response is Response.ADVANCE
                days.setdefault(cell, []).append(event.at.astimezone(zone).date())
    return [
        DoneVector(
            vector=cell,
            clean_sessions=min(counts.values()),
            first_on=min(days[cell]),
            last_on=max(days[cell]),
        )
        for cell, counts in clean.items()
    ]


def _last_soreness(history: History, now: datetime) -> tuple[int, int]:
    """Return the worst that still stands, muscle and joint: a calm word takes back nothing of its day."""
    mornings = standing_mornings(history.until(now))
    sore = [felt for said in mornings for felt in said.soreness if felt.kind is not FeelingKind.CRAMP]
    muscle = max((f.score for f in sore if not is_joint_soreness(f)), default=0)
    return muscle, max((f.score for f in sore if is_joint_soreness(f)), default=0)


def _screen(hip_map: HipMap | None) -> dict[LungeDirection, bool]:
    """Return the lunge screen by direction: passed where no side that was tested failed."""
    screen: dict[LungeDirection, bool] = {}
    for tested in hip_map.lunges if hip_map else ():
        direction = LungeDirection(tested.lunge)
        screen[direction] = screen.get(direction, True) and tested.passed
    return screen
