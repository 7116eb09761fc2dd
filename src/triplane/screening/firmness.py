"""Whether a correction would loosen what stands, also where a clearance or another block hides it."""

from datetime import date, datetime, timedelta

from triplane.history import ClearanceRecorded, History
from triplane.screening.flags import CLEARANCE_DAYS, Flag
from triplane.screening.record import safety_record

Days = tuple[date, date]


def loosens(before: History, after: History, now: datetime) -> bool:
    """Say whether anything stands less firmly in ``after``: flag by flag, whoever has cleared it.

    A flag that is gone, milder, shorter or covered by a clearance for longer is looser, whatever else
    holds the same tag or blocks as well; so is a yes that no longer counts as a new one.
    """
    was, would = safety_record(before, now), safety_record(after, now)
    today = now.date()
    return (
        any(_is_looser(flag, would.flags.get(key), now) for key, flag in was.flags.items())
        or not was.met_by_an_event <= would.met_by_an_event
        or any(
            not _within(_days_of(word), _days_of(was.drills_added.get(key)), today)
            for key, word in would.drills_added.items()
        )
    )


def _is_looser(was: Flag, would: Flag | None, now: datetime) -> bool:
    if not was.stands(now):
        return False
    if would is None or not would.stands(now) or would.level.rank < was.level.rank:
        return True
    ends_sooner = would.ends_at is not None and (was.ends_at is None or would.ends_at < was.ends_at)
    may_leave = was.stays and not would.stays
    return ends_sooner or may_leave or not _within(_covered(would), _covered(was), now.date())


def _covered(flag: Flag) -> Days | None:
    """The days on which a clearance covers a flag, or ``None``."""
    word = flag.lifted
    if word is None or not word.holds(word.begins_on, flag.level):
        return None
    return word.begins_on, word.ends_on


def _days_of(word: ClearanceRecorded | None) -> Days | None:
    """The days on which a professional's word adds a drill, or ``None``."""
    if word is None or word.withdrawn:
        return None
    return word.given_on, word.expires_on or word.given_on + timedelta(days=CLEARANCE_DAYS)


def _within(these: Days | None, those: Days | None, today: date) -> bool:
    """Whether every day of ``these`` from today on is among ``those``."""
    if these is None or these[1] < today:
        return True
    return those is not None and those[0] <= max(these[0], today) and these[1] <= those[1]
