"""What a program looks up beside the day: the lunges, the drills chosen, and two dates side by side."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from triplane import coach
from triplane.errors import Action, UserError
from triplane.history import Method
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api.answers import LIMIT, Name, answer, page_of
from triplane.web.server.api.problems import NothingYet
from triplane.web.server.api.routes import router

LEVEL = Annotated[int, Field(ge=0, le=99)]
"""A level of a variable; one beyond the highest is the highest."""


DRILL = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{0,80}$")]
"""The id of a drill, or nothing."""


class ChoicesPage(Value):
    """Drills that are wanted or left out, in the order of their ids. ``next`` is the address of more."""

    items: tuple[coach.DrillChoice, ...]
    next: str = ""


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


@router.get("/changes/drill", response=ChoicesPage)
def drill_choices(request: HttpRequest, limit: LIMIT = 50, after: DRILL = "") -> HttpResponse:
    """Every drill that is wanted or left out this week, and what became of it.

    A page begins behind the drill it is told, whether or not that one is still chosen.
    """
    practice = practice_of(request)
    found = coach.drill_choices(practice.history(), practice.now)
    items, more = page_of(tuple(one for one in found if one.drill > after), limit)
    asked = urlencode({"limit": limit, "after": items[-1].drill}) if more else ""
    return answer(request, ChoicesPage(items=items, next=f"{request.path}?{asked}" if more else ""))


@router.get("/changes/drill/{drill}", response=coach.DrillChoice)
def drill_choice(request: HttpRequest, drill: Name) -> HttpResponse:
    """Whether a drill is wanted or left out: by whom, why, until when, and what this week makes of it."""
    practice = practice_of(request)
    found = coach.drill_choice(practice.history(), drill, practice.now)
    if found is None:
        raise NothingYet(_("nobody wants this drill or leaves it out"))
    return answer(request, found)


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
