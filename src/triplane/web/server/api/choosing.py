"""What a runner chooses and has, put as a whole: preferences, defaults, who runs, equipment, the usual week.

What is put a second time, and what stands so already, is not recorded again.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from triplane import coach
from triplane.history import (
    AboutRunner,
    DayPattern,
    EquipmentListed,
    GymVisit,
    History,
    PlannedRun,
    PreferencesChosen,
    RunKind,
    Sound,
    Units,
    Weekday,
    WeekDescribed,
)
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api.answers import Clock, Name, answer
from triplane.web.server.api.problems import NothingYet
from triplane.web.server.api.routes import router

RunMinutes = Annotated[float, Field(ge=coach.RUN_MIN[0], le=coach.RUN_MIN[1])]
Minutes = Annotated[float, Field(ge=coach.DAY_MIN[0], le=coach.DAY_MIN[1])]
Rate = Annotated[float, Field(ge=0.6, le=1.6)]


class Preferences(Value):
    """How it is shown and said. Quiet hours have a beginning and an end, or neither."""

    units: Units = Units.METRIC
    sound: Sound = Sound.VOICE
    voice_rate: Rate = 1.0
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None


class NewDefault(Value):
    """A default of the coach set otherwise; ``null`` is ours again."""

    value: Annotated[float, Field(ge=0, le=10_000)] | None


class Run(Value):
    """A run that the runner means to do. ``key`` is the runner's own mark of what counts."""

    at: Clock
    minutes: RunMinutes
    kind: RunKind | None = None
    key: bool | None = None

    @property
    def planned(self) -> PlannedRun:
        return PlannedRun(at=self.at, minutes=self.minutes, kind=self.kind, key=self.key)


class Gym(Value):
    """Time in a gym; ``muscles`` as in the catalogue's list."""

    at: Clock
    minutes: RunMinutes
    muscles: Annotated[tuple[Name, ...], Field(max_length=20)] = ()


class UsualDay(Value):
    """One weekday as it usually goes. ``minutes`` is what a session at home may take."""

    runs: Annotated[tuple[Run, ...], Field(max_length=4)] = ()
    gym: Annotated[tuple[Gym, ...], Field(max_length=4)] = ()
    desk: bool = False
    minutes: Minutes | None = None


class UsualWeek(Value):
    """The usual week. Days left out are free days."""

    days: Mapping[Weekday, UsualDay] = {}
    weekly_minutes: Annotated[float, Field(ge=coach.WEEK_MIN[0], le=coach.WEEK_MIN[1])]
    max_session_minutes: Annotated[float, Field(ge=coach.AT_ONCE_MIN[0], le=coach.AT_ONCE_MIN[1])]
    home_session_at: Clock
    in_gym_only: bool = False

    @property
    def described(self) -> WeekDescribed:
        days = {
            day: DayPattern(
                runs=tuple(run.planned for run in one.runs),
                gym=tuple(GymVisit(at=v.at, minutes=v.minutes, muscles=v.muscles) for v in one.gym),
                desk=one.desk,
                minutes=one.minutes,
            )
            for day, one in self.days.items()
        }
        return WeekDescribed(
            days=days,
            weekly_minutes=self.weekly_minutes,
            max_session_minutes=self.max_session_minutes,
            home_session_at=self.home_session_at,
            in_gym_only=self.in_gym_only,
        )


def put(request: HttpRequest, body: Value, known: Callable[[History], Value | None]) -> HttpResponse:
    """Record what is put, unless it stands so already, and return it."""

    def once(history: History, _: datetime) -> tuple[Value, ...]:
        return () if known(history) == body else (body,)

    practice_of(request).decide(once)
    return answer(request, body)


@router.get("/preferences", response=PreferencesChosen)
def preferences(request: HttpRequest) -> HttpResponse:
    """Units, sound and quiet hours."""
    return answer(request, coach.preferences(practice_of(request).history()))


@router.put("/preferences", response=PreferencesChosen)
def choose(request: HttpRequest, told: Preferences) -> HttpResponse:
    """Choose units, sound and quiet hours."""
    body = coach.chosen_preferences(
        told.units, told.sound, told.voice_rate, told.quiet_from, told.quiet_until
    )
    return put(request, body, coach.preferences)


@router.get("/defaults", response=tuple[coach.Default, ...])
def defaults(request: HttpRequest) -> HttpResponse:
    """Every default of the coach that may be edited."""
    return answer(request, coach.defaults(practice_of(request).history()))


@router.put("/defaults/{key}", response=tuple[coach.Default, ...])
def change_default(request: HttpRequest, key: str, told: NewDefault) -> HttpResponse:
    """Set a default of the coach otherwise, or back to ours."""
    practice, body = practice_of(request), coach.changed_default(key, told.value)

    def once(history: History, _: datetime) -> tuple[Value, ...]:
        present = next(one for one in coach.defaults(history) if one.key == key)
        wanted = present.ours if body.value is None else body.value
        return () if present.value == wanted else (body,)

    practice.decide(once)
    return answer(request, coach.defaults(practice.history()))


@router.get("/about", response=AboutRunner)
def about(request: HttpRequest) -> HttpResponse:
    """Who runs, as far as it was told."""
    return answer(request, practice_of(request).history().latest(AboutRunner) or AboutRunner())


@router.put("/about", response=AboutRunner)
def tell_about(request: HttpRequest, told: AboutRunner) -> HttpResponse:
    """Tell who runs; what is left out is unknown."""
    return put(request, told, lambda history: history.latest(AboutRunner))


@router.get("/equipment", response=EquipmentListed)
def equipment(request: HttpRequest) -> HttpResponse:
    """What is at hand at home; nothing where nothing was told."""
    found = practice_of(request).history().latest(EquipmentListed)
    return answer(request, found or EquipmentListed(equipment=frozenset()))


@router.put("/equipment", response=EquipmentListed)
def list_equipment(request: HttpRequest, told: EquipmentListed) -> HttpResponse:
    """List all that is at hand, in place of the list before."""
    return put(request, told, lambda history: history.latest(EquipmentListed))


@router.get("/usual-week", response=WeekDescribed)
def usual_week(request: HttpRequest) -> HttpResponse:
    """The usual week and the minutes there are for hips."""
    found = practice_of(request).history().latest(WeekDescribed)
    if found is None:
        raise NothingYet(_("the usual week was not told yet"))
    return answer(request, found)


@router.put("/usual-week", response=WeekDescribed)
def describe_week(request: HttpRequest, told: UsualWeek) -> HttpResponse:
    """Describe the usual week, in place of the one before."""
    return put(request, told.described, lambda history: history.latest(WeekDescribed))
