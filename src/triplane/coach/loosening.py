"""Which way a default of the coach is set by somebody else: stricter than it stands now, or looser."""

from pydantic import ValidationError

from triplane.errors import UserError
from triplane.history import DefaultChanged, History
from triplane.planning import CAPS_PREFIX, Caps, Safer


def refuse_to_loosen(history: History, change: DefaultChanged) -> None:
    """Stop a default that would let more through than what stands now; only the runner sets it so.

    Restoring ours counts by its value: where the runner is stricter than we are, it loosens.

    Raises
    ------
    UserError
        Saying up to where it may be set, or that it is no default.
    """
    name = change.key.removeprefix(CAPS_PREFIX)
    if name not in Caps.model_fields:
        raise UserError("that is told by the runner alone")
    now = _standing(history, change.key, name)
    to = _ours(name) if change.value is None else change.value
    if Caps.safer(name) is Safer.LESS and to > now:
        raise UserError(f"only the runner loosens this; you may set it to {now:g} or less")
    if Caps.safer(name) is Safer.MORE and to < now:
        raise UserError(f"only the runner loosens this; you may set it to {now:g} or more")


def _standing(history: History, key: str, name: str) -> float:
    """Return what a default is now; a value that it cannot take stays on record and does not speak."""
    set_to = [told.value for _, told in history.all(DefaultChanged) if told.key == key]
    if not set_to or set_to[-1] is None:
        return _ours(name)
    try:
        Caps.model_validate({name: set_to[-1]})
    except ValidationError:
        return _ours(name)
    return set_to[-1]


def _ours(name: str) -> float:
    return float(Caps.model_fields[name].default)
