"""A coach's table: of each runner in one line who needs somebody, and why. Looks only; plans nothing.

``runners_line`` is all that a line is made of, a pure function of one runner's facts: it may be kept.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from triplane import adaptation, catalogue
from triplane.assessment import DirectionMap
from triplane.body import Direction, Side
from triplane.coach.answered import logs_of
from triplane.coach.cues import minutes_to_play
from triplane.coach.hips import hip_map
from triplane.coach.issued import issued_plan
from triplane.coach.progressing import progress
from triplane.coach.screening_talk import clearance
from triplane.coach.went import Went, slot_went
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    Fact,
    History,
    PlanItem,
    SessionLogged,
    monday_of,
)
from triplane.screening import Clearance, SafetyLevel
from triplane.value import Value

SILENT_DAYS = 4
"""Days without a session or a morning told after which a coach would ask. Coach's default."""


SORE_SPEAKS = timedelta(days=2)
"""How long a place that was sore after two days one after the other calls for somebody. Ours."""


class Need(StrEnum):
    """Why a runner needs somebody, the most urgent first."""

    BLOCKED = "blocked"
    UNSCREENED = "unscreened"
    PAIN = "pain"
    SORE = "sore"
    SILENT = "silent"
    LOSS = "loss"
    GAIN = "gain"


class Call(Value):
    """One reason to look at a runner: what it is, and what of it, where there is more to say."""

    need: Need
    of: tuple[str, ...] = ()
    since: date | None = None


class Petal(Value):
    """One direction on one side as a small hip map has it: how far from usual, in standard deviations."""

    direction: Direction
    side: Side
    z: float | None = None
    is_limited: bool = False
    is_shut: bool = False


class RunnersLine(Value):
    """One runner in the table: what calls for somebody, this week's sessions and minutes, and the hips.

    ``told_on`` is when anything was told last. What is planned and done is what the runner's own week says
    (``went.py``), and minutes that were logged beside the plan are done, too.
    """

    calls: tuple[Call, ...] = ()
    planned: int = 0
    done: int = 0
    planned_min: int = 0
    done_min: int = 0
    told_on: date | None = None
    petals: tuple[Petal, ...] = ()

    @property
    def needs_somebody(self) -> bool:
        """Whether anything calls for somebody; a gain is good news, and waits."""
        return any(call.need is not Need.GAIN for call in self.calls)

    @property
    def urgency(self) -> int:
        """Where the line stands in the table: the lower, the higher up."""
        order = tuple(Need)
        return min((order.index(call.need) for call in self.calls), default=len(order))


def runners_line(history: History, now: datetime) -> RunnersLine:
    """Return a runner's line in a coach's table.

    A blocked runner is shown as blocked and nothing else: what is planned or measured does not count then.
    """
    known = history.until(now)
    told_on = max((one.local_date for one in _told(known)), default=None)
    safety = clearance(known, now)
    if safety.is_blocked:
        unanswered = safety.level is SafetyLevel.UNSCREENED
        return RunnersLine(
            calls=(Call(need=Need.UNSCREENED if unanswered else Need.BLOCKED),), told_on=told_on
        )
    week = _week(known, now, safety)
    began = min(fact.local_date for fact in known.facts)
    calls = (
        *_pain(known, now),
        *_soreness(known, now),
        *_changes(known, now),
        *_silence(told_on or began, week.planned, now),
    )
    order = tuple(Need)
    return RunnersLine(
        calls=tuple(sorted(calls, key=lambda call: order.index(call.need))),
        planned=week.planned,
        done=week.done,
        planned_min=round(week.planned_min),
        done_min=round(week.done_min),
        told_on=told_on,
        petals=tuple(_petal(one) for one in hip_map(known, now).directions),
    )


def _petal(one: DirectionMap) -> Petal:
    return Petal(
        direction=one.direction,
        side=one.side,
        z=one.norm.z_of(one.shown.value) if one.norm and one.shown else None,
        is_limited=one.is_surely_limited,
        is_shut=one.excluded,
    )


def _told(history: History) -> tuple[Fact, ...]:
    return (*history.facts_of(SessionLogged), *history.facts_of(CheckinAnswered))


def _pain(history: History, now: datetime) -> tuple[Call, ...]:
    sore = adaptation.sore_notice(history, catalogue.load(), now)
    return (Call(need=Need.PAIN),) if sore else ()


def _soreness(history: History, now: datetime) -> Iterator[Call]:
    """Name the places that were sore after the last day told and after the day before it, lately.

    However often a morning is told, it is one: what was sore by any of its words counts.
    """
    sore: dict[date, set[tuple[BodyRegion, Side | None]]] = {}
    for _, told in history.all(CheckinAnswered):
        places = {(one.region, one.side) for one in told.soreness if adaptation.is_sore(one)}
        sore.setdefault(told.about, set()).update(places)
    last = max(sore, default=None)
    if last is None or now.date() - last > SORE_SPEAKS:
        return
    both = sore[last] & sore.get(last - timedelta(days=1), set())
    if both:
        yield Call(need=Need.SORE, of=tuple(sorted({place.replace("_", " ") for place, _ in both})))


def _changes(history: History, now: datetime) -> tuple[Call, ...]:
    """Return real changes of range: what is within the error of measuring is no news."""
    real = [line for line in progress(history, now).lines if line.change.better is not None]
    names = {
        need: tuple(dict.fromkeys(line.name for line in real if line.change.better is better))
        for need, better in ((Need.LOSS, False), (Need.GAIN, True))
    }
    return tuple(Call(need=need, of=told) for need, told in names.items() if told)


def _silence(since: date, planned: int, now: datetime) -> tuple[Call, ...]:
    is_silent = now.date() - since >= timedelta(days=SILENT_DAYS)
    return (Call(need=Need.SILENT, since=since),) if planned and is_silent else ()


class _Week(Value):
    """How many sessions the plan of this week holds and how many of them are done, and minutes alike."""

    planned: int = 0
    done: int = 0
    planned_min: float = 0
    done_min: float = 0


def _week(history: History, now: datetime, safety: Clearance) -> _Week:
    """Say of this week what the runner's own week says; minutes beside the plan are minutes done, too."""
    plan, logs = issued_plan(history, now), logs_of(history)
    items: dict[str, list[PlanItem]] = {}
    for item in plan.items if plan else ():
        items.setdefault(item.slot, []).append(item)
    filled = [slot for slot in plan.slots if slot.id in items] if plan else []
    went = [slot_went(slot, items[slot.id], logs, now, safety) for slot in filled]
    answers = {name for slot in filled for name in (slot.id, *(item.id for item in items[slot.id]))}
    monday = monday_of(now.date())
    beside = (
        log.minutes
        for fact, log in history.all(SessionLogged)
        if fact.local_date >= monday and log.slot not in answers
    )
    return _Week(
        planned=len(filled),
        done=sum(one.went is Went.DONE for one in went),
        planned_min=sum(minutes_to_play(item) for slot in filled for item in items[slot.id]),
        done_min=sum(one.minutes for one in went) + sum(beside),
    )
