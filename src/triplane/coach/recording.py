"""From a runner's short answers to the facts they stand for."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from triplane.body import Side
from triplane.catalogue import SidesWorked, load_one
from triplane.coach.issued import issued_plan
from triplane.errors import UnknownName, UserError
from triplane.history import (
    DrillDone,
    Feeling,
    History,
    Plan,
    PlanItem,
    Prescription,
    Score,
    SessionLogged,
    Sign,
)
from triplane.value import Value

EARLY = timedelta(hours=12)
"""How long before its time a session may be done and logged. Coach's default."""


class SessionAnswers(Value):
    """How it was, on one screen. Drills are named by id; what is not named went as planned.

    ``clean`` counts clean repetitions of a whole drill on one side, ``load_kg`` the weight held.
    """

    minutes: Annotated[float, Field(ge=0, le=600)] | None = None
    effort: Score | None = None
    discomfort: Score = 0
    skipped: tuple[str, ...] = ()
    too_much: tuple[str, ...] = ()
    clean: Mapping[str, int] = {}
    load_kg: Mapping[str, float] = {}
    pain: tuple[tuple[str, Feeling], ...] = ()
    signs: tuple[tuple[str, Sign], ...] = ()

    def drills_named(self) -> tuple[str, ...]:
        """Return every drill id the answers speak of."""
        named = [*self.skipped, *self.too_much, *self.clean, *self.load_kg]
        return tuple(dict.fromkeys([*named, *(d for d, _ in self.pain), *(d for d, _ in self.signs)]))


def log(history: History, slot: str, answers: SessionAnswers, now: datetime) -> SessionLogged:
    """Return the log of a slot of this week's plan.

    Raises
    ------
    UserError
        When there is no plan this week, the slot lies ahead, or it was logged before.
    UnknownName
        As ``logged_session``.
    """
    plan = _plan(history, now)
    entry = next((known for known in plan.slots if known.id == slot), None)
    if entry and entry.starts_at - EARLY > now:
        raise UserError(f"{slot} lies ahead; it can be logged once it has begun")
    if any(session.slot == slot for _, session in history.all(SessionLogged)):
        raise UserError(f"{slot} was logged before; a session is logged once")
    return logged_session(plan, slot, answers)


def drills_of(history: History, slot: str, now: datetime) -> tuple[str, ...]:
    """Return the drill ids planned in a slot, in order."""
    items = sorted((i for i in _plan(history, now).items if i.slot == slot), key=lambda item: item.order)
    return tuple(item.drill for item in items)


def _plan(history: History, now: datetime) -> Plan:
    plan = issued_plan(history, now)
    if plan is None:
        raise UserError("there is no plan for this week yet; triplane today makes one")
    return plan


def logged_session(plan: Plan, slot: str, answers: SessionAnswers) -> SessionLogged:
    """Return the log of a planned slot.

    Raises
    ------
    UnknownName
        When the slot is not in the plan, or a drill is named that the slot does not hold.
    """
    items = tuple(item for item in plan.items if item.slot == slot)
    if not items:
        raise UnknownName("planned session", slot, list(dict.fromkeys(item.slot for item in plan.items)))
    planned = [item.drill for item in items]
    for drill in answers.drills_named():
        if drill not in planned:
            raise UnknownName("drill in this session", drill, planned)
    minutes = sum(item.minutes for item in items if item.drill not in answers.skipped)
    return SessionLogged(
        slot=slot,
        plan=plan.id,
        minutes=answers.minutes if answers.minutes is not None else minutes,
        effort=answers.effort,
        drills=tuple(done for item in items for done in _done(item, answers)),
    )


def _done(item: PlanItem, answers: SessionAnswers) -> list[DrillDone]:
    if load_one(item.drill).dose.sides is not SidesWorked.EACH:
        both = item.left or item.right
        return [_drill_done(item, both, None, answers)] if both else []
    worked = [(side, item.on(side)) for side in Side]
    return [_drill_done(item, dose, side, answers) for side, dose in worked if dose is not None]


def _drill_done(item: PlanItem, dose: Prescription, side: Side | None, answers: SessionAnswers) -> DrillDone:
    skipped, too_much = item.drill in answers.skipped, item.drill in answers.too_much
    pain = tuple(feeling for drill, feeling in answers.pain if drill == item.drill and _speaks(feeling, side))
    signs = tuple(sign for drill, sign in answers.signs if drill == item.drill)
    asked = dose.sets * (dose.reps or 1)
    clean = 0 if skipped else answers.clean.get(item.drill, asked)
    return DrillDone(
        drill=item.drill,
        side=side,
        sets_done=0 if skipped else dose.sets,
        sets_asked=dose.sets,
        clean_reps=clean,
        reps_asked=asked,
        work_s=0 if skipped else round(dose.work_s * min(1.0, clean / asked), 1),
        load_kg=answers.load_kg.get(item.drill, item.load_kg),
        discomfort=0 if skipped else answers.discomfort,
        pain=pain,
        signs=signs,
        stopped_early=clean < asked and not skipped,
        skipped=skipped,
        too_much=too_much,
        lunge=item.lunge,
    )


def _speaks(feeling: Feeling, side: Side | None) -> bool:
    return feeling.side is None or side is None or feeling.side is side
