"""What a program changes in the week: one day, a race, the place of a session. Each has its own address.

A day and a race are put and taken away as they are to be, so that a second time changes nothing. Moving a
session asks the rules first and is told under a key.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from pydantic import AwareDatetime, Field, RootModel

from triplane import coach
from triplane.errors import UserError
from triplane.history import DayChanged, History, RaceEntered, SlotMoved
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api.answers import Clock, Key, Name, Words, answer, look_first, tell
from triplane.web.server.api.choosing import Minutes, Run
from triplane.web.server.api.routes import router

Metres = Annotated[float, Field(ge=coach.RACE_KM[0] * 1000, le=coach.RACE_KM[1] * 1000)]


class Away(Value):
    """The runner is away on that day: nothing is planned."""

    goes: Literal["away"]


class Otherwise(Value):
    """A day with other runs (none where the list is empty), with other minutes at home, or both."""

    goes: Literal["otherwise"]
    runs: Annotated[tuple[Run, ...], Field(max_length=4)] | None = None
    minutes: Minutes | None = None


class OtherDay(RootModel[Annotated[Away | Otherwise, Field(discriminator="goes")]]):
    """How one day goes."""


class Race(Value):
    """A race: how long, when, and what it is called."""

    distance_m: Metres
    at: Clock | None = None
    called: Annotated[Words, Field(max_length=80)] = ""


class Wish(Value):
    """A drill that is wanted or left out up to a last day; ``wanted`` null takes the wish back."""

    wanted: bool | None
    until: date | None = None


class Moving(Value):
    """A session elsewhere in the week. ``insist`` names the preferences, shown before, to be kept off."""

    to: AwareDatetime
    insist: Annotated[tuple[Name, ...], Field(max_length=20)] = ()


@router.put("/changes/day/{day}", response=coach.Week)
def other_day(request: HttpRequest, day: date, told: OtherDay) -> HttpResponse:
    """Say how a day goes, and see the week that follows."""
    goes = told.root

    def changed(history: History, now: datetime) -> Value:
        if isinstance(goes, Away):
            return coach.changed_day(history, day, now, away=True)
        runs = None if goes.runs is None else tuple(run.planned for run in goes.runs)
        return coach.changed_day(history, day, now, runs=runs, minutes=goes.minutes)

    return _put(request, changed)


@router.delete("/changes/day/{day}", response=coach.Week)
def usual_day(request: HttpRequest, day: date) -> HttpResponse:
    """Let a day go as usual again, and see the week that follows."""

    def usual(history: History, now: datetime) -> Value | None:
        body = coach.changed_day(history, day, now, usual=True)
        return body if any(one.date == day for _, one in history.all(DayChanged)) else None

    return _put(request, usual)


@router.put("/changes/race/{day}", response=coach.Week)
def race(request: HttpRequest, day: date, told: Race) -> HttpResponse:
    """Enter a race, and see the week that follows."""
    return _put(
        request,
        lambda history, now: coach.changed_race(
            history, day, now, distance_m=told.distance_m, at=told.at, called=told.called
        ),
    )


@router.delete("/changes/race/{day}", response=coach.Week)
def no_race(request: HttpRequest, day: date) -> HttpResponse:
    """Cancel a race, and see the week that follows."""

    def cancelled(history: History, now: datetime) -> Value | None:
        known = [one for _, one in history.all(RaceEntered) if one.date == day]
        gone = bool(known) and known[-1].cancelled
        return None if gone else coach.changed_race(history, day, now, cancelled=True)

    return _put(request, cancelled)


@router.get("/changes/move/{slot}", response=coach.Move)
def look_at_move(request: HttpRequest, slot: str, to: AwareDatetime) -> HttpResponse:
    """See what the rules say where a session would begin at ``to``; records nothing."""
    look_first(request)
    practice = practice_of(request)
    return answer(
        request, coach.moved(practice.history(), slot, in_runners_zone(to, practice.now), practice.now)
    )


@router.post("/changes/move/{slot}", response=coach.Week)
def move(request: HttpRequest, slot: str, key: Key, told: Moving) -> HttpResponse:
    """Put a session elsewhere, and see the week that follows."""

    def moved(history: History, now: datetime) -> SlotMoved:
        found = coach.moved(history, slot, in_runners_zone(told.to, now), now)
        return found.insisting(told.insist) if told.insist else found.body

    return change_week(request, key, moved)


@router.delete("/changes/move/{slot}", response=coach.Week)
def move_back(request: HttpRequest, slot: str, key: Key) -> HttpResponse:
    """Put a session back where it usually lies, and see the week that follows."""
    return change_week(request, key, lambda history, now: coach.moved_back(history, slot, now))


@router.post("/changes/drill/{drill}", response=coach.FactLine)
def wish(request: HttpRequest, drill: Name, key: Key, told: Wish) -> HttpResponse:
    """Want a drill or leave it out; the plan's own rules say whether, where and how much."""
    fact = tell(
        request, key, lambda history, now: coach.chosen_drill(history, drill, now, told.wanted, told.until)
    )
    practice = practice_of(request)
    return answer(request, coach.fact_told(practice.history(), fact.id, practice.now))


def in_runners_zone(to: datetime, now: datetime) -> datetime:
    """Return an instant in the runner's zone; the first and last days there are have no other one.

    Raises
    ------
    UserError
        Where there is none.
    """
    try:
        return to.astimezone(now.tzinfo)
    except OverflowError as error:
        raise UserError(f"{to.isoformat()} is no instant of a week") from error


def change_week(request: HttpRequest, key: str, told: Callable[[History, datetime], Value]) -> HttpResponse:
    """Record a change once for its key, on the week as it was planned until then; return what follows."""
    practice = practice_of(request)
    coach.refuse_if_blocked(practice.history(), practice.now)
    practice.week()
    tell(request, key, told)
    return answer(request, practice.week())


def _put(request: HttpRequest, told: Callable[[History, datetime], Value | None]) -> HttpResponse:
    """Record a change where the week does not go so already, and return the week that follows."""
    practice = practice_of(request)
    coach.refuse_if_blocked(practice.history(), practice.now)
    practice.week()

    def once(history: History, now: datetime) -> tuple[Value, ...]:
        body = told(history, now)
        return () if body is None or body == _last_of(history, body) else (body,)

    practice.decide(once)
    return answer(request, practice.week())


def _last_of(history: History, body: Value) -> Value | None:
    """Return the last word on the same date, on a day or a race."""
    day = getattr(body, "date", None)
    known = [one for _, one in history.all(type(body)) if getattr(one, "date", None) == day]
    return known[-1] if known else None
