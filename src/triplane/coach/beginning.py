"""The two ways to a session: begun once what is asked before it is answered, or taken along with that."""

from datetime import datetime, timedelta

from triplane import screening
from triplane.coach.cues import Session, session_of
from triplane.errors import NotReady
from triplane.history import History
from triplane.screening import Purpose, ReadinessQuestion
from triplane.value import Value

BUNDLE_H = 24
"""Hours after which what was taken along is not played any more (decision 8). Ours."""


class Bundle(Value):
    """A session taken along: to be played once ``asks`` are all answered with no, before ``expires_at``."""

    asks: tuple[ReadinessQuestion, ...]
    expires_at: datetime
    session: Session


def begin(history: History, slot: str, now: datetime) -> Session:
    """Return a planned session to whoever answered what is asked before it.

    An answer holds for ``screening.READINESS_H`` hours, and no longer than until a session is logged.

    Raises
    ------
    Blocked
        When safety stops or pauses the runner, or leaves nothing of the session.
    UnknownName
        When the plan holds nothing under that id.
    NotReady
        When questions before a session are open; it names them.
    """
    found = session_of(history, slot, now)
    due = screening.questions_due(history, now, Purpose.SESSION)
    if due.readiness:
        raise NotReady(slot, due.readiness)
    return found


def bundle(history: History, slot: str, now: datetime) -> Bundle:
    """Return a planned session to be taken along, with all questions before a session to be answered there.

    Raises
    ------
    Blocked, UnknownName
        As ``begin``.
    """
    return Bundle(
        asks=tuple(screening.readiness_questions().values()),
        expires_at=now + timedelta(hours=BUNDLE_H),
        session=session_of(history, slot, now),
    )
