"""How the runner wants it shown and said: units, sound, quiet hours."""

from datetime import datetime, time

from triplane.errors import UserError
from triplane.history import History, PreferencesChosen, Sound, Units

SLOWEST, FASTEST = 0.6, 1.6
"""How fast a voice may speak, 1 as it does by itself; coach's default."""


def preferences(history: History) -> PreferencesChosen:
    """Return what was chosen last; metric units, voice and no quiet hours where nothing was."""
    return history.latest(PreferencesChosen) or PreferencesChosen()


def sound_now(history: History, now: datetime) -> Sound:
    """Return what a session sounds like to begin with at this hour: nothing in the quiet hours."""
    chosen = preferences(history)
    return Sound.OFF if chosen.is_quiet(now.time()) else chosen.sound


def chosen_preferences(
    units: Units,
    sound: Sound,
    voice_rate: float = 1.0,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
) -> PreferencesChosen:
    """Check preferences and return them as a fact's body.

    Raises
    ------
    UserError
        When the voice cannot speak so fast, or quiet hours have no beginning, no end or no length.
    """
    if not SLOWEST <= voice_rate <= FASTEST:
        raise UserError(f"the voice speaks {SLOWEST:g} to {FASTEST:g} times as fast as by itself")
    if (quiet_from is None) is not (quiet_until is None):
        raise UserError("quiet hours need a beginning and an end; leave both empty for none")
    if quiet_from is not None and quiet_from == quiet_until:
        raise UserError("quiet hours end at another time than they begin")
    return PreferencesChosen(
        units=units, sound=sound, voice_rate=voice_rate, quiet_from=quiet_from, quiet_until=quiet_until
    )
