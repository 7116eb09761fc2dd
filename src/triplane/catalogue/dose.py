"""From minutes to a dose: units of work turned into sets, repetitions and holds a coach would write."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from triplane.catalogue.drill import Dose, Drill
from triplane.history import Prescription

UNIT_S = 30.0
"""Seconds of work on one side that one unit of dose stands for (decision 1)."""

TOLERANCE_S = UNIT_S / 2
"""How far the work may lie from what was asked before the drill's own ranges are left (coach_default)."""

MOST_SETS = 6

EASY_TO_COUNT_S = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, *(float(s) for s in range(10, 605, 5)))
"""Seconds a coach would say; rests, holds and phases fall on them (coach_default)."""


@dataclass(frozen=True)
class DoseLimits:
    """What a restriction lowers: the longest effort held (s) and the hardest effort (percent)."""

    hold_max_s: float | None = None
    effort_max_pct: float | None = None


@dataclass(frozen=True)
class DoseShape:
    """A drill's dose as the planner counts it: units per placement and what comes with each unit.

    ``rest_s_per_unit`` is large enough for every dose in the range: set-up plus units of work plus
    this never undercuts the prescription's ``total_s``.
    """

    min_units: int
    max_units: int
    rest_s_per_unit: float
    hold_s_per_unit: float
    sets_per_unit: float


@dataclass(frozen=True)
class _Way:
    """One way of doing a dose."""

    sets: int
    reps: int
    hold_s: float
    phases: tuple[tuple[str, float], ...]
    work_s: float


NO_DOSE_LIMITS = DoseLimits()


def prescribe(drill: Drill, units: int, limits: DoseLimits = NO_DOSE_LIMITS) -> Prescription:
    """Turn units of work on one side into a dose that can be counted and timed.

    Whole sets and repetitions and round holds rarely give exactly 30 s
    times the units: the nearest possible work is taken, the longer one of two equally near, and
    ``work_s`` says what it truly is. More units never give less work. The drill's own ranges are
    kept as long as they come within half a unit; below them sets and repetitions shrink (a first,
    halved dose), above them sets are added, up to six. Of the ways to the same work the one nearest
    the middle of the ranges, in the fewest sets, is chosen. A spot of a release drill counts as a set.

    Raises
    ------
    ValueError
        If fewer than one unit is asked.
    """
    if units < 1:
        raise ValueError("a dose has at least one unit")
    return _chosen(drill.dose, tuple(_ways(drill.dose, limits)), units, limits)


def units_range(drill: Drill, limits: DoseLimits = NO_DOSE_LIMITS) -> tuple[int, int]:
    """Return the fewest and most units per placement that the drill's own ranges hold, within half a unit."""
    return _units_of(tuple(_ways(drill.dose, limits)))


def dose_shape(drill: Drill, limits: DoseLimits = NO_DOSE_LIMITS) -> DoseShape:
    """Return how the drill's dose is counted in units, taken over its whole range of units."""
    return _shape_of(drill.dose, limits)


@lru_cache(maxsize=1024)  # every plan asks it of every drill; nothing that is asked for ever changes
def _shape_of(dose: Dose, limits: DoseLimits) -> DoseShape:
    ways = tuple(_ways(dose, limits))
    fewest, most = _units_of(ways)
    doses = [(units, _chosen(dose, ways, units, limits)) for units in range(1, most + 1)]
    rest = max((given.total_s - given.setup_s - units * UNIT_S) / units for units, given in doses)
    return DoseShape(
        min_units=fewest,
        max_units=most,
        rest_s_per_unit=max(0.0, rest),
        hold_s_per_unit=min(UNIT_S, max(_held_s(dose, given) / units for units, given in doses)),
        sets_per_unit=doses[-1][1].sets / most,
    )


def _units_of(ways: tuple[_Way, ...]) -> tuple[int, int]:
    works = [way.work_s for way in ways]
    fewest = max(1, round(min(works) / UNIT_S))
    return fewest, max(fewest, int((max(works) + TOLERANCE_S / 2) // UNIT_S))


def _chosen(dose: Dose, ways: tuple[_Way, ...], units: int, limits: DoseLimits) -> Prescription:
    """Choose among the ways inside the ranges, and beyond them where none comes near enough."""
    wanted = units * UNIT_S
    way = _nearest(ways, wanted, dose)
    if abs(way.work_s - wanted) > TOLERANCE_S:
        way = _nearest((way, *_ways_beyond(dose, limits, fewer=way.work_s > wanted)), wanted, dose)
    return _written(dose, way, limits)


def _held_s(dose: Dose, given: Prescription) -> float:
    """Seconds a muscle is kept on stretch or held without moving."""
    still = dict(given.phases)
    per_rep = sum(still[phase.do] for phase in dose.phases if phase.stretch) if still else given.hold_s
    return given.sets * (given.reps or 1) * per_rep


def _ways(dose: Dose, limits: DoseLimits) -> Iterator[_Way]:
    """Every way inside the drill's own ranges."""
    low, high = _sets(dose)
    yield from _combine(dose, limits, range(low, high + 1), _whole(dose.reps))


def _ways_beyond(dose: Dose, limits: DoseLimits, fewer: bool) -> Iterator[_Way]:
    """Ways with fewer sets and repetitions than the ranges, or with more sets."""
    low, high = _sets(dose)
    reps = _whole(dose.reps)
    if fewer:
        yield from _combine(dose, limits, range(1, low + 1), range(1, reps[-1] + 1))
    else:
        yield from _combine(dose, limits, range(high, max(high, MOST_SETS) + 1), reps)


def _sets(dose: Dose) -> tuple[int, int]:
    spots = dose.spots or (1, 1)
    return int(dose.sets[0] * spots[0]), int(dose.sets[1] * spots[1])


def _whole(span: tuple[float, float]) -> range:
    return range(int(span[0]), int(span[1]) + 1)


def _combine(dose: Dose, limits: DoseLimits, sets: range, reps: range) -> Iterator[_Way]:
    for count, rep, (hold, phases) in product(sets, reps, _stills(dose, limits)):
        seconds = sum(s for _, s in phases) if phases else sum(dose.tempo_s) + hold
        if seconds > 0:
            yield _Way(count, rep, hold, phases, round(count * rep * seconds, 1))


def _stills(dose: Dose, limits: DoseLimits) -> list[tuple[float, tuple[tuple[str, float], ...]]]:
    """The still part of a repetition, shortest first: a hold, or the seconds of each phase."""
    if not dose.phases:
        low, high = (min(end, limits.hold_max_s or end) for end in dose.hold_s)
        return [(hold, ()) for hold in _round_steps(low, high)]
    steps = 6
    found = []
    for step in range(steps + 1):
        phases = []
        for phase in dose.phases:
            seconds = _rounded(phase.s[0] + (phase.s[1] - phase.s[0]) * step / steps)
            seconds = max(phase.s[0], min(phase.s[1], seconds))
            if limits.hold_max_s is not None and not phase.stretch:
                seconds = min(seconds, limits.hold_max_s)
            phases.append((phase.do, seconds))
        found.append((0.0, tuple(phases)))
    return found


def _round_steps(low: float, high: float) -> list[float]:
    """The ends of a span and the seconds between them that are easy to count."""
    return sorted({low, high, *(s for s in EASY_TO_COUNT_S if low < s < high)})


def _rounded(seconds: float) -> float:
    return min(EASY_TO_COUNT_S, key=lambda s: (abs(s - seconds), -s))


def _nearest(ways: tuple[_Way, ...], wanted_s: float, dose: Dose) -> _Way:
    work = min((way.work_s for way in ways), key=lambda work_s: (abs(work_s - wanted_s), -work_s))
    middle, most_sets = sum(dose.reps) / 2, _sets(dose)[1]

    def rank(way: _Way) -> tuple[float, ...]:
        added = max(0, way.sets - most_sets)
        return added, abs(way.reps - middle), way.sets, -way.hold_s

    return min((way for way in ways if way.work_s == work), key=rank)


def _written(dose: Dose, way: _Way, limits: DoseLimits) -> Prescription:
    rest = _rounded(sum(dose.rest_s) / 2)
    effort, cap = dose.effort_pct, limits.effort_max_pct
    if effort and cap is not None:
        effort = (min(effort[0], cap), min(effort[1], cap))
    return Prescription(
        sets=way.sets,
        reps=way.reps,
        hold_s=way.hold_s,
        tempo_s=dose.tempo_s,
        phases=way.phases,
        rest_s=rest,
        setup_s=dose.setup_s,
        effort_pct=effort,
        work_s=way.work_s,
        total_s=dose.setup_s + way.work_s + rest * (way.sets - 1),
    )
