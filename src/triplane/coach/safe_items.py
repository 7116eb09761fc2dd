"""The last look at an issued item before it is shown or played: safety's word and rests as they are now."""

from datetime import datetime

from triplane import planning, screening
from triplane.catalogue import find
from triplane.coach.situation import Situation
from triplane.errors import Blocked
from triplane.history import History, PlanItem, Slot
from triplane.screening import Clearance


def items_allowed(items: tuple[PlanItem, ...], clearance: Clearance) -> tuple[PlanItem, ...]:
    """Return the items that safety allows now as they are dosed, whatever it said when they were planned."""
    return tuple(item for item in items if _is_allowed(item, clearance))


def items_to_play(
    items: tuple[PlanItem, ...], slot: Slot, history: History, now: datetime
) -> tuple[PlanItem, ...]:
    """Return what may be played of a slot now by a runner who is not blocked.

    A slot that has begun keeps its items in the plan; what lived days rest is not played all the same.

    Raises
    ------
    Blocked
        When safety pauses the runner, or leaves nothing of the slot.
    """
    situation = Situation(history, now)
    if situation.clearance.is_paused:
        raise Blocked(screening.words().paused)
    resting = _resting(situation) if slot.starts_at <= now else frozenset()
    allowed = tuple(i for i in items_allowed(items, situation.clearance) if i.drill not in resting)
    if not allowed:
        raise Blocked("Nothing of this session is left now: what it held rests or is left out for safety.")
    return allowed


def _is_allowed(item: PlanItem, clearance: Clearance) -> bool:
    drill = find(item.drill)
    if drill is None or not (item.left or item.right):
        return False
    allowance = screening.allowance_of(drill, clearance)
    return allowance.is_allowed and not any(planning.beyond_limits(item, drill, allowance))


def _resting(situation: Situation) -> frozenset[str]:
    now = situation.now
    return frozenset(a.drill for a in situation.adjustments if a.not_before and a.not_before > now)
