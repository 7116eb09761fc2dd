"""The drills as this runner may be offered them this week: after safety, equipment and lived days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import floor

from triplane.assessment import HipMap
from triplane.body import Side
from triplane.catalogue import (
    Aim,
    DoseLimits,
    DoseShape,
    Drill,
    Reach,
    SidesWorked,
    Stage,
    dose_shape,
)
from triplane.catalogue.lunges import LEVELS, lunge_shape, says, start_of
from triplane.evidence import Reason
from triplane.history import Context, Equipment, LungeVector
from triplane.planning.adjustment import Adjustment, Ceiling, levels_of, strictest
from triplane.planning.control import control_reasons, easier_for_control
from triplane.planning.equipment import WEIGHTS, contexts_of, takes_load, to_fetch
from triplane.planning.familiarity import Familiarity
from triplane.planning.problem import Candidate
from triplane.screening import Allowance, Offer

PLACEMENTS_A_WEEK = {
    Stage.RELEASE: 7,
    Stage.MOBILISE: 7,
    Stage.OWN: 5,
    Stage.STRENGTHEN: 3,
    Stage.INTEGRATE: 3,
}
"""How often a drill may come in a week: holds with days between, strength two or three times (E10, E31)."""

NEW_PLACEMENTS = 3
"""A drill in its first week comes at most this often (R05; coach's default)."""

PREFERRED, FOR_CONTROL, ANKLE_FIRST, FAMILIAR_LATELY = 0.7, 0.5, 0.4, 1.2
"""Weights: what suits a runner's tags, what trains a control finding, the ankle drill of a stiff ankle,
and what was done so often of late that something else may have its turn (coach's defaults)."""

OFTEN = 8
"""Sessions of a drill in the last two weeks that count as often (coach's default)."""


@dataclass(frozen=True)
class Runner:
    """What offering a drill looks at besides the drill itself."""

    hip_map: HipMap
    at_home: frozenset[Equipment]
    familiar: Mapping[str, Familiarity]
    lately: Mapping[str, int]
    now: datetime
    week_began: datetime
    slot_contexts: frozenset[Context]
    mass_kg: float | None = None


def candidates_of(
    runner: Runner, drills: Mapping[str, Drill], offer: Offer, adjustments: Iterable[Adjustment]
) -> tuple[Candidate, ...]:
    """Return every drill that may be placed this week, in the order of ids.

    Left out are drills that safety excludes, that suit no slot or need what is not there, that no side
    may do, and (for a very mobile hip) those that force an end of range it has enough of.
    """
    adjustments = tuple(adjustments)
    found = []
    for drill in sorted(drills.values(), key=lambda one: one.id):
        allowance = offer.of(drill.id)
        if allowance is not None and allowance.is_allowed:
            candidate = _candidate(runner, drill, allowance, adjustments)
            if candidate is not None:
                found.append(candidate)
    return tuple(found)


def _candidate(
    runner: Runner, drill: Drill, allowance: Allowance, adjustments: tuple[Adjustment, ...]
) -> Candidate | None:
    contexts = tuple(c for c in contexts_of(drill, runner.at_home) if c in runner.slot_contexts)
    ceilings = {side: strictest(adjustments, drill.id, side) for side in Side}
    shut = tuple(side for side in Side if _is_shut(runner.hip_map, drill, side, ceilings[side]))
    both = drill.dose.sides is not SidesWorked.EACH
    if not contexts or len(shut) == len(Side) or (shut and both):
        return None
    open_ones = [ceilings[side] for side in Side if side not in shut]
    cell = _cell(drill, open_ones, allowance)
    load_kg = _load_kg(runner, open_ones, allowance, cell)
    shape = _shape(drill, allowance, cell)
    top = max(1, floor(shape.max_units * min(c.dose_factor for c in open_ones) + 1e-9))
    known = runner.familiar.get(drill.id)
    new = known is None or known.is_forgotten(runner.now)
    often = min(PLACEMENTS_A_WEEK[drill.stage], *(c.max_placements for c in open_ones))
    return Candidate(
        drill=drill.id,
        stage=drill.stage,
        position=drill.position,
        contexts=contexts,
        fatigue=drill.fatigue,
        sides=drill.dose.sides,
        exposures=allowance.exposures,
        muscles=drill.muscles,
        stretched=drill.stretched,
        held=drill.held,
        banded=drill.banded,
        dynamic=drill.dynamic,
        lunge=drill.lunge_direction is not None,
        ankle=Aim.ANKLE_DORSIFLEXION in drill.aims,
        cars=is_slow_circles(drill),
        needs_equipment=to_fetch(drill),
        setup_s=drill.dose.setup_s,
        rest_s_per_unit=min(120, shape.rest_s_per_unit),
        hold_s_per_unit=min(60, shape.hold_s_per_unit),
        sets_per_unit=_sets_per_unit(drill, shape),
        min_units=min(shape.min_units, top, 20),
        max_units=min(top, 20),
        max_placements=min(often, NEW_PLACEMENTS) if new else often,
        new=new,
        begun_this_week=known is not None and known.first_at >= runner.week_began,
        settled=known is not None and known.is_settled(runner.now),
        not_before={side: c.not_before for side, c in ceilings.items() if c.not_before is not None},
        excluded_sides=shut,
        how=_how(runner, drill, allowance, open_ones, cell, load_kg),
        weight=_weight(runner, drill, allowance),
        load_kg=load_kg,
        cell=cell,
        effort_pct_max=_least([allowance.limits.effort_max_pct, *(c.effort_pct_max for c in open_ones)]),
        hold_max_s=allowance.limits.hold_max_s,
        reasons=_reasons(runner, drill, allowance, open_ones),
    )


def to_be_loaded(runner: Runner, drills: Mapping[str, Drill]) -> frozenset[str]:
    """Return the drills that can carry a weight at hand, and that no failed lunge screen holds back."""
    if not runner.at_home & WEIGHTS:
        return frozenset()
    failed = {one.lunge for one in runner.hip_map.lunges if not one.passed}
    return frozenset(
        drill.id for drill in drills.values() if takes_load(drill) and drill.lunge_direction not in failed
    )


def is_slow_circles(drill: Drill) -> bool:
    """Say whether a drill of stage 3 circles through its directions and owns none of them (CARs)."""
    return drill.stage is Stage.OWN and drill.dynamic and not drill.primary_directions


def _is_shut(hip_map: HipMap, drill: Drill, side: Side, ceiling: Ceiling) -> bool:
    """Say whether a side may not work: by lived days, a very mobile hip, or a rotation not to be forced."""
    if ceiling.max_placements == 0 or ceiling.dose_factor == 0:
        return True
    if drill.stage is not Stage.MOBILISE:
        return False
    reached = [(e.direction, e.leg.on(side)) for e in drill.exposure if e.primary]
    if any(hip_map.on(*place).bone_shape for place in reached):
        return True
    return not drill.dynamic and any(direction in hip_map.mobile for direction, _ in reached)


def _shape(drill: Drill, allowance: Allowance, cell: LungeVector | None) -> DoseShape:
    limits = DoseLimits(
        hold_max_s=allowance.limits.hold_max_s, effort_max_pct=allowance.limits.effort_max_pct
    )
    return dose_shape(drill, limits) if cell is None else lunge_shape(cell, limits)


def _sets_per_unit(drill: Drill, shape: DoseShape) -> float:
    counts = drill.stage >= Stage.STRENGTHEN or Aim.ANKLE_DORSIFLEXION in drill.aims
    return min(3, shape.sets_per_unit) if counts else 0


def _cell(drill: Drill, ceilings: list[Ceiling], allowance: Allowance) -> LungeVector | None:
    """Return the lunge cell to do, within what safety leaves; the first one where none was done yet (R21)."""
    if drill.lunge_direction is None:
        return None
    first = start_of(drill.lunge_direction).model_copy(update={"reach": drill.lunge_reach or Reach.NONE})
    cells = [ceiling.lunge for ceiling in ceilings if ceiling.lunge is not None]
    cell = min(cells, key=levels_of, default=first)
    capped = {
        **({"load": 0, "stability": 0} if allowance.limits.bodyweight_only else {}),
        **({"speed": 0} if allowance.limits.slow_only else {}),
        **({"environment": 0} if allowance.limits.no_step_environment else {}),
        **({"range": 0} if allowance.limits.shallow_only else {}),
        **({"reach": Reach.NONE} if cell.reach in allowance.refused_reaches else {}),
    }
    return cell.model_copy(update=capped)


def _load_kg(
    runner: Runner, ceilings: list[Ceiling], allowance: Allowance, cell: LungeVector | None
) -> float:
    """Return the load to hold: a share of body mass for a lunge, else what the log leads to."""
    if allowance.limits.bodyweight_only:
        return 0
    if cell is not None:
        share = LEVELS["load"][cell.load].amount / 100
        return round(2 * share * runner.mass_kg) / 2 if runner.mass_kg else 0
    loads = [ceiling.load_kg for ceiling in ceilings]
    return min((load for load in loads if load is not None), default=0) if None not in loads else 0


def _how(
    runner: Runner,
    drill: Drill,
    allowance: Allowance,
    ceilings: list[Ceiling],
    cell: LungeVector | None,
    load_kg: float,
) -> tuple[str, ...]:
    eased = [words for ceiling in ceilings for words in ceiling.easier]
    described = [says(cell)] if cell is not None else []
    loaded = [f"Hold {load_kg:g} kg."] if load_kg else []
    control = easier_for_control(runner.hip_map, drill)
    ankle = []
    if drill.lunge_direction is not None and runner.hip_map.ankle.stiff:
        ankle = ["Do the ankle drill at the wall before this."]
    return tuple(dict.fromkeys((*described, *loaded, *allowance.how, *eased, *control, *ankle)))


def _weight(runner: Runner, drill: Drill, allowance: Allowance) -> float:
    weight = 1.0
    if allowance.preferred:
        weight *= PREFERRED
    if control_reasons(runner.hip_map, drill):
        weight *= FOR_CONTROL
    if Aim.ANKLE_DORSIFLEXION in drill.aims and runner.hip_map.ankle.stiff:
        weight *= ANKLE_FIRST
    if runner.lately.get(drill.id, 0) >= OFTEN:
        weight *= FAMILIAR_LATELY
    return weight


def _reasons(
    runner: Runner, drill: Drill, allowance: Allowance, ceilings: list[Ceiling]
) -> tuple[Reason, ...]:
    safety = [Reason(rule="F", says=why, sources=("triplane_handbook",)) for why in allowance.why]
    lived = [why for ceiling in ceilings for why in ceiling.reasons]
    ankle = runner.hip_map.ankle.reason if Aim.ANKLE_DORSIFLEXION in drill.aims else None
    return tuple(
        dict.fromkeys(
            (*control_reasons(runner.hip_map, drill), *((ankle,) if ankle else ()), *safety, *lived)
        )
    )


def _least(values: list[float | None]) -> float | None:
    return min((value for value in values if value is not None), default=None)
