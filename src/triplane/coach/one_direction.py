"""One direction of both hips: where it stands, how it came there, what is done for it and for how long."""

from datetime import datetime

from triplane import assessment
from triplane.assessment import DirectionMap, NormBand, Protocol
from triplane.body import Direction, Side
from triplane.catalogue import Stage
from triplane.coach.hips import usual
from triplane.coach.issued import issued_plan
from triplane.coach.library import DrillFilter, matching
from triplane.coach.progressing import RangeLine, progress, range_line
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.coach.situation import Situation
from triplane.errors import UnknownName
from triplane.history import EquipmentListed, History, MeasurementTaken, Method, Plan
from triplane.value import Value


class RangeHistory(Value):
    """All there is of one test in one mode by one method, both sides side by side."""

    test: Protocol
    active: bool
    method: Method
    lines: tuple[RangeLine, ...]
    norm: NormBand | None = None

    def on(self, side: Side) -> RangeLine | None:
        """Return the line of one side."""
        return next((line for line in self.lines if line.series.side is side), None)


class DirectionDrill(Value):
    """A drill that safety allows for a direction; ``planned`` where this week's plan holds it."""

    id: str
    name: str
    stage: Stage
    planned: bool


class DirectionMinutes(Value):
    """End-range minutes of this week on one side: what the plan aims at, holds and got done."""

    side: Side
    wanted: float
    planned: float
    done: float
    because: str = ""


class DirectionView(Value):
    """One direction of both hips."""

    direction: Direction
    sides: tuple[DirectionMap, ...]
    histories: tuple[RangeHistory, ...]
    drills: tuple[DirectionDrill, ...]
    minutes: tuple[DirectionMinutes, ...]


def direction_view(history: History, word: str, now: datetime) -> DirectionView:
    """Return one direction of both hips.

    Raises
    ------
    UnknownName
        When there is no such direction.
    Blocked
        When safety stops the runner: drills stand in it.
    """
    if word not in set(Direction):
        raise UnknownName("direction", word, list(Direction))
    refuse_if_blocked(history, now)
    direction, situation = Direction(word), Situation(history, now)
    plan = issued_plan(history, now)
    return DirectionView(
        direction=direction,
        sides=tuple(situation.reckoned_hip_map.on(direction, side) for side in Side),
        histories=_histories(history.until(now), direction),
        drills=_drills(situation, direction, plan),
        minutes=_minutes(history, direction, plan, now),
    )


def _histories(history: History, direction: Direction) -> tuple[RangeHistory, ...]:
    """Return every test of a direction that was taken, the one that gives the finding first."""
    tests = [test for test in assessment.battery().values() if test.direction is direction]
    order = {test.id: place for place, test in enumerate(sorted(tests, key=_rank))}
    taken = {(m.test, m.active, m.method) for _, m in history.all(MeasurementTaken) if m.test in order}
    found = []
    for name, active, method in sorted(taken, key=lambda key: (order[key[0]], key[1], key[2])):
        test = assessment.find_test(name)
        lines = [range_line(history, name, side, active, method) for side in Side]
        known = tuple(line for line in lines if line)
        norm = usual(history, test, active, method)
        if known:
            found.append(RangeHistory(test=test, active=active, method=method, lines=known, norm=norm))
    return tuple(found)


def _rank(test: Protocol) -> int:
    return list(assessment.Role).index(test.role)


def _drills(situation: Situation, direction: Direction, plan: Plan | None) -> tuple[DirectionDrill, ...]:
    """Return what serves a direction, is allowed and has its equipment at hand; what is planned first."""
    listed = situation.history.latest(EquipmentListed)
    at_hand = listed.equipment if listed else None
    possible = {drill.id for drill in matching(DrillFilter(direction=direction, equipment=at_hand))}
    planned = {item.drill for item in plan.items} if plan else set()
    found = [
        DirectionDrill(
            id=allowance.drill,
            name=situation.drills[allowance.drill].name,
            stage=situation.drills[allowance.drill].stage,
            planned=allowance.drill in planned,
        )
        for allowance in situation.offer.allowances
        if allowance.is_allowed
        and allowance.drill in possible | planned
        and direction not in allowance.left_out
        and any(e.direction is direction and e.primary for e in allowance.exposures)
    ]
    return tuple(sorted(found, key=lambda one: (not one.planned, one.stage, one.name)))


def _minutes(
    history: History, direction: Direction, plan: Plan | None, now: datetime
) -> tuple[DirectionMinutes, ...]:
    """Return this week's end-range minutes by side; nothing where the plan has no target for it."""
    done = progress(history, now, weeks=1).minutes[-1].by_direction[direction]
    targets = [target for target in plan.targets if target.direction is direction] if plan else []
    short = {s.side: s for s in plan.shortfalls if s.direction is direction} if plan else {}
    return tuple(
        DirectionMinutes(
            side=target.side,
            wanted=target.minutes,
            planned=short[target.side].planned_min if target.side in short else target.minutes,
            done=done[target.side],
            because=short[target.side].because if target.side in short else "",
        )
        for target in sorted(targets, key=lambda target: target.side)
    )
