"""What was played out of reach, recorded once it is handed in, whatever happened to the plan meanwhile."""

from datetime import datetime, timedelta

from triplane import screening
from triplane.catalogue import find, load_one
from triplane.coach.answered import is_answered, logs_of
from triplane.coach.counting_from import FINE, counts_from, hurts, session_fact
from triplane.coach.cues import Session, SessionReference, session
from triplane.coach.handed_in import HURTS, HandIn, what_tightens
from triplane.coach.handed_in_words import (
    AGAIN_MORE,
    AHEAD,
    CHANGED,
    LOGGED,
    NOBODYS,
    OTHERS,
    UNREAD,
    UNREAD_TOO_MUCH,
    YES_AHEAD,
    YES_CHANGED,
    YES_LOGGED,
    YES_UNREAD,
    of_answers,
)
from triplane.coach.played import (
    Counted,
    Played,
    counted,
    drills_done,
    fits,
    minutes_played,
    mostly_skipped,
)
from triplane.coach.recording import opens_at
from triplane.coach.safe_items import logged_as
from triplane.errors import OtherRunner, UnknownName, UserError
from triplane.history import (
    UNKNOWN_DRILL,
    DrillDone,
    Fact,
    History,
    Plan,
    PlanIssued,
    ReadinessAnswered,
    Score,
    SessionLogged,
    Slot,
    minutes_in_words,
    record,
)
from triplane.value import Value

KEPT = timedelta(days=2)
"""How long ago answers before a session may have been given that are handed in late. Ours."""

CLOCKS = timedelta(hours=1)
"""How much earlier than it opens a session is taken: a device's clock may be ahead of ours. Ours."""


class HandedIn(Value):
    """What a hand-in comes to: the facts to append, none where it was handed in before, and what to say.

    ``unread`` names what of it could not be read, as ``HandIn.unread``.
    """

    facts: tuple[Fact, ...] = ()
    says: str
    unread: tuple[str, ...] = ()


def hand_in(history: History, told: HandIn, now: datetime) -> HandedIn:
    """Return the facts of a hand-in. Safety's present word keeps nothing from being recorded.

    Raises
    ------
    OtherRunner
        When it was played for another runner, or does not say for whom: then nothing is recorded, and
        nothing of what that runner did or felt is told here.
    UnknownName
        When no plan of this runner holds what was played, or a question is named that is not asked.
    UserError
        When what was played is of several sessions, lies ahead, was logged before, or its drills are no
        longer what they were, and nothing hurt nor was answered with yes.
    """
    if not told.mark or told.mark != history.mark:
        raise OtherRunner(OTHERS if told.mark else NOBODYS)
    told = _as_asked(told)
    return _recorded(history, told, now).model_copy(update={"unread": told.unread})


def _recorded(history: History, told: HandIn, now: datetime) -> HandedIn:
    key = _key(told, "ready") if told.played is None else _key(told)
    if any(fact.origin_key == key for fact in history.facts):
        return _again(history, told, now)
    facts = _ready_facts(history, told, now)
    if told.played is None:
        return HandedIn(facts=facts, says=of_answers(len(told.readiness), _answered(facts)))
    try:
        logged, says = _log(history, told, told.played, now)
    except UserError as error:
        logged, says = _hurt_alone(history, told, told.played, error)
        if not logged.drills:
            return _yes_alone(history, told, facts, now, error)
    when = _when(told.ended_at, _earliest(history, told, now), now)
    done = session_fact(history, logged, when, now, _key(told))
    return HandedIn(facts=(*facts, done), says=says)


def _answered(facts: tuple[Fact, ...]) -> int:
    return sum(len(fact.body.answers) for fact in facts if isinstance(fact.body, ReadinessAnswered))


def _as_asked(told: HandIn) -> HandIn:
    """Leave out questions that are not asked where something else was told that tightens, and work with them.

    Nobody knows what an unknown question was about, so nobody says that the session could be begun.

    Raises
    ------
    UnknownName
        When nothing else was told that tightens.
    """
    asked = screening.readiness_questions()
    unknown = [name for name in told.readiness if name not in asked]
    if not unknown:
        return told
    known = {name: yes for name, yes in told.readiness.items() if name in asked}
    part = what_tightens(told.model_dump() | {"readiness": known})
    if part is None:
        raise UnknownName("question before a session", unknown[0], list(asked))
    read = HandIn.model_validate(part.told).unread_besides((*part.unread, "readiness"))
    return read.unread_besides(told.unread)


class _LoggedBefore(UserError):
    """A playing of which nothing is left to record, because its session was logged."""


class _Changed(UserError):
    """A playing whose seconds nobody can place any more."""


class _Ahead(UserError):
    """A playing of a session that can not have been done yet."""


_WHAT_HURT: dict[type[UserError], str] = {_Changed: CHANGED, _Ahead: AHEAD}
_A_YES: dict[type[UserError], str] = {_LoggedBefore: YES_LOGGED, _Changed: YES_CHANGED, _Ahead: YES_AHEAD}
"""What is said of what was kept, by why the work could not be counted."""


def _hurt_alone(
    history: History, told: HandIn, played: Played, error: UserError
) -> tuple[SessionLogged, str]:
    """Return a log of what hurt in a playing whose work cannot be counted, and what to say of it."""
    named = _drills_named(history, told)
    plan = told.reference.plan if told.reference and named else None
    hurt = tuple(done for done in _told_of(named, played, told.discomfort) if hurts(done))
    log = SessionLogged(plan=plan, minutes=0, drills=hurt)
    unread = UNREAD_TOO_MUCH if HURTS & {*told.unread} else UNREAD
    return log, _WHAT_HURT.get(type(error), unread)


def _yes_alone(
    history: History, told: HandIn, facts: tuple[Fact, ...], now: datetime, error: UserError
) -> HandedIn:
    """Keep a yes to a question before the session, though nothing of the session itself is to be recorded."""
    if not any(told.readiness.values()):
        raise error
    if any(fact.origin_key == _key(told, "ready") for fact in history.facts):
        return _again(history, told.model_copy(update={"played": None}), now)
    return HandedIn(facts=facts, says=_A_YES.get(type(error), YES_UNREAD))


def _how_long(minutes: float, session: Session) -> str:
    if mostly_skipped(minutes, session.minutes):
        return f"Recorded: {minutes:.0f} of {minutes_in_words(session.minutes)}. Most of it was not done."
    return f"Recorded: {minutes_in_words(minutes)}."


def _again(history: History, told: HandIn, now: datetime) -> HandedIn:
    """Take of a playing that was handed in before only what it did not say then and what can tighten."""
    before = {fact.origin_key: fact.body for fact in history.facts if fact.origin_key.startswith(_key(told))}
    ready = [body for body in before.values() if isinstance(body, ReadinessAnswered)]
    said = {name for body in ready for name, yes in body.answers.items() if yes}
    news = {name: True for name, yes in told.readiness.items() if yes and name not in said}
    facts = _ready_facts(history, told.model_copy(update={"readiness": news}), now, f"ready {len(before)}")
    logs = [body for body in before.values() if isinstance(body, SessionLogged)]
    known = {felt for body in logs for felt in _hurt(body.drills)}
    if told.played is not None:
        named = _drills_named(history, told)
        worst = max((done.discomfort for body in logs for done in body.drills), default=0)
        worse = told.discomfort if told.discomfort > worst else 0
        hurt = _told_of(named, told.played, worse)
        more = tuple(done for done in hurt if not _hurt((done,)) <= known)
        if more:
            plan = told.reference.plan if told.reference and named else None
            logged = SessionLogged(plan=plan, minutes=0, drills=more)
            key = _key(told, f"hurt {len(before)}")
            facts = (*facts, session_fact(history, logged, now, now, key))
    says = AGAIN_MORE if facts else "Handed in before; it is recorded once."
    return HandedIn(facts=facts, says=says)


def _hurt(drills: tuple[DrillDone, ...]) -> set[str]:
    """Return what was felt in drills, each in a form that can be compared."""
    felt = {
        repr((done.drill, done.side, what))
        for done in drills
        for what in (*done.pain, *done.signs, *(("too much",) if done.too_much else ()))
    }
    return felt | {repr(("discomfort", done.discomfort)) for done in drills if done.discomfort > FINE}


def counted_then(
    history: History, reference: SessionReference, played: Played, now: datetime
) -> tuple[Counted, ...]:
    """Return what the clock counted of a session as it was laid out then; nothing else of it is given.

    Whoever is stopped meanwhile is named no drill, so nothing is theirs to put right.

    Raises
    ------
    UnknownName
        When no plan ever issued to this runner holds it.
    UserError
        When it is of more than one session.
    """
    if screening.screen(history, now).is_blocked:
        return ()
    return counted(_rebuilt(history, reference), played)


def _rebuilt(history: History, reference: SessionReference) -> Session:
    plan = _plan_of(history, reference)
    items = {item.id: item for item in plan.items}
    played = tuple(items[name] for name in reference.items)
    slot = _slot_in(plan, reference)
    laid = session(slot, played, {item.drill: load_one(item.drill) for item in played})
    return laid.model_copy(update={"plan": plan.id})


def _slot_in(plan: Plan, reference: SessionReference) -> Slot:
    held = {item.slot for item in plan.items if item.id in reference.items}
    if len(held) > 1:
        raise UserError("what was played is not of one session; tell in words how each was")
    return next(slot for slot in plan.slots if slot.id in held)


def _plan_of(history: History, reference: SessionReference) -> Plan:
    issued = [fact.body.plan for fact in history.facts if isinstance(fact.body, PlanIssued)]
    wanted = set(reference.items)
    for plan in reversed(issued):
        if plan.id == reference.plan and wanted <= {item.id for item in plan.items}:
            return plan
    raise UnknownName("plan", reference.plan, [plan.id for plan in issued])


def _log(history: History, told: HandIn, played: Played, now: datetime) -> tuple[SessionLogged, str]:
    """Return the log, of the slot, of its one item, or of what hurt alone; and what to say of it."""
    if told.reference is None:
        raise UserError("what was played does not say of which plan it is")
    plan = _plan_of(history, told.reference)
    _refuse_ahead(plan, told.reference, now)
    session = _as_played(history, told.reference, played)
    if not played.seconds:
        raise UserError("what was played of this session cannot be read; tell in words how it was")
    if session is None:
        raise _Changed("the drills of this session have changed since; tell in words how it was")
    logs = logs_of(history)
    answers = logged_as(session.items, plan, history, now)
    done = drills_done(session, played, told.discomfort)
    if is_answered(session.slot, session.items, logs):
        return SessionLogged(plan=plan.id, minutes=0, drills=_hurt_only(done)), LOGGED
    before = {item.drill for item in session.items if item.id in logs}
    log = SessionLogged(
        slot=answers,
        plan=plan.id,
        minutes=minutes_played(session, played),
        effort=told.effort,
        drills=tuple(_without_work(one) if one.drill in before else one for one in done),
    )
    return log, _how_long(log.minutes, session)


def _refuse_ahead(plan: Plan, reference: SessionReference, now: datetime) -> None:
    slot = _slot_in(plan, reference)
    if now < opens_at(slot) - CLOCKS:
        opens = opens_at(slot).astimezone(now.tzinfo)
        raise _Ahead(f"this session lies ahead; it can be done and logged from {opens:%A %H:%M} on")


def _as_played(history: History, reference: SessionReference, played: Played) -> Session | None:
    """Return the session as it was laid out then; nothing where its drills are laid out otherwise by now."""
    plan = _plan_of(history, reference)
    drills = {item.drill for item in plan.items if item.id in reference.items}
    if any(find(drill) is None for drill in drills):
        return None
    session = _rebuilt(history, reference)
    is_same = reference.cues in ("", session.digest)
    return session if is_same and fits(session, played) else None


def _drills_named(history: History, told: HandIn) -> dict[str, str]:
    """Return the drills that a playing names, by their items: an item has its drill in whatever plan.

    Where it cannot be read what was played, something was told in an item all the same.
    """
    issued = [fact.body.plan for fact in history.facts if isinstance(fact.body, PlanIssued)]
    drills = {item.id: item.drill for plan in issued for item in plan.items}
    met = (stop.item for stop in (told.played.interruptions if told.played else ()))
    named = (*met, *(told.reference.items if told.reference else ()))
    return {item: drills[item] for item in named if item in drills}


def _told_of(drills: dict[str, str], played: Played, discomfort: Score) -> tuple[DrillDone, ...]:
    """Return what was told of drills, whose seconds nobody can place any more; no work counts.

    ``drills`` are those that were played, by their items. What was told elsewhere belongs to the last one.
    Discomfort is told of the session, so it counts for each of its drills.
    """
    last = list(drills.values())[-1] if drills else UNKNOWN_DRILL
    told = tuple(
        DrillDone(
            drill=stop.item if stop.item == UNKNOWN_DRILL else drills.get(stop.item, last),
            side=stop.side,
            sets_done=0,
            clean_reps=0,
            discomfort=discomfort,
            pain=stop.pain,
            signs=stop.signs,
            stopped_early=True,
            too_much=stop.too_much,
        )
        for stop in played.interruptions
        if stop.pain or stop.signs or stop.too_much
    )
    here = set(drills.values()) or {UNKNOWN_DRILL}
    others = here - {done.drill for done in told} if discomfort > FINE else set[str]()
    sore = (DrillDone(drill=drill, discomfort=discomfort) for drill in sorted(others))
    return told + tuple(_without_work(done) for done in sore)


def _hurt_only(done: tuple[DrillDone, ...]) -> tuple[DrillDone, ...]:
    """Of a session that was logged before only what can tighten is taken; nothing counts twice."""
    hurt = tuple(_without_work(one) for one in done if hurts(one))
    if not hurt:
        raise _LoggedBefore("this session was logged before; a session is logged once")
    return hurt


def _without_work(done: DrillDone) -> DrillDone:
    nothing = {"sets_done": 0, "clean_reps": 0, "work_s": 0.0, "stopped_early": True}
    return done.model_copy(update=nothing)


def _ready_facts(history: History, told: HandIn, now: datetime, part: str = "ready") -> tuple[Fact, ...]:
    """Keep the answers given on the device. A no never lifts what was told elsewhere meanwhile.

    A yes that asks something again counts no earlier than the last safety answers, as pain does; what was
    denied before those is over.
    """
    asked = screening.readiness_questions()
    began = _when(told.began_at, now - KEPT, now)
    stands = screening.screen(history, now)
    is_free = not (stands.is_blocked or stands.is_paused)
    asks_again = any(yes and asked[name].reopens for name, yes in told.readiness.items())
    counts = counts_from(history, began, now) if asks_again else began
    may_deny = is_free and counts == began
    answers = {name: yes for name, yes in told.readiness.items() if yes or may_deny}
    if not answers:
        return ()
    body = ReadinessAnswered(answers=dict(answers))
    return (record(body, history.runner, now, occurred_at=counts, origin_key=_key(told, part)),)


def _earliest(history: History, told: HandIn, now: datetime) -> datetime:
    """Return when the plan that was played from was issued: nothing of it was done before."""
    issued = [
        fact.occurred_at
        for fact in history.facts
        if told.reference and isinstance(fact.body, PlanIssued) and fact.body.plan.id == told.reference.plan
    ]
    return min(issued, default=now - KEPT)


def _when(said: datetime | None, earliest: datetime, now: datetime) -> datetime:
    """Return an instant of a device, held to what can be: its clock may stand wrong."""
    return max(min(said or now, now), earliest).astimezone(now.tzinfo)


def _key(told: HandIn, part: str = "") -> str:
    return f"played:{told.key}:{part}" if part else f"played:{told.key}"
