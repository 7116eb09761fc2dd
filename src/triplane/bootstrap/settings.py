"""Where the journal lies, which zone the runner is in, and what time it is."""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from triplane.bootstrap.kept import Histories
from triplane.bootstrap.practice import Clock, Practice
from triplane.errors import UserError
from triplane.history import EARLIEST, LATEST
from triplane.store import open_journal

NO_ZONE = (ZoneInfoNotFoundError, ValueError)


def open_practice(
    journal: Path | str | None, runner: str, zone: str | None, now: str | None, kept: Histories | None = None
) -> Practice:
    """Open the practice of one runner.

    Parameters
    ----------
    journal : path of the journal, or a database's address; in the user's data folder when missing.
    zone : IANA name of the runner's zone; the machine's own when missing.
    now : an ISO instant to take for this one, for trials and pictures.
    kept : histories kept between one opening and the next, by whoever opens many times.

    Raises
    ------
    UserError
        Where zone or instant are not what they should be; JournalError from the store.
    """
    clock = runners_clock(zone, now)
    return Practice(open_journal(journal or default_journal()), runner, clock, kept)


def runners_clock(zone: str | None, now: str | None) -> Clock:
    """Return what tells the time in a runner's zone; ``zone`` and ``now`` as in ``open_practice``."""
    return _clock(_zone(zone), now)


def default_journal() -> Path:
    """Return the journal in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("triplane", appauthor=False) / "runner.journal"


def _zone(name: str | None) -> ZoneInfo:
    if name is None:
        return named_zone(_machines_zone())
    try:
        return ZoneInfo(name)
    except (*NO_ZONE, OSError) as error:  # part of a zone's name is a folder, and some are too long for one
        raise UserError(f"there is no time zone called {name!r:.60}; write it as Europe/Berlin") from error


def _machines_zone() -> tzinfo:
    from tzlocal import get_localzone

    try:
        return get_localzone()
    except (*NO_ZONE, OSError) as error:
        raise UserError(
            "this machine's time zone (TZ) cannot be understood; name yours, as Europe/Berlin"
        ) from error


def named_zone(zone: tzinfo) -> ZoneInfo:
    """Return a zone that has a name everywhere.

    Some machines know their time but not the name of their zone; then the present offset in whole hours
    stands for it, which is right until the clocks change. ``--zone`` names it for good.
    """
    try:
        return ZoneInfo(str(zone))
    except NO_ZONE:
        offset = datetime.now(zone).utcoffset() or timedelta()
        return ZoneInfo(f"Etc/GMT{-round(offset / timedelta(hours=1)):+d}")


def _clock(zone: ZoneInfo, now: str | None) -> Clock:
    if now is None:
        return lambda: datetime.now(zone)
    try:
        fixed = datetime.fromisoformat(now)
    except ValueError as error:
        raise UserError(f"{now!r} is not an instant; write it as 2026-11-22T07:00") from error
    if not EARLIEST < fixed.year < LATEST:
        raise UserError(f"{now!r} lies outside the years {EARLIEST} to {LATEST}")
    local = fixed.replace(tzinfo=zone) if fixed.tzinfo is None else fixed.astimezone(zone)
    return lambda: local
