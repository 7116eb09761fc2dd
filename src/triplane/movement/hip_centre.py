"""Where the centre of a hip lies in the pelvis, by the regressions that laboratories use.

All give metres in the pelvis frame (x forward, y up, z right), from the middle between the markers on the
front spines (ASIS). The equations count from the bone, so a marker's radius is taken off in front (Davis has
it inside). Against imaging they miss by about 12 mm (Harrington), 25 mm (Davis) and 15 to 30 mm (the others).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side

Array = NDArray[np.float64]


class Regression(StrEnum):
    """The equations to choose from."""

    DAVIS = "davis"
    HARRINGTON = "harrington"
    HARRINGTON_WIDTH = "harrington_width"
    BELL = "bell"
    HARA = "hara"


@dataclass(frozen=True)
class PelvisSize:
    """Lengths that the regressions ask for, metres.

    Attributes
    ----------
    width : between the front spines
    depth : from the middle of the front spines to the middle of the back ones
    leg : for each side, front spine to inner ankle; 0 where it is not known
    spine_to_trochanter : for each side, along the body; 0: from the leg's length, as Davis did
    marker_radius : from the skin to a marker's centre
    """

    width: float
    depth: float
    leg: dict[Side, float]
    spine_to_trochanter: dict[Side, float]
    marker_radius: float = 0.007


def hip_centre_m(size: PelvisSize, side: Side, regression: Regression) -> Array:
    """Return a hip's centre in the pelvis frame, shape (3,), metres from the middle of the front spines.

    Raises
    ------
    ValueError
        Where the equations ask for the leg's length and it is not known.
    """
    if regression in (Regression.DAVIS, Regression.HARA) and not size.leg[side]:
        raise ValueError(f"the equations of {regression.title()} ask for the length of the leg")
    forward, up, outward = _EQUATIONS[regression](size, side)
    return np.array([forward, up, outward if side is Side.RIGHT else -outward])


def _davis(size: PelvisSize, side: Side) -> tuple[float, float, float]:
    """Davis and others (davis_1991), as Plug-in Gait has it: both legs' mean length."""
    lean, spread = 0.314, 0.5
    c = 0.115 * np.mean(list(size.leg.values())) - 0.0153
    along = size.spine_to_trochanter[side] or 0.1288 * size.leg[side] - 0.04856
    back = along + size.marker_radius
    forward = c * np.cos(spread) * np.sin(lean) - back * np.cos(lean)
    up = -c * np.cos(spread) * np.cos(lean) - back * np.sin(lean)
    return forward, up, size.width / 2 - c * np.sin(spread)


def _harrington(size: PelvisSize, side: Side) -> tuple[float, float, float]:
    """Harrington and others (harrington_2007), from width, depth and leg."""
    leg = size.leg[side]
    if not leg:
        return _harrington_width(size, side)
    return (
        -0.24 * size.depth - 0.0099 - size.marker_radius,
        -0.16 * size.width - 0.04 * leg - 0.0071,
        0.28 * size.depth + 0.16 * size.width + 0.0079,
    )


def _harrington_width(size: PelvisSize, side: Side) -> tuple[float, float, float]:
    """Harrington's data from the width alone (sangeux_2015): nothing soft is measured at the back."""
    forward = -0.138 * size.width - 0.0104 - size.marker_radius
    return forward, -0.305 * size.width - 0.0109, 0.33 * size.width + 0.0073


def _bell(size: PelvisSize, side: Side) -> tuple[float, float, float]:
    """Bell and others (bell_1989): 30 % down, 14 % in from the spine, with the revised 19 % back."""
    return -0.19 * size.width - size.marker_radius, -0.30 * size.width, 0.36 * size.width


def _hara(size: PelvisSize, side: Side) -> tuple[float, float, float]:
    """Hara and others (hara_2016): from the leg's length alone."""
    leg = size.leg[side]
    return 0.011 - 0.063 * leg - size.marker_radius, -0.009 - 0.078 * leg, 0.008 + 0.086 * leg


_EQUATIONS = {
    Regression.DAVIS: _davis,
    Regression.HARRINGTON: _harrington,
    Regression.HARRINGTON_WIDTH: _harrington_width,
    Regression.BELL: _bell,
    Regression.HARA: _hara,
}
