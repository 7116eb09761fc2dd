"""What a program tells for its runner: each the use case of a page, recorded once under its key."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import NotPlanned, UnknownName
from triplane.history import (
    EndFeel,
    Feeling,
    History,
    Method,
    Score,
    SorenessCourse,
)
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api.answers import Key, Name, Words, answer, origin_of, tell, told_under
from triplane.web.server.api.problems import QuestionsFirst
from triplane.web.server.api.routes import router


class Ready(Value):
    """Answers to the questions before a session, by their ids."""

    answers: Mapping[Name, bool]


class Morning(Value):
    """How it was the next morning; nothing in ``soreness`` says that nothing is sore."""

    soreness: Annotated[tuple[Feeling, ...], Field(max_length=20)] = ()
    course: SorenessCourse | None = None
    hours_since_onset: Annotated[float, Field(ge=0, le=24 * 60)] | None = None
    about: date | None = None
    note: Words = ""


class Readings(Value):
    """What was read off on one side, how much it hurt, and what stopped it."""

    readings: Annotated[
        tuple[Annotated[float, Field(ge=-200, le=1000)], ...], Field(min_length=1, max_length=9)
    ]
    pain: Score
    end_feel: EndFeel | None = None


class Measuring(Value):
    """A test as it was taken. Readings that lie apart wait for two more, unless ``as_they_are``."""

    test: Name
    method: Method
    sides: Annotated[Mapping[coach.Side, Readings], Field(min_length=1)]
    active: bool = False
    as_they_are: bool = False


@router.post("/plan", response=coach.Day)
def plan(request: HttpRequest) -> HttpResponse:
    """Make the week where something happened, and return today; the same plan stands where nothing did."""
    return answer(request, practice_of(request).day())


@router.post("/readiness", response=coach.Readiness)
def readiness(request: HttpRequest, key: Key, told: Ready) -> HttpResponse:
    """Answer the questions before a session, and hear what the answers amount to."""
    tell(request, key, lambda history, now: _ready(history, told, now))
    practice = practice_of(request)
    return answer(request, coach.readiness(practice.history(), told.answers, practice.now))


def _ready(history: History, told: Ready, now: datetime) -> Value:
    coach.readiness(history, told.answers, now)
    return coach.readiness_answers(told.answers)


@router.post("/hand-in", response=coach.HandedIn)
def hand_in(request: HttpRequest, told: coach.HandIn) -> HttpResponse:
    """Record what was played; its own ``key`` makes a second time harmless."""
    return answer(request, practice_of(request).hand_in(told).model_copy(update={"facts": ()}))


@router.post("/sessions/{slot}/log", response=coach.FactLine)
def log(request: HttpRequest, slot: str, key: Key, told: coach.SessionAnswers) -> HttpResponse:
    """Tell how a session was, in words. Safety's present word keeps nothing from being recorded."""
    practice = practice_of(request)
    origin = origin_of(request, key)
    if told_under(practice.history(), key, origin) is None:
        _log(practice, slot, told, origin)
    told_once = told_under(practice.history(), key, origin)  # here, or by the same request beside this one
    assert told_once
    return answer(request, coach.fact_told(practice.history(), told_once.id, practice.now))


def _log(practice: Practice, slot: str, told: "coach.SessionAnswers", origin: str) -> None:
    try:
        practice.log(slot, told, origin_key=origin)
    except UnknownName as error:
        if coach.clearance(practice.history(), practice.now).is_blocked:  # names no drill that is near
            raise NotPlanned("planned session", slot) from error
        raise


@router.post("/check-in", response=coach.FactLine)
def check_in(request: HttpRequest, key: Key, told: Morning) -> HttpResponse:
    """Tell how the morning is."""
    practice = practice_of(request)
    fact = tell(
        request,
        key,
        lambda history, now: coach.check_in(
            told.about or practice.yesterday,
            told.soreness,
            told.course,
            now,
            hours_since_onset=told.hours_since_onset,
            note=told.note,
        ),
    )
    return answer(request, coach.fact_told(practice.history(), fact.id, practice.now))


@router.post("/tests/{test}/questions", response=coach.Clearance)
def answer_before(request: HttpRequest, test: str, key: Key, told: Ready) -> HttpResponse:
    """Answer the safety questions before a test is taken again; each answer counts at once."""
    practice = practice_of(request)
    protocol = coach.protocol(practice.history(), test, practice.now)
    tell(request, key, lambda history, now: _short(history, protocol.id, told, now))
    return answer(request, coach.clearance(practice.history(), practice.now))


def _short(history: History, test: str, told: Ready, now: datetime) -> Value:
    asked = [one.question.id for one in coach.questions_before_test(history, test, now)]
    for name in told.answers:
        if name.partition(".")[0] not in asked:
            raise UnknownName("open question before this test", name, asked)
    return coach.screening_answers(told.answers, short=True)


@router.post("/measurements", response=tuple[coach.HipMeasurement, ...])
def measure(request: HttpRequest, told: Measuring) -> HttpResponse:
    """Record readings. The very same ones twice on a day are recorded once, without any key."""
    practice = practice_of(request)
    protocol = coach.protocol(practice.history(), told.test, practice.now)
    due = coach.questions_before_test(practice.history(), protocol.id, practice.now)
    if due:
        raise QuestionsFirst(protocol.id, tuple(one.question.id for one in due))
    sides = {
        side: coach.SideReadings(readings=one.readings, pain=one.pain, end_feel=one.end_feel)
        for side, one in told.sides.items()
    }
    taken = practice.measure_sides(
        protocol.id, sides, told.method, active=told.active, as_they_are=told.as_they_are
    )
    return answer(request, taken)


@router.delete("/facts/{name}", response=coach.FactLine)
def withdraw(request: HttpRequest, name: str, reason: Words = "") -> HttpResponse:
    """Take a fact back: it stays on the record and no longer speaks. What safety rests on stays."""
    practice = practice_of(request)
    if not coach.fact_told(practice.history(), name, practice.now).corrected:
        practice.correct(lambda history, now: [coach.withdrawal(history, name, now, reason)])
    return answer(request, coach.fact_told(practice.history(), name, practice.now))
