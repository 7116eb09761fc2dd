"""When what is told of a session counts from: work when it was done, what hurt after safety's last word."""

from datetime import datetime

from triplane.history import (
    ClearanceRecorded,
    DrillDone,
    Fact,
    History,
    ScreeningAnswered,
    SessionLogged,
    record,
)

FINE = 3
"""Discomfort of 10 up to which a drill goes on as it is (E50)."""


def hurts(done: DrillDone) -> bool:
    """Whether something was told of a drill that makes the work that follows smaller."""
    is_sore = done.discomfort > FINE or any(felt.score for felt in done.pain)
    return is_sore or bool(done.signs) or done.too_much


def counts_from(history: History, when: datetime, now: datetime) -> datetime:
    """Return from when something that tightens counts, told now and dated ``when``.

    It counts no earlier than the last safety answers and the last word of a professional: whoever gave them
    did not speak of what is told only now, and is asked again.
    """
    words = (*history.facts_of(ScreeningAnswered), *history.facts_of(ClearanceRecorded))
    is_answered = any(when <= word.occurred_at for word in words)
    return now if is_answered else when


def session_fact(
    history: History, logged: SessionLogged, when: datetime, now: datetime, origin_key: str = ""
) -> Fact:
    """Return the fact that says how a session was that was done at ``when`` and is told of now.

    Every way of logging ends here: typed, played, told in words later, handed in from a device.
    """
    hurt = any(hurts(done) for done in logged.drills)
    counts = counts_from(history, when, now) if hurt else when
    return record(logged, history.runner, now, occurred_at=counts, origin_key=origin_key)
