"""The facts that safety rests on, in the order in which they speak."""

from collections.abc import Iterator
from datetime import datetime

from triplane.history import (
    AboutRunner,
    CheckinAnswered,
    ClearanceRecorded,
    DisclaimerAccepted,
    Fact,
    History,
    MeasurementTaken,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
    SessionLogged,
)

KINDS_READ = (
    AboutRunner, CheckinAnswered, ClearanceRecorded, DisclaimerAccepted, MeasurementTaken,
    ReadinessAnswered, RestrictionTightened, ScreeningAnswered, SessionLogged,
)  # fmt: skip
SAID_AGAIN = (AboutRunner, ScreeningAnswered)


def safety_facts(history: History) -> list[Fact]:
    """Return what safety rests on, in order; a session that was told anew speaks as it was told before, too.

    What a session asked again stays asked, whatever is put right; what hurt by the new words asks from when
    they were said.
    """
    facts = (fact for kind in KINDS_READ for fact in history.facts_of(kind))
    all_told = (*facts, *history.told_anew(SessionLogged))
    return sorted(all_told, key=lambda fact: (_speaks_from(fact), fact.seq))


def told_in_turn(history: History) -> list[tuple[Fact, bool]]:
    """Return these facts, and whether each speaks for a second time.

    Who runs and what was answered after a fact that is dated later (by a clock ahead) speak behind that one
    once more: the later date does not undo what was told after it.
    """
    place = {fact.id: number for number, fact in enumerate(history.facts)}
    told = [(fact, _speaks_from(fact), False) for fact in safety_facts(history)]
    told += _said_again(sorted((fact for fact, _, _ in told), key=lambda fact: place[fact.id]))
    return [(fact, again) for fact, _, again in sorted(told, key=lambda one: (one[1], place[one[0].id]))]


def _said_again(as_told: list[Fact]) -> Iterator[tuple[Fact, datetime, bool]]:
    newest: datetime | None = None
    for fact in as_told:
        at = _speaks_from(fact)
        if newest is None or at >= newest:
            newest = at
        elif isinstance(fact.body, SAID_AGAIN):
            yield fact, newest, True


def _speaks_from(fact: Fact) -> datetime:
    is_anew = fact.supersedes is not None and isinstance(fact.body, SessionLogged)
    return fact.recorded_at if is_anew else fact.occurred_at
