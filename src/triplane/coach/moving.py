"""A session put at another time of its week: what the rules say there, before it is kept.

Asking needs no solver: the plan as it stands is laid into the week with the slot moved, and the rules are
asked what is broken that was not broken before.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta

from triplane import planning
from triplane.coach.answered import is_answered, items_of, logs_of
from triplane.coach.issued import issued_plan
from triplane.coach.library import name_of
from triplane.coach.preferring import preferences
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.coach.situation import Situation
from triplane.errors import MoveChanged, NotPlanned, UserError
from triplane.evidence import Reason, reason, source
from triplane.history import (
    Fact,
    History,
    Plan,
    PreferencesChosen,
    Slot,
    SlotMoved,
    monday_of,
    record,
)
from triplane.planning import Schedule, WeekProblem
from triplane.value import Value

NIGHT = {"quiet_from": time(22), "quiet_until": time(5)}
"""When nobody else puts a session where the runner chose no quiet hours. Coach's default."""

Broken = dict[str, set[str]]
"""Drills that break a rule, by the rule's name."""


class MoveBreak(Value):
    """A rule that a move would break, with the drills it concerns.

    A preference may be kept off by the runner; any other rule may not, and its drills leave. ``cites`` are
    the titles of its sources.
    """

    rule: str
    reason: Reason
    drills: tuple[str, ...]
    is_preference: bool
    cites: tuple[str, ...] = ()


class Move(Value):
    """A slot as it would lie, and what the rules say of it there."""

    slot: Slot
    was: datetime
    drills: tuple[str, ...]
    breaks: tuple[MoveBreak, ...] = ()

    @property
    def body(self) -> SlotMoved:
        """The fact of the move; what breaks a rule in the new place leaves it when the week is planned."""
        return SlotMoved(slot=self.slot.id, to=self.slot.starts_at)

    @property
    def preferences(self) -> tuple[str, ...]:
        """The rules of preference that would be broken, which a runner may keep off."""
        return tuple(one.rule for one in self.breaks if one.is_preference)

    def insisting(self, shown: Collection[str]) -> SlotMoved:
        """Return the fact of the move with the preferences kept off that the runner was shown.

        Raises
        ------
        MoveChanged
            When another one would be broken now: nobody keeps off with open eyes what was not shown.
        """
        despite = self.preferences
        if not set(despite) <= set(shown):
            raise MoveChanged
        return self.body.model_copy(update={"despite": despite, "drills": self.drills if despite else ()})


def moved(history: History, slot: str, to: datetime, now: datetime) -> Move:
    """Return what the rules say where a slot of this week's plan would begin at ``to``; records nothing.

    Raises
    ------
    Blocked
        When safety stops the runner.
    UnknownName
        When the plan has no such slot.
    UserError
        In one sentence, when the slot cannot lie there at all.
    """
    refuse_if_blocked(history, now)
    plan, lies = _movable(history, slot, now)
    before = Situation(history, now).problem
    _refuse_place(history, plan, before, lies, to, now)
    told = SlotMoved(slot=slot, to=to)
    after = Situation(history.plus(record(told, history.runner, now)), now).problem
    laid = next(one for one in after.slots if one.id == slot)
    was_broken, is_broken = _broken(before), _broken(after)
    return Move(
        slot=laid.model_copy(update={"starts_at": laid.starts_at.astimezone(now.tzinfo)}),
        was=lies.starts_at.astimezone(now.tzinfo),
        drills=tuple(item.drill for item in plan.items if item.slot == slot),
        breaks=tuple(_breaks(was_broken, is_broken)),
    )


def moved_by_another(history: History, slot: str, to: datetime, now: datetime) -> SlotMoved:
    """Return the fact of a move that somebody else makes: never into the runner's quiet hours.

    Raises
    ------
    Blocked, UnknownName
        As ``moved``.
    UserError
        As ``moved``, or when any of it would lie in the quiet hours; in the night where none were chosen.
    """
    found, chosen = moved(history, slot, to, now), preferences(history)
    quiet = chosen if chosen.quiet_from else chosen.model_copy(update=NIGHT)
    first = to.astimezone(now.tzinfo)
    if _meets_quiet(quiet, first, found.slot.minutes):
        begin, end = f"{quiet.quiet_from:%H:%M}", f"{quiet.quiet_until:%H:%M}"
        if quiet is chosen:
            raise UserError(
                f"the runner's quiet hours are from {begin} to {end}; only the runner puts a session there"
            )
        raise UserError(f"from {begin} to {end} only the runner puts a session there")
    return found.body


def _meets_quiet(quiet: PreferencesChosen, begin: datetime, minutes: float) -> bool:
    """Whether any of a session lies in the quiet hours, also where they begin and end within it."""
    if quiet.quiet_from is None or quiet.is_quiet(begin.time()):
        return quiet.quiet_from is not None
    falls = datetime.combine(begin.date(), quiet.quiet_from, begin.tzinfo)
    next_quiet = falls if falls > begin else falls + timedelta(days=1)
    # Real minutes, in which no hour is missing or comes twice.
    return next_quiet.astimezone(UTC) < begin.astimezone(UTC) + timedelta(minutes=minutes)


def moved_back(history: History, slot: str, now: datetime) -> SlotMoved:
    """Return the fact that puts a slot back where it usually lies.

    Raises
    ------
    Blocked, UnknownName
        As ``moved``.
    UserError
        When it was not moved, or its usual time is over.
    """
    refuse_if_blocked(history, now)
    _movable(history, slot, now)
    newest = next((move for _, move in reversed([*history.all(SlotMoved)]) if move.slot == slot), None)
    if newest is None or newest.to is None:
        raise UserError("this session lies where it usually does")
    back = SlotMoved(slot=slot)
    problem = Situation(history.plus(record(back, history.runner, now)), now).problem
    usual = next((one for one in problem.slots if one.id == slot), None)
    if usual is None or usual.starts_at <= now:
        raise UserError("its usual time is over")
    return back


def move_taken_back(history: History, name: str, now: datetime) -> SlotMoved:
    """Return the fact that puts a slot where it lay before a move, by the id of that move's fact.

    That is where an earlier move had put it, whoever's it was, with the preferences kept off then; or its
    usual place.

    Raises
    ------
    Blocked, MoveChanged, UnknownName
        As ``moved`` and ``Move.insisting``.
    UserError
        When it is not the last word on a session ahead, or the session cannot lie there any more.
    """
    refuse_if_blocked(history, now)
    if not is_last_move_ahead(history, name, now):
        raise UserError("only the last move of a session that lies ahead is taken back")
    *earlier, last = _moves_of_its_slot(history, name)
    before = earlier[-1][1] if earlier else SlotMoved(slot=last[1].slot)
    if before.to is None:
        return moved_back(history, before.slot, now)
    found = moved(history, before.slot, before.to.astimezone(now.tzinfo), now)
    return found.insisting(before.despite) if before.despite else found.body


def is_last_move_ahead(history: History, name: str, now: datetime) -> bool:
    """Whether a fact is the last word on where a session to come lies, and it is not its usual place."""
    moves = _moves_of_its_slot(history, name)
    if not moves:
        return False
    fact, move = moves[-1]
    return fact.id == name and move.to is not None and move.to > now


def _moves_of_its_slot(history: History, name: str) -> list[tuple[Fact, SlotMoved]]:
    told = list(history.all(SlotMoved))
    slot = next((move.slot for fact, move in told if fact.id == name), None)
    return [(fact, move) for fact, move in told if move.slot == slot]


def slot_of(history: History, name: str, now: datetime) -> Slot:
    """Return a slot of this week's plan that its runner may still move.

    Raises
    ------
    UnknownName, UserError
        As ``moved``.
    """
    return _movable(history, name, now)[1]


def movable_slots(history: History, now: datetime) -> tuple[Slot, ...]:
    """Return the sessions of this week's plan that may still be put elsewhere, by their times as known now.

    Raises
    ------
    Blocked
        When safety stops the runner.
    """
    refuse_if_blocked(history, now)
    plan = issued_plan(history, now)
    if plan is None:
        return ()
    logs, lie = logs_of(history), Situation(history, now).problem.slots
    held = {slot.id: items_of(slot.id, plan.items) for slot in lie}
    return tuple(
        slot
        for slot in lie
        if held[slot.id] and may_move(slot, is_answered(slot.id, held[slot.id], logs), now)
    )


def may_move(slot: Slot, done: bool, now: datetime) -> bool:
    """Say whether a slot is one that its runner may put elsewhere."""
    return slot.context in planning.MOVABLE and not done and slot.starts_at > now


def _movable(history: History, name: str, now: datetime) -> tuple[Plan, Slot]:
    plan = issued_plan(history, now)
    slots = {slot.id: slot for slot in plan.slots} if plan else {}
    if plan is None or name not in slots:
        raise NotPlanned("session of this week", name, list(slots))
    done = is_answered(name, items_of(name, plan.items), logs_of(history))
    if done or slots[name].starts_at <= now:
        raise UserError("this session is over; only what lies ahead can be moved")
    return plan, slots[name]


def _refuse_place(
    history: History, plan: Plan, present: WeekProblem, slot: Slot, to: datetime, now: datetime
) -> None:
    """Stop a slot that cannot lie there. Others lie where they were moved to since the plan was issued."""
    if to <= now:
        raise UserError("that time is over; choose one that lies ahead")
    week = planning.week_of(history, now, monday_of(now.date()))
    problem = planning.no_place(week, slot, to)
    if problem:
        raise UserError(problem)
    filled = {item.slot for item in plan.items}
    there = slot.model_copy(update={"starts_at": to})
    moved_since = {one.id: one for one in present.slots}
    for other in (moved_since.get(one.id, one) for one in plan.slots):
        if other.id != slot.id and other.id in filled and planning.overlapping(there, other):
            raise UserError(
                f"There is a session at {other.starts_at.astimezone(now.tzinfo):%A %H:%M} already; "
                "choose another time"
            )


def _broken(problem: WeekProblem) -> Broken:
    """Return what the issued plan would break, were the week this problem."""
    laid = Schedule(placements=tuple(planning.Board(problem).previous.values()))
    found: Broken = {}
    for one in planning.check(problem, laid):
        found.setdefault(one.rule, set()).update(placement.drill for placement in one.placements)
    return found


def _breaks(before: Broken, after: Broken) -> Iterator[MoveBreak]:
    for rule in planning.all_rules():
        drills = after.get(rule.name, set()) - before.get(rule.name, set())
        if drills:
            why = reason(rule.ids[0], rule.why)
            yield MoveBreak(
                rule=rule.name,
                reason=why,
                cites=tuple(source(name).title for name in why.sources),
                drills=tuple(sorted(name_of(drill) for drill in drills)),
                is_preference=rule.is_preference,
            )
