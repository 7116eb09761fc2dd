"""What of an activity is a run, and whether its numbers can be true."""

from datetime import UTC, datetime, tzinfo

from pydantic import ValidationError

from triplane.formats.activities.activity import Activity
from triplane.history import RunRecorded

FIRST_YEAR, LAST_YEAR = 2000, 2080
"""No watch wrote these files before; an earlier date is a clock that was never set.
What lies ahead of today is for the importer to refuse. Ours."""

SHORTEST_S = 10
"""Seconds below which nothing counts as a run; coach's default."""

PER_LEG_BELOW = 120
"""A running cadence below this was counted on one leg: nobody runs at under 120 steps a minute for long,
and nobody takes over 120 strides. Coach's default."""

RUNS = {"running", "run", "trail running", "trail_running", "treadmill_running", "street_running",
        "track_running", "virtual_run", "virtualrun", "trailrun", "9"}  # fmt: skip
"""Words for a run in FIT, TCX and GPX; 9 is what one large platform writes in its GPX files."""

NO_SPORT = {"generic", "other", "...", ""}


def judge(
    activity: Activity, read_from: str, assume_run: bool = False, zone: tzinfo = UTC
) -> RunRecorded | tuple[str, str]:
    """Return the run, or what it is instead and why it was left out.

    ``zone`` is the runner's, for starts that are told by the wall. ``assume_run`` takes an activity
    without any word for its sport as a run.
    """
    what = _what(activity)
    if activity.started_at is None or activity.duration_s is None:
        return what, "it holds no times"
    year = activity.started_at.year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return what, f"the watch's clock said {year}, so we cannot place it in your weeks"
    told = activity.started_at
    started_at = in_utc(told.replace(tzinfo=zone) if activity.is_local and told.tzinfo is None else told)
    sport = _plain(activity.sport)
    if not sport and assume_run:
        sport = "run"
    if sport in NO_SPORT:
        return what, "the file does not say that it is a run"
    if sport not in RUNS:
        return what, "it is not a run"
    if activity.duration_s < SHORTEST_S:
        return what, f"it lasts {activity.duration_s:.0f} s, too short to be a run"
    return _run(activity, started_at, what, read_from)


CALLED = {"run": "run", "nothing": "activity"}
"""What a run is called, and what does not say what it is; all else as its file calls it."""


def steps_per_minute(cadence: float | None) -> float | None:
    """Return steps of both legs a minute, whichever way it was counted; ``None`` where it cannot be true."""
    if cadence is None:
        return None
    both = cadence * 2 if cadence < PER_LEG_BELOW else cadence
    return _believed(both, 40, 300)


def _run(
    activity: Activity, started_at: datetime, what: str, read_from: str
) -> RunRecorded | tuple[str, str]:
    try:
        return RunRecorded(
            started_at=started_at,
            duration_s=activity.duration_s or 0,
            distance_m=_believed(activity.distance_m, 0, 1_000_000),
            ascent_m=_believed(activity.ascent_m, 0, 30_000),
            cadence_spm=steps_per_minute(activity.cadence),
            heart_rate_bpm=_believed(activity.heart_rate_bpm, 25, 250),
            power_w=_believed(activity.power_w, 0, 2000),
            read_from=read_from,
        )
    except ValidationError:
        return what, "its duration cannot be true"


def in_utc(at: datetime) -> datetime:
    """Return an instant in UTC; a time without a zone is read as UTC."""
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _plain(sport: str | None) -> str:
    """The file's word in lower case, without anything that cannot be printed on one line."""
    kept = "".join(letter for letter in sport or "" if letter.isprintable())
    return " ".join(kept.lower().split())


def _believed(value: float | None, low: float, high: float) -> float | None:
    """Return a number within what a body can do, rounded to a tenth; otherwise it is not known."""
    if value is None or not low <= value <= high:
        return None
    return round(value, 1)


def _what(activity: Activity) -> str:
    sport = _plain(activity.sport).replace("_", " ")[:40]
    sport = CALLED["nothing"] if sport in NO_SPORT else CALLED["run"] if sport in RUNS else sport
    if activity.started_at is None or activity.started_at.year < FIRST_YEAR:
        return sport
    return f"{sport}, {activity.started_at:%d %B %Y %H:%M}"
