"""What is on record, and putting it right: a run's kind, or a fact that should not be there."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from triplane import adaptation, screening
from triplane.coach.counting_from import hurts
from triplane.coach.recording import SessionAnswers
from triplane.coach.screening_talk import readiness_answers
from triplane.coach.telling import drill_in_words, fact_in_words, what_hurt_in_words
from triplane.errors import Action, Blocked, NotOnRecord, UnknownName, UserError
from triplane.history import (
    Answer,
    CheckinAnswered,
    ClearanceRecorded,
    DrillDone,
    Fact,
    FeelingKind,
    History,
    NoteWritten,
    RestrictionTightened,
    RunKind,
    RunRecorded,
    Score,
    SessionLogged,
    record,
)
from triplane.screening import Clearance
from triplane.value import Value

OURS = ("plan_issued", "plan_kept", "runner_erased")
"""Kinds that the program writes; they are not listed and not corrected."""

WITHDRAWN = (
    "run_recorded", "measurement_taken", "checkin_answered", "session_logged", "day_changed", "race_entered",
    "default_changed", "note_written", "restriction_tightened", "clearance_recorded", "calendar_words",
    "drill_chosen",
)  # fmt: skip
"""Kinds that may be withdrawn; answers, equipment and the week are told anew instead."""

LONGEST_NOTE = 1000
"""Characters of the note that takes a fact back."""

SHORTEST_ID = 4
"""Characters of an id that name a fact, if no other begins so."""


RETELL_DAYS = 7
"""How many days back a session may be told anew: what was mistyped is seen soon. Coach's default."""


class FactLine(Value):
    """A fact in a list: its id, day and kind, what it says, and what may be done about it.

    ``stays`` says why it may not be taken back, where it may not; ``may_be_told_anew`` is a session's.
    """

    id: str
    on: date
    kind: str
    says: str
    corrected: bool = False
    stays: str = ""
    may_be_told_anew: bool = False

    @property
    def says_why_it_stays(self) -> bool:
        """Whether it stays for a reason of its own, and not only as one of a kind that is told anew."""
        return bool(self.stays) and self.kind in WITHDRAWN

    @property
    def may_go(self) -> bool:
        """Whether it may be taken back."""
        return not self.corrected and not self.stays


class ToldOfDrill(Value):
    """What was told of a drill in a session: what it is called, what hurt in it, and the discomfort."""

    name: str
    says: str = ""
    discomfort: Score = 0


def facts_counted(history: History) -> Mapping[str, int]:
    """Return how many facts were told or measured, by kind; kinds in order of name."""
    return dict(sorted(Counter(fact.kind for fact in history.facts if fact.kind not in OURS).items()))


def facts_told(
    history: History, kind: str | None, last: int, now: datetime, *, before: str = ""
) -> tuple[FactLine, ...]:
    """Return the last facts that were told or measured, the newest first; of those before the one named.

    Raises
    ------
    UnknownName
        When ``kind`` is none that can be listed, or there is no fact to list those before.
    """
    known = sorted({fact.kind for fact in history.facts} - {*OURS} | {*WITHDRAWN})
    if kind is not None and kind not in known:
        raise UnknownName("kind of fact", kind, known)
    corrected = {fact.supersedes for fact in history.facts}
    wanted = [fact for fact in history.facts if fact.kind not in OURS and kind in (None, fact.kind)]
    if before:
        place = next((at for at, fact in enumerate(wanted) if fact.id == before), None)
        if place is None:
            raise NotOnRecord("fact", before)
        wanted = wanted[:place]
    return tuple(_line(history, fact, fact.id in corrected, now) for fact in reversed(wanted[-last:]))


def fact_told(history: History, name: str, now: datetime) -> FactLine:
    """Return one fact that was told or measured, by its id.

    Raises
    ------
    NotOnRecord
        When there is none.
    """
    fact = next((one for one in history.facts if one.id == name and one.kind not in OURS), None)
    if fact is None:
        raise NotOnRecord("fact", name)
    return _line(history, fact, any(one.supersedes == name for one in history.facts), now)


def _line(history: History, fact: Fact, corrected: bool, now: datetime) -> FactLine:
    return FactLine(
        id=fact.id,
        on=fact.local_date,
        kind=fact.kind,
        says=fact_in_words(fact),
        corrected=corrected,
        stays="" if corrected else why_it_stays(history, fact, now),
        may_be_told_anew=not corrected and may_be_told_anew(history, fact, now),
    )


def corrected_run(
    history: History, name: str, now: datetime, *, kind: RunKind | None = None, key: bool | None = None
) -> Fact:
    """Return the fact that says what kind of run it was, or whether it was a key run.

    Raises
    ------
    UnknownName, UserError
        When no fact or no run has this id, or nothing is said about it.
    """
    fact = _named(history, name)
    if not isinstance(fact.body, RunRecorded):
        raise UserError(f"{fact.id} is no run; it can only be withdrawn")
    if kind is None and key is None:
        raise UserError("say what the run was: its kind, or whether it was a key run")
    said = {name: value for name, value in (("kind", kind), ("key", key)) if value is not None}
    return _safe(
        history,
        record(
            fact.body.model_copy(update=said),
            history.runner,
            now,
            occurred_at=fact.occurred_at,
            reason="corrected",
            supersedes=fact.id,
        ),
        now,
    )


def withdrawal(history: History, name: str, now: datetime, reason: str = "") -> Fact:
    """Return the fact that takes another one back: it stays on record and no longer speaks.

    Raises
    ------
    UnknownName, UserError
        When no fact has this id, or its kind is told anew rather than withdrawn.
    Blocked
        When safety rests on it: a withdrawal never loosens what answers, pain or signs have tightened,
        and what hurt or made a dose smaller stays, since without it the work would grow.
    """
    fact = _named(history, name)
    if fact.kind not in WITHDRAWN:
        raise UserError(TOLD_ANEW, action=Action.TELL)
    stays = why_it_stays(history, fact, now)
    if stays:
        raise Blocked(stays, action=Action.SCREENING)
    return _taken_back(history, fact, now, reason)


def _taken_back(history: History, fact: Fact, now: datetime, reason: str = "") -> Fact:
    note = NoteWritten(text=f"Taken back ({fact.local_date}): {fact_in_words(fact)}"[:LONGEST_NOTE])
    return record(note, history.runner, now, reason=reason, supersedes=fact.id)


TOLD_ANEW = "This is not taken back: you tell it anew, and the last word counts."
HURT_THEN = "It told of something that hurt, so it stays. A session of the last days may be told anew."
HURT_THAT_MORNING = "It told of something that hurt, so it stays. Calm mornings end what it asks for."
SORE_THAT_MORNING = "It made a dose smaller, so it stays. Calm mornings let it grow again."
BY_HAND = "This restriction was added by hand, so it stays until it ends or a professional clears it."


RESTS_ON_IT = (
    "Safety rests on this, so it stays. Answer the safety questions again, or record a professional's word."
)


def why_it_stays(history: History, fact: Fact, now: datetime) -> str:
    """Return why a fact is not taken back, as a sentence; empty where it may go."""
    if fact.kind not in WITHDRAWN:
        return TOLD_ANEW
    if isinstance(fact.body, RestrictionTightened):
        return BY_HAND
    if _hurt_in_any_words(history, fact):
        return HURT_THEN if isinstance(fact.body, SessionLogged) else HURT_THAT_MORNING
    if _made_less_in_any_words(history, fact):
        return SORE_THAT_MORNING
    rests_on_it = isinstance(fact.body, ClearanceRecorded) or screening.signs_of(fact.body)
    if rests_on_it and _is_looser(history, _taken_back(history, fact, now), now):
        return RESTS_ON_IT
    return ""


def may_be_told_anew(history: History, fact: Fact, now: datetime) -> bool:
    """Whether a fact is a session of the last days in which something hurt, by these or earlier words."""
    is_recent = now.date() - fact.local_date <= timedelta(days=RETELL_DAYS)
    return isinstance(fact.body, SessionLogged) and is_recent and _hurt_in_any_words(history, fact)


def _hurt_in_any_words(history: History, fact: Fact) -> bool:
    """Whether a session or a morning told of pain, or stands in the place of one that did."""
    return any(_tells_of_pain(one.body) for one in _with_what_it_replaced(history, fact))


def _made_less_in_any_words(history: History, fact: Fact) -> bool:
    """Whether a morning of sore muscles made a dose smaller, or stands in the place of one that did."""
    return any(
        isinstance(one.body, CheckinAnswered) and adaptation.makes_less(one.body, one.occurred_at)
        for one in _with_what_it_replaced(history, fact)
    )


def _with_what_it_replaced(history: History, fact: Fact) -> Iterator[Fact]:
    """Yield a fact, what it was told in the place of, and so on."""
    yield fact
    if fact.supersedes is None:
        return
    before = next((one for one in history.facts if one.id == fact.supersedes), None)
    if before is not None and before.kind == fact.kind:
        yield from _with_what_it_replaced(history, before)


def drills_told_anew(history: History, name: str, now: datetime) -> dict[str, ToldOfDrill]:
    """Return the drills of a session that may be told anew, in order: what was told of each, by its id.

    Raises
    ------
    UnknownName, UserError
        When no fact has this id, or it is no such session.
    """
    fact = _named(history, name)
    if not isinstance(fact.body, SessionLogged) or not may_be_told_anew(history, fact, now):
        raise UserError(NOT_ANEW)
    told: dict[str, list[DrillDone]] = {}
    for done in fact.body.drills:
        told.setdefault(done.drill, []).append(done)
    return {
        drill: ToldOfDrill(
            name=drill_in_words(drill),
            says=what_hurt_in_words(both),
            discomfort=max(done.discomfort for done in both),
        )
        for drill, both in told.items()
    }


def asked_before_a_session() -> tuple[str, ...]:
    """Return the ids of the questions before a session, in order."""
    return tuple(screening.readiness_questions())


def session_told_anew(
    history: History,
    name: str,
    felt: SessionAnswers,
    answers: Mapping[str, Answer],
    now: datetime,
    reason: str = "",
    *,
    of: Collection[str],
) -> tuple[Fact, ...]:
    """Return the facts that say anew how a session felt: effort, discomfort, pain, signs, too much.

    ``of`` names the drills whose earlier words go. What hurt in the others, and what was too much, stays;
    what is said of them besides is added. What was done in it stays as it was told. The questions before a
    session are asked again with it: a yes among ``answers`` is recorded alone, and what was told of the
    session stays. Nothing that safety made of the first words is undone by the new ones, and no drill of the
    session grows by it.

    Raises
    ------
    UnknownName, UserError
        When no fact has this id, it is no such session, a drill was not in it, or a question is not answered.
    """
    fact, drills = _named(history, name), drills_told_anew(history, name, now)
    assert isinstance(fact.body, SessionLogged)
    for drill in (*of, *felt.drills_named()):
        if drill not in drills:
            raise UnknownName("drill in this session", drill, list(drills))
    missing = [one for one in asked_before_a_session() if not isinstance(answers.get(one), bool)]
    if missing:
        raise UserError("answer each of the questions before a session first")
    asked = record(readiness_answers(answers), history.runner, now)
    if any(answers.values()):
        return (asked,)
    told = fact.body.model_copy(
        update={
            "effort": felt.effort,
            "drills": tuple(_felt_anew(d, felt, d.drill in of, fact.body) for d in fact.body.drills),
        }
    )
    session = record(
        told, history.runner, now, occurred_at=fact.occurred_at, reason=reason or "told anew",
        supersedes=fact.id, origin_key=f"told_anew:{fact.id}",
    )  # fmt: skip
    return asked, _safe(history, session, now)


NOT_ANEW = "Only a session of the last days in which something hurt is told anew."


def _felt_anew(done: DrillDone, felt: SessionAnswers, is_anew: bool, session: SessionLogged) -> DrillDone:
    worked = session.sides_of(done.drill)
    pain, signs = felt.pain_of(done.drill, done.side, worked), felt.signs_of(done.drill)
    too_much = done.drill in felt.too_much
    if not is_anew:
        pain, signs = (*done.pain, *pain), (*done.signs, *signs)
        too_much = too_much or done.too_much
    return done.model_copy(
        update={
            "discomfort": 0 if done.skipped else felt.discomfort,
            "pain": tuple(dict.fromkeys(pain)),
            "signs": tuple(dict.fromkeys(signs)),
            "too_much": too_much,
        }
    )


MUSCLES = (FeelingKind.MUSCLE, FeelingKind.CRAMP)
"""What training leaves behind; every other feeling on a morning counts as pain. A morning that only told of
these may go, unless a dose became smaller by it."""


def _tells_of_pain(body: Value) -> bool:
    """Whether a session or a morning told of something that made the work that follows smaller."""
    if isinstance(body, SessionLogged):
        return any(hurts(done) for done in body.drills)
    if isinstance(body, CheckinAnswered):
        aches = any(f.score and f.kind not in MUSCLES for f in body.soreness)
        return aches or screening.is_sore_joint_morning(body) or bool(screening.signs_of(body))
    return False


def _safe(history: History, correction: Fact, now: datetime) -> Fact:
    if _is_looser(history, correction, now):
        raise Blocked(RESTS_ON_IT, action=Action.SCREENING)
    return correction


def _is_looser(history: History, correction: Fact, now: datetime) -> bool:
    corrected = history.plus(correction)
    before, after = screening.screen(history, now), screening.screen(corrected, now)
    return _loosens(before, after) or screening.loosens(history, corrected, now)


def _loosens(before: Clearance, after: Clearance) -> bool:
    """Whether anything that stood no longer stands: a level, a tag, a question, a pause, a muscle."""
    return (
        after.level.rank < before.level.rank
        or not _kept(before.tag_names, after.tag_names)
        or not _kept(before.open_questions, after.open_questions)
        or not _kept(before.strained, after.strained)
        or not _kept(after.drills_added, before.drills_added)
        or (before.is_paused and not after.is_paused)
    )


def _kept(these: tuple[Any, ...], within: tuple[Any, ...]) -> bool:
    return set(these) <= set(within)


def _named(history: History, name: str) -> Fact:
    """Return the one fact whose id begins so, and that was not corrected before."""
    found = [fact for fact in history.facts if fact.id.startswith(name) and fact.kind not in OURS]
    if len(name) < SHORTEST_ID or len(found) != 1:
        raise UnknownName("fact", name, [fact.id for fact in history.facts])
    if any(fact.supersedes == found[0].id for fact in history.facts):
        raise UserError(f"{found[0].id} was corrected before; correct what stands in its place")
    return found[0]
