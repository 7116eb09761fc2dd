"""What was played out of reach, recorded once it is handed in, whatever happened to the plan meanwhile."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, model_validator

from triplane import screening
from triplane.catalogue import find, load_one
from triplane.coach.counting_from import FINE, counts_from, hurts, session_fact
from triplane.coach.cues import Session, SessionReference, session
from triplane.coach.played import (
    Counted,
    Played,
    counted,
    drills_done,
    fits,
    minutes_played,
    mostly_skipped,
)
from triplane.coach.safe_items import answered, logged_as
from triplane.errors import OtherRunner, UnknownName, UserError
from triplane.history import (
    DrillDone,
    Fact,
    History,
    Plan,
    PlanIssued,
    ReadinessAnswered,
    Score,
    SessionLogged,
    record,
)
from triplane.value import Value

KEPT = timedelta(days=2)
"""How long ago answers before a session may have been given that are handed in late. Ours."""


AGAIN_MORE = "Handed in before; what you tell besides is recorded."
LOGGED = "Recorded: what hurt. The rest was logged before."
CHANGED = (
    "Recorded: what hurt. The drills of this session have changed since, so the work could not be counted; "
    "tell in words how it was."
)


HAND_IN_VERSION = 1
"""Of what a device keeps to be handed in. What was kept before versions were told is the first."""

NEWER = (
    "this was kept by a newer Triplane than the one here; nothing of it was recorded, and it stays where it "
    "is kept. Update Triplane here and hand it in then"
)


class HandIn(Value):
    """One playing, or answers alone that kept a session from being begun.

    ``key`` names it: handed in twice, from wherever, it is recorded once. ``mark`` is that of the history
    it was played for (``History.mark``). The instants are the device's. A device may be newer than the app:
    a later ``version`` is no error of the runner's, and a ``UserError`` says what to do.
    """

    version: Annotated[int, Field(strict=True, ge=1)] = HAND_IN_VERSION
    key: Annotated[str, Field(pattern=r"^[0-9a-f-]{8,40}$")]
    mark: Annotated[str, Field(max_length=40)] = ""
    readiness: dict[str, bool] = {}
    began_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    reference: SessionReference | None = None
    played: Played | None = None
    effort: Score | None = None
    discomfort: Score = 0

    @model_validator(mode="before")
    @classmethod
    def _is_known(cls, told: Any) -> Any:
        version = told.get("version") if isinstance(told, dict) else None
        if isinstance(version, int | float) and version > HAND_IN_VERSION:
            raise UserError(NEWER)
        return told


OTHERS = (
    "this was played for another runner than the one here; nothing of it was recorded, and it waits where it "
    "is kept until that runner is back"
)
NOBODYS = (
    "this does not say whose it is, because an older Triplane kept it; nothing of it was recorded. Tell in "
    "words how it was and what hurt"
)


class HandedIn(Value):
    """What a hand-in comes to: the facts to append, none where it was handed in before, and what to say."""

    facts: tuple[Fact, ...] = ()
    says: str


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
        When the session was logged before and nothing hurt, or its drills are no longer what they were.
    """
    if not told.mark or told.mark != history.mark:
        raise OtherRunner(OTHERS if told.mark else NOBODYS)
    key = _key(told, "ready") if told.played is None else _key(told)
    if any(fact.origin_key == key for fact in history.facts):
        return _again(history, told, now)
    facts = _ready_facts(history, told, now)
    if told.played is None:
        return HandedIn(facts=facts, says="Your answers are recorded.")
    logged, says = _log(history, told, told.played, now)
    when = _when(told.ended_at, _earliest(history, told), now)
    done = session_fact(history, logged, when, now, _key(told))
    return HandedIn(facts=(*facts, done), says=says)


def _how_long(minutes: float, session: Session) -> str:
    if mostly_skipped(minutes, session.minutes):
        return f"Recorded: {minutes:.0f} of {session.minutes:.0f} minutes. Most of it was not done."
    done = f"{minutes:.0f} minute{'' if round(minutes) == 1 else 's'}"
    return f"Recorded: {done}."


def _again(history: History, told: HandIn, now: datetime) -> HandedIn:
    """Take of a playing that was handed in before only what it did not say then and what can tighten."""
    before = {fact.origin_key: fact.body for fact in history.facts if fact.origin_key.startswith(_key(told))}
    ready = [body for body in before.values() if isinstance(body, ReadinessAnswered)]
    said = {name for body in ready for name, yes in body.answers.items() if yes}
    news = {name: True for name, yes in told.readiness.items() if yes and name not in said}
    facts = _ready_facts(history, told.model_copy(update={"readiness": news}), now, f"ready {len(before)}")
    logs = [body for body in before.values() if isinstance(body, SessionLogged)]
    known = {felt for body in logs for felt in _hurt(body.drills)}
    if told.played is not None and told.reference is not None:
        plan = _plan_of(history, told.reference)
        worst = max((done.discomfort for body in logs for done in body.drills), default=0)
        worse = told.discomfort if told.discomfort > worst else 0
        hurt = _told_of(plan, told.reference, told.played, worse)
        more = tuple(done for done in hurt if not _hurt((done,)) <= known)
        if more:
            logged = SessionLogged(plan=plan.id, minutes=0, drills=more)
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


def counted_then(history: History, reference: SessionReference, played: Played) -> tuple[Counted, ...]:
    """Return what the clock counted of a session as it was laid out then; nothing else of it is given.

    Raises
    ------
    UnknownName
        When no plan ever issued to this runner holds it.
    """
    return counted(_rebuilt(history, reference), played)


def _rebuilt(history: History, reference: SessionReference) -> Session:
    plan = _plan_of(history, reference)
    items = {item.id: item for item in plan.items}
    played = tuple(items[name] for name in reference.items)
    slot = next(slot for slot in plan.slots if slot.id == played[0].slot)
    laid = session(slot, played, {item.drill: load_one(item.drill) for item in played})
    return laid.model_copy(update={"plan": plan.id})


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
    session = _as_played(history, told.reference, played)
    if session is None:
        hurt = _told_of(plan, told.reference, played, told.discomfort)
        if not hurt:
            raise UserError("the drills of this session have changed since; tell in words how it was")
        return SessionLogged(plan=plan.id, minutes=0, drills=hurt), CHANGED
    known = answered(history)
    answers = logged_as(session.items, plan, history, now)
    done = drills_done(session, played, told.discomfort)
    if known & {session.slot, answers}:
        return SessionLogged(plan=plan.id, minutes=0, drills=_hurt_only(done)), LOGGED
    before = {item.drill for item in session.items if item.id in known}
    log = SessionLogged(
        slot=answers,
        plan=plan.id,
        minutes=minutes_played(session, played),
        effort=told.effort,
        drills=tuple(_without_work(one) if one.drill in before else one for one in done),
    )
    return log, _how_long(log.minutes, session)


def _as_played(history: History, reference: SessionReference, played: Played) -> Session | None:
    """Return the session as it was laid out then; nothing where its drills are laid out otherwise by now."""
    plan = _plan_of(history, reference)
    drills = {item.drill for item in plan.items if item.id in reference.items}
    if any(find(drill) is None for drill in drills):
        return None
    session = _rebuilt(history, reference)
    is_same = reference.cues in ("", session.digest)
    return session if is_same and fits(session, played) else None


def _told_of(
    plan: Plan, reference: SessionReference, played: Played, discomfort: Score
) -> tuple[DrillDone, ...]:
    """Return what was told of drills, whose seconds nobody can place any more; no work counts.

    Discomfort is told of the session, so it counts for each of its drills.
    """
    drills = {item.id: item.drill for item in plan.items if item.id in reference.items}
    told = tuple(
        DrillDone(
            drill=drills.get(stop.item, drills[reference.items[-1]]),
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
    others = set(drills.values()) - {done.drill for done in told} if discomfort > FINE else set[str]()
    sore = (DrillDone(drill=drill, discomfort=discomfort) for drill in sorted(others))
    return told + tuple(_without_work(done) for done in sore)


def _hurt_only(done: tuple[DrillDone, ...]) -> tuple[DrillDone, ...]:
    """Of a session that was logged before only what can tighten is taken; nothing counts twice."""
    hurt = tuple(_without_work(one) for one in done if hurts(one))
    if not hurt:
        raise UserError("this session was logged before; a session is logged once")
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
    for name in told.readiness:
        if name not in asked:
            raise UnknownName("question before a session", name, list(asked))
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


def _earliest(history: History, told: HandIn) -> datetime:
    """Return when the plan that was played from was issued: nothing of it was done before."""
    assert told.reference is not None
    issued = [
        fact.occurred_at
        for fact in history.facts
        if isinstance(fact.body, PlanIssued) and fact.body.plan.id == told.reference.plan
    ]
    return min(issued)


def _when(said: datetime | None, earliest: datetime, now: datetime) -> datetime:
    """Return an instant of a device, held to what can be: its clock may stand wrong."""
    return max(min(said or now, now), earliest).astimezone(now.tzinfo)


def _key(told: HandIn, part: str = "") -> str:
    return f"played:{told.key}:{part}" if part else f"played:{told.key}"
