"""Which way a default of the coach is set by somebody else: stricter than it stands now, or looser."""

from triplane.errors import UserError
from triplane.history import DefaultChanged, History
from triplane.planning import CAPS_PREFIX, DEFAULTS, Caps, Safer, caps_set


def refuse_to_loosen(history: History, change: DefaultChanged) -> None:
    """Stop a default that would let more through than what stands now; only the runner sets it so.

    Restoring ours counts by its value: where the runner is stricter than we are, it loosens.

    Raises
    ------
    UserError
        Saying up to where it may be set, or that it is no default.
    """
    name = change.key.removeprefix(CAPS_PREFIX)
    if change.key != f"{CAPS_PREFIX}{name}" or name not in DEFAULTS:
        raise UserError("that is told by the runner alone")
    set_to = caps_set(history).get(name)
    now = set_to[0] if set_to else _ours(name)
    to = _ours(name) if change.value is None else change.value
    if Caps.safer(name) is Safer.LESS and to > now:
        raise UserError(f"only the runner loosens this; you may set it to {now:g} or less")
    if Caps.safer(name) is Safer.MORE and to < now:
        raise UserError(f"only the runner loosens this; you may set it to {now:g} or more")


def _ours(name: str) -> float:
    return float(Caps.model_fields[name].default)
