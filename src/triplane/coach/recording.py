"""From a runner's short answers to the facts they stand for."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from triplane.body import Side
from triplane.catalogue import SidesWorked, load_one
from triplane.coach.answered import is_answered, items_of, logs_of
from triplane.coach.played import in_no_drill
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.errors import Action, NoPlan, NotPlanned, UnknownName, UserError
from triplane.history import (
    UNKNOWN_DRILL,
    CheckinAnswered,
    DrillDone,
    Feeling,
    FeelingKind,
    History,
    Plan,
    PlanItem,
    Prescription,
    Score,
    SessionLogged,
    Sign,
    Slot,
    SorenessCourse,
    monday_of,
)
from triplane.value import Value

EARLY = timedelta(hours=12)
"""How long before its time a session may be done and logged. Coach's default."""


SORE_TAKEN_FOR = FeelingKind.MUSCLE
"""What is sore the next morning is taken for muscle until the runner calls it another kind."""

CHECKIN_DAYS = 3
"""How many days back a morning may still be told of. Coach's default."""


MOST = Field(max_length=200)
"""How much of a kind is told of one session at most: far more than any session holds. Ours."""


class SessionAnswers(Value):
    """How it was, on one screen. Drills are named by id; what is not named went as planned.

    ``reps`` counts repetitions done of a whole drill on one side, ``clean`` those of them that were clean,
    ``load_kg`` the weight held.
    """

    minutes: Annotated[float, Field(ge=0, le=600)] | None = None
    effort: Score | None = None
    discomfort: Score = 0
    skipped: Annotated[tuple[str, ...], MOST] = ()
    too_much: Annotated[tuple[str, ...], MOST] = ()
    reps: Annotated[Mapping[str, Annotated[int, Field(ge=0, le=300)]], MOST] = {}
    clean: Annotated[Mapping[str, Annotated[int, Field(ge=0, le=300)]], MOST] = {}
    load_kg: Annotated[Mapping[str, Annotated[float, Field(ge=0, le=300)]], MOST] = {}
    pain: Annotated[tuple[tuple[str, Feeling], ...], MOST] = ()
    signs: Annotated[tuple[tuple[str, Sign], ...], MOST] = ()

    def drills_named(self) -> tuple[str, ...]:
        """Return every drill id the answers speak of."""
        named = [*self.skipped, *self.too_much, *self.reps, *self.clean, *self.load_kg]
        return tuple(dict.fromkeys([*named, *(d for d, _ in self.pain), *(d for d, _ in self.signs)]))

    def pain_of(
        self, drill: str, side: Side | None, worked: Collection[Side] = tuple(Side)
    ) -> tuple[Feeling, ...]:
        """Return what hurt in a drill on one side, or on any where ``side`` is missing.

        ``worked`` are the sides that the drill worked: what hurt on another counts on each of them.
        """
        return tuple(f for name, f in self.pain if name == drill and _speaks(f, side, worked))

    @property
    def in_no_drill(self) -> tuple[DrillDone, ...]:
        """What hurt of which the runner cannot say in which drill."""
        pain, signs = self.pain_of(UNKNOWN_DRILL, None), self.signs_of(UNKNOWN_DRILL)
        return (in_no_drill(pain, signs, self.discomfort),) if pain or signs else ()

    def signs_of(self, drill: str) -> tuple[Sign, ...]:
        """Return the stop signs that were met in a drill."""
        return tuple(sign for name, sign in self.signs if name == drill)


def log(history: History, slot: str, answers: SessionAnswers, now: datetime) -> SessionLogged:
    """Return the log of a slot of this or last week's plan: of those items not logged by themselves.

    Raises
    ------
    NoPlan
        When there is no plan this week.
    UserError
        When the slot lies ahead, or it was logged before.
    UnknownName
        As ``logged_session``.
    """
    refuse_to_log(history, slot, now)
    return _logged(history, slot, answers, now)


def was_logged_so(history: History, slot: str, answers: SessionAnswers, now: datetime) -> bool:
    """Whether the same was told of a session before, to the last word: then nothing is lost by a second time.

    Raises
    ------
    UserError
        As ``log``, but for a session that was logged before.
    """
    said = _logged(history, slot, answers, now)
    return any(body == said for _, body in history.all(SessionLogged))


def _logged(history: History, slot: str, answers: SessionAnswers, now: datetime) -> SessionLogged:
    plan = _plan(history, now, slot)
    rest = {item.id for item in plan.items} - logs_of(history).keys()
    return logged_session(plan, slot, answers, rest)


def refuse_to_log(history: History, name: str, now: datetime) -> None:
    """Stop whoever would log a slot, or one of its items, too early or a second time.

    Raises
    ------
    NoPlan
        When there is no plan this week.
    UserError
        When no plan holds it, it lies ahead, or it was logged before.
    """
    plan = _plan(history, now, name)
    if not any(name in (item.slot, item.id) for item in plan.items):
        raise NotPlanned("planned session", name, list(dict.fromkeys(item.slot for item in plan.items)))
    slot, opens = _slot_of(history, name, now), opens_later(history, name, now)
    if opens:
        raise UserError(f"this session lies ahead; it can be done and logged from {opens:%A %H:%M} on")
    asked = (item for item in plan.items if name in (item.slot, item.id))
    if is_answered(slot.id if slot else name, asked, logs_of(history)):
        raise UserError("this session was logged before; a session is logged once")


def origin_of(history: History, logged: SessionLogged, now: datetime) -> str:
    """Return the key that makes logging a slot twice harmless; one that was withdrawn may be logged again."""
    key = f"session:{_plan(history, now, logged.slot or '').week}:{logged.slot}"
    withdrawn = sum(key in (fact.origin_key, fact.origin_key.rpartition("~")[0]) for fact in history.facts)
    return f"{key}~{withdrawn}" if withdrawn else key


def check_in(
    about: date,
    soreness: tuple[Feeling, ...],
    course: SorenessCourse | None,
    now: datetime,
    *,
    hours_since_onset: float | None = None,
    note: str = "",
) -> CheckinAnswered:
    """Check a morning's answers and return them as a fact's body.

    What is sore and whose ``course`` is not told is recorded as unknown; the rules then take the strictest.

    Raises
    ------
    UserError
        When the day lies ahead, is not over yet, or is more than three days back.
    """
    if about > now.date():
        raise UserError(f"{about} lies ahead; a check-in speaks of a day that was")
    if about == now.date():
        raise UserError(f"{about} is not over yet; a check-in speaks of a day before today")
    if about < now.date() - timedelta(days=CHECKIN_DAYS):
        raise UserError(f"{about} is too long ago; a check-in speaks of the last {CHECKIN_DAYS} days")
    not_told = SorenessCourse.UNKNOWN if any(feeling.score for feeling in soreness) else SorenessCourse.NONE
    return CheckinAnswered(
        about=about,
        soreness=soreness,
        course=not_told if course is None else course,
        hours_since_onset=hours_since_onset,
        note=note,
    )


def opens_later(history: History, name: str, now: datetime) -> datetime | None:
    """Return from when the session of a slot or an item may be begun, where that still lies ahead.

    Raises
    ------
    NoPlan
        When there is no plan this week.
    """
    slot = _slot_of(history, name, now)
    return begin_from(slot, now) if slot else None


def _slot_of(history: History, name: str, now: datetime) -> Slot | None:
    """Return the slot of that name, or the one that holds the item of that name."""
    plan = _plan(history, now, name)
    slot_id = next((item.slot for item in plan.items if item.id == name), name)
    return next((known for known in plan.slots if known.id == slot_id), None)


def opens_at(slot: Slot) -> datetime:
    """Return from when a session may be done and logged."""
    return slot.starts_at - EARLY


def begin_from(slot: Slot, now: datetime) -> datetime | None:
    """Return from when a session may be begun, where that still lies ahead."""
    opens = opens_at(slot).astimezone(now.tzinfo)
    return opens if opens > now else None


def drills_of(history: History, slot: str, now: datetime) -> tuple[str, ...]:
    """Return the drill ids planned in a slot, in order, without those that were logged by themselves.

    Raises
    ------
    Blocked
        When safety stops the runner.
    """
    refuse_if_blocked(history, now)
    known = logs_of(history)
    items = (i for i in _plan(history, now, slot).items if i.slot == slot and i.id not in known)
    return tuple(item.drill for item in sorted(items, key=lambda item: item.order))


def session_to_tell_of(history: History, now: datetime) -> str | None:
    """Return the id of the first session of today that may be told of and was not, whatever safety says."""
    plan, logs = history.issued_plan(monday_of(now.date())), logs_of(history)
    for slot in sorted(plan.slots if plan else (), key=lambda slot: slot.starts_at):
        held = items_of(slot.id, plan.items if plan else ())
        is_here = slot.starts_at.astimezone(now.tzinfo).date() == now.date()
        if is_here and held and not is_answered(slot.id, held, logs) and begin_from(slot, now) is None:
            return slot.id
    return None


def when_done(history: History, slot: str, now: datetime) -> datetime:
    """Return when a session that is told of now was done: of an earlier day, at the end of its slot."""
    plan = _plan(history, now, slot)
    name = next((item.slot for item in plan.items if item.id == slot), slot)
    ends = [s.starts_at + timedelta(minutes=s.minutes) for s in plan.slots if s.id == name]
    return ends[0] if ends and ends[0].astimezone(now.tzinfo).date() < now.date() else now


def _plan(history: History, now: datetime, name: str = "") -> Plan:
    """Return the plan that holds a slot or an item: this week's, or last week's told of late."""
    monday = monday_of(now.date())
    plans = [history.issued_plan(week) for week in (monday, monday - timedelta(days=7))]
    holding = [p for p in plans if p and any(name in (item.slot, item.id) for item in p.items)]
    plan = holding[0] if holding else plans[0]
    if plan is None:
        raise NoPlan("there is no plan for this week yet", action=Action.DAY)
    return plan


def logged_session(
    plan: Plan, slot: str, answers: SessionAnswers, only: Collection[str] | None = None
) -> SessionLogged:
    """Return the log of a planned slot; ``only`` names the items that count (all when left out).

    Raises
    ------
    UnknownName
        When the slot is not in the plan, or a drill is named that the slot does not hold.
    """
    items = tuple(item for item in plan.items if item.slot == slot and (only is None or item.id in only))
    if not items:
        raise NotPlanned("planned session", slot, list(dict.fromkeys(item.slot for item in plan.items)))
    planned = [item.drill for item in items]
    for drill in answers.drills_named():
        if drill not in (*planned, UNKNOWN_DRILL):
            raise UnknownName("drill in this session", drill, planned)
    minutes = sum(item.minutes for item in items if item.drill not in answers.skipped)
    return SessionLogged(
        slot=slot,
        plan=plan.id,
        minutes=answers.minutes if answers.minutes is not None else minutes,
        effort=answers.effort,
        drills=(*(done for item in items for done in _done(item, answers)), *answers.in_no_drill),
    )


def _done(item: PlanItem, answers: SessionAnswers) -> list[DrillDone]:
    if load_one(item.drill).dose.sides is not SidesWorked.EACH:
        both = item.left or item.right
        return [_drill_done(item, both, None, answers)] if both else []
    worked = {side: dose for side in Side if (dose := item.on(side)) is not None}
    return [_drill_done(item, dose, side, answers, tuple(worked)) for side, dose in worked.items()]


def _drill_done(
    item: PlanItem,
    dose: Prescription,
    side: Side | None,
    answers: SessionAnswers,
    worked: Collection[Side] = tuple(Side),
) -> DrillDone:
    skipped, too_much = item.drill in answers.skipped, item.drill in answers.too_much
    asked = dose.sets * (dose.reps or 1)
    reps = 0 if skipped else answers.reps.get(item.drill, asked)
    reps = max(reps, 0 if skipped else answers.clean.get(item.drill, 0))
    return DrillDone(
        drill=item.drill,
        side=side,
        sets_done=min(dose.sets, reps // (dose.reps or 1)),
        sets_asked=dose.sets,
        clean_reps=0 if skipped else answers.clean.get(item.drill, reps),
        reps_asked=asked,
        work_s=round(dose.work_s * min(1.0, reps / asked), 1),
        load_kg=answers.load_kg.get(item.drill, item.load_kg),
        discomfort=0 if skipped else answers.discomfort,
        pain=answers.pain_of(item.drill, side, worked),
        signs=answers.signs_of(item.drill),
        stopped_early=reps < asked and not skipped,
        skipped=skipped,
        too_much=too_much,
        lunge=item.lunge,
    )


def _speaks(feeling: Feeling, side: Side | None, worked: Collection[Side]) -> bool:
    return side is None or feeling.side in (None, side) or feeling.side not in worked
