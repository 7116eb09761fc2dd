"""What is not range: control of pelvis and trunk, the ankle, the lunge screen, mobility by score."""

from collections.abc import Iterator
from datetime import date

from triplane.assessment.finding import asymmetry
from triplane.assessment.load import battery, find_test
from triplane.assessment.map_values import Ankle, ControlFinding, LungePass
from triplane.assessment.measurements import Measurements
from triplane.assessment.protocol import ControlLine, Finding, Protocol, Role, spoken
from triplane.body import Side
from triplane.evidence import reason

STIFF_ANKLE_CM = 8.0
"""Knee-to-wall distance below which an ankle counts as stiff (rule B11, coach's default)."""
RATINGS = ("poor", "fair", "good")
BEIGHTON_LINE = 5
BEIGHTON_LINE_OVER_50 = 4
"""Beighton scores from which joints count as hypermobile, to age 50 and above it (rule B10)."""


def latest(known: Measurements, test: Protocol, side: Side) -> tuple[date, float] | None:
    """Return day and median of the newest valid reading, owned or passive, or ``None``."""
    found = [
        (fact.occurred_at, fact.local_date, value)
        for active in test.modes()
        for fact, _, value in known.of(test.id, side, active)
    ]
    return max(found)[1:] if found else None


def control_findings(known: Measurements) -> Iterator[ControlFinding]:
    """Yield what the tests of control say, test by test and side by side (rule B12)."""
    for test in battery().values():
        for side in Side:
            newest = latest(known, test, side) if test.control else None
            if test.control and newest:
                yield _control_finding(test, test.control, side, *newest)


def _control_finding(test: Protocol, line: ControlLine, side: Side, on: date, value: float) -> ControlFinding:
    finding = judge_control(line, value, test.higher_is_better)
    says = f"{test.plain_name}, {side}: {_told(test, value)}."
    if finding.is_limited:
        says = f"{says} We choose drills for control here rather than more stretching."
    return ControlFinding(
        test=test.id,
        side=side,
        value=value,
        unit=test.unit,
        finding=finding,
        measured_on=on,
        reason=reason("B12", says),
    )


def _told(test: Protocol, value: float) -> str:
    """Return a reading in words: ratings by name, everything else with its unit."""
    if test.unit == "rating":
        return RATINGS[round(value)]
    number = f"{value:.0f}" if test.unit == "deg" else f"{value:g}"
    return f"{number} {spoken(test.unit, float(number))}"


def judge_control(line: ControlLine, value: float, higher_is_better: bool) -> Finding:
    """Hold a reading of control against the lines of its test; on the line counts as past it."""
    sign = 1 if higher_is_better else -1
    if sign * value <= sign * line.clearly:
        return Finding.CLEARLY_LIMITED
    return Finding.LIMITED if sign * value <= sign * line.limited else Finding.FINE


def ankle(known: Measurements) -> Ankle:
    """Return knee-to-wall distances and which side is stiff (rule B11)."""
    test = find_test("knee_to_wall")
    newest = {side: latest(known, test, side) for side in Side}
    measured = {side: found[1] for side, found in newest.items() if found}
    stiff = {side for side, value in measured.items() if value < STIFF_ANKLE_CM}
    uneven = asymmetry(test, measured.get(Side.LEFT), measured.get(Side.RIGHT), _mdc(test))
    if uneven:
        stiff.add(uneven.lower)
    ordered = tuple(side for side in Side if side in stiff)
    says = f"Your {' and '.join(ordered)} ankle bends little; we put its drill before lunges."
    return Ankle(
        left=measured.get(Side.LEFT),
        right=measured.get(Side.RIGHT),
        stiff=ordered,
        reason=reason("B11", says) if ordered else None,
    )


def _mdc(test: Protocol) -> float:
    return max(error.mdc for error in test.method)


def lunge_passes(known: Measurements) -> Iterator[LungePass]:
    """Yield the newest result of each lunge screen."""
    for test in battery().values():
        for side in Side:
            newest = latest(known, test, side) if test.role is Role.LUNGE else None
            if test.lunge and newest:
                yield LungePass(lunge=test.lunge, side=side, passed=newest[1] >= 1, measured_on=newest[0])


def is_hypermobile_by_score(beighton: float | None, age_years: float | None) -> bool:
    """Return whether the Beighton score (0 to 9) says hypermobile; unknown is no."""
    if beighton is None:
        return False
    older = age_years is not None and age_years > 50
    return beighton >= (BEIGHTON_LINE_OVER_50 if older else BEIGHTON_LINE)
