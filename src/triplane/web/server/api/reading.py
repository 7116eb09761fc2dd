"""What a program reads: the same use cases as the pages, each value as the coach hands it out."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import Field

from triplane import coach
from triplane.errors import Action, NotOnRecord, UserError
from triplane.history import MeasurementTaken
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api.answers import CURSOR, LIMIT, answer, look_first, page_of
from triplane.web.server.api.problems import NotYet
from triplane.web.server.api.routes import router

WEEKS = Annotated[int, Field(ge=1, le=104)]


class Runner(Value):
    """Who a token speaks for: the mark that a hand-in carries, the runner's zone, the last fact's number."""

    mark: str
    zone: str
    today: date
    facts: int


class TestToTake(Value):
    """A test of the battery, and whether it is due."""

    test: coach.Protocol
    is_due: bool
    due_on: date | None


class Taken(Value):
    """A measurement on record."""

    id: str
    on: date
    measurement: MeasurementTaken


class MeasurementsPage(Value):
    """Measurements, the newest first. ``next`` is the address of those before them."""

    items: tuple[Taken, ...]
    next: str = ""


class FactsPage(Value):
    """What was told or measured, the newest first. ``next`` is the address of what was told before."""

    items: tuple[coach.FactLine, ...]
    next: str = ""


@router.get("/runner", response=Runner)
def runner(request: HttpRequest) -> HttpResponse:
    """Who the token speaks for."""
    practice = practice_of(request)
    history = practice.history()
    zone = request.account.zone  # type: ignore[attr-defined]
    found = Runner(mark=history.mark, zone=zone, today=practice.now.date(), facts=history.last_seq)
    return answer(request, found)


@router.get("/day", response=coach.Day)
def day(request: HttpRequest) -> HttpResponse:
    """Today, from the plan that stands. Looking makes no plan."""
    look_first(request)
    found = practice_of(request).look()
    assert found is not None
    return answer(request, found)


@router.get("/week", response=coach.Week)
def week(request: HttpRequest, ahead: bool = False) -> HttpResponse:
    """Monday to Sunday; ``ahead``: the next one as far as it is known."""
    look_first(request)
    practice = practice_of(request)
    return answer(request, (coach.next_week if ahead else coach.week)(practice.history(), practice.now))


@router.get("/map", response=coach.HipMap)
def hip_map(request: HttpRequest) -> HttpResponse:
    """Both hips in their directions, with what is not measured said so."""
    practice = practice_of(request)
    return answer(request, coach.hip_map(practice.history(), practice.now))


@router.get("/map/{direction}", response=coach.DirectionView)
def direction(request: HttpRequest, direction: coach.Direction) -> HttpResponse:
    """One direction of both hips: its history, its drills, its minutes."""
    practice = practice_of(request)
    return answer(request, coach.direction_view(practice.history(), direction.value, practice.now))


@router.get("/progress", response=coach.Progress)
def progress(request: HttpRequest, weeks: WEEKS = 12) -> HttpResponse:
    """What was measured, done and felt."""
    practice = practice_of(request)
    if coach.questions_due(practice.history(), practice.now).disclaimer:
        raise UserError("read first what this is and what it is not", action=Action.BEGIN)
    return answer(request, coach.progress(practice.history(), practice.now, weeks))


@router.get("/tests", response=tuple[TestToTake, ...])
def tests(request: HttpRequest) -> HttpResponse:
    """The tests that safety allows, the longest overdue first."""
    practice = practice_of(request)
    found = coach.tests_to_take(practice.history(), practice.now)
    return answer(
        request,
        tuple(TestToTake(test=test, is_due=when.is_due, due_on=when.due_on) for test, when in found),
    )


@router.get("/tests/{test}/questions", response=tuple[coach.ShortQuestion, ...])
def questions_before(request: HttpRequest, test: str) -> HttpResponse:
    """The safety questions to answer before a test is taken again; none where nothing is to be asked."""
    practice = practice_of(request)
    protocol = coach.protocol(practice.history(), test, practice.now)
    return answer(request, coach.questions_before_test(practice.history(), protocol.id, practice.now))


@router.get("/measurements", response=MeasurementsPage)
def measurements(request: HttpRequest, limit: LIMIT = 50, before: CURSOR = "") -> HttpResponse:
    """All measurements, the newest first."""
    taken = practice_of(request).history().all(MeasurementTaken)
    newest = [Taken(id=fact.id, on=fact.local_date, measurement=body) for fact, body in reversed([*taken])]
    place = next((at for at, one in enumerate(newest, 1) if one.id == before), None) if before else 0
    if place is None:
        raise NotOnRecord("measurement", before)
    items, more = page_of(tuple(newest[place:]), limit)
    after = f"{request.path}?limit={limit}&before={items[-1].id}" if more else ""
    return answer(request, MeasurementsPage(items=items, next=after))


@router.get("/measurements/{test}", response=tuple[coach.Measured, ...])
def measured_today(request: HttpRequest, test: str) -> HttpResponse:
    """What today's readings of a test are worth."""
    practice = practice_of(request)
    return answer(request, coach.measured_today(practice.history(), test, practice.now))


@router.get("/readiness", response=tuple[coach.ReadinessQuestion, ...])
def readiness(request: HttpRequest) -> HttpResponse:
    """The questions before a session that are open; none where all are answered and the answers hold."""
    practice = practice_of(request)
    coach.refuse_if_paused(practice.history(), practice.now)
    due = coach.questions_due(practice.history(), practice.now, coach.Purpose.SESSION).readiness
    return answer(request, tuple(coach.readiness_question(name) for name in due))


@router.get("/sessions/{slot}", response=coach.Session)
def session(request: HttpRequest, slot: str) -> HttpResponse:
    """A session to be done now, as cues, once the questions before it are answered."""
    look_first(request)
    practice = practice_of(request)
    coach.refuse_if_paused(practice.history(), practice.now)
    opens = coach.opens_later(practice.history(), slot, practice.now)
    if opens:
        raise NotYet(f"this session lies ahead; it may be begun from {opens:%A %H:%M} on")
    begun = practice.begin(slot)
    practice.refuse_to_log(slot)
    return answer(request, begun)


@router.get("/why/{word}", response=coach.Explanation)
def why(request: HttpRequest, word: str) -> HttpResponse:
    """Why: a rule, a source, a direction, a drill or an item of the plan."""
    practice = practice_of(request)
    return answer(request, coach.why(practice.history(), word, practice.now))


@router.get("/facts", response=FactsPage)
def facts(
    request: HttpRequest, limit: LIMIT = 50, before: CURSOR = "", kind: Annotated[str, Query()] = ""
) -> HttpResponse:
    """What is on record, in words, the newest first."""
    practice = practice_of(request)
    found = coach.facts_told(practice.history(), kind or None, limit + 1, practice.now, before=before)
    items, more = page_of(found, limit)
    of_kind = {"kind": kind} if kind else {}
    asked = urlencode({"limit": limit, **of_kind, "before": items[-1].id}) if more else ""
    after = f"{request.path}?{asked}" if more else ""
    return answer(request, FactsPage(items=items, next=after))


@router.get("/facts/{name}", response=coach.FactLine)
def fact(request: HttpRequest, name: str) -> HttpResponse:
    """One fact, in words."""
    practice = practice_of(request)
    return answer(request, coach.fact_told(practice.history(), name, practice.now))
