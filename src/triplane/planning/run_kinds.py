"""Which runs are key, long or easy, and which two records are the same run (decision 3)."""

from datetime import datetime, timedelta
from statistics import median

from triplane.history import RunKind

LONG_TIMES_MEDIAN = 1.3
"""The week's longest run is its long run from this many medians on (decision 3; coach's default)."""

MET_WITHIN = timedelta(hours=12)
"""A planned run is met by the nearest run that was done within this time (decision 3)."""

QUALITY = frozenset({RunKind.RACE, RunKind.INTERVAL, RunKind.TEMPO})
"""Runs that are key without the runner saying so (decision 3)."""


def is_key(kind: RunKind | None, mark: bool | None) -> bool:
    """Say whether a run is key: the runner's mark wins, else races, intervals and tempo runs are."""
    return mark if mark is not None else kind in QUALITY


def judge(minutes: list[float], kinds: list[RunKind | None]) -> list[RunKind]:
    """Return the kind of every run of one week; a kind that was said is kept as it is.

    The longest run is the long one if it lasts at least 1.3 times the week's median. Where two are
    equally long, the later one is taken. A single run has nothing to be longer than.
    """
    judged = [kind or RunKind.EASY for kind in kinds]
    if len(minutes) < 2:
        return judged
    longest = max(range(len(minutes)), key=lambda run: (minutes[run], run))
    if kinds[longest] is None and minutes[longest] >= LONG_TIMES_MEDIAN * median(minutes):
        judged[longest] = RunKind.LONG
    return judged


def met_by(planned: list[datetime], done: list[datetime]) -> dict[int, int]:
    """Pair the starts of planned and done runs, nearest first, each once; done index by planned index."""
    pairs = sorted(
        (abs(plan - run), p, d)
        for p, plan in enumerate(planned)
        for d, run in enumerate(done)
        if abs(plan - run) <= MET_WITHIN
    )
    met: dict[int, int] = {}
    for _, p, d in pairs:
        if p not in met and d not in met.values():
            met[p] = d
    return met
