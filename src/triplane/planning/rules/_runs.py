"""Which runs the guards protect, and what they let pass."""

from collections.abc import Iterator

from triplane.history import Context, RunKind, Slot
from triplane.planning.board import Board, hours_between
from triplane.planning.problem import Anchor, Candidate


def is_hard_run(run: Anchor) -> bool:
    """Return whether a run is key, long or a race."""
    return run.key or run.kind in (RunKind.LONG, RunKind.RACE)


def hours_to_runs(board: Board, slot: Slot) -> Iterator[tuple[float, Anchor]]:
    """Yield the elapsed hours from the slot to each run that still lies ahead of it."""
    for run in board.runs:
        hours = hours_between(slot.starts_at, run.starts_at)
        if hours >= 0:
            yield hours, run


def is_light_warm_up(candidate: Candidate, slot: Slot) -> bool:
    """Return whether this is a familiar, light drill in a pre-run slot, which no guard holds back."""
    return slot.context is Context.PRE_RUN and candidate.fatigue <= 2 and not candidate.new
