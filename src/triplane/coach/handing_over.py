"""What leaves the house on a watch, on paper or as text: dated, headed, with what is asked before it.

It cannot be called back (decision 8), so it says the day it was made and that it holds only if nothing has
changed. Whoever safety stops gets none of it.
"""

from collections.abc import Mapping
from datetime import datetime

from triplane import screening
from triplane.catalogue import Drill, load_one
from triplane.coach.answered import is_answered, items_of, logs_of
from triplane.coach.beginning import bundle
from triplane.coach.cue_words import doses_in_words
from triplane.coach.cues import Session
from triplane.coach.issued import issued_plan
from triplane.coach.screening_talk import refuse_if_blocked, refuse_if_paused
from triplane.coach.steps import StepBlock, blocks_of
from triplane.errors import Action, Blocked, UserError
from triplane.history import History, Plan, PlanItem, Slot
from triplane.screening import ReadinessQuestion
from triplane.value import Value


class HandoutDrill(Value):
    """One drill of a handout: what was asked, in words, and the drill itself."""

    item: PlanItem
    drill: Drill
    dose: str

    @property
    def blocks(self) -> tuple[StepBlock, ...]:
        """The drill in steps that somebody else's clock can count."""
        return tuple(blocks_of(self.item, self.drill))


class Handout(Value):
    """One session as it leaves the house. ``heading`` stands above everything that is made of it.

    With a yes to any of ``asks`` it is left alone. ``watch_note`` says both in what a watch can show.
    """

    made_at: datetime
    heading: str
    watch_note: str
    asks: tuple[ReadinessQuestion, ...]
    stop_words: tuple[str, ...]
    slot: Slot
    session: Session
    drills: tuple[HandoutDrill, ...]


def handout(history: History, slot_id: str, now: datetime) -> Handout:
    """Return a session of this week, or one drill of it, as it leaves the house.

    Raises
    ------
    Blocked, UnknownName
        As ``bundle``.
    """
    held = bundle(history, slot_id, now)
    plan = issued_plan(history, now)
    assert plan is not None, "a bundle comes from the issued plan"
    return _made(held.session, plan, now)


def week_handout(history: History, now: datetime) -> tuple[Handout, ...]:
    """Return what is left of this week, first to last, as it leaves the house.

    Raises
    ------
    Blocked
        When safety stops or pauses the runner.
    UserError
        When nothing of the week is left.
    """
    refuse_if_blocked(history, now)
    refuse_if_paused(history, now)
    plan = issued_plan(history, now)
    logs = logs_of(history)
    found = []
    for slot in sorted(plan.slots if plan else (), key=lambda slot: slot.starts_at):
        held = items_of(slot.id, plan.items if plan else ())
        is_ahead = slot.starts_at.astimezone(now.tzinfo).date() >= now.date()
        if plan is None or not held or not is_ahead or is_answered(slot.id, held, logs):
            continue
        try:
            found.append(_made(bundle(history, slot.id, now).session, plan, now))
        except Blocked:
            continue
    if not found:
        raise UserError("no session of this week is left", action=Action.WEEK)
    return tuple(found)


def _made(session: Session, plan: Plan, now: datetime) -> Handout:
    drills: Mapping[str, Drill] = {item.drill: load_one(item.drill) for item in session.items}
    slot = next(slot for slot in plan.slots if slot.id == session.slot)
    return Handout(
        made_at=now,
        heading=f"Made on {now:%A %d %B %Y}. Do this only if nothing has changed since then.",
        watch_note=(
            f"Made on {now:%d %B %Y}. Only if nothing has changed: not when you are ill, fell, have new or "
            "worse pain, a new medicine, or a pregnancy not told. Stop at sharp pain."
        ),
        asks=tuple(screening.readiness_questions().values()),
        stop_words=screening.words().stop_during_session,
        slot=slot.model_copy(update={"starts_at": slot.starts_at.astimezone(now.tzinfo)}),
        session=session,
        drills=tuple(
            HandoutDrill(item=item, drill=drills[item.drill], dose=doses_in_words(item))
            for item in sorted(session.items, key=lambda item: item.order)
        ),
    )
