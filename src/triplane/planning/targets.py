"""How many end-range minutes each direction and side should get in a week, and why (decision 2)."""

from collections.abc import Iterable

from triplane.assessment import DirectionMap, Finding, HipMap
from triplane.body import Direction, Side
from triplane.catalogue import ExposureKind
from triplane.evidence import Reason, reason
from triplane.history import Target, minutes_in_words
from triplane.planning.problem import Candidate

COVERAGE_MIN = 2.0
"""Minutes a week for every direction that is fine or not measured (E84, E62)."""

LEAST_MIN, MOST_MIN, PER_PRIORITY_MIN = 3.0, 10.0, 3.0
"""A direction that needs work gets 3 + 3 x priority minutes, from 3 to 10 (decision 2, E01)."""

BONE_SHAPE_MIN = 4.0
"""At most this where the two rotations differ as bone shape does; held and strengthened only (decision 2)."""

END_RANGE_SHARE = 0.5
"""Share of the week's minutes that is work at the end of range, after set-up, rests and the other stages
(the middle of E81's blocks; coach's default)."""

TOUCH_MIN = 0.5
"""The least that still touches a direction where minutes are very few, or all its drills are new (E84, E44;
one unit of work)."""

_ALL_NEW = reason(
    "E44",
    "At most three drills are new in a week, each at half its amount, so sessions are short at first. Every "
    "direction gets a little now, and more once you know a drill for it.",
)


def targets_of(
    hip_map: HipMap, candidates: Iterable[Candidate], minutes: float, part: float = 1.0
) -> tuple[tuple[Target, ...], tuple[Reason, ...]]:
    """Return twelve targets, and notes on what had to be scaled down.

    Parameters
    ----------
    candidates
        What may be offered: a direction and side no candidate reaches is marked not offerable.
    minutes
        All minutes of the week that slots and the runner leave (minutes, 0 or more).
    part
        Share of a whole week that is planned (0 to 1): a week begun late asks for less.
    """
    candidates = tuple(candidates)
    reachable, known = _reachable(candidates), _known(candidates, hip_map)
    wanted = {(one.direction, one.side): part * wanted_minutes(one, hip_map) for one in hip_map.directions}
    offered = {place: want for place, want in wanted.items() if place in reachable}
    floor = _floor(len([want for want in offered.values() if want > 0]), minutes, part)
    share = _share([want for want in offered.values() if want > 0], floor, minutes)
    targets = tuple(
        _target(
            one,
            hip_map,
            _scaled(wanted[one.direction, one.side], floor, share),
            floor if (one.direction, one.side) in known else min(floor, TOUCH_MIN),
            reachable,
        )
        for one in hip_map.directions
    )
    fresh = floor > TOUCH_MIN and any(place not in known for place in offered)
    return targets, (*_notes(floor, share, part), *((_ALL_NEW,) if fresh else ()))


def wanted_minutes(one: DirectionMap, hip_map: HipMap) -> float:
    """Return the minutes a week that decision 2 gives a direction on a side, before any scaling."""
    if one.excluded:
        return 0.0
    if one.direction in hip_map.mobile or not one.needs_more:
        return COVERAGE_MIN
    most = BONE_SHAPE_MIN if one.bone_shape else MOST_MIN
    return min(most, max(LEAST_MIN, LEAST_MIN + PER_PRIORITY_MIN * one.priority))


def _reachable(candidates: Iterable[Candidate]) -> frozenset[tuple[Direction, Side]]:
    """Directions and sides that a candidate stretches or holds as its primary purpose."""
    return frozenset(
        (exposure.direction, exposure.leg.on(side))
        for candidate in candidates
        for side in Side
        if side not in candidate.excluded_sides
        for exposure in candidate.exposures
        if exposure.primary and exposure.kind is not ExposureKind.WORK
    )


def _known(candidates: Iterable[Candidate], hip_map: HipMap) -> frozenset[tuple[Direction, Side]]:
    """Directions and sides that keep their whole floor: a drill from before this week covers them.

    Elsewhere every drill is new: three of them at half a dose reach two minutes in few directions, and no
    rule may bend for more. Until all of them are measured, none of these may be the one to go without: all
    are touched first, and the rest is a wish like any other. A whole map says itself what comes first.
    """
    if all(one.finding is not Finding.NOT_MEASURED for one in hip_map.directions):
        return frozenset((one.direction, one.side) for one in hip_map.directions)
    return frozenset(
        (exposure.direction, exposure.leg.on(side))
        for candidate in candidates
        if not (candidate.new or candidate.begun_this_week)
        for side in Side
        if side not in candidate.excluded_sides
        for exposure in candidate.exposures
        if exposure.primary or candidate.cars
    )


def _floor(places: int, minutes: float, part: float) -> float:
    """Return the coverage floor: two minutes, less where the week cannot hold that for every place.

    None where so little of a week is left that its share of them would be less than a touch.
    """
    if not places or part * COVERAGE_MIN < TOUCH_MIN:
        return 0.0
    return round(max(TOUCH_MIN, min(part * COVERAGE_MIN, END_RANGE_SHARE * minutes / places)), 1)


def _share(wanted: list[float], floor: float, minutes: float) -> float:
    """Return which share of the wish above the floors the week can hold, the same for all."""
    above = sum(max(0.0, want - floor) for want in wanted)
    room = END_RANGE_SHARE * minutes - floor * len(wanted)
    return 1.0 if above <= 0 else min(1.0, max(0.0, room / above))


def _scaled(want: float, floor: float, share: float) -> float:
    return 0.0 if want <= 0 else round(floor + share * max(0.0, want - floor), 1)


def _notes(floor: float, share: float, part: float) -> tuple[Reason, ...]:
    is_covered = floor >= round(part * COVERAGE_MIN, 1) or part * COVERAGE_MIN < TOUCH_MIN
    if share >= 1 and is_covered:
        return ()
    if share <= 0 or not is_covered:
        says = "Your minutes are few this week, so we ask for only a little of each direction."
    else:
        says = f"Your minutes hold about {share:.0%} of what we would like beyond the basics, shared evenly."
    return (Reason(rule="", says=says, sources=("coach_default",)),)


def _target(
    one: DirectionMap,
    hip_map: HipMap,
    minutes: float,
    floor: float,
    reachable: frozenset[tuple[Direction, Side]],
) -> Target:
    place = (one.direction, one.side)
    return Target(
        direction=one.direction,
        side=one.side,
        minutes=minutes,
        floor_minutes=min(floor, minutes),
        weight=1 + one.priority,
        offerable=place in reachable and not one.excluded,
        reason=_why(one, hip_map, minutes, place in reachable),
    )


def _why(one: DirectionMap, hip_map: HipMap, minutes: float, reachable: bool) -> Reason:
    named = f"{one.direction.plain_name} on the {one.side}"
    if one.excluded:
        return reason("B13", f"{named.capitalize()} is left out for your safety.")
    if not reachable:
        return reason("B13", f"No drill for {named} is left to offer with what is safe and at hand.")
    if one.direction in hip_map.mobile:
        return reason(
            "B10", f"{named.capitalize()} has range enough; {minutes_in_words(minutes)} to hold it."
        )
    if one.bone_shape and one.needs_more:
        says = (
            f"{named.capitalize()} may be limited by bone shape: {minutes_in_words(minutes)}, nothing forced."
        )
        return reason("B07", says)
    if one.needs_more:
        return reason(
            "R16", f"{named.capitalize()} needs work: {minutes_in_words(minutes)} a week. {_because(one)}"
        )
    if one.finding is Finding.FINE:
        return reason("E62", f"{named.capitalize()} is fine: {minutes_in_words(minutes)} to keep it.")
    return reason("E84", f"{named.capitalize()} was not judged yet: {minutes_in_words(minutes)} to cover it.")


def _because(one: DirectionMap) -> str:
    found = [
        (one.finding.is_limited, f"it is {one.finding}"),
        (one.is_lower, "it is the lower side"),
        (one.owned_gap_counts, "part of its range is not yours to hold yet"),
    ]
    return " and ".join(words for counts, words in found if counts).capitalize() + "."
