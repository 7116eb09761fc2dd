"""Lengths, distances and weights as the runner wants them shown; what is kept is always SI."""

from django.utils.formats import number_format

from triplane.history import Units

KM_PER_MILE = 1.609344
CM_PER_INCH = 2.54

INCHES = "in"
"""The unit of a test that is kept in centimetres and shown in inches."""


def distance(km: float, units: Units) -> str:
    """Say a distance: '8.2 km' or '5.1 mi'."""
    return f"{far(km, units)} {far_unit(units)}"


def far(km: float, units: Units) -> str:
    """Say the number of a distance alone."""
    return number_format(km / KM_PER_MILE if units is Units.IMPERIAL else km, 1)


def far_unit(units: Units) -> str:
    """Return the unit distances are shown in."""
    return "mi" if units is Units.IMPERIAL else "km"


def shown_unit(unit: str, units: Units) -> str:
    """Return the unit a test is shown and read in; only lengths differ."""
    return INCHES if unit == "cm" and units is Units.IMPERIAL else unit


def shown(value: float, unit: str) -> float:
    """Return a kept value as a number of the unit it is shown in."""
    return value / CM_PER_INCH if unit == INCHES else value


def kept(value: float, unit: str) -> float:
    """Return a number of the unit it was read in as the value that is kept."""
    return round(value * CM_PER_INCH, 3) if unit == INCHES else value
