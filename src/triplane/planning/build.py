"""Turn a history into the week problem: slots, anchors, candidates, targets and caps, as plain values."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from triplane.assessment import HipMap
from triplane.catalogue import Drill
from triplane.evidence import Reason, reason
from triplane.history import (
    AboutRunner,
    DefaultChanged,
    EquipmentListed,
    Fact,
    History,
    Plan,
    SessionLogged,
    Slot,
)
from triplane.planning.adjustment import Adjustment
from triplane.planning.before_race import nothing_new_notice
from triplane.planning.begun import begun_late, part_left
from triplane.planning.candidates import Runner, candidates_of, to_be_loaded
from triplane.planning.choices import chosen_drills, to_begin, without
from triplane.planning.easier import easier_of
from triplane.planning.familiarity import familiar_drills, lately_done, training_week, was_done
from triplane.planning.moves import overlapping, waived
from triplane.planning.problem import Candidate, Caps, Placement, WeekProblem
from triplane.planning.running_load import jump_notice
from triplane.planning.short_of_time import not_grown
from triplane.planning.slots import slots_of
from triplane.planning.strength_targets import strength_targets
from triplane.planning.targets import targets_of
from triplane.planning.week import RunnersWeek, week_of
from triplane.screening import Offer

LOOK_BACK = timedelta(days=4)
"""How far before the week's first slot rules look back at what was done (48 h, and a travel's margin)."""

LATELY = timedelta(days=14)

CAPS_PREFIX = "caps."
"""A coach's default of planning is edited under this prefix, as ``caps.new_drills``."""

DEFAULTS = tuple(name for name in Caps.model_fields if name not in ("weekly_minutes", "session_minutes"))
"""Caps that are defaults of ours; the other two are minutes, which the runner says of a week."""


def build(
    history: History,
    hip_map: HipMap,
    offer: Offer,
    drills: Mapping[str, Drill],
    adjustments: tuple[Adjustment, ...],
    now: datetime,
    *,
    monday: date | None = None,
    pinned: Iterable[Placement] = (),
    no_more: Reason | None = None,
    catalogue_version: str = "",
) -> WeekProblem:
    """Return the problem of one of the runner's weeks (the present one unless ``monday`` names it).

    Pure: the same facts up to ``now`` give the same problem. A plan issued before becomes ``previous``; slots
    before ``now`` stay. A first plan made late asks for the share that was left; ``no_more`` is why no more.
    """
    known = history.until(now)
    week = week_of(known, now, monday)
    previous = history.issued_plan(week.monday)
    slots = _slots(known, week, previous, now)
    part = part_left(known, week.monday, slots, now)
    minutes = part * min(week.usual.weekly_minutes, sum(slot.minutes for slot in slots))
    runner = _runner(known, hip_map, now, week, slots)
    candidates = _left(candidates_of(runner, drills, offer, adjustments), known, week, slots, previous, now)
    targets, scaled = targets_of(hip_map, candidates, minutes, part)
    return WeekProblem(
        week=week.monday,
        now=now,
        slots=slots,
        anchors=week.anchors,
        candidates=candidates,
        targets=targets,
        strength=strength_targets(
            hip_map,
            candidates,
            training_week(known, week.monday, now),
            minutes,
            adjustments,
            to_be_loaded(runner, drills),
            frozenset(allowance.drill for allowance in offer.allowed if allowance.named),
        ),
        easier=easier_of(known, drills, week.monday, adjustments),
        caps=caps_of(known, week),
        done=lately_done(known, dict(drills), week.instant(week.monday, time(0)) - LOOK_BACK, now),
        previous=previous,
        fixed=tuple(pinned),
        fixed_before=now,
        logged_slots=tuple(slot.id for slot in slots if slot.id in _logged(known)),
        no_more=no_more,
        waived=waived(week, slots),
        told_min={day.date: day.told_min for day in week.days if day.told_min is not None},
        held_to=_held_to(history, week.monday) if no_more else None,
        notes=(*_notices(known, week, offer, now, slots, part, candidates), *hip_map.notes, *scaled),
        catalogue_version=catalogue_version,
        wanted=_wanted(known, week.monday, candidates),
        to_begin=_to_begin(known, week.monday, candidates),
        left_out=chosen_drills(known, week.monday, wanted=False),
    )


def _left(
    offered: tuple[Candidate, ...],
    history: History,
    week: RunnersWeek,
    slots: tuple[Slot, ...],
    previous: Plan | None,
    now: datetime,
) -> tuple[Candidate, ...]:
    """Return what is left of the candidates after the drills that somebody leaves out of the week."""
    left_out = chosen_drills(history, week.monday, wanted=False)
    logged = _logged(history)
    over = frozenset(slot.id for slot in slots if slot.id in logged or slot.starts_at < now)
    week_ends = week.instant(week.monday + timedelta(days=7), time(0))
    return without(offered, left_out, previous, over, week_ends)


def _wanted(history: History, monday: date, candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
    """Return the wanted drills that may be placed at all; what may not is as if nobody wanted it."""
    offered = {candidate.drill for candidate in candidates}
    return tuple(drill for drill in chosen_drills(history, monday, wanted=True) if drill in offered)


def _to_begin(history: History, monday: date, candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
    """Return those of the wanted drills that no plan held to holds yet."""
    return to_begin(_wanted(history, monday, candidates), _held_to(history, monday))


def _held_to(history: History, monday: date) -> Plan | None:
    """Return the plan whose amounts are the most: of this week, or of the week before where there is none."""
    return history.issued_plan(monday) or history.issued_plan(monday - timedelta(days=7))


def caps_of(history: History, week: RunnersWeek) -> Caps:
    """Return the caps of a week: the runner's minutes, and whatever default was set otherwise."""
    said = {
        "weekly_minutes": week.usual.weekly_minutes,
        "session_minutes": week.usual.max_session_minutes,
    }
    return Caps.model_validate(said | {name: value for name, (value, _) in caps_set(history).items()})


def caps_set(history: History) -> dict[str, tuple[float, Fact]]:
    """Return each default that stands otherwise than ours, by its name, with the fact that set it.

    An unknown key or a value that a cap cannot take is left aside: it stays on record and does not speak.
    """
    told = {change.key: (change.value, fact) for fact, change in history.all(DefaultChanged)}
    by_name = {name: told.get(f"{CAPS_PREFIX}{name}", (None, None)) for name in DEFAULTS}
    return {
        name: (value, fact)
        for name, (value, fact) in by_name.items()
        if value is not None and fact and _takes(name, value)
    }


def _takes(name: str, value: float) -> bool:
    try:
        Caps.model_validate({name: value})
    except ValidationError:
        return False
    return True


def _runner(
    history: History, hip_map: HipMap, now: datetime, week: RunnersWeek, slots: tuple[Slot, ...]
) -> Runner:
    about = history.latest(AboutRunner)
    listed = history.latest(EquipmentListed)
    return Runner(
        hip_map=hip_map,
        at_home=listed.equipment if listed else frozenset(),
        familiar=familiar_drills(history, now),
        lately=_lately(history, now),
        now=now,
        week_began=week.instant(week.monday, time(0)),
        slot_contexts=frozenset(slot.context for slot in slots),
        mass_kg=about.mass_kg if about else None,
    )


def _lately(history: History, now: datetime) -> dict[str, int]:
    """Count the sessions of each drill in the last two weeks."""
    counts: dict[str, int] = {}
    for fact, session in history.all(SessionLogged):
        if now - LATELY <= fact.occurred_at <= now:
            for drill in {done.drill for done in session.drills if was_done(done)}:
                counts[drill] = counts.get(drill, 0) + 1
    return counts


def _logged(history: History) -> frozenset[str]:
    """Return the slots that a log answers: they stay as they were done, even when done before their time."""
    return frozenset(session.slot for _, session in history.all(SessionLogged) if session.slot)


def _slots(history: History, week: RunnersWeek, previous: Plan | None, now: datetime) -> tuple[Slot, ...]:
    """Return the week's slots with those of the plan before that are over: the past is not laid out anew.

    Slots follow runs, and a planned run that was not recorded in its time is gone. What was done beside it
    stays done; what passed unused stays where it was planned, unless it lies ahead again, or the runner
    was away.
    """
    about = history.latest(AboutRunner)
    made = slots_of(week, about.sitting_h_per_day if about else None)
    if previous is None:
        return made
    logged = _logged(history)
    away = {day.date for day in week.days if day.away}
    over = [slot for slot in previous.slots if slot.starts_at < now]
    begun = {slot.id for slot in over if slot.starts_at.astimezone(ZoneInfo(week.zone)).date() not in away}
    coming = [slot for slot in made if slot.starts_at >= now and slot.id not in logged]
    taken = {slot.id for slot in coming}
    ahead = not_grown(week, coming, previous)
    kept = [slot for slot in previous.slots if slot.id in logged or slot.id in begun - taken]
    past = [slot for slot in made if slot.id not in taken | {one.id for one in kept}]
    free = [slot for slot in (*ahead, *past) if not any(overlapping(slot, one) for one in kept)]
    return tuple(sorted((*kept, *free), key=lambda slot: (slot.starts_at.astimezone(UTC), slot.id)))


def _notices(
    history: History,
    week: RunnersWeek,
    offer: Offer,
    now: datetime,
    slots: tuple[Slot, ...],
    part: float,
    candidates: tuple[Candidate, ...],
) -> tuple[Reason, ...]:
    fresh = nothing_new_notice(week, slots, candidates, now)
    jump = jump_notice(week, history, now)
    gaps = [
        reason("B13", f"{gap.direction.plain_name.capitalize()}, stage {gap.stage.value}: {gap.says}")
        for gap in offer.gaps
    ]
    empty = [] if slots else [reason("E80", "There is no slot in this week, so there is nothing to plan.")]
    jumped = (jump,) if jump else ()
    return (*week.notes, *fresh, *jumped, *gaps, *empty, *begun_late(part, week.usual))
