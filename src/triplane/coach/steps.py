"""A drill as steps that somebody else's clock counts: getting ready, holds by time, repetitions, rest.

They last as long as in the player, but for its words: where it talks, its clock waits.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from triplane.body import Side
from triplane.catalogue import Drill, SidesWorked
from triplane.coach.laying import GET_READY_S, order_of_sides, rested_s, switch_s
from triplane.history import PlanItem, Prescription
from triplane.value import Value

LONG_HOLD_S = 8.0
"""A hold from here on is counted by time, each of them; shorter ones are counted as repetitions. Ours."""


class StepKind(StrEnum):
    """What a step is for."""

    READY = "ready"
    HOLD = "hold"
    REPS = "reps"
    REST = "rest"


class Step(Value):
    """One step. ``reps`` counts what ``seconds`` only estimates; a step without reps ends by the clock.

    ``says`` is what to mind or do in it; ``side`` is missing where both legs work or take turns.
    """

    kind: StepKind
    seconds: Annotated[float, Field(gt=0, le=3600)]
    item: str
    drill: str
    name: str
    says: str = ""
    side: Side | None = None
    reps: Annotated[int, Field(ge=0, le=600)] = 0


class StepBlock(Value):
    """Steps that are gone through ``times`` times."""

    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    times: Annotated[int, Field(ge=1, le=300)] = 1


def blocks_of(item: PlanItem, drill: Drill) -> Iterator[StepBlock]:
    """Yield one drill's blocks: getting ready on each side, then its sets with the rests between them.

    What is changed for the runner (``item.how``) is for whoever writes them to say first.
    """
    together = drill.dose.sides is not SidesWorked.EACH
    sides = (None,) if together else order_of_sides(item)
    for number, side in enumerate(sides):
        prescription = item.on(side) if side else item.left or item.right
        assert prescription is not None, "a side that is worked has a dose"
        set_up_s = max(GET_READY_S, prescription.setup_s)
        ready_s = switch_s(prescription) + GET_READY_S if number else set_up_s
        yield StepBlock(steps=(_step(StepKind.READY, ready_s, item, drill, side, " ".join(drill.cues)),))
        yield from _sets(prescription, item, drill, side)


def _sets(dose: Prescription, item: PlanItem, drill: Drill, side: Side | None) -> Iterator[StepBlock]:
    """The last set stands by itself, so that nobody rests after it twice."""
    between = rested_s(dose) + GET_READY_S
    pause = _step(StepKind.REST if dose.rest_s else StepKind.READY, between, item, drill, side)
    work = tuple(_work(dose, item, drill, side))
    if len(work) == 1 and work[0].times == 1 and dose.sets > 1:
        yield StepBlock(steps=(*work[0].steps, pause), times=dose.sets - 1)
        yield work[0]
        return
    for number in range(dose.sets):
        if number:
            yield StepBlock(steps=(pause,))
        yield from work


def _work(dose: Prescription, item: PlanItem, drill: Drill, side: Side | None) -> Iterator[StepBlock]:
    reps = dose.reps or 1
    if dose.phases:
        steps = tuple(_step(StepKind.HOLD, s, item, drill, side, do) for do, s in dose.phases if s > 0)
        yield StepBlock(steps=steps, times=reps)
        return
    turns = drill.dose.sides is SidesWorked.ALTERNATING
    out, pause, back, low = dose.tempo_s
    held = dose.hold_s + pause
    if held >= LONG_HOLD_S or (reps == 1 and held and not turns):
        hold = _step(StepKind.HOLD, dose.hold_s + sum(dose.tempo_s), item, drill, side)
        yield StepBlock(steps=(hold,), times=reps * (2 if turns else 1))
        return
    says = " ".join(_tempo(out, held, back + low, turns))
    number = reps * (2 if turns else 1)
    seconds = number * (dose.hold_s + sum(dose.tempo_s))
    yield StepBlock(steps=(_step(StepKind.REPS, seconds, item, drill, side, says, number),))


def _tempo(out: float, held: float, back: float, turns: bool) -> Iterator[str]:
    if turns:
        yield "In turn, left first."
    if held:
        yield f"Hold each for {held:g} seconds."
    if out + back:
        yield f"{out:g} s out, {back:g} s back."


def _step(
    kind: StepKind,
    seconds: float,
    item: PlanItem,
    drill: Drill,
    side: Side | None,
    says: str = "",
    reps: int = 0,
) -> Step:
    return Step(
        kind=kind,
        seconds=seconds,
        item=item.id,
        drill=drill.id,
        name=drill.name,
        says=says,
        side=side,
        reps=reps,
    )
