"""Which runs the guards protect, and what they let pass."""

from triplane.history import Context, RunKind, Slot
from triplane.planning.problem import Anchor, Candidate


def is_hard_run(run: Anchor) -> bool:
    """Return whether a run is key, long or a race."""
    return run.key or run.kind in (RunKind.LONG, RunKind.RACE)


def is_light_warm_up(candidate: Candidate, slot: Slot) -> bool:
    """Return whether this is a familiar, light drill in a pre-run slot, which no guard holds back."""
    return slot.context is Context.PRE_RUN and candidate.fatigue <= 2 and not candidate.new
