"""What was told before, as the forms of Begin show it again: who changes one thing loses nothing else."""

from collections import Counter
from collections.abc import Iterable
from datetime import time
from typing import Any

from triplane.history import (
    AboutRunner,
    DayPattern,
    EquipmentListed,
    History,
    PlannedRun,
    Weekday,
    WeekDescribed,
)

PROPOSED = {"weekly_minutes": "60", "session_minutes": "15", "home_at": "18:00"}
"""What is chosen until the runner chooses otherwise; the page says so. Coach's defaults."""


def about(history: History) -> dict[str, Any]:
    """Return what is known of the runner."""
    known = history.latest(AboutRunner)
    if known is None:
        return {}
    return {
        "age": known.age_years,
        "sex": known.sex.value,
        "height_cm": _plain(None if known.stature_m is None else known.stature_m * 100),
        "mass_kg": _plain(known.mass_kg),
        "sitting_h": _plain(known.sitting_h_per_day),
    }


def equipment(history: History) -> dict[str, Any]:
    """Return what is at hand."""
    known = history.latest(EquipmentListed)
    return {"equipment": sorted(known.equipment)} if known else {}


def week(history: History) -> dict[str, Any]:
    """Return the usual week; a run says only what it has otherwise than most."""
    known = history.latest(WeekDescribed)
    if known is None:
        return dict(PROPOSED)
    runs = [run for pattern in known.days.values() for run in pattern.runs]
    shown: dict[str, Any] = {
        "weekly_minutes": _plain(known.weekly_minutes),
        "session_minutes": _plain(known.max_session_minutes),
        "home_at": _clock(known.home_session_at),
        "run_at": _most(_clock(run.at) for run in runs),
        "run_minutes": _most(_plain(run.minutes) for run in runs),
        "gym_at": _clock(at) if (at := gym_time(history)) else "",
    }
    for day, pattern in known.days.items():
        shown |= {
            f"{day}_run": bool(pattern.runs),
            f"{day}_gym": bool(pattern.gym),
            f"{day}_desk": pattern.desk,
        }
        for run in pattern.runs[:1]:
            shown |= _otherwise(day, run, shown)
    return shown


def day(history: History, which: Weekday) -> DayPattern:
    """Return how a weekday usually goes."""
    known = history.latest(WeekDescribed)
    return (known and known.days.get(which)) or DayPattern()


def gym_time(history: History) -> time | None:
    """Return when most visits to the gym begin."""
    known = history.latest(WeekDescribed)
    visits = [visit.at for pattern in known.days.values() for visit in pattern.gym] if known else []
    return Counter(visits).most_common(1)[0][0] if visits else None


def _otherwise(day: Weekday, run: PlannedRun, usual: dict[str, Any]) -> dict[str, str]:
    at, minutes = _clock(run.at), _plain(run.minutes)
    return {
        f"{day}_at": "" if at == usual["run_at"] else at,
        f"{day}_minutes": "" if minutes == usual["run_minutes"] else minutes,
        f"{day}_kind": run.kind.value if run.kind else "",
    }


def _most(values: Iterable[str]) -> str:
    common = Counter(values).most_common(1)
    return common[0][0] if common else ""


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
