"""Small weeks for the planner's tests: a few drills and slots that each test puts together."""

from datetime import UTC, datetime, timedelta
from typing import Any

from triplane.body import Direction, Leg, Side
from triplane.catalogue import Exposure, ExposureKind, Position, Stage
from triplane.evidence import Reason
from triplane.history import Context, RunKind, Slot, Target
from triplane.planning import Anchor, Candidate, Caps, Placement, Schedule, StrengthTarget, WeekProblem

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
BECAUSE = Reason(rule="R16", says="A test asks for it.", sources=("coach_default",))


def at(day: int, hour: float) -> datetime:
    """An instant of the test week, Monday being day 0."""
    return MONDAY + timedelta(days=day, hours=hour)


def slot(day: int, hour: float, context: Context = Context.REST_DAY, minutes: float = 20) -> Slot:
    return Slot(id=f"{day}-{hour:g}", starts_at=at(day, hour), context=context, minutes=minutes)


def run(day: int, hour: float, kind: RunKind = RunKind.EASY, **more: Any) -> Anchor:
    return Anchor(starts_at=at(day, hour), minutes=more.pop("minutes", 50), kind=kind, **more)


def gives(
    direction: Direction = Direction.EXTENSION,
    kind: ExposureKind = ExposureKind.STRETCH,
    share: float = 1.0,
    leg: Leg = Leg.WORKING,
) -> Exposure:
    return Exposure(leg=leg, direction=direction, kind=kind, share=share, primary=True)


def drill(name: str, stage: int = 2, **more: Any) -> Candidate:
    """A familiar drill of no fatigue that suits every slot, stretches extension and moves."""
    usual: dict[str, Any] = {
        "position": Position.STANDING,
        "contexts": tuple(Context),
        "fatigue": 0,
        "exposures": (gives(kind=ExposureKind.HOLD if stage == 3 else ExposureKind.STRETCH),),
        "dynamic": stage == 2 and not more.get("held") and not more.get("banded"),
        "setup_s": 10,
        "max_units": 4,
    }
    return Candidate(drill=name, stage=Stage(stage), **{**usual, **more})


def target(direction: Direction, side: Side, minutes: float, **more: Any) -> Target:
    return Target(direction=direction, side=side, minutes=minutes, reason=BECAUSE, **more)


def both(direction: Direction, minutes: float, **more: Any) -> tuple[Target, ...]:
    return tuple(target(direction, side, minutes, **more) for side in Side)


def strength(name: str, sets: float, *drills: str) -> StrengthTarget:
    return StrengthTarget(name=name, drills=drills, sets=sets, reason=BECAUSE)


def week(
    slots: tuple[Slot, ...],
    candidates: tuple[Candidate, ...],
    targets: tuple[Target, ...] | None = None,
    caps: Caps | None = None,
    **more: Any,
) -> WeekProblem:
    return WeekProblem(
        week=MONDAY.date(),
        now=more.pop("now", MONDAY),
        slots=slots,
        candidates=candidates,
        targets=both(Direction.EXTENSION, 4) if targets is None else targets,
        caps=caps or Caps(),
        **more,
    )


def placed(drill: str, where: Slot, left: int = 1, right: int | None = None) -> Placement:
    return Placement(
        drill=drill, slot=where.id, left_units=left, right_units=left if right is None else right
    )


def schedule(*placements: Placement) -> Schedule:
    return Schedule(placements=placements)


def mirrored(problem: WeekProblem) -> WeekProblem:
    """The same week for a runner whose left is right and right is left."""

    def side(given: Side) -> Side:
        return given.other

    return problem.model_copy(
        update={
            "targets": tuple(t.model_copy(update={"side": side(t.side)}) for t in problem.targets),
            "candidates": tuple(
                c.model_copy(
                    update={
                        "excluded_sides": tuple(side(s) for s in c.excluded_sides),
                        "not_before": {side(s): since for s, since in c.not_before.items()},
                    }
                )
                for c in problem.candidates
            ),
        }
    )
