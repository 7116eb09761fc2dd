"""From what was found to what comes first, each with its reasons (handbook B.7)."""

from collections.abc import Iterable

from triplane.assessment.finding import owned_gap_line
from triplane.assessment.load import find_test
from triplane.assessment.map_values import ControlFinding, DirectionMap, Priority
from triplane.assessment.protocol import Finding
from triplane.body import Side
from triplane.evidence import Reason, reason

BORDER = 0.7
"""Below this likelihood a finding is called what it is: nearly a coin toss (coach's default)."""

PER_SD = 1.0
PER_ASYMMETRY_LINE = 0.5
PER_GAP_LINE = 1.0
STIFF_WHEN_RUNNING = 0.5
"""Weights of what adds to a priority: per standard deviation below the reference, per line of side
difference beyond the first, per line of owned gap beyond the first, and what the runner feels.
Coach's defaults."""
CONTROL = {Finding.LIMITED: 0.2, Finding.CLEARLY_LIMITED: 0.4}
CONTROL_MOST = 0.9
"""What a control finding adds, and the most they add together: below a limited range, above the rest.
Coach's defaults."""

SURE = 0.99
"""From here on a finding is told without its probability."""

Part = tuple[float, Reason]


def priority_of(one: DirectionMap, mdc: float, stiff: bool) -> tuple[float, tuple[Reason, ...]]:
    """Return the priority of a direction on a side with its reasons.

    ``mdc`` is the smallest real change behind it in degrees, ``stiff`` what the runner reports when
    running. An excluded direction has priority 0 and says so.
    """
    if one.excluded:
        says = f"{one.direction.plain_name.capitalize()} on the {one.side} is left out for your safety."
        return 0.0, (reason("B13", says),)
    parts = [*_below_reference(one), *_lower_side(one), *_owned_gap(one, mdc)]
    if stiff:
        says = f"You feel {_named(one)} as stiff when running."
        parts.append((STIFF_WHEN_RUNNING, reason("B14", says)))
    notes = [] if not one.bone_shape else [_bone_shape_note(one)]
    return sum(score for score, _ in parts), tuple(why for _, why in parts) + tuple(notes)


def _named(one: DirectionMap) -> str:
    return f"{one.direction.plain_name} on the {one.side}"


def _degrees(value: float, digits: int = 0) -> str:
    """Say degrees with so many decimals; whole ones, one degree as one."""
    number = f"{value:.{digits}f}"
    return f"{number} degree" if number.lstrip("-") == "1" else f"{number} degrees"


def _apart(value: float, low: float) -> int:
    """Return a decimal where, in whole degrees, a value below the usual range would read as inside it."""
    return int(value < low and f"{value:.0f}" == f"{low:.0f}")


def _below_reference(one: DirectionMap) -> Iterable[Part]:
    if one.z is None or one.z >= 0 or one.norm is None:
        return
    estimate = one.passive or one.owned
    assert estimate is not None
    likely = one.probability
    unsure = likely is not None and likely < SURE
    judged = f"{one.finding}, {likely:.0%} likely" if unsure else str(one.finding)
    if likely is not None and likely < BORDER:
        judged = f"on the border, {likely:.0%} likely {one.finding}"
    digits = _apart(estimate.value, one.norm.low)
    low, high = f"{one.norm.low:.{digits}f}", f"{one.norm.high:.{digits}f}"
    says = (
        f"{_named(one).capitalize()}: {_degrees(estimate.value, digits)}, where {low} to "
        f"{high} is usual for {one.norm.band}; {judged}."
    )
    yield PER_SD * -one.z, reason("B08", says)


def _lower_side(one: DirectionMap) -> Iterable[Part]:
    if not one.is_lower or one.asymmetry is None:
        return
    difference, line = one.asymmetry.difference, one.asymmetry.line
    says = f"{_named(one).capitalize()} is {_degrees(difference)} less than on the {one.side.other}."
    yield PER_ASYMMETRY_LINE * (difference - line) / line, reason("B06", says)


def _owned_gap(one: DirectionMap, mdc: float) -> Iterable[Part]:
    if not one.owned_gap_counts or one.owned_gap is None or one.owned_test is None:
        return
    line = owned_gap_line(find_test(one.owned_test), mdc)
    assert line is not None
    gap = _degrees(one.owned_gap)
    says = f"{_named(one).capitalize()}: there are {gap} more than you hold yourself yet."
    yield PER_GAP_LINE * (one.owned_gap - line) / line, reason("B09", says)


def _bone_shape_note(one: DirectionMap) -> Reason:
    says = (
        f"Your two rotations on the {one.side} differ by 20 degrees or more. That is often bone shape, "
        "so we keep gains modest and force nothing; see a physiotherapist if it hurts."
    )
    return reason("B07", says)


def top_priorities(
    directions: Iterable[DirectionMap], control: Iterable[ControlFinding]
) -> tuple[Priority, ...]:
    """Return what needs work, the most pressing first; ties in the order of directions, left first."""
    found = [
        Priority(what=one.direction, side=one.side, score=one.priority, reasons=one.reasons)
        for one in directions
        if one.needs_more and one.priority > 0
    ]
    seen = tuple(control)
    for side in Side:
        cues = [one for one in seen if one.side is side and one.finding.is_limited]
        score = min(CONTROL_MOST, sum(CONTROL[one.finding] for one in cues))
        if cues:
            reasons = tuple(one.reason for one in cues)
            found.append(Priority(what="control", side=side, score=score, reasons=reasons))
    return tuple(sorted(found, key=lambda one: -one.score))
