"""A drill that somebody wants or leaves out: what is recorded of it, and what became of it in the week."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from triplane import catalogue, planning
from triplane.catalogue import Drill
from triplane.coach.current import causes_since
from triplane.coach.explaining import in_its_place
from triplane.coach.issued import issued_plan
from triplane.coach.library import find_drill
from triplane.coach.screening_talk import refuse_if_blocked, refuse_if_stopped
from triplane.coach.sharing import called_of
from triplane.coach.situation import Situation
from triplane.errors import UserError
from triplane.history import LONGEST_CHOICE, DrillChosen, EquipmentListed, History, Plan, monday_of
from triplane.value import Value

IN_THE_WEEK = "It is in this week's plan."
STAYS_OUT = "It stays out of your weeks."
STILL_TO_COME = "It counts once your week is planned again."
STILL_PLANNED = "It leaves what lies ahead once your week is planned again."
LEFT_OUT_FOR_SAFETY = "Safety leaves it out for you."
NOT_AT_HAND = "It needs what is not on your list of equipment."
NO_SESSION_FOR_IT = "No session of this week suits it."
RESTS = "It rests for now, because of what the last days showed."
NOTHING_AHEAD = "Nothing of this week lies ahead any more."
NEW_ONES_ARE_SPENT = (
    "It is new to you, and your week begins as many new drills as it may; it waits for a week to come."
)
NO_ROOM = "What your hips need more left it no room this week."


class DrillChoice(Value):
    """The last word on a drill: wanted or left out, until when, by whom and why, and what became of it.

    ``set_by`` is what whoever was let in and chose is called; empty where the runner did. ``sessions`` is in
    how many sessions of this week's plan the drill stands, those that are over with them.
    """

    drill: str
    name: str
    sessions: int
    wanted: bool
    until: date
    set_by: str = ""
    reason: str = ""
    says: str = ""


def chosen_drill(
    history: History,
    word: str,
    now: datetime,
    wanted: bool | None,
    until: date | None = None,
    *,
    by_runner: bool = True,
) -> DrillChosen:
    """Return a drill that is wanted or left out, or neither any more where ``wanted`` is missing.

    What the runner left out is not wanted by anybody else, and what the runner chose is not unsaid.

    Raises
    ------
    Blocked
        When safety stops the runner.
    UnknownName
        When there is no such drill.
    UserError
        When the last day is over or too far off, or it is the runner's to say.
    """
    refuse_if_blocked(history, now)
    drill = find_drill(word)
    if not by_runner:
        _leave_the_runners(history, drill, now, wanted)
    today = now.date()
    last = until or today + LONGEST_CHOICE
    if last < today:
        raise UserError("the last day is over; give one to come")
    if last > today + LONGEST_CHOICE:
        raise UserError("a drill stays chosen or left out for twelve weeks at most")
    return DrillChosen(drill=drill.id, wanted=wanted, until=last)


def _leave_the_runners(history: History, drill: Drill, now: datetime, wanted: bool | None) -> None:
    own = planning.own_choices_of(history.until(now), monday_of(now.date())).get(drill.id)
    if own and (wanted is None or (wanted and not own[1].wanted)):
        raise UserError("the runner said otherwise about this drill, and only the runner takes that back")


def drill_choice(
    history: History, word: str, now: datetime, whole: Callable[[], History] | None = None
) -> DrillChoice | None:
    """Return what was chosen about a drill and holds this week, with what became of it.

    ``whole`` gives all facts where ``history`` is what ``look_needs`` names: it is asked only where a wanted
    drill may be offered and is not in the plan, because why not, only planning knows.

    Raises
    ------
    Blocked
        As ``refuse_if_stopped``.
    UnknownName
        When there is no such drill.
    """
    refuse_if_stopped(history, now)
    drill = find_drill(word)
    known = whole() if whole and _is_for_planning(drill, history, now) else history
    return next(_choices(known, now, (drill,)), None)


def _is_for_planning(drill: Drill, part: History, now: datetime) -> bool:
    told = planning.choices_of(part.until(now), monday_of(now.date())).get(drill.id)
    if told is None or not told[1].wanted or _never_offered(drill, Situation(part, now)):
        return False
    plan = issued_plan(part, now)
    return plan is None or all(item.drill != drill.id for item in plan.items)


def drill_choices(history: History, now: datetime) -> tuple[DrillChoice, ...]:
    """Return all that was chosen and holds this week, in the order of the drills' ids.

    Raises
    ------
    Blocked
        As ``refuse_if_stopped``.
    """
    refuse_if_stopped(history, now)
    drills = catalogue.load()
    return tuple(_choices(history, now, (drills[name] for name in sorted(drills))))


def _choices(history: History, now: datetime, drills: Iterable[Drill]) -> Iterator[DrillChoice]:
    """Yield the choices about some drills."""
    told = planning.choices_of(history.until(now), monday_of(now.date()))
    situation, plan = Situation(history, now), issued_plan(history, now)
    for drill in drills:
        if drill.id not in told:
            continue
        fact, chosen = told[drill.id]
        yield DrillChoice(
            drill=drill.id,
            name=drill.name,
            sessions=len({item.slot for item in plan.items if item.drill == drill.id}) if plan else 0,
            wanted=bool(chosen.wanted),
            until=chosen.until,
            set_by=called_of(history, fact),
            reason=fact.reason,
            says=_wanted(drill, situation, plan) if chosen.wanted else _left_out(drill, plan, now),
        )


def _left_out(drill: Drill, plan: Plan | None, now: datetime) -> str:
    return STILL_PLANNED if plan and _lies_ahead(drill, plan, now) else STAYS_OUT


def _wanted(drill: Drill, situation: Situation, plan: Plan | None) -> str:
    """Say where a wanted drill is, or the first thing that stands against it."""
    never = _never_offered(drill, situation)
    if never:
        return never
    if plan and any(item.drill == drill.id for item in plan.items):
        return IN_THE_WEEK
    against = _not_this_week(drill, situation)
    if against:
        return against
    if plan is None or causes_since(situation.history, plan, situation.now):
        return STILL_TO_COME
    return NEW_ONES_ARE_SPENT if _no_new_one_more(drill, situation.problem, plan) else NO_ROOM


def _no_new_one_more(drill: Drill, problem: planning.WeekProblem, plan: Plan) -> bool:
    """Whether a drill is new to the runner in a week that begins as many new ones as it may."""
    new = {one.drill for one in problem.candidates if one.new or one.begun_this_week}
    return drill.id in new and len(new & {item.drill for item in plan.items}) >= problem.caps.new_drills


def _lies_ahead(drill: Drill, plan: Plan, now: datetime) -> bool:
    ahead = {slot.id for slot in plan.slots if slot.starts_at >= now}
    return any(item.drill == drill.id and item.slot in ahead for item in plan.items)


def _never_offered(drill: Drill, situation: Situation) -> str:
    """Say what keeps a drill from being offered whatever the week holds: safety first, then what it needs."""
    allowance = situation.offer.of(drill.id)
    if allowance is None or not allowance.is_allowed:
        if allowance is None or not allowance.why:
            return LEFT_OUT_FOR_SAFETY
        return " ".join((*allowance.why, *in_its_place(allowance, situation.offer)))
    listed = situation.history.latest(EquipmentListed)
    at_home = listed.equipment if listed else frozenset()
    return "" if planning.contexts_of(drill, at_home) else NOT_AT_HAND


def _not_this_week(drill: Drill, situation: Situation) -> str:
    """Say what keeps a drill that is offered out of this week: its sessions, lived days, or a rule."""
    problem = situation.problem
    board = planning.Board(problem)
    candidate = board.candidates.get(drill.id)
    if candidate is None:
        listed = situation.history.latest(EquipmentListed)
        contexts = set(planning.contexts_of(drill, listed.equipment if listed else frozenset()))
        return RESTS if contexts & {slot.context for slot in problem.slots} else NO_SESSION_FOR_IT
    slots = [board.slots[slot] for slot in board.open_slots]
    if not slots:
        return NOTHING_AHEAD
    against = [[r.why for r in planning.all_rules() if r.forbids(board, candidate, slot)] for slot in slots]
    if not all(against):
        return ""
    suits = [found for slot, found in zip(slots, against, strict=True) if slot.context in candidate.contexts]
    return suits[0][0] if suits else NO_SESSION_FOR_IT
