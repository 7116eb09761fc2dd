"""Which questions are due, and what is wrong with answers that were given."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum

from triplane.history import Answer, History, ReadinessAnswered, SessionLogged
from triplane.screening.events import READINESS_H
from triplane.screening.load import questions, readiness_questions
from triplane.screening.question import FollowUp, FollowUpKind
from triplane.screening.record import safety_record
from triplane.screening.screen import DISCLAIMER, screen, short_due
from triplane.value import Value

RETEST_DAYS = 1
"""Days after which the short questions are asked again before a block of retests; coach's default."""


class Purpose(StrEnum):
    """What the runner is about to do."""

    PLAN = "plan"
    SESSION = "session"
    RETEST = "retest"


class QuestionsDue(Value):
    """What to ask now, in order. ``must`` stop everything until answered; ``should`` are due but do not yet.

    ``follow_ups`` belong to a yes already given and are read as the worst until answered.
    """

    disclaimer: bool = False
    must: tuple[str, ...] = ()
    should: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    readiness: tuple[str, ...] = ()

    @property
    def come_first(self) -> bool:
        """Whether nothing of a week is shown before what this is was read and these questions answered."""
        return self.disclaimer or bool(self.must)


def questions_due(history: History, now: datetime, before: Purpose = Purpose.PLAN) -> QuestionsDue:
    """Return what to ask before planning, a session or a block of retests.

    The first screening asks all 34; a month later the short ones; before retests the short ones unless
    they are fresh; before every session the readiness questions; and whatever an event reopened.
    """
    clearance = screen(history, now)
    must = tuple(name for name in clearance.open_questions if name in questions())
    record = safety_record(history, now)
    after_days = (RETEST_DAYS,) if before is Purpose.RETEST else ()
    due = () if must else short_due(record, now.date(), *after_days)
    if before is Purpose.RETEST and not must:
        must, due = due, ()
    return QuestionsDue(
        disclaimer=DISCLAIMER in clearance.open_questions,
        must=must,
        should=due,
        follow_ups=clearance.unanswered_follow_ups,
        readiness=_readiness_due(history, now) if before is Purpose.SESSION else (),
    )


def _readiness_due(history: History, now: datetime) -> tuple[str, ...]:
    """Return the questions before a session that have no answer since the last session that still holds."""
    known = history.until(now)
    logged = known.facts_of(SessionLogged)
    from_on = now - timedelta(hours=READINESS_H)
    since = max(from_on, logged[-1].occurred_at) if logged else from_on
    answered = {
        name
        for fact, told in known.all(ReadinessAnswered)
        if fact.occurred_at >= since
        for name, answer in told.answers.items()
        if isinstance(answer, bool)
    }
    return tuple(name for name in readiness_questions() if name not in answered)


def answer_problems(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Say what is wrong with answers to safety or readiness questions, one sentence each; none when fine."""
    asked = questions()
    known = {
        **dict.fromkeys((*asked, *readiness_questions())),
        **{f"{q.id}.{follow.key}": follow for q in asked.values() for follow in q.follow_up},
    }
    found = []
    for name, answer in answers.items():
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]}?" if near else "."
            found.append(f"There is no safety question {name!r}{hint}")
        elif problem := _problem_of(known[name], answer):
            found.append(f"{name}: {problem}")
    return tuple(found)


def _problem_of(follow: FollowUp | None, answer: Answer) -> str:
    """What is wrong with one answer; empty when nothing is."""
    if follow is None or follow.kind is FollowUpKind.YES_NO:
        return "" if isinstance(answer, bool) else f"{answer!r} is neither yes nor no (true or false)."
    if follow.kind is FollowUpKind.NUMBER:
        return _problem_of_number(follow, answer)
    chosen = answer if isinstance(answer, tuple) else (answer,)
    ids = [choice.id for choice in follow.choice]
    wrong = [str(choice) for choice in chosen if choice not in ids]
    if wrong:
        return f"{', '.join(wrong)} is not among the choices: {', '.join(ids)}."
    if follow.kind is FollowUpKind.CHOICE and len(chosen) != 1:
        return f"choose one of {', '.join(ids)}."
    if not chosen:
        return f"choose at least one of {', '.join(ids)}."
    return ""


def _problem_of_number(follow: FollowUp, answer: Answer) -> str:
    if isinstance(answer, bool) or not isinstance(answer, (int, float)):
        return f"{answer!r} is not a number."
    if not follow.low <= answer <= follow.high:
        span = f"between {follow.low:g} and {follow.high:g} {follow.unit}".strip()
        return f"{answer!s:.20} is not {span}."
    return ""
