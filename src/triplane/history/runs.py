"""Runs as done: two records of one run are one run, whatever files they came from."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from math import floor, log

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


class RunsMet:
    """Runs as they come in, laid where the same run would be looked for: among a few, however many there are.

    Two records of one run lie in the same cell or in two beside each other, by start and by length.
    """

    def __init__(self, runs: Iterable[RunRecorded] = ()) -> None:
        self._cells: dict[tuple[int, int], list[tuple[int, RunRecorded]]] = {}
        self._count = 0
        for run in runs:
            self.add(run)

    def add(self, run: RunRecorded) -> None:
        """Lay a run among those met."""
        self._cells.setdefault(_cell(run), []).append((self._count, run))
        self._count += 1

    def place_of(self, run: RunRecorded) -> int | None:
        """Return how many were laid before the last one that is this same run; nothing where none is."""
        return max((place for place, other in self._near(run) if same_run(other, run)), default=None)

    def _near(self, run: RunRecorded) -> Iterator[tuple[int, RunRecorded]]:
        start, length = _cell(run)
        for at in range(start - 1, start + 2):
            for long in range(length - 1, length + 2):
                yield from self._cells.get((at, long), ())


def _cell(run: RunRecorded) -> tuple[int, int]:
    """A cell is twice as wide as two records of one run may be apart, so that rounding parts none."""
    start = floor(run.started_at.timestamp() / (2 * STARTS_WITHIN.total_seconds()))
    return start, floor(log(run.duration_s) / (2 * DURATIONS_WITHIN))


def _distinct_runs(history: History) -> tuple[tuple[Fact, RunRecorded], ...]:
    kept: list[tuple[Fact, RunRecorded]] = []
    met = RunsMet()
    for fact, run in sorted(history.all(RunRecorded), key=lambda pair: (pair[1].started_at, pair[0].seq)):
        twin = met.place_of(run)
        if twin is None:
            kept.append((fact, run))
            met.add(run)
        else:
            kept[twin] = (kept[twin][0], _joined(kept[twin][1], run))
    return tuple(kept)


def _joined(first: RunRecorded, second: RunRecorded) -> RunRecorded:
    missing = {
        name: getattr(second, name) for name in type(first).model_fields if getattr(first, name) is None
    }
    return first.model_copy(update=missing)
