"""How much a runner runs from week to week: for guards and a notice, never to predict an injury."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from triplane.evidence import Reason
from triplane.history import History, distinct_runs, monday_of
from triplane.planning.week import RunnersWeek

WEEKS_BEFORE = 4
JUMP_TIMES_USUAL = 1.3
DOWN_TIMES_USUAL = 0.75
"""A week of this many times the mean of the four before is a jump or a down week (coach's defaults)."""


@dataclass(frozen=True)
class WeekOfRunning:
    """What was run in one of the runner's own weeks."""

    monday: date
    runs: int
    minutes: float
    km: float


def weeks_of_running(history: History, now: datetime, weeks: int = 8) -> tuple[WeekOfRunning, ...]:
    """Return the last weeks up to ``now``, oldest first; runs without a distance add minutes only."""
    this = monday_of(now.date())
    mondays = [this - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    ran: dict[date, list[tuple[float, float]]] = {monday: [] for monday in mondays}
    for fact, run in distinct_runs(history.until(now)):
        monday = monday_of(fact.local_date)
        if monday in ran:
            ran[monday].append((run.duration_s / 60, (run.distance_m or 0) / 1000))
    return tuple(
        WeekOfRunning(monday, len(runs), sum(minutes for minutes, _ in runs), sum(km for _, km in runs))
        for monday, runs in ran.items()
    )


def usual_minutes(weeks: tuple[WeekOfRunning, ...]) -> float | None:
    """Return the mean running minutes of the four weeks before the last; unknown below three with runs."""
    before = weeks[-1 - WEEKS_BEFORE : -1]
    if sum(week.runs > 0 for week in before) < 3:
        return None
    return sum(week.minutes for week in before) / len(before)


def intended_minutes(week: RunnersWeek) -> float:
    """Return the minutes of running in the week, those done and those still planned."""
    return sum(run.minutes for day in week.days for run in day.runs)


def is_down_week(week: RunnersWeek, history: History, now: datetime) -> bool:
    """Say whether clearly less running stands in the week than in the four before it (E75)."""
    usual = usual_minutes(weeks_of_running(history, now))
    return usual is not None and intended_minutes(week) <= DOWN_TIMES_USUAL * usual


def jump_notice(week: RunnersWeek, history: History, now: datetime) -> Reason | None:
    """Return a notice when the week holds far more running than usual, or ``None``."""
    usual = usual_minutes(weeks_of_running(history, now))
    minutes = intended_minutes(week)
    if usual is None or usual <= 0 or minutes <= JUMP_TIMES_USUAL * usual:
        return None
    return Reason(
        rule="E72",
        says=f"This week holds {minutes:.0f} minutes of running against about {usual:.0f} lately; "
        "take the hip work lightly if your legs feel heavy.",
        sources=("coach_default",),
    )
