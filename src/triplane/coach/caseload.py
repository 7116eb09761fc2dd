"""A coach's table: of each runner in one line who needs somebody, and why. Looks only; plans nothing."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from triplane import adaptation, catalogue
from triplane.coach.issued import issued_plan
from triplane.coach.progressing import progress
from triplane.coach.screening_talk import clearance
from triplane.history import CheckinAnswered, Fact, History, SessionLogged, monday_of
from triplane.screening import SafetyLevel
from triplane.value import Value

SILENT_DAYS = 4
"""Days without a session or a morning told after which a coach would ask. Coach's default."""


class Need(StrEnum):
    """Why a runner needs somebody, the most urgent first."""

    BLOCKED = "blocked"
    UNSCREENED = "unscreened"
    PAIN = "pain"
    LOSS = "loss"
    SILENT = "silent"
    GAIN = "gain"


class Call(Value):
    """One reason to look at a runner: what it is, and what of it, where there is more to say."""

    need: Need
    of: tuple[str, ...] = ()
    since: date | None = None


class RunnersLine(Value):
    """One runner in the table: what calls for somebody, this week's sessions, when anything was told."""

    calls: tuple[Call, ...] = ()
    planned: int = 0
    done: int = 0
    told_on: date | None = None

    @property
    def urgency(self) -> int:
        """Where the line stands in the table: the lower, the higher up."""
        order = tuple(Need)
        return min((order.index(call.need) for call in self.calls), default=len(order))


def runners_line(history: History, now: datetime) -> RunnersLine:
    """Return a runner's line in a coach's table.

    A blocked runner is shown as blocked and nothing else: what is planned or measured does not count then.
    """
    known = history.until(now)
    told_on = max((one.local_date for one in _told(known)), default=None)
    safety = clearance(known, now)
    if safety.is_blocked:
        unanswered = safety.level is SafetyLevel.UNSCREENED
        return RunnersLine(
            calls=(Call(need=Need.UNSCREENED if unanswered else Need.BLOCKED),), told_on=told_on
        )
    planned, done = _sessions(known, now)
    began = min(fact.local_date for fact in known.facts)
    calls = (*_pain(known, now), *_changes(known, now), *_silence(told_on or began, planned, now))
    order = tuple(Need)
    return RunnersLine(
        calls=tuple(sorted(calls, key=lambda call: order.index(call.need))),
        planned=planned,
        done=done,
        told_on=told_on,
    )


def _told(history: History) -> tuple[Fact, ...]:
    return (*history.facts_of(SessionLogged), *history.facts_of(CheckinAnswered))


def _pain(history: History, now: datetime) -> tuple[Call, ...]:
    sore = adaptation.sore_notice(history, catalogue.load(), now)
    return (Call(need=Need.PAIN),) if sore else ()


def _changes(history: History, now: datetime) -> tuple[Call, ...]:
    """Return real changes of range: what is within the error of measuring is no news."""
    real = [line for line in progress(history, now).lines if line.change.better is not None]
    names = {
        need: tuple(dict.fromkeys(line.name for line in real if line.change.better is better))
        for need, better in ((Need.LOSS, False), (Need.GAIN, True))
    }
    return tuple(Call(need=need, of=told) for need, told in names.items() if told)


def _silence(since: date, planned: int, now: datetime) -> tuple[Call, ...]:
    is_silent = now.date() - since >= timedelta(days=SILENT_DAYS)
    return (Call(need=Need.SILENT, since=since),) if planned and is_silent else ()


def _sessions(history: History, now: datetime) -> tuple[int, int]:
    """Return how many sessions the plan of this week holds, and how many of them are done."""
    plan = issued_plan(history, now)
    if plan is None or plan.week != monday_of(now.date()):
        return 0, 0
    filled = {item.slot for item in plan.items}
    done = {log.slot for _, log in history.all(SessionLogged)}
    return len(filled), len(filled & done)
