"""A week problem laid out for looking things up: what may lie where, when it is and how long it takes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from math import ceil, floor

from triplane.body import Direction, Side
from triplane.catalogue import UNIT_S, Exposure, ExposureKind, SidesWorked
from triplane.history import PlanItem, Slot
from triplane.planning.problem import Anchor, Candidate, Placement, Schedule, WeekProblem

SIDES = (Side.LEFT, Side.RIGHT)
BEFORE_GYM_H, BEFORE_RUN_H = 2, 3
"""Hours before a gym visit or a run within which a slot belongs to it (coach's defaults)."""

END_RANGE = (ExposureKind.STRETCH, ExposureKind.HOLD)


@dataclass(frozen=True, order=True)
class Pair:
    """A drill in a slot, by their ids."""

    drill: str
    slot: str


@dataclass(frozen=True, eq=False)
class Board:
    """Look-ups over one problem; knows no rule. Order never depends on how the problem was listed."""

    problem: WeekProblem

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """All slots by id, earliest first."""
        ordered = sorted(self.problem.slots, key=lambda slot: (in_utc(slot.starts_at), slot.id))
        return {slot.id: slot for slot in ordered}

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        return {c.drill: c for c in sorted(self.problem.candidates, key=lambda c: c.drill)}

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        return tuple(sorted(self.problem.anchors, key=lambda a: (in_utc(a.starts_at), a.minutes)))

    @cached_property
    def runs(self) -> tuple[Anchor, ...]:
        return tuple(anchor for anchor in self.anchors if anchor.is_run)

    @cached_property
    def days(self) -> dict[date, tuple[str, ...]]:
        """Slot ids by the runner's local day."""
        days: dict[date, tuple[str, ...]] = {}
        for slot in self.slots.values():
            days[slot.starts_at.date()] = (*days.get(slot.starts_at.date(), ()), slot.id)
        return days

    @cached_property
    def cutoff(self) -> datetime:
        """Nothing is planned before this instant."""
        earliest = self.problem.fixed_before or self.problem.now
        return max(in_utc(earliest), in_utc(self.problem.now))

    def is_open(self, slot: str) -> bool:
        """Return whether new placements may still go into the slot."""
        return slot in self.open_slots

    @cached_property
    def open_slots(self) -> tuple[str, ...]:
        """Slots that lie ahead and were not trained in yet."""
        ahead = (slot.id for slot in self.slots.values() if in_utc(slot.starts_at) >= self.cutoff)
        return tuple(slot for slot in ahead if slot not in self.problem.logged_slots)

    @cached_property
    def runs_after(self) -> dict[str, tuple[tuple[float, Anchor], ...]]:
        """Of every slot, the runs that lie ahead of it and the elapsed hours to each."""
        return {slot.id: tuple(self._runs_after(slot.starts_at)) for slot in self.slots.values()}

    def _runs_after(self, start: datetime) -> Iterator[tuple[float, Anchor]]:
        for run in self.runs:
            hours = hours_between(start, run.starts_at)
            if hours >= 0:
                yield hours, run

    @cached_property
    def fixed(self) -> dict[Pair, Placement]:
        """What stays as it is: pinned placements, and what the plan before held in slots gone by."""
        past = (p for p in self.previous.values() if not self.is_open(p.slot))
        kept = {Pair(p.drill, p.slot): p for p in past}
        for placement in self.problem.fixed:
            if placement.drill in self.candidates and placement.slot in self.slots:
                kept[Pair(placement.drill, placement.slot)] = placement
        return dict(sorted(kept.items()))

    @cached_property
    def previous(self) -> dict[Pair, Placement]:
        """The plan being replaced, as placements; drills and slots that are gone are left out."""
        plan = self.problem.previous
        placements = (placement_of(item) for item in plan.items) if plan else ()
        known = (p for p in placements if p.drill in self.candidates and p.slot in self.slots)
        return {Pair(p.drill, p.slot): p for p in known}

    def ahead_before(self, drill: str) -> tuple[Placement, ...]:
        """What the plan held to had to come of a drill, also in slots the week lost since."""
        return self._ahead_before.get(drill, ())

    @cached_property
    def _ahead_before(self) -> dict[str, tuple[Placement, ...]]:
        plan, found = self.problem.held_to, dict[str, tuple[Placement, ...]]()
        if plan is None:
            return found
        starts = {slot.id: in_utc(slot.starts_at) for slot in plan.slots}
        for item in plan.items:
            is_over = starts[item.slot] < self.cutoff or item.slot in self.problem.logged_slots
            if plan.week != self.problem.week or not is_over:
                found[item.drill] = (*found.get(item.drill, ()), placement_of(item))
        return found

    @cached_property
    def transition_s(self) -> int:
        """Whole seconds for the change from one drill to the next, rounded up."""
        return ceil(self.problem.caps.transition_s)

    def session_cap_s(self, slot: str) -> int:
        """Whole seconds a session in the slot may take."""
        return floor(min(self.slots[slot].minutes, self.problem.caps.session_minutes) * 60)

    @cached_property
    def wanted_s(self) -> dict[tuple[Direction, Side], int]:
        """Whole seconds of end range each direction and side should get."""
        return {(t.direction, t.side): round(t.minutes * 60) for t in self.problem.targets if t.offerable}

    def hours(self, earlier: str, later: str) -> float:
        """Elapsed hours from the start of one slot to the start of another; negative if it is before."""
        return hours_between(self.slots[earlier].starts_at, self.slots[later].starts_at)

    def gym_of(self, slot: str) -> Anchor | None:
        """The gym visit a slot lies in or not long before."""
        start = self.slots[slot].starts_at
        for anchor in self.anchors:
            if (
                not anchor.is_run
                and -BEFORE_GYM_H <= hours_between(anchor.starts_at, start) <= anchor.minutes / 60
            ):
                return anchor
        return None

    def run_of(self, slot: str) -> Anchor | None:
        """The run a pre-run slot lies before, if it follows soon."""
        start = self.slots[slot].starts_at
        near = (run for run in self.runs if 0 <= hours_between(start, run.starts_at) <= BEFORE_RUN_H)
        return next(near, None)


def in_utc(instant: datetime) -> datetime:
    """Return the instant in UTC, so that differences are elapsed time on days the clock changes."""
    return instant.astimezone(UTC)


def hours_between(earlier: datetime, later: datetime) -> float:
    """Elapsed hours; two datetimes of one zone would otherwise be subtracted by the wall clock."""
    return (in_utc(later) - in_utc(earlier)) / timedelta(hours=1)


def placement_of(item: PlanItem) -> Placement:
    """Return an issued item as the planner placed it."""
    return Placement(
        drill=item.drill, slot=item.slot, left_units=item.left_units, right_units=item.right_units
    )


def shares_sides(candidate: Candidate) -> bool:
    """Return whether a drill always gives both sides the same."""
    return candidate.sides is not SidesWorked.EACH


def setup_s(candidate: Candidate) -> int:
    """Seconds of set-up for one side, or for both where they are shared; whole, rounded up."""
    return ceil(candidate.setup_s)


def unit_s(candidate: Candidate) -> int:
    """Seconds one unit of one side takes, its rest counted; of both sides where they are shared."""
    sides = 2 if candidate.sides is SidesWorked.ALTERNATING else 1
    return ceil(UNIT_S * sides + candidate.rest_s_per_unit)


def placement_s(candidate: Candidate, placement: Placement) -> int:
    """Seconds a placement takes: set-up, work and rest, without the change from the drill before."""
    if shares_sides(candidate):
        return setup_s(candidate) + unit_s(candidate) * placement.left_units
    sides = len(worked_sides(placement))
    return setup_s(candidate) * sides + unit_s(candidate) * (placement.left_units + placement.right_units)


def session_s(board: Board, placements: Iterable[Placement]) -> int:
    """Seconds a session takes: its placements and a change between every two of them."""
    each = [placement_s(board.candidates[p.drill], p) for p in placements]
    return sum(each) + board.transition_s * max(0, len(each) - 1)


def exposure_s(exposure: Exposure) -> int:
    """Whole seconds of an exposure in one unit of work; whole, so that equal plans compare equal."""
    return int(UNIT_S * exposure.share + 0.5)


def gives(candidate: Candidate, working: Side) -> dict[tuple[Direction, Side], int]:
    """Seconds of primary end range that one unit on ``working`` gives to each direction and side."""
    return _summed(working, [e for e in candidate.exposures if e.primary and e.kind in END_RANGE])


def covers(candidate: Candidate, working: Side) -> dict[tuple[Direction, Side], int]:
    """Seconds that one unit counts for coverage: every primary exposure, and all of controlled circles."""
    return _summed(working, [e for e in candidate.exposures if e.primary or candidate.cars])


def _summed(working: Side, exposures: list[Exposure]) -> dict[tuple[Direction, Side], int]:
    given: dict[tuple[Direction, Side], int] = {}
    for exposure in exposures:
        key = (exposure.direction, exposure.leg.on(working))
        given[key] = given.get(key, 0) + exposure_s(exposure)
    return given


def by_slot(schedule: Schedule) -> dict[str, tuple[Placement, ...]]:
    """Placements of a schedule by slot."""
    slots: dict[str, tuple[Placement, ...]] = {}
    for placement in schedule.placements:
        slots[placement.slot] = (*slots.get(placement.slot, ()), placement)
    return slots


def worked_sides(placement: Placement) -> tuple[Side, ...]:
    return tuple(side for side in SIDES if placement.units(side))


def legs_reached(candidate: Candidate, working: Side) -> set[tuple[Direction, Side]]:
    """Directions and sides that any primary exposure reaches, whatever its kind."""
    return {(e.direction, e.leg.on(working)) for e in candidate.exposures if e.primary}
