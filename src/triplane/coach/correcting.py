"""What is on record, and putting it right: a run's kind, or a fact that should not be there."""

from datetime import date, datetime
from typing import Any

from triplane import screening
from triplane.coach.telling import fact_in_words
from triplane.errors import Action, Blocked, UnknownName, UserError
from triplane.history import (
    CheckinAnswered,
    Fact,
    FeelingKind,
    History,
    NoteWritten,
    RestrictionTightened,
    RunKind,
    RunRecorded,
    SessionLogged,
    record,
)
from triplane.screening import Clearance
from triplane.value import Value

OURS = ("plan_issued", "plan_kept", "runner_erased")
"""Kinds that the program writes; they are not listed and not corrected."""

WITHDRAWN = (
    "run_recorded", "measurement_taken", "checkin_answered", "session_logged", "day_changed", "race_entered",
    "default_changed", "note_written", "restriction_tightened", "clearance_recorded",
)  # fmt: skip
"""Kinds that may be withdrawn; answers, equipment and the week are told anew instead."""

LONGEST_NOTE = 1000
"""Characters of the note that takes a fact back."""

SHORTEST_ID = 4
"""Characters of an id that name a fact, if no other begins so."""


class FactLine(Value):
    """A fact in a list: its id, day and kind, what it says, whether it was corrected or may go."""

    id: str
    on: date
    kind: str
    says: str
    corrected: bool = False
    may_go: bool = False


def facts_told(history: History, kind: str | None, last: int) -> tuple[FactLine, ...]:
    """Return the last facts that were told or measured, the newest first.

    Raises
    ------
    UnknownName
        When ``kind`` is none that can be listed.
    """
    known = sorted({fact.kind for fact in history.facts} - {*OURS} | {*WITHDRAWN})
    if kind is not None and kind not in known:
        raise UnknownName("kind of fact", kind, known)
    corrected = {fact.supersedes for fact in history.facts}
    wanted = [fact for fact in history.facts if fact.kind not in OURS and kind in (None, fact.kind)]
    return tuple(
        FactLine(
            id=fact.id,
            on=fact.local_date,
            kind=fact.kind,
            says=fact_in_words(fact),
            corrected=fact.id in corrected,
            may_go=fact.kind in WITHDRAWN and fact.id not in corrected,
        )
        for fact in reversed(wanted[-last:])
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
        and what hurt stays, since without it the work would grow.
    """
    fact = _named(history, name)
    if fact.kind not in WITHDRAWN:
        told = fact.kind.replace("_", " ")
        raise UserError(f"{told} is not withdrawn; it is told anew", action=Action.TELL)
    if isinstance(fact.body, RestrictionTightened) or _tells_of_pain(fact.body):
        raise Blocked(RESTS_ON_IT, action=Action.SCREENING)
    note = NoteWritten(text=f"Taken back ({fact.local_date}): {fact_in_words(fact)}"[:LONGEST_NOTE])
    return _safe(history, record(note, history.runner, now, reason=reason, supersedes=fact.id), now)


RESTS_ON_IT = (
    "Safety rests on this, so it stays. Answer the safety questions again, or record a professional's word."
)


MUSCLES = (FeelingKind.MUSCLE, FeelingKind.CRAMP)
"""What training leaves behind; every other feeling on a morning counts as pain."""

FINE = 3
"""Discomfort of 10 up to which a drill goes on as it is (E50)."""


def _tells_of_pain(body: Value) -> bool:
    """Whether a session or a morning told of something that made the work that follows smaller."""
    if isinstance(body, SessionLogged):
        return any(
            done.signs or done.too_much or done.discomfort > FINE or any(f.score for f in done.pain)
            for done in body.drills
        )
    if isinstance(body, CheckinAnswered):
        aches = any(f.score and f.kind not in MUSCLES for f in body.soreness)
        return aches or screening.is_sore_joint_morning(body) or bool(screening.signs_of(body))
    return False


def _safe(history: History, correction: Fact, now: datetime) -> Fact:
    corrected = history.plus(correction)
    before, after = screening.screen(history, now), screening.screen(corrected, now)
    if _loosens(before, after) or screening.loosens(history, corrected, now):
        raise Blocked(RESTS_ON_IT, action=Action.SCREENING)
    return correction


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
