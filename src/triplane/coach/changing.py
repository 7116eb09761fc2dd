"""What the runner changes by hand: one day, a race, a default of the coach."""

from datetime import date, datetime, time

from pydantic import ValidationError

from triplane.coach.sharing import called_of
from triplane.errors import UnknownName, UserError
from triplane.history import (
    LATEST,
    DayChanged,
    DayPattern,
    DefaultChanged,
    History,
    PlannedRun,
    RaceEntered,
    Weekday,
    WeekDescribed,
    zone_name,
)
from triplane.planning import CAPS_PREFIX, DEFAULTS, Caps, caps_set, pattern_of
from triplane.value import Value

FARTHEST_M = 1_000_000
"""The longest race that is taken."""


WEEK_MIN, DAY_MIN, AT_ONCE_MIN, RUN_MIN = (10, 1000), (0, 180), (3, 180), (5, 1440)
"""The least and the most minutes taken: a week, at home on one day, of one session, of a run. Ours."""

RACE_KM = (0.1, FARTHEST_M / 1000)
"""The shortest and the longest race that is taken, in kilometres."""


class Default(Value):
    """A default of the coach that may be edited: its key, the present value, and ours.

    ``set_by`` is what whoever was let in and set it is called; empty where the runner did, or nobody.
    """

    key: str
    value: float
    ours: float
    set_by: str = ""


def changed_day(
    history: History,
    day: date,
    now: datetime,
    *,
    away: bool = False,
    usual: bool = False,
    runs: tuple[PlannedRun, ...] | None = None,
    minutes: float | None = None,
) -> DayChanged:
    """Return how one date goes otherwise; what is not said stays as that weekday goes.

    ``runs`` replaces the day's runs (empty: none), ``minutes`` what a session at home may take.

    Raises
    ------
    UserError
        When the day is over, or not exactly one thing is said: away, usual, or other runs and minutes.
    """
    if day < now.date():
        raise UserError(f"{day} is over; only today and days to come can be changed")
    _refuse_beyond(day)
    otherwise = runs is not None or minutes is not None
    if away + usual + otherwise != 1:
        raise UserError("say what is different: away, other runs or minutes, or as usual again")
    if not otherwise:
        return DayChanged(date=day, away=away)
    told = {name: said for name, said in (("runs", runs), ("minutes", minutes)) if said is not None}
    return DayChanged(date=day, pattern=_pattern(history, day, zone_name(now)).model_copy(update=told))


def changed_race(
    history: History,
    day: date,
    now: datetime,
    *,
    distance_m: float | None = None,
    at: time | None = None,
    called: str = "",
    cancelled: bool = False,
) -> RaceEntered:
    """Return a race on a date, or its cancellation; what is not said stays as it was entered before.

    Raises
    ------
    UserError
        When the day is over, the distance is missing or cannot be, or there is no race to cancel.
    """
    if day < now.date():
        raise UserError(f"{day} is over; only races to come can be entered")
    _refuse_beyond(day)
    before = next((r for _, r in reversed([*history.all(RaceEntered)]) if r.date == day), None)
    if cancelled and (before is None or before.cancelled):
        raise UserError(f"there is no race on {day}")
    metres = distance_m if distance_m is not None else before.distance_m if before else None
    if metres is None or not 0 < metres <= FARTHEST_M:
        raise UserError(f"say how long the race is, up to {FARTHEST_M // 1000} km")
    return RaceEntered(
        date=day,
        at=at or (before.at if before else time(9)),
        distance_m=metres,
        called=called or (before.called if before else ""),
        cancelled=cancelled,
    )


def _refuse_beyond(day: date) -> None:
    if day.year > LATEST:
        raise UserError(f"{day} is too far ahead; what is told lies before {LATEST + 1}")


def defaults(history: History) -> tuple[Default, ...]:
    """Return every default of the coach that may be edited, with its present value."""
    edited, found = caps_set(history), []
    for name in DEFAULTS:
        ours = Caps.model_fields[name].default
        value, fact = edited.get(name, (ours, None))
        by = called_of(history, fact) if fact else ""
        found.append(Default(key=f"{CAPS_PREFIX}{name}", value=value, ours=ours, set_by=by))
    return tuple(found)


def changed_default(key: str, value: float | None) -> DefaultChanged:
    """Return a default set otherwise, or restored where ``value`` is missing.

    Raises
    ------
    UnknownName
        When there is no such default.
    UserError
        When it cannot take the value.
    """
    known = {default.key: default for default in defaults(History(""))}
    if key not in known:
        raise UnknownName("default", key, list(known))
    if value is not None:
        try:
            Caps.model_validate({key.removeprefix(CAPS_PREFIX): value})
        except ValidationError as error:
            raise UserError(f"{key} cannot be {value:g}: {error.errors()[0]['msg'].lower()}") from error
        if not 0 <= value < float("inf"):
            raise UserError(f"{key} cannot be {value:g}: it is 0 or more")
    return DefaultChanged(key=key, value=value)


def _pattern(history: History, day: date, zone: str) -> DayPattern:
    """Return how a date goes as known now: changed before, or as its calendar or weekday goes."""
    week = history.latest(WeekDescribed)
    described = week.days.get(list(Weekday)[day.weekday()], DayPattern()) if week else DayPattern()
    usual = pattern_of(history, described, day, zone)
    changed = [change for _, change in history.all(DayChanged) if change.date == day]
    return changed[-1].pattern or usual if changed else usual
