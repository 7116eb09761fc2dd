"""Reading a plan as a coach would: sessions, minutes by direction, what is said, what was near what."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from triplane import catalogue
from triplane.body import Direction, Side
from triplane.catalogue import Drill, ExposureKind
from triplane.coach.situation import Situation
from triplane.history import Context, History, Plan, PlanItem, Prescription, RunKind, Slot
from triplane.planning import Anchor, Candidate, Placement, Schedule, check
from triplane.planning.issue import prescription
from triplane.value import Value

DRILLS = catalogue.load()
QUALITY = (RunKind.INTERVAL, RunKind.TEMPO, RunKind.RACE)


def drill_of(item: PlanItem) -> Drill:
    return DRILLS[item.drill]


def slot_of(plan: Plan, item: PlanItem) -> Slot:
    return next(slot for slot in plan.slots if slot.id == item.slot)


def sessions(plan: Plan, *contexts: Context) -> dict[str, tuple[PlanItem, ...]]:
    """Return the slots that hold something, with their items in order; of some contexts only if named."""
    slots = sorted(plan.slots, key=lambda slot: slot.starts_at.astimezone(UTC))
    found = {
        slot.id: tuple(sorted((i for i in plan.items if i.slot == slot.id), key=lambda item: item.order))
        for slot in slots
        if not contexts or slot.context in contexts
    }
    return {slot: items for slot, items in found.items() if items}


def end_range_min(plan: Plan, direction: Direction, side: Side) -> float:
    """Return the planned minutes of primary stretch and hold in a direction of one side."""
    seconds = 0.0
    for item in plan.items:
        for working in Side:
            dose = item.on(working)
            for exposure in drill_of(item).exposure if dose else ():
                reached = (exposure.direction, exposure.leg.on(working))
                if (
                    exposure.primary
                    and exposure.kind is not ExposureKind.WORK
                    and reached == (direction, side)
                ):
                    seconds += exposure.share * dose.work_s  # type: ignore[union-attr]
    return seconds / 60


def work_s(plan: Plan, *stages: int) -> float:
    """Return the seconds of work of some stages, both sides together."""
    doses = [
        dose for item in plan.items if drill_of(item).stage in stages for dose in (item.left, item.right)
    ]
    return sum(dose.work_s for dose in doses if dose)


def is_warm_up(plan: Plan, item: PlanItem) -> bool:
    """Say whether an item is light and familiar right before a run, which decision 3 allows at any stage."""
    before_a_run = slot_of(plan, item).context is Context.PRE_RUN
    return before_a_run and drill_of(item).fatigue <= 2 and not item.first_exposure


def before(plan: Plan, item: PlanItem, anchor: Anchor) -> timedelta:
    """Return the time that passes from an item's slot to a run or visit; negative when it comes after."""
    return anchor.starts_at.astimezone(UTC) - slot_of(plan, item).starts_at.astimezone(UTC)


def local(plan: Plan, item: PlanItem) -> datetime:
    return slot_of(plan, item).starts_at


def broken_rules(history: History, now: datetime, plan: Plan) -> list[str]:
    """Return what the checker finds in a plan that was issued at an instant, in its words."""
    problem = Situation(history, now).problem
    offered = {candidate.drill: candidate for candidate in problem.candidates}
    placements = tuple(
        Placement(
            drill=item.drill,
            slot=item.slot,
            left_units=_units(item, item.left, offered[item.drill]),
            right_units=_units(item, item.right, offered[item.drill]),
        )
        for item in plan.items
    )
    return [found.reason.says for found in check(problem, Schedule(placements=placements))]


def _units(item: PlanItem, dose: Prescription | None, candidate: Candidate) -> int:
    """Return the units that were put into words as this dose."""
    if dose is None:
        return 0
    return next(u for u in range(1, 41) if prescription(drill_of(item), candidate, u).work_s == dose.work_s)


def sentences(said: Any) -> Iterator[str]:
    """Yield every text in a value, however deep."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Value):
        yield from sentences(said.model_dump(mode="json"))
    elif isinstance(said, dict):
        for each in said.values():
            yield from sentences(each)
    elif isinstance(said, (list, tuple)):
        for each in said:
            yield from sentences(each)
