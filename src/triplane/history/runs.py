"""Runs as done: two records of one run are one run, whatever files they came from."""

from datetime import timedelta

from triplane.history.about import RunRecorded
from triplane.history.fact import Fact
from triplane.history.history import History

STARTS_WITHIN = timedelta(minutes=2)
DURATIONS_WITHIN = 0.05
"""Two records closer than both are the same run (decision 3)."""


def same_run(one: RunRecorded, other: RunRecorded) -> bool:
    """Say whether two records are of one run: starts within 2 min and durations within 5 %."""
    apart = abs(one.started_at - other.started_at)
    longer = max(one.duration_s, other.duration_s)
    return apart <= STARTS_WITHIN and abs(one.duration_s - other.duration_s) <= DURATIONS_WITHIN * longer


def distinct_runs(history: History) -> tuple[tuple[Fact, RunRecorded], ...]:
    """Return every run once, by start, with the fact that recorded it first.

    What one record does not know is taken from the other; what both know stays as first recorded.
    """
    return history.follows("distinct_runs", lambda: _distinct_runs(history))


def _distinct_runs(history: History) -> tuple[tuple[Fact, RunRecorded], ...]:
    kept: list[tuple[Fact, RunRecorded]] = []
    for fact, run in sorted(history.all(RunRecorded), key=lambda pair: (pair[1].started_at, pair[0].seq)):
        twin = _twin(kept, run)
        if twin is None:
            kept.append((fact, run))
        else:
            kept[twin] = (kept[twin][0], _joined(kept[twin][1], run))
    return tuple(kept)


def _twin(kept: list[tuple[Fact, RunRecorded]], run: RunRecorded) -> int | None:
    """Return the place of the same run among those kept, which are in order of their starts."""
    for place in range(len(kept) - 1, -1, -1):
        if run.started_at - kept[place][1].started_at > STARTS_WITHIN:
            return None
        if same_run(kept[place][1], run):
            return place
    return None


def _joined(first: RunRecorded, second: RunRecorded) -> RunRecorded:
    missing = {
        name: getattr(second, name) for name in type(first).model_fields if getattr(first, name) is None
    }
    return first.model_copy(update=missing)
