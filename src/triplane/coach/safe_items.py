"""The last look at an issued item before it is shown or played: safety's word and rests as they are now."""

from datetime import datetime

from triplane import planning, screening
from triplane.catalogue import find
from triplane.coach.answered import logs_of
from triplane.coach.situation import Situation
from triplane.errors import Blocked
from triplane.history import Change, History, Plan, PlanItem, Slot
from triplane.screening import Clearance

NOT_AS_PLANNED = "It was planned otherwise than is safe with what you told us since."


def items_allowed(items: tuple[PlanItem, ...], clearance: Clearance) -> tuple[PlanItem, ...]:
    """Return the items that safety allows now as they are dosed, whatever it said when they were planned."""
    return tuple(item for item in items if _is_allowed(item, clearance))


def left_since_planned(
    plan: Plan, history: History, clearance: Clearance, now: datetime
) -> tuple[Change, ...]:
    """Say what safety takes out of sessions of today that were planned before, and so keep it in the plan.

    What lies ahead is planned anew and says so itself; what was done or gone over is not spoken of.
    """
    done, found = logs_of(history), list[Change]()
    here = {slot.id: slot.starts_at.astimezone(now.tzinfo) for slot in plan.slots}
    for item in plan.items:
        starts_at, drill = here[item.slot], find(item.drill)
        is_open = item.slot not in done and item.id not in done
        if drill and is_open and starts_at.date() == now.date() and not _is_allowed(item, clearance):
            why = " ".join(screening.allowance_of(drill, clearance).why) or NOT_AS_PLANNED
            says = f"{drill.name} leaves {starts_at:%A %H:%M}."
            found.append(Change(says=says, item=item.id, cause=why))
    return tuple(found)


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
    allowed = _open(items, slot, situation)
    if not allowed:
        raise Blocked("Nothing of this session is left now: what it held rests or is left out for safety.")
    return allowed


def logged_as(played: tuple[PlanItem, ...], plan: Plan, history: History, now: datetime) -> str:
    """Return the id that played items are logged under: the slot's, or that of one item played by itself.

    Several items were laid out together and answer their slot. One answers it when nothing else is left
    to play of the slot: what was logged, rests or is left out for safety keeps no slot open.
    """
    slot = next(slot for slot in plan.slots if slot.id == played[0].slot)
    if len(played) > 1:
        return slot.id
    done = logs_of(history)
    held = tuple(item for item in plan.items if item.slot == slot.id and item.id not in done)
    left = {item.id for item in _open(held, slot, Situation(history, now))}
    return slot.id if left <= {played[0].id} else played[0].id


def _open(items: tuple[PlanItem, ...], slot: Slot, situation: Situation) -> tuple[PlanItem, ...]:
    resting = _resting(situation) if slot.starts_at <= situation.now else frozenset()
    return tuple(i for i in items_allowed(items, situation.clearance) if i.drill not in resting)


def _is_allowed(item: PlanItem, clearance: Clearance) -> bool:
    drill = find(item.drill)
    if drill is None or not (item.left or item.right):
        return False
    allowance = screening.allowance_of(drill, clearance)
    return allowance.is_allowed and not any(planning.beyond_limits(item, drill, allowance))


def _resting(situation: Situation) -> frozenset[str]:
    now = situation.now
    return frozenset(a.drill for a in situation.adjustments if a.not_before and a.not_before > now)
