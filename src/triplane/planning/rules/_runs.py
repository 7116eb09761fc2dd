"""Which runs the guards protect, and what they let pass before and after."""

from triplane.history import Context, RunKind, Slot
from triplane.planning.problem import Anchor, Candidate


def is_hard_run(run: Anchor) -> bool:
    """Return whether a run is key, long or a race."""
    return run.key or run.kind in (RunKind.LONG, RunKind.RACE)


def is_light_warm_up(candidate: Candidate, slot: Slot) -> bool:
    """Return whether this is a familiar, light drill in a pre-run slot, which no guard holds back."""
    return slot.context is Context.PRE_RUN and candidate.fatigue <= 2 and not candidate.new


def is_gentle(candidate: Candidate) -> bool:
    """Return whether a drill is release, a controlled circle or an easy stretch: fine after a race."""
    easy_stretch = candidate.stage == 2 and candidate.fatigue <= 1 and not candidate.banded
    return candidate.stage == 1 or candidate.cars or easy_stretch
