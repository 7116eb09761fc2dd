"""Runners for the safety tests: histories in one line."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from triplane.history import (
    Answer,
    ClearanceRecorded,
    DisclaimerAccepted,
    History,
    RestrictionTightened,
    ScreeningAnswered,
    record,
)
from triplane.screening import first_questions, words
from triplane.value import Value

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


def after(**time: float) -> datetime:
    """An instant after the morning everything begins with."""
    return MORNING + timedelta(**time)


def history_of(*bodies: Value | tuple[datetime, Value], start: datetime = MORNING) -> History:
    """A history of bodies; those without an instant happen at the start, in order."""
    facts = []
    for seq, entry in enumerate(bodies, 1):
        at, body = entry if isinstance(entry, tuple) else (start, entry)
        fact = record(body, "runner", at, origin_key=str(seq))
        facts.append(fact.model_copy(update={"seq": seq}))
    return History("runner", tuple(facts))


def with_the_rest_no(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers with every question that is not among them answered no, as the runner said."""
    return {**dict.fromkeys(first_questions(), False), **answers}


def screened(answers: dict[str, Answer] | None = None, *more: Value | tuple[datetime, Value]) -> History:
    """A runner who took the disclaimer and answered everything: these answers, the rest no."""
    accepted = DisclaimerAccepted(text_version=words().disclaimer.version)
    return history_of(accepted, ScreeningAnswered(answers=with_the_rest_no(answers or {})), *more)


def restricted(*tags: str) -> History:
    """A runner who answered no to everything and for whom these restrictions were added by hand."""
    return screened({}, *(RestrictionTightened(tag=tag) for tag in tags))


def cleared(*scope: str, role: str = "physician", **fields: object) -> ClearanceRecorded:
    """A professional's word, given on the first morning."""
    given = {"who": "Dr Ada Reyes", "role": role, "given_on": MORNING.date(), "scope": scope, **fields}
    return ClearanceRecorded.model_validate(given)
