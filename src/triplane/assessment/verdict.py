"""Judge one measurement: may it count, what is its median, and what must follow."""

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


class MeasurementVerdict(Value):
    """What is made of one measurement.

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


def assess(taken: MeasurementTaken) -> MeasurementVerdict:
    """Judge one measurement (rules B01 and B02).

    Raises
    ------
    UnknownName
        When the battery has no such test.
    """
    test = find_test(taken.test)
    wrong = _not_this_way(test, taken) or _impossible(test, taken)
    if wrong:
        return MeasurementVerdict(test=test.id, valid=False, says=(wrong,))
    if taken.end_feel is EndFeel.PINCH:
        says = "A pinch at the front of the hip makes this reading void; we ask the safety questions again."
        return MeasurementVerdict(test=test.id, valid=False, tag=test.pinch_tag, says=(says,))
    if taken.pain > PAIN_LIMIT:
        says = f"Pain of {taken.pain} of 10 makes this reading void; stop here and leave this test for now."
        return MeasurementVerdict(test=test.id, valid=False, says=(says,))
    return _counted(test, taken)


def _counted(test: Protocol, taken: MeasurementTaken) -> MeasurementVerdict:
    error = test.error_of(taken.method)
    assert error is not None
    spread = max(taken.readings) - min(taken.readings)
    repeat = spread > error.mdc and len(taken.readings) < READINGS_AFTER_SPREAD
    says = []
    if repeat:
        unit = spoken(test.unit, spread)
        says.append(f"Your readings lie {spread:g} {unit} apart; take two more and we use the median.")
    elif len(taken.readings) < READINGS and test.unit in ("deg", "cm"):
        says.append("Three readings a side are surer than one.")
    return MeasurementVerdict(
        test=test.id,
        valid=True,
        median=float(median(taken.readings)),
        spread=spread,
        repeat=repeat,
        says=tuple(says),
    )


def _not_this_way(test: Protocol, taken: MeasurementTaken) -> str:
    """Say why this test is not taken so, or nothing."""
    if test.error_of(taken.method) is None:
        ways = ", ".join(error.method for error in test.method)
        return f"{test.name} is not measured by {taken.method}; it is measured by {ways}."
    if taken.active not in test.modes():
        if taken.active:
            return f"{test.name} has no owned range of its own; it is measured with a hand or a helper."
        return f"{test.name} is measured by your own strength only, without hands or helper."
    return ""


def _impossible(test: Protocol, taken: MeasurementTaken) -> str:
    """Say which reading no hip can give, or nothing."""
    low, high = test.plausible
    for value in taken.readings:
        if not low <= value <= high:
            name = test.name[0].lower() + test.name[1:]
            return (
                f"{value:g} {spoken(test.unit, value)} is not possible for {name}; "
                f"we expect {low:g} to {high:g}. Nothing was taken from it."
            )
    return ""
