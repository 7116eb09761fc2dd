"""The safety questions for a program: what is due, answers that are recorded at once, and the stop page."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from triplane import coach
from triplane.errors import UnknownName, UserError
from triplane.history import History
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api.answers import Key, Name, answer, tell
from triplane.web.server.api.problems import SureFirst
from triplane.web.server.api.routes import router


class Terms(Value):
    """What the runner reads and accepts first: what this is and what it is not."""

    version: str
    title: str
    says: tuple[str, ...]
    ask: str


class Asked(Value):
    """A safety question that is open. ``must``: nothing is planned before it is answered.

    ``follow_ups`` names what is asked further after a yes that is on record already.
    """

    question: coach.Question
    must: bool
    follow_ups: tuple[str, ...] = ()


class SafetyDue(Value):
    """What is to be answered now, in order; ``terms`` only where they are to be accepted first."""

    terms: Terms | None
    questions: tuple[Asked, ...]


class Accepted(Value):
    """That the runner accepts the terms, by the version that was read."""

    version: str


class Answers(Value):
    """Answers by the ids of questions, and of what belongs to a yes (``H01.deformed_or_stuck``).

    Where they stop all training at once, they are recorded only with ``sure``.
    """

    answers: Mapping[Name, coach.Answer] = Field(min_length=1, max_length=200)
    sure: bool = False


@router.get("/safety", response=coach.Clearance)
def safety(request: HttpRequest) -> HttpResponse:
    """What safety says now, and what is left to be answered."""
    practice = practice_of(request)
    return answer(request, coach.clearance(practice.history(), practice.now))


@router.get("/safety/stop", response=coach.StopPage)
def stop(request: HttpRequest) -> HttpResponse:
    """What is said to a runner whom safety stops, in whole sentences."""
    practice = practice_of(request)
    return answer(request, coach.stop_page(practice.history(), practice.now))


@router.get("/safety/questions", response=SafetyDue)
def questions(request: HttpRequest) -> HttpResponse:
    """The terms, where they are to be accepted, and the safety questions that are open."""
    practice = practice_of(request)
    return answer(request, _due(practice.history(), practice.now))


@router.put("/safety/terms", response=SafetyDue)
def accept(request: HttpRequest, told: Accepted) -> HttpResponse:
    """Accept what this is and what it is not; a second time changes nothing."""
    if told.version != coach.disclaimer().version:
        raise UnknownName("version of the terms", told.version, [coach.disclaimer().version])
    practice = practice_of(request)

    def once(history: History, now: datetime) -> tuple[Value, ...]:
        return (coach.disclaimer_accepted(),) if coach.questions_due(history, now).disclaimer else ()

    practice.decide(once)
    return answer(request, _due(practice.history(), practice.now))


@router.post("/safety/answers", response=coach.Clearance)
def answer_questions(request: HttpRequest, key: Key, told: Answers) -> HttpResponse:
    """Answer open safety questions; each answer counts at once, and none is taken back here."""
    practice = practice_of(request)
    tell(request, key, lambda history, now: _answers(history, told, now))
    return answer(request, coach.clearance(practice.history(), practice.now))


def _answers(history: History, told: Answers, now: datetime) -> Value:
    due = coach.questions_due(history, now)
    if due.disclaimer:
        raise UserError(_("read first what this is and what it is not, and accept it"))
    asked = [name.partition(".")[0] for name in (*due.must, *due.should, *due.follow_ups)]
    for name in told.answers:
        if name.partition(".")[0] not in asked:
            raise UnknownName("open safety question", name, asked)
    body = coach.screening_answers(told.answers, short=coach.clearance(history, now).screened_on is not None)
    stops = coach.answers_stop_here(history, told.answers, now)
    if stops is not None and not told.sure:
        raise SureFirst(stops.title)
    return body


def _due(history: History, now: datetime) -> SafetyDue:
    due, text = coach.questions_due(history, now), coach.disclaimer()
    terms = Terms(version=text.version, title=text.title, says=text.says, ask=text.ask)
    names = dict.fromkeys(one.partition(".")[0] for one in (*due.must, *due.should, *due.follow_ups))
    return SafetyDue(
        terms=terms if due.disclaimer else None,
        questions=tuple(
            Asked(
                question=coach.question(name),
                must=name in due.must,
                follow_ups=tuple(one for one in due.follow_ups if one.startswith(f"{name}.")),
            )
            for name in names
        ),
    )
