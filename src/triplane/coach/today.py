"""Today from the history: stop, say what is missing, or show what is next and why."""

from datetime import date, datetime, timedelta

from triplane import screening
from triplane.catalogue import Stage, find
from triplane.coach.answered import Logs, is_answered, items_of, logs_of
from triplane.coach.correcting import why_it_stays
from triplane.coach.cue_words import dose_in_words
from triplane.coach.cues import minutes_to_play
from triplane.coach.current import causes_since, current_plan
from triplane.coach.day_view import Day, DayDrill, DaySlot, DayState, Due
from triplane.coach.issued import CurrentPlan, changes_told, issued_plan
from triplane.coach.library import name_of
from triplane.coach.quiet import HEADLINES, Quiet
from triplane.coach.recording import begin_from
from triplane.coach.safe_items import items_allowed, left_since_planned
from triplane.coach.went import Went, is_still_on, slot_went
from triplane.errors import Action
from triplane.evidence import Reason, reason
from triplane.history import (
    Change,
    CheckinAnswered,
    DayChanged,
    History,
    MeasurementTaken,
    Plan,
    PlanIssued,
    PlanItem,
    SessionLogged,
    Slot,
    WeekDescribed,
    minutes_in_words,
)
from triplane.planning import AT_HOME, BREAK_AFTER, Anchor, begun_too_late, was_done, week_of
from triplane.screening import Clearance, SafetyLevel

ENDS_SOON_DAYS = 14
"""How long before its end a clearance is spoken of. Coach's default."""


MEASURE_AGAIN = timedelta(weeks=4)
"""After this long the hips are measured again (rules R27 and E85)."""


def look(history: History, now: datetime) -> Day | None:
    """Return today where nothing has to be planned for it, else ``None``; arguments as in ``day``."""
    clearance = screening.screen(history, now)
    without = _without_plan(history, now, clearance)
    if without is not None:
        return without
    plan = issued_plan(history, now)
    if plan is None or causes_since(history, plan, now):
        return None
    return _planned(history, now, CurrentPlan(plan=plan), plan, clearance)


def day(history: History, now: datetime) -> Day:
    """Return today, with the facts to append where a plan had to be made or looked at again.

    Parameters
    ----------
    history : the runner's facts; with a current plan those of ``day_needs`` suffice.
    now : an aware instant in the runner's zone.
    """
    clearance = screening.screen(history, now)
    without = _without_plan(history, now, clearance)
    if without is not None:
        return without
    current = current_plan(history, now)
    if current.plan is None:
        return Day(
            date=now.date(),
            state=DayState.INFEASIBLE,
            headline="No plan keeps all the rules this week.",
            says=tuple(clash.says for clash in current.clashes),
            notes=current.clashes,
        )
    return _planned(history, now, current, current.plan, clearance)


def _without_plan(history: History, now: datetime, clearance: Clearance) -> Day | None:
    """Return the day of a runner whom safety stops or whose week is unknown, else ``None``."""
    if clearance.is_blocked:
        return _stopped(clearance, now)
    if history.latest(WeekDescribed) is None:
        return Day(
            date=now.date(),
            state=DayState.WEEK_UNKNOWN,
            headline="Tell us about your week first.",
            says=("We need your runs, your days and your minutes.",),
            due=(Due(what=Action.BEGIN, says="Your week is not described yet."),),
        )
    return None


def _stopped(clearance: Clearance, now: datetime) -> Day:
    page = screening.stop_page(clearance)
    unscreened = clearance.level is SafetyLevel.UNSCREENED
    return Day(
        date=now.date(),
        state=DayState.UNSCREENED if unscreened else DayState.BLOCKED,
        headline=page.title,
        says=(*page.says, *page.do, page.always),
    )


def _planned(history: History, now: datetime, current: CurrentPlan, plan: Plan, clearance: Clearance) -> Day:
    slots = _slots_of_day(history, now, plan, clearance)
    paused = clearance.is_paused
    upcoming = None if paused else next((s for s in slots if _is_ahead(s)), None)
    state = _state(history, now, slots, upcoming)
    too_late = None if paused or state is not DayState.REST else begun_too_late(plan)
    found = Day(
        date=now.date(),
        state=DayState.REST if paused else state,
        headline="",
        says=(screening.words().paused,) if paused else _why_empty(plan, state, too_late),
        next_slot=upcoming.slot.id if upcoming else None,
        begin_from=begin_from(upcoming.slot, now) if upcoming else None,
        slots=() if paused else slots,
        due=_due(history, now, clearance),
        changes=_changes_of_today(history, plan, clearance, now, is_new=current.is_new),
        notes=tuple(note for note in plan.notes if note is not too_late),
        held=held_by_answers(clearance),
        anchors=_anchors(history, now),
        back=_back(history, now),
        paused=paused,
        begins_on_monday=too_late is not None,
        week_is_empty=not plan.items,
        shorter_days=() if paused else _shorter_days(plan, logs_of(history), now),
        proposed=current.proposed,
    )
    says = () if found.quiet in (Quiet.MISSED, Quiet.PARTLY) else found.says
    return found.model_copy(update={"headline": _headline(found, now), "says": says})


def held_by_answers(clearance: Clearance) -> tuple[str, ...]:
    """Say what the runner's own answers leave out or change, a sentence each, but for what is cleared."""
    held = (one for one in clearance.messages if one.level is SafetyLevel.RESTRICT and not one.cleared)
    return tuple(dict.fromkeys(one.says for one in held))


def _anchors(history: History, now: datetime) -> tuple[Anchor, ...]:
    """Return today's runs, gym visits and races, in the runner's zone."""
    days = week_of(history, now).days
    anchors = next((day.anchors for day in days if day.date == now.date()), ())
    here = (a.model_copy(update={"starts_at": a.starts_at.astimezone(now.tzinfo)}) for a in anchors)
    return tuple(sorted(here, key=lambda anchor: anchor.starts_at))


def _back(history: History, now: datetime) -> Reason | None:
    """Return what is said to who comes back after a week or more; what was missed stays missed (E63)."""
    done = [
        fact.occurred_at
        for fact, session in history.all(SessionLogged)
        if fact.occurred_at <= now and any(was_done(drill) for drill in session.drills)
    ]
    weeks = (now - max(done)).days // 7 if done else 0
    if not weeks:
        return None
    says = (
        f"{weeks} weeks have passed since your last session. There is nothing to catch up. "
        "It begins gently again."
    )
    if now - max(done) <= BREAK_AFTER:
        says = (
            "A week or more has passed since your last session. There is nothing to catch up. "
            "It goes on as planned."
        )
    return reason("E63", says)


def _slots_of_day(history: History, now: datetime, plan: Plan, clearance: Clearance) -> tuple[DaySlot, ...]:
    logs, found = logs_of(history), []
    for slot in plan.slots:
        held = items_of(slot.id, plan.items)
        if items_allowed(held, clearance) and slot.starts_at.astimezone(now.tzinfo).date() == now.date():
            one = _day_slot(slot, held, logs, now, clearance)
            log = logs[slot.id][0] if slot.id in logs else None
            can_be_done = one.mostly_skipped and is_still_on(slot, now)
            may_go = log is not None and can_be_done and not why_it_stays(history, log, now)
            found.append(one.model_copy(update={"log_to_take_back": log.id}) if log and may_go else one)
    return tuple(sorted(found, key=lambda entry: entry.slot.starts_at))


def _day_slot(
    slot: Slot, held: tuple[PlanItem, ...], logs: Logs, now: datetime, clearance: Clearance
) -> DaySlot:
    """Return a session as it went by all that the plan holds of it, with the drills that safety leaves."""
    here = slot.model_copy(update={"starts_at": slot.starts_at.astimezone(now.tzinfo)})
    found = slot_went(slot, held, logs, now, clearance)
    items = sorted(items_allowed(held, clearance), key=lambda item: item.order)
    return DaySlot(
        slot=here,
        drills=tuple(_day_drill(item, done=item.id in logs) for item in items),
        minutes=sum(map(minutes_to_play, items)),
        done=found.is_answered,
        done_minutes=found.minutes,
        mostly_skipped=found.went is Went.SKIPPED,
        went=found.went,
    )


def _day_drill(item: PlanItem, *, done: bool) -> DayDrill:
    first = item.left or item.right
    assert first is not None, "an item works at least one side"
    return DayDrill(
        item=item,
        name=name_of(item.drill),
        dose=dose_in_words(first),
        minutes=minutes_to_play(item),
        why=item.reasons[0],
        first_time=item.first_exposure,
        done=done,
    )


def _shorter_days(plan: Plan, logs: Logs, now: datetime) -> tuple[date, ...]:
    """Return the dates on which a session at home is to come; one that has begun is not laid out anew."""
    at_home = [slot for slot in plan.slots if slot.context in AT_HOME and slot.starts_at > now]
    held = {slot.id: items_of(slot.id, plan.items) for slot in at_home}
    ahead = (
        slot.starts_at.astimezone(now.tzinfo).date()
        for slot in at_home
        if held[slot.id] and not is_answered(slot.id, held[slot.id], logs)
    )
    return tuple(sorted(set(ahead)))


def _is_ahead(entry: DaySlot) -> bool:
    return entry.went is Went.UNTOLD


def _state(history: History, now: datetime, slots: tuple[DaySlot, ...], upcoming: DaySlot | None) -> DayState:
    if upcoming:
        return DayState.SESSION
    if any(slot.done or slot.went is Went.PARTLY for slot in slots):
        return DayState.DONE
    away = any(change.away for _, change in history.all(DayChanged) if change.date == now.date())
    return DayState.AWAY if away else DayState.REST


def _why_empty(plan: Plan, state: DayState, too_late: Reason | None) -> tuple[str, ...]:
    """Say why a day holds no session: its week began too late, or a race is near."""
    if state is not DayState.REST:
        return ()
    near_race = (note.says for note in plan.notes if note.rule == "E76")
    return (*((too_late.says,) if too_late else ()), *near_race)


def _headline(day: Day, now: datetime) -> str:
    if day.next:
        at = day.next.slot.starts_at.astimezone(now.tzinfo)
        where = day.next.slot.context.replace("_", " ")
        return f"Next: {minutes_in_words(day.next.minutes_left)}, {where}, {at:%H:%M}."
    return HEADLINES[day.quiet or Quiet.REST]


def _due(history: History, now: datetime, clearance: Clearance) -> tuple[Due, ...]:
    due = []
    if not history.facts_of(MeasurementTaken):
        says = (
            "Your hips are not measured yet. Begin with one test; each one more shows what deserves the time."
        )
        due.append(Due(what=Action.MEASURE, says=says))
    elif now - max(fact.occurred_at for fact in history.facts_of(MeasurementTaken)) >= MEASURE_AGAIN:
        says = "It is four weeks or more since you measured. Measuring again tells you something new now."
        due.append(Due(what=Action.MEASURE, says=says))
    ends = clearance.clearance_ends_on
    if ends and ends - now.date() <= timedelta(days=ENDS_SOON_DAYS):
        says = f"A clearance holds until {ends:%d %B}; after that what it allowed is left out again."
        due.append(Due(what=Action.CLEARANCE, says=says))
    if _checkin_is_due(history, now):
        due.append(Due(what=Action.CHECKIN, says="How did you wake up?"))
    if clearance.short_due_on and clearance.short_due_on <= now.date():
        due.append(Due(what=Action.SCREENING, says="The short safety questions are due."))
    return tuple(due)


def _checkin_is_due(history: History, now: datetime) -> bool:
    """The morning after anything from stage 2 on we ask, once (rule R06)."""
    yesterday = now.date() - timedelta(days=1)
    worked = any(
        (drill := find(done.drill)) is not None and drill.stage >= Stage.MOBILISE
        for fact, session in history.all(SessionLogged)
        if fact.local_date == yesterday
        for done in session.drills
        if not done.skipped
    )
    answered = any(
        fact.local_date == now.date() or checkin.about == yesterday
        for fact, checkin in history.all(CheckinAnswered)
    )
    return worked and not answered


def _changes_of_today(
    history: History, plan: Plan, clearance: Clearance, now: datetime, *, is_new: bool
) -> tuple[Change, ...]:
    issued = [fact for fact, body in history.all(PlanIssued) if body.plan.id == plan.id]
    told = changes_told(plan) if is_new or (issued and issued[-1].local_date == now.date()) else ()
    return told if clearance.is_paused else (*told, *left_since_planned(plan, history, clearance, now))
