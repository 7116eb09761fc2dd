"""The standing cast: runners, instants and small facts that tests speak of by name."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from triplane.adaptation import DrillState, Worked, events_of
from triplane.adaptation.progression import states_after
from triplane.assessment import HipMap
from triplane.body import Side
from triplane.catalogue import Drill
from triplane.history import AboutRunner, Fact, History, RunRecorded, record
from triplane.value import Value

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=BERLIN)
"""Monday morning of the week most tests are set in."""

ANNA = AboutRunner(age_years=34, sex="female", stature_m=1.65, mass_kg=70, sitting_h_per_day=9)


def told(*bodies: Value, runner: str = "anna", at: datetime = MONDAY) -> tuple[Fact, ...]:
    """Make facts of bodies, a second apart, as if told one after the other."""
    return tuple(
        record(body, runner, at + timedelta(seconds=number), origin_key=f"told:{at.isoformat()}:{number}")
        for number, body in enumerate(bodies)
    )


def history_of(*bodies: Value, runner: str = "anna", at: datetime = MONDAY) -> History:
    """Return a history in which these bodies were told one after the other."""
    return History(runner, told(*bodies, runner=runner, at=at))


def easy_run(started_at: datetime, minutes: float = 40) -> RunRecorded:
    """Return a plain run."""
    return RunRecorded(started_at=started_at, duration_s=minutes * 60, distance_m=minutes * 160)


def drill_states(history: History, drills: Mapping[str, Drill], now: datetime) -> dict[Worked, DrillState]:
    """Return the state of every drill and side that the history up to ``now`` speaks of."""
    return states_after(events_of(history, drills, now), history, drills, now)


def passed(drawn: HipMap, lunge: str, side: Side) -> bool | None:
    """Return whether a lunge screen was passed; ``None`` when not measured."""
    return next((one.passed for one in drawn.lunges if (one.lunge, one.side) == (lunge, side)), None)


def unmeasured(minutes: int = 60, at_once: int = 15, home_at: str = "") -> bytes:
    """Write the runner file of somebody new with three runs, a gym visit and hips that nobody measured."""
    at = f"home_session_at = {home_at}" if home_at else ""
    return f"""
schema = "runner/1"
disclaimer = true
equipment = ["chair", "mat", "wall"]
[about]
age_years = 38
[screening]
[week]
weekly_minutes = {minutes}
max_session_minutes = {at_once}
{at}
[week.days.mon]
gym = [{{ at = 18:00:00, minutes = 60 }}]
[week.days.tue]
runs = [{{ at = 06:30:00, minutes = 45 }}]
[week.days.thu]
runs = [{{ at = 18:30:00, minutes = 45 }}]
[week.days.sun]
runs = [{{ at = 09:30:00, minutes = 70, kind = "long" }}]
""".encode()
