"""Who may see and do what with a runner's facts: one table, and who somebody is by the runner's own facts.

This is the one place that decides it; ``docs/access.md`` is the same table in words.
"""

from collections.abc import Mapping
from enum import StrEnum

from triplane.coach.loosening import refuse_to_loosen
from triplane.errors import UserError
from triplane.history import (
    AUTHOR,
    AssistantLetIn,
    ClearanceRecorded,
    ComparisonTaken,
    ConsentEnded,
    ConsentGiven,
    Deed,
    DefaultChanged,
    DrillChosen,
    Fact,
    History,
    NoteWritten,
    RestrictionTightened,
    SharedAs,
    SlotMoved,
)
from triplane.value import Value


class Viewer(StrEnum):
    """What somebody who asks is to a runner."""

    RUNNER = "runner"
    COACH = "coach"
    PROFESSIONAL = "professional"
    ASSISTANT = "assistant"
    ENDED = "ended"
    NOBODY = "nobody"


_LOOKS = frozenset({Deed.LOOK, Deed.NOTE, Deed.TIGHTEN, Deed.PLAN, Deed.HAND_ON, Deed.CHOOSE})

MAY: dict[Viewer, frozenset[Deed]] = {
    Viewer.RUNNER: frozenset(Deed),
    Viewer.COACH: _LOOKS,
    Viewer.PROFESSIONAL: _LOOKS | {Deed.CLEAR},
    Viewer.ASSISTANT: frozenset({Deed.LOOK, Deed.NOTE}),
    Viewer.ENDED: frozenset(),
    Viewer.NOBODY: frozenset(),
}
"""The table: the most that each may do. Of it whoever was let in may what the runner agreed to.

Staff of a server are nobody here: they keep it running and see no facts.
"""

ACTS: dict[type[Value], Deed] = {
    NoteWritten: Deed.NOTE,
    RestrictionTightened: Deed.TIGHTEN,
    DefaultChanged: Deed.PLAN,
    SlotMoved: Deed.PLAN,
    DrillChosen: Deed.CHOOSE,
    ClearanceRecorded: Deed.CLEAR,
    ComparisonTaken: Deed.HAND_ON,
}
"""What somebody else may add to a runner's record, and as which deed; no other fact is ever theirs."""

SAYS_WHO: tuple[type[Value], ...] = (ConsentGiven, AssistantLetIn, ConsentEnded)
"""The facts that say who was let in, and who no more."""


class Consent(Value):
    """Somebody who sees a runner's facts, or did: who, as what, for what, and the fact that says so.

    ``since`` is the first word in this name and role, also where more was agreed to later. ``through`` is
    the coach whom an assistant assists.
    """

    to: str
    called: str
    role: SharedAs
    deeds: tuple[Deed, ...]
    since: Fact
    ended: Fact | None = None
    through: str = ""

    @property
    def not_agreed(self) -> tuple[Deed, ...]:
        """What the role may do by now, and the runner was not asked about."""
        return () if self.ended else tuple(deed for deed in asked_for(self.role) if deed not in self.deeds)


def consents(history: History) -> tuple[Consent, ...]:
    """Return everybody who was let in, the newest first, each with the last word on it.

    The order is that in which it was recorded: a clock that was moved back brings no consent back. Whoever
    assists a coach is let in no longer than the coach.
    """
    found: dict[str, Consent] = {}
    told = [fact for kind in SAYS_WHO for fact in history.facts_of(kind)]
    for fact in sorted(told, key=lambda fact: fact.seq):
        match fact.body:
            case ConsentGiven(to=to, called=called, role=role, deeds=deeds):
                known = found.pop(to, None)
                is_same = known and not known.ended and (known.called, known.role) == (called, role)
                since = known.since if known and is_same else fact
                found[to] = Consent(to=to, called=called, role=role, deeds=deeds, since=since)
            case AssistantLetIn(to=to, called=called, through=through, deeds=deeds) if _stands(
                found, through
            ):
                found.pop(to, None)
                role = SharedAs.ASSISTANT
                found[to] = Consent(to=to, called=called, role=role, deeds=deeds, since=fact, through=through)
            case ConsentEnded(to=to):
                for one in [*found.values()]:
                    if to in (one.to, one.through) and one.ended is None:
                        found[one.to] = one.model_copy(update={"ended": fact})
    return tuple(reversed(found.values()))


def _stands(found: Mapping[str, Consent], who: str) -> bool:
    return who in found and found[who].ended is None and not found[who].through


def viewer(history: History, who: str | None) -> Viewer:
    """Return what the account of a name is to a runner; ``None`` is who has none."""
    if who is None:
        return Viewer.NOBODY
    if who == history.runner:
        return Viewer.RUNNER
    known = _known(history, who)
    if known is None:
        return Viewer.NOBODY
    return Viewer.ENDED if known.ended else _viewer_as(known.role)


def _viewer_as(role: SharedAs) -> Viewer:
    as_told = {SharedAs.COACH: Viewer.COACH, SharedAs.ASSISTANT: Viewer.ASSISTANT}
    return as_told.get(role, Viewer.PROFESSIONAL)


def _known(history: History, who: str) -> Consent | None:
    return next((one for one in consents(history) if one.to == who), None)


def asked_for(role: SharedAs) -> tuple[Deed, ...]:
    """Return what somebody asks to be let do who asks to be let in, in the order of the table."""
    return tuple(deed for deed in Deed if deed in MAY[_viewer_as(role)])


def may(history: History, who: str | None, deed: Deed) -> bool:
    """Whether somebody may do something with a runner's facts as they are now."""
    if deed not in MAY[viewer(history, who)]:
        return False
    known = None if who is None or who == history.runner else _known(history, who)
    return known is None or deed in known.deeds


def refuse_unless(history: History, who: str | None, deed: Deed) -> None:
    """Stop whoever may not do something.

    Raises
    ------
    UserError
        Saying that it is not shared.
    """
    if not may(history, who, deed):
        raise UserError("this runner does not share that with you, or not any more")


def act(history: History, who: str, body: Value) -> tuple[Value, ...]:
    """Return what somebody adds to a runner's record, where the facts as they are now let them.

    A clearance stands in the name and the role that the runner consented to, and in no other. A rule that
    protects how a run goes is kept off by the runner alone, and a default loosened.

    Raises
    ------
    UserError
        Saying that it is not shared, or not to be loosened.
    """
    deed = ACTS.get(type(body))
    if deed is None:
        raise UserError("that is told by the runner alone")
    refuse_unless(history, who, deed)
    if isinstance(body, ClearanceRecorded):
        known = _known(history, who)
        if known is None or (known.called, known.role.value) != (body.who, body.role.value):
            raise UserError("a clearance is given in the name and role that the runner knows you by")
    if isinstance(body, DefaultChanged) and who != history.runner:
        refuse_to_loosen(history, body)
    if isinstance(body, SlotMoved) and body.despite:
        raise UserError("only the runner keeps a preference off")
    return (body,)


def consent(history: History, to: str, called: str, role: SharedAs) -> tuple[ConsentGiven, ...]:
    """Return the consent that a runner gives to all that is asked for, or nothing where it stands already.

    Raises
    ------
    UserError
        When it is the runner.
    """
    if to == history.runner:
        raise UserError("this invitation is your own; send it to the runner it is for")
    known, deeds = _known(history, to), asked_for(role)
    if known and not known.ended and (known.called, known.role, known.deeds) == (called, role, deeds):
        return ()
    return (ConsentGiven(to=to, called=called, role=role, deeds=deeds),)


def agreed_to_more(history: History, to: str) -> tuple[ConsentGiven, ...]:
    """Return the runner's yes to what somebody they let in may do by now; nothing where nothing is open."""
    known = _known(history, to)
    return consent(history, to, known.called, known.role) if known and known.not_agreed else ()


def assistant_let_in(history: History, to: str, called: str, through: str) -> tuple[AssistantLetIn, ...]:
    """Return the runner's yes to somebody who assists a coach of theirs.

    Nothing where they see it already, where it is the runner, or where the runner let in no such coach.
    """
    known, standing = _known(history, to), {one.to: one for one in consents(history)}
    sees = to == history.runner or (known is not None and known.ended is None)
    if sees or not _stands(standing, through):
        return ()
    return (AssistantLetIn(to=to, called=called, through=through, deeds=asked_for(SharedAs.ASSISTANT)),)


def assistance_ended(history: History, to: str, through: str) -> tuple[ConsentEnded, ...]:
    """Return the end of an assistant's consent at the wish of the coach they assist, or nothing."""
    known = _known(history, to)
    return consent_ended(history, to) if known and known.through == through else ()


def consent_ended(history: History, to: str) -> tuple[ConsentEnded, ...]:
    """Return the end of a consent, or nothing where there is none that stands."""
    standing = [one for one in consents(history) if one.to == to and not one.ended]
    return tuple(ConsentEnded(to=one.to, called=one.called) for one in standing)


def author_of(who: str) -> str:
    """Return the author of what the account of a name does with another runner's facts."""
    return f"{AUTHOR}{who}"


def called_of(history: History, fact: Fact) -> str:
    """Return what whoever was let in and recorded a fact is called; empty where it was the runner."""
    who = fact.author.removeprefix(AUTHOR) if fact.is_by_another else None
    return next((one.called for one in consents(history) if one.to == who), "")
