"""What a program looks up beside the day: the lunges with their six variables, and two dates side by side."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from triplane import coach
from triplane.errors import Action, UserError
from triplane.history import Method
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api.answers import Name, answer
from triplane.web.server.api.routes import router

LEVEL = Annotated[int, Field(ge=0, le=99)]
"""A level of a variable; one beyond the highest is the highest."""


class ReadTwice(Value):
    """A test, side and mode by one method on two dates. ``before`` is missing where there was none yet,
    ``change`` where nothing was read anew in between."""

    state: coach.PairState
    name: str
    test: str
    side: coach.Side
    method: Method | None
    unit: str
    active: bool
    before: coach.Point | None
    after: coach.Point
    change: coach.RangeChange | None


class Compared(Value):
    """Two dates, and what was read, done, felt and decided between them. Nothing predicts an injury."""

    before: date
    after: date
    pairs: tuple[ReadTwice, ...]
    sessions: int
    minutes_by_stage: dict[int, float]
    minutes_by_direction: dict[coach.Direction, dict[coach.Side, float]]
    mornings: int
    felt: tuple[coach.FeltBetween, ...]
    decided: tuple[coach.FactLine, ...]


def _read_terms(request: HttpRequest) -> None:
    practice = practice_of(request)
    if coach.questions_due(practice.history(), practice.now).disclaimer:
        raise UserError("read first what this is and what it is not", action=Action.BEGIN)


@router.get("/lunges", response=coach.LungeMatrix)
def lunges(request: HttpRequest) -> HttpResponse:
    """The lunges by direction and reach: done, open, or locked and why."""
    _read_terms(request)
    practice = practice_of(request)
    return answer(request, coach.lunge_matrix(practice.history(), practice.now))


@router.get("/lunges/{way}/{reach}", response=coach.LungeChoice)
def lunge(
    request: HttpRequest,
    way: Name,
    reach: Name,
    load: LEVEL | None = None,
    range: LEVEL | None = None,
    environment: LEVEL | None = None,
    speed: LEVEL | None = None,
    stability: LEVEL | None = None,
    duration: LEVEL | None = None,
) -> HttpResponse:
    """One lunge with every step of its six variables, and why a step is locked; records nothing.

    A variable that is not named stands where it stands today.
    """
    _read_terms(request)
    asked = {
        **{"load": load, "range": range, "environment": environment},
        **{"speed": speed, "stability": stability, "duration": duration},
    }
    levels = {name: level for name, level in asked.items() if level is not None}
    practice = practice_of(request)
    return answer(request, coach.lunge_choice(practice.history(), way, reach, levels, practice.now))


@router.get("/comparison", response=Compared)
def comparison(request: HttpRequest, before: date | None = None, after: date | None = None) -> HttpResponse:
    """Two dates side by side; where one is not named, the one that the page begins with."""
    _read_terms(request)
    practice = practice_of(request)
    history, now = practice.history(), practice.now
    usual_before, usual_after = coach.usual_dates(history, now)
    found = coach.compare(history, before or usual_before, after or usual_after, now)
    told = Compared(
        before=found.before,
        after=found.after,
        pairs=tuple(_read_twice(pair) for pair in found.pairs),
        sessions=found.sessions,
        minutes_by_stage=found.by_stage,
        minutes_by_direction=found.by_direction,
        mornings=found.mornings,
        felt=found.felt,
        decided=tuple(coach.fact_told(history, fact.id, now) for fact in found.decided),
    )
    return answer(request, told)


def _read_twice(pair: coach.ReadingPair) -> ReadTwice:
    line = pair.series
    return ReadTwice(
        state=pair.state,
        name=pair.name,
        test=line.test,
        side=line.side,
        method=line.method,
        unit=line.unit,
        active=line.active,
        before=pair.before,
        after=pair.after,
        change=pair.change,
    )
