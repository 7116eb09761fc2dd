"""The standing cast: runners, instants and small facts that tests speak of by name."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

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
