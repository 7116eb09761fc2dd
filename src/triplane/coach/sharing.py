"""Who may see and do what with a runner's facts: one table, and who somebody is by the runner's own facts.

This is the one place that decides it; ``docs/access.md`` is the same table in words.
"""

from enum import StrEnum

from triplane.errors import UserError
from triplane.history import (
    ClearanceRecorded,
    ConsentEnded,
    ConsentGiven,
    DefaultChanged,
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
    ENDED = "ended"
    NOBODY = "nobody"


class Deed(StrEnum):
    """What may be done with a runner's facts."""

    LOOK = "look"
    NOTE = "note"
    TIGHTEN = "tighten"
    PLAN = "plan"
    CLEAR = "clear"
    TELL = "tell"
    TAKE_AWAY = "take away"
    SHARE = "share"


_LOOKS = frozenset({Deed.LOOK, Deed.NOTE, Deed.TIGHTEN, Deed.PLAN})

MAY: dict[Viewer, frozenset[Deed]] = {
    Viewer.RUNNER: frozenset(Deed),
    Viewer.COACH: _LOOKS,
    Viewer.PROFESSIONAL: _LOOKS | {Deed.CLEAR},
    Viewer.ENDED: frozenset(),
    Viewer.NOBODY: frozenset(),
}
"""The table. Staff of a server are nobody here: they keep it running and see no facts."""

ACTS: dict[type[Value], Deed] = {
    NoteWritten: Deed.NOTE,
    RestrictionTightened: Deed.TIGHTEN,
    DefaultChanged: Deed.PLAN,
    SlotMoved: Deed.PLAN,
    ClearanceRecorded: Deed.CLEAR,
}
"""What somebody else may add to a runner's record, and as which deed; no other fact is ever theirs."""

AUTHOR = "coach:"
"""Begins the author of what somebody else did with a runner's facts; the account's name follows."""


class Consent(Value):
    """Somebody who sees a runner's facts, or did: who, as what, and the fact that says so."""

    to: str
    called: str
    role: SharedAs
    since: Fact
    ended: Fact | None = None


def consents(history: History) -> tuple[Consent, ...]:
    """Return everybody who was let in, the newest first, each with the last word on it.

    The order is that in which it was recorded: a clock that was moved back brings no consent back.
    """
    found: dict[str, Consent] = {}
    told = [*history.facts_of(ConsentGiven), *history.facts_of(ConsentEnded)]
    for fact in sorted(told, key=lambda fact: fact.seq):
        match fact.body:
            case ConsentGiven(to=to, called=called, role=role):
                found.pop(to, None)
                found[to] = Consent(to=to, called=called, role=role, since=fact)
            case ConsentEnded(to=to) if to in found and found[to].ended is None:
                found[to] = found[to].model_copy(update={"ended": fact})
    return tuple(reversed(found.values()))


def viewer(history: History, who: str | None) -> Viewer:
    """Return what the account of a name is to a runner; ``None`` is who has none."""
    if who is None:
        return Viewer.NOBODY
    if who == history.runner:
        return Viewer.RUNNER
    known = next((one for one in consents(history) if one.to == who), None)
    if known is None:
        return Viewer.NOBODY
    if known.ended:
        return Viewer.ENDED
    return Viewer.COACH if known.role is SharedAs.COACH else Viewer.PROFESSIONAL


def may(history: History, who: str | None, deed: Deed) -> bool:
    """Whether somebody may do something with a runner's facts as they are now."""
    return deed in MAY[viewer(history, who)]


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
    protects how a run goes is kept off by the runner alone.

    Raises
    ------
    UserError
        Saying that it is not shared.
    """
    deed = ACTS.get(type(body))
    if deed is None:
        raise UserError("that is told by the runner alone")
    refuse_unless(history, who, deed)
    if isinstance(body, ClearanceRecorded):
        known = next((one for one in consents(history) if one.to == who), None)
        if known is None or (known.called, known.role.value) != (body.who, body.role.value):
            raise UserError("a clearance is given in the name and role that the runner knows you by")
    if isinstance(body, SlotMoved) and body.despite:
        raise UserError("only the runner keeps a preference off")
    return (body,)


def consent(history: History, to: str, called: str, role: SharedAs) -> tuple[ConsentGiven, ...]:
    """Return the consent that a runner gives, or nothing where it stands already.

    Raises
    ------
    UserError
        When it is the runner.
    """
    if to == history.runner:
        raise UserError("this invitation is your own; send it to the runner it is for")
    standing = next((one for one in consents(history) if one.to == to and not one.ended), None)
    if standing and (standing.called, standing.role) == (called, role):
        return ()
    return (ConsentGiven(to=to, called=called, role=role),)


def consent_ended(history: History, to: str) -> tuple[ConsentEnded, ...]:
    """Return the end of a consent, or nothing where there is none that stands."""
    standing = [one for one in consents(history) if one.to == to and not one.ended]
    return tuple(ConsentEnded(to=one.to, called=one.called) for one in standing)


def author_of(who: str) -> str:
    """Return the author of what the account of a name does with another runner's facts."""
    return f"{AUTHOR}{who}"


def done_by_others(history: History) -> tuple[tuple[str, Fact], ...]:
    """Return what others did with a runner's facts, the newest first, and who each is called."""
    done = [fact for fact in history.facts if fact.author.startswith(AUTHOR)]
    return tuple((called_of(history, fact), fact) for fact in reversed(done))


def called_of(history: History, fact: Fact) -> str:
    """Return what whoever was let in and recorded a fact is called; empty where it was the runner."""
    who = fact.author.removeprefix(AUTHOR) if fact.author.startswith(AUTHOR) else None
    return next((one.called for one in consents(history) if one.to == who), "")
