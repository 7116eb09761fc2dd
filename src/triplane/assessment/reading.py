"""Judge one set of readings: may it count, what is its median, and what must follow."""

from statistics import median

from triplane.assessment.load import find_test
from triplane.assessment.protocol import Protocol, spoken
from triplane.history import EndFeel, MeasurementTaken
from triplane.value import Value

PAIN_LIMIT = 3
"""Pain of 10 above which a reading is void (rule B02, coach's default)."""
READINGS = 3
READINGS_AFTER_SPREAD = 5
"""Readings a side, and how many there are after two more (rule B01, coach's default)."""


class ReadingVerdict(Value):
    """What is made of one set of readings.

    ``median`` is in the test's unit and missing where the set is void. ``repeat`` asks for two more
    readings. ``tag`` is the restriction a pinch suggests; ``says`` holds what the runner is told.
    """

    test: str
    valid: bool
    median: float | None = None
    spread: float = 0
    repeat: bool = False
    tag: str | None = None
    says: tuple[str, ...] = ()


def assess(reading: MeasurementTaken) -> ReadingVerdict:
    """Judge one set of readings (rules B01 and B02).

    Raises
    ------
    UnknownName
        When the battery has no such test.
    """
    test = find_test(reading.test)
    wrong = _not_this_way(test, reading) or _impossible(test, reading)
    if wrong:
        return ReadingVerdict(test=test.id, valid=False, says=(wrong,))
    if reading.end_feel is EndFeel.PINCH:
        says = "A pinch at the front of the hip makes this reading void; we ask the safety questions again."
        return ReadingVerdict(test=test.id, valid=False, tag=test.pinch_tag, says=(says,))
    if reading.pain > PAIN_LIMIT:
        says = f"Pain of {reading.pain} of 10 makes this reading void; stop here and leave this test for now."
        return ReadingVerdict(test=test.id, valid=False, says=(says,))
    return _counted(test, reading)


def _counted(test: Protocol, reading: MeasurementTaken) -> ReadingVerdict:
    error = test.error_of(reading.method)
    assert error is not None
    spread = max(reading.readings) - min(reading.readings)
    repeat = spread > error.mdc and len(reading.readings) < READINGS_AFTER_SPREAD
    says = []
    if repeat:
        says.append(
            f"Your readings lie {spread:g} {spoken(test.unit)} apart; take two more and we use the median."
        )
    elif len(reading.readings) < READINGS and test.unit in ("deg", "cm"):
        says.append("Three readings a side are surer than one.")
    return ReadingVerdict(
        test=test.id,
        valid=True,
        median=float(median(reading.readings)),
        spread=spread,
        repeat=repeat,
        says=tuple(says),
    )


def _not_this_way(test: Protocol, reading: MeasurementTaken) -> str:
    """Say why this test is not taken so, or nothing."""
    if test.error_of(reading.method) is None:
        ways = ", ".join(error.method for error in test.method)
        return f"{test.name} is not measured by {reading.method}; it is measured by {ways}."
    if reading.active not in test.modes():
        mode = "actively" if reading.active else "passively"
        return f"{test.name} is not measured {mode}."
    return ""


def _impossible(test: Protocol, reading: MeasurementTaken) -> str:
    """Say which reading no hip can give, or nothing."""
    low, high = test.plausible
    for value in reading.readings:
        if not low <= value <= high:
            return (
                f"{value:g} {spoken(test.unit)} is not possible for {test.name[0].lower()}{test.name[1:]}; "
                f"we expect {low:g} to {high:g}. Nothing was taken from it."
            )
    return ""
