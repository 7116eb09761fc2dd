"""Every drill tries its own eyes: its poses before a camera are counted, held and judged as they were made.

Nothing here names a drill: a new file is tried as it is. `make night` tries the whole grid.
"""

from itertools import product
from math import inf

import pytest

from acting import CONDITIONS, Take, acted, cell, truly_held_s
from night import IS_NIGHT, every
from triplane.catalogue import Drill, learnt, load
from triplane.catalogue.lunges import DIRECTION_ORDER, REACH_ORDER, learnt_lunge
from triplane.history import LungeVector
from triplane.movement import PACES, READINGS, LandmarkFrame, Seen, SeenBy, Watch, What, analyse_form
from triplane.movement.form.counting import HALFWAY, LEFT

DRILLS = load()
SEEN = [drill for drill in DRILLS.values() if drill.form and not drill.form.unseen]
FAULTS = [(drill, number) for drill in SEEN for number in drill.seen_faults]

ALL_CELLS = [
    LungeVector(direction=direction, reach=reach, range=step)
    for direction, reach, step in product(DIRECTION_ORDER, REACH_ORDER, (0, 1, 2))
]
CELLS = every(17, ALL_CELLS)
"""Short, medium and long steps of every cell; by day a few of them."""

CLEAR = 2.4
"""What counts moves by at least so many times the error of its signal."""

HOLD_ERROR_S = 0.8
"""Coming to rest is no instant."""


def conditions_for(number: int) -> list[Take]:
    """Return a few conditions that differ from drill to drill, or all of them."""
    return CONDITIONS if IS_NIGHT else [CONDITIONS[(number * 7) % len(CONDITIONS)]]


def ended(drill: Drill, take: Take, frames: list[LandmarkFrame]) -> tuple[Seen, frozenset[int], float]:
    """The last frame as it was seen live, the faults that were seen, and the seconds that were held."""
    watch = Watch(learnt(drill), take.side)
    faults: set[int] = set()
    seen, held_s = None, 0.0
    for frame in frames:
        seen = watch.see(frame)
        for one in seen.happened:
            held_s += one.seconds
            faults |= {one.fault} if one.what is What.FAULT and one.fault is not None else set()
            faults |= set(one.repetition.faults) if one.repetition else set()
    assert seen is not None
    return seen, frozenset(faults), held_s + seen.held_s


@pytest.mark.parametrize("drill", every(3, SEEN), ids=lambda drill: drill.id)
def test_a_clean_set_is_counted_exactly_live_and_reported_and_nothing_is_wrong_in_it(drill: Drill) -> None:
    for take in conditions_for(SEEN.index(drill)):
        frames = acted(drill.id, take)
        seen, faults, held_s = ended(drill, take, frames)
        told = analyse_form(frames, learnt(drill), take.side)

        assert (seen.repetitions, seen.clean) == (take.repetitions, take.repetitions), take
        assert (len(told.repetitions), told.clean) == (seen.repetitions, seen.clean), take
        assert faults == frozenset() and not told.faults, take
        if drill.form and drill.form.hold:
            times = take.repetitions + (drill.form.hold.pose == drill.pose[0].key)
            made_s = truly_held_s(drill.id, take)
            assert held_s == pytest.approx(made_s, abs=HOLD_ERROR_S * times), take


@pytest.mark.parametrize(
    ("drill", "fault"), every(3, FAULTS), ids=lambda value: getattr(value, "id", str(value))
)
def test_a_fault_is_found_in_a_set_that_has_it(drill: Drill, fault: int) -> None:
    for take in conditions_for(SEEN.index(drill) + 5 * fault):
        frames = acted(drill.id, take, drill.seen_faults[fault])

        assert fault in ended(drill, take, frames)[1], take


def lasting(drill: Drill, fault: int, take: Take) -> float:
    """How far beyond what is usual a fault lies for as long as it is asked to, in a set that has it."""
    rule, what = drill.seen_faults[fault], learnt(drill)
    watch, beyond = Watch(what, take.side), []
    for frame in acted(drill.id, take, rule):
        seen = watch.see(frame)
        value = next(one.value for one in seen.shown if (one.signal, one.leg) == (rule.signal, rule.leg))
        part = {"far": 1.0, "home": 0.0}.get(rule.when, seen.share)
        if value is not None and part is not None and _is_then(rule, seen.share):
            beyond.append(what.usual[fault].beyond(value, part, rule.over, rule.either))
    frames = max(1, round(rule.for_s * take.fps))
    return max((min(beyond[at : at + frames]) for at in range(len(beyond) - frames)), default=0.0)


def _is_then(rule: SeenBy, share: float | None) -> bool:
    ranges = {"far": (HALFWAY, inf), "home": (-inf, LEFT), "always": (-inf, inf)}
    low, high = ranges[rule.when]
    return share is not None and low <= share <= high


@pytest.mark.parametrize(
    ("drill", "fault"),
    [(drill, fault) for drill, fault in every(3, FAULTS) if drill.seen_faults[fault].signal not in PACES],
    ids=lambda value: getattr(value, "id", str(value)),
)
def test_a_fault_that_is_tried_lies_beyond_its_limit_by_the_error_of_what_is_measured(
    drill: Drill, fault: int
) -> None:
    rule = drill.seen_faults[fault]

    assert lasting(drill, fault, Take()) >= abs(rule.over) + READINGS[rule.signal].error


@pytest.mark.parametrize("drill", every(3, SEEN), ids=lambda drill: drill.id)
def test_what_counts_moves_plainly(drill: Drill) -> None:
    assert drill.form and drill.form.count
    way = learnt(drill).way

    assert abs(way.far - way.home) >= CLEAR * READINGS[drill.form.count.signal].error


@pytest.mark.parametrize("vector", CELLS, ids=[f"{one.direction}-{one.reach}-{one.range}" for one in CELLS])
def test_a_cell_of_the_lunge_matrix_is_counted_as_it_was_made(vector: LungeVector) -> None:
    name = cell(vector)
    for take in conditions_for(ALL_CELLS.index(vector)):
        watch = Watch(learnt_lunge(vector), take.side)
        seen = [watch.see(frame) for frame in acted(name, take)][-1]

        assert (seen.repetitions, seen.clean) == (take.repetitions, take.repetitions), take


def test_most_of_the_catalogue_is_seen() -> None:
    assert len(SEEN) >= 0.8 * len(DRILLS)
