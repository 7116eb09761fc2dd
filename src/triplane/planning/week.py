"""A runner's week: its seven days, and what is fixed in them (runs, gym visits, races).

Days and weeks are the runner's own (weeks begin on Monday); instants are UTC, so that hours between
them are hours that really pass, over clock changes and time zones too (decision 3).
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from triplane.catalogue import Muscle
from triplane.evidence import Reason
from triplane.history import (
    DayChanged,
    DayPattern,
    GymVisit,
    History,
    PlanIssued,
    PlannedRun,
    RaceEntered,
    RunKind,
    RunRecorded,
    SessionLogged,
    SlotMoved,
    Weekday,
    WeekDescribed,
    distinct_runs,
    monday_of,
    zone_name,
)
from triplane.planning.calendars import calendar_patterns
from triplane.planning.problem import Anchor
from triplane.planning.run_kinds import is_key, judge, met_by

USUAL_WEEK = WeekDescribed(weekly_minutes=60, max_session_minutes=20)
"""What is taken where no week was described (coach's default)."""

RACE_MIN_PER_KM = 6.0
"""Minutes a kilometre takes where a race has to be laid into a day (coach's default)."""

LOOK_BACK = timedelta(days=8)
LOOK_AHEAD = timedelta(days=28)
"""How far around the week races are looked for: a taper begins two weeks before (E76)."""

RECORDS_WITHIN = timedelta(days=28)
"""Who recorded a run this lately records runs, so a planned one without a record was missed."""


@dataclass(frozen=True)
class Day:
    """One date of the week as it will go. ``away`` leaves nothing at home on that day.

    ``told_min`` is how many minutes there are at home, where that was told for the date and is less than
    usual.
    ``missed`` are runs that were planned, are past and were not recorded by a runner who records runs.
    """

    date: date
    pattern: DayPattern
    anchors: tuple[Anchor, ...] = ()
    away: bool = False
    told_min: float | None = None
    missed: tuple[Anchor, ...] = ()

    @property
    def runs(self) -> tuple[Anchor, ...]:
        return tuple(anchor for anchor in self.anchors if anchor.is_run)

    @property
    def gym(self) -> tuple[Anchor, ...]:
        return tuple(anchor for anchor in self.anchors if not anchor.is_run)


@dataclass(frozen=True)
class RunnersWeek:
    """Seven days from Monday, the minutes there are, near races, and slots the runner moved (newest word).

    ``begins_at`` is when a runner who had no plan and no session before first meant to begin, in this week.
    """

    monday: date
    zone: str
    days: tuple[Day, ...]
    usual: WeekDescribed
    races: tuple[Anchor, ...] = ()
    moves: tuple[SlotMoved, ...] = ()
    notes: tuple[Reason, ...] = ()
    begins_at: datetime | None = None

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All anchors of the week and the races around it, by start."""
        inside = [anchor for day in self.days for anchor in day.anchors]
        return tuple(sorted([*inside, *self.races], key=lambda anchor: anchor.starts_at))

    def instant(self, day: date, at: time) -> datetime:
        return instant(day, at, self.zone)


@dataclass(frozen=True)
class _Run:
    """A run before it is judged: what was said about it, and nothing guessed."""

    starts_at: datetime
    minutes: float
    kind: RunKind | None
    key: bool | None
    distance_m: float | None = None


def instant(day: date, at: time, zone: str) -> datetime:
    """Return the UTC instant of a local clock time. A time the clock skips moves on by the skip."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def week_of(history: History, now: datetime, monday: date | None = None) -> RunnersWeek:
    """Read the week (the present one unless ``monday`` names another) out of the facts up to ``now``."""
    known = history.until(now)
    zone = zone_name(now)
    monday = monday or monday_of(now.date())
    usual = known.latest(WeekDescribed)
    days = _with_anchors(known, _days(known, usual or USUAL_WEEK, monday, zone), zone, now)
    first, last = instant(monday, time(0), zone) - LOOK_BACK, instant(monday, time(0), zone) + LOOK_AHEAD
    inside = {day.date for day in days}
    races = tuple(
        race for on, race in _races(known, zone) if on not in inside and first <= race.starts_at <= last
    )
    notes = () if usual else (_NO_WEEK,)
    moves = {moved.slot: moved for _, moved in known.all(SlotMoved)}
    return RunnersWeek(
        monday,
        zone,
        days,
        usual or USUAL_WEEK,
        races,
        tuple(moves.values()),
        notes,
        _begins_at(known, now, monday, zone),
    )


def _begins_at(known: History, now: datetime, monday: date, zone: str) -> datetime | None:
    """Return when the very first plan was made, or is made now, where that is in this week."""
    first = min((fact.occurred_at for fact, _ in known.all(PlanIssued)), default=now)
    done = any(fact.occurred_at < first for fact, _ in known.all(SessionLogged))
    local = first.astimezone(ZoneInfo(zone))
    return None if done or monday_of(local.date()) != monday else local


def _days(history: History, usual: WeekDescribed, monday: date, zone: str) -> list[Day]:
    by_calendar = calendar_patterns(history, monday, zone)
    changed = {change.date: change for _, change in history.all(DayChanged)}
    days = []
    for number, name in enumerate(Weekday):
        on = monday + timedelta(days=number)
        pattern = usual.days.get(name, DayPattern()).model_copy(update=by_calendar.get(on, {}))
        change, told = changed.get(on), None
        if change is not None and (change.away or change.pattern is not None):
            told = _less_than(usual, pattern, change.pattern)
            pattern = change.pattern or DayPattern()
        days.append(Day(on, pattern, away=change is not None and change.away, told_min=told))
    return days


def _less_than(usual: WeekDescribed, pattern: DayPattern, told: DayPattern | None) -> float | None:
    """Return the minutes at home told for a date, where they are fewer than it usually has."""
    minutes = told.minutes if told else None
    most = usual.max_session_minutes
    before = most if pattern.minutes is None else min(pattern.minutes, most)
    return minutes if minutes is not None and minutes < before else None


def _with_anchors(history: History, days: list[Day], zone: str, now: datetime) -> tuple[Day, ...]:
    races = dict(_races(history, zone))
    planned = {
        day.date: [] if day.date in races else [_planned(run, day.date, zone) for run in day.pattern.runs]
        for day in days
    }
    by_day, missed = _runs_by_day(history, planned, races, now)
    flat = [(on, run) for on, runs in by_day.items() for run in runs]
    kinds = judge([run.minutes for _, run in flat], [run.kind for _, run in flat])
    anchors: dict[date, list[Anchor]] = {day.date: [] for day in days}
    for (on, run), kind in zip(flat, kinds, strict=True):
        anchors[on].append(_run_anchor(run, kind))
    for day in days:
        anchors[day.date] += [_gym_anchor(visit, day.date, zone) for visit in day.pattern.gym]
    return tuple(
        replace(
            day,
            anchors=tuple(sorted(anchors[day.date], key=lambda a: a.starts_at)),
            missed=tuple(_run_anchor(run, run.kind or RunKind.EASY) for run in missed[day.date]),
        )
        for day in days
    )


def _runs_by_day(
    history: History, planned: dict[date, list[_Run]], races: dict[date, Anchor], now: datetime
) -> tuple[dict[date, list[_Run]], dict[date, list[_Run]]]:
    """Lay planned runs and races against what was recorded; a record replaces the plan it met.

    What was planned, is past and met no record is returned beside them.
    """
    intended = [(on, run) for on, runs in planned.items() for run in runs]
    intended += [(on, _of_race(race)) for on, race in races.items() if on in planned]
    recorded = [(fact.local_date, _of_record(run)) for fact, run in distinct_runs(history)]
    met = met_by([run.starts_at for _, run in intended], [run.starts_at for _, run in recorded])
    records_runs = any(now - run.starts_at <= RECORDS_WITHIN for _, run in recorded)
    days: dict[date, list[_Run]] = {on: [] for on in planned}
    missed: dict[date, list[_Run]] = {on: [] for on in planned}
    for number, (on, run) in enumerate(intended):
        if number in met:
            actual_on, actual = recorded[met[number]]
            days[actual_on if actual_on in days else on].append(_as_done(run, actual))
        elif run.starts_at + _HALF_A_DAY > now or not records_runs:
            days[on].append(run)
        else:
            missed[on].append(run)
    for number, (on, run) in enumerate(recorded):
        if on in days and number not in met.values():
            days[on].append(run)
    return days, missed


def _as_done(plan: _Run, actual: _Run) -> _Run:
    """Take the times of the run that was done, and its marks before those of the plan."""
    return _Run(
        actual.starts_at,
        actual.minutes,
        actual.kind or plan.kind,
        actual.key if actual.key is not None else plan.key,
        actual.distance_m or plan.distance_m,
    )


def _races(history: History, zone: str) -> list[tuple[date, Anchor]]:
    newest = {race.date: race for _, race in history.all(RaceEntered)}
    return [
        (
            race.date,
            Anchor(
                starts_at=instant(race.date, race.at, zone),
                minutes=race.distance_m / 1000 * RACE_MIN_PER_KM,
                kind=RunKind.RACE,
                key=True,
                distance_m=race.distance_m,
            ),
        )
        for race in newest.values()
        if not race.cancelled
    ]


def _planned(run: PlannedRun, on: date, zone: str) -> _Run:
    return _Run(instant(on, run.at, zone), run.minutes, run.kind, run.key)


def _of_record(run: RunRecorded) -> _Run:
    return _Run(run.started_at.astimezone(UTC), run.duration_s / 60, run.kind, run.key, run.distance_m)


def _of_race(race: Anchor) -> _Run:
    return _Run(race.starts_at, race.minutes, RunKind.RACE, True, race.distance_m)


def _run_anchor(run: _Run, kind: RunKind) -> Anchor:
    return Anchor(
        starts_at=run.starts_at,
        minutes=run.minutes,
        kind=kind,
        key=is_key(kind, run.key),
        distance_m=run.distance_m,
    )


def _gym_anchor(visit: GymVisit, on: date, zone: str) -> Anchor:
    known = set(Muscle)
    muscles = tuple(Muscle(name) for name in visit.muscles if name in known)
    return Anchor(starts_at=instant(on, visit.at, zone), minutes=visit.minutes, muscles=muscles)


_HALF_A_DAY = timedelta(hours=12)
_NO_WEEK = Reason(
    rule="E80",
    says="You have not described your week yet, so we took three short home sessions' worth of minutes.",
    sources=("coach_default",),
)
