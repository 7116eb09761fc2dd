"""How hard a lunge is: moments by plane, balance and factors, with the plain long forward lunge at 50.

The moments are a quasi-static estimate for ranking, not a measurement: no braking, no push-off, vertical
ground forces only. No trial compares all nine directions.
"""

from dataclasses import dataclass
from math import hypot, sqrt

from triplane.body import Reach
from triplane.catalogue.lunges.levels import amount
from triplane.catalogue.vocabulary import LungeDirection
from triplane.history import LungeVector


@dataclass(frozen=True)
class Demand:
    """What a direction asks of the working hip at the bottom of a long step.

    Moments in Nm per kg of body mass: extension, and abduction (negative: the adductors work).
    ``turn_deg`` is how far the pelvis turns, to the working side positive. ``narrow`` marks a crossing
    base, ``looks`` a head that turns with the step.
    """

    extension: float
    abduction: float
    turn_deg: float = 0
    narrow: bool = False
    looks: bool = False


DEMANDS = {
    LungeDirection.ANTERIOR: Demand(2.00, 0.00),
    LungeDirection.ANTEROLATERAL: Demand(1.76, -0.08),
    LungeDirection.LATERAL: Demand(1.54, -0.28),
    LungeDirection.POSTEROLATERAL: Demand(1.85, -0.04, turn_deg=70, looks=True),
    LungeDirection.POSTERIOR: Demand(1.91, -0.04),
    LungeDirection.POSTEROMEDIAL: Demand(1.35, 0.78, narrow=True),
    LungeDirection.ANTEROMEDIAL: Demand(1.58, 0.70, narrow=True),
    LungeDirection.ROTATIONAL_OPEN: Demand(1.76, -0.13, turn_deg=55, looks=True),
    LungeDirection.ROTATIONAL_CROSS: Demand(1.41, 0.93, turn_deg=-60, narrow=True, looks=True),
}
"""Bottom poses of the nine plain drills (triplane_calc)."""


@dataclass(frozen=True)
class Overlay:
    """What a reach adds: a factor on extension, abduction in Nm per kg, a turn, balance in points."""

    extension: float = 1.0
    abduction: float = 0.0
    turn_deg: float = 0
    balance: float = 0


OVERLAYS = {
    Reach.NONE: Overlay(),
    Reach.BOTH_OVERHEAD: Overlay(balance=10),
    Reach.ROTATE_AWAY: Overlay(0.95, -0.11, turn_deg=-40, balance=10),
    Reach.OPPOSITE_SIDE_OVERHEAD_OVER: Overlay(1.02, 0.12, balance=10),
    Reach.ROTATE_TO_FRONT_LEG: Overlay(1.0, 0.16, turn_deg=43, balance=10),
    Reach.BOTH_FLOOR: Overlay(1.26),
    Reach.SAME_SIDE_OVERHEAD_OVER: Overlay(0.94, -0.08, balance=20),
    Reach.SAME_HAND_TO_FRONT_FOOT: Overlay(1.19, 0.08),
    Reach.OPPOSITE_HAND_TO_FRONT_FOOT: Overlay(1.19, -0.11, turn_deg=23),
}
"""Reaches on the forward lunge, carried over to the other directions.

Sources
-------
triplane_calc — the reach versions of the forward and the side lunge, and leaning 30 and 45 degrees.
coach_default — the points for balance, and the hand to the near foot, which has no pose.
"""

LONG_FORWARD_NM_KG = 2.0
FRONTAL_NM_KG = 0.9
SINGLE_LEG_NM_KG = 0.86
OFFSET_PER_PERCENT = 0.04
LOAD_PER_PERCENT = 0.013
SCALE = sqrt(3)
"""Brings the plain long forward lunge, 29 as a root mean square of three planes, to 50 (decision 9)."""

ENVIRONMENT_FACTOR = (1.0, 1.10, 1.15)
"""Level floor, up (lift-off alone on the step), down (front share and impact); coach_default."""

BAND_TOPS = (25, 40, 60, 80)
"""Upper ends of the level bands 1 to 4; above the last is 5 (coach_default)."""


@dataclass(frozen=True)
class Parts:
    """Difficulty in its parts, each on the scale on which the plain long forward lunge's sagittal is 50.

    ``factor`` multiplies all of them: range, load, environment, speed and duration.
    """

    sagittal: float
    frontal: float
    transverse: float
    balance: float
    factor: float


def parts(vector: LungeVector) -> Parts:
    """Return the difficulty of a lunge by plane, with points for balance and the factor on all of it.

    Standing on one leg is common to all lunges and counts nothing by itself; an offset load counts
    with what it adds to it. The straight trailing leg of the side lunge is left out, because the
    estimate without friction exaggerates it.

    Sources
    -------
    triplane_calc — moments and sweeps; riemann_2012 — load; coach_default — balance, speed, duration.
    """
    demand = DEMANDS[LungeDirection(vector.direction)]
    overlay = OVERLAYS[Reach(vector.reach)]
    offset, load = amount(vector, "stability"), amount(vector, "load")
    abduction = abs(demand.abduction + overlay.abduction)
    abduction += SINGLE_LEG_NM_KG * OFFSET_PER_PERCENT * offset
    turning = abs(demand.turn_deg) + abs(overlay.turn_deg)
    return Parts(
        sagittal=50 * demand.extension * overlay.extension / LONG_FORWARD_NM_KG,
        frontal=50 * abduction / FRONTAL_NM_KG,
        transverse=50 * turning / 90 * (1 + 0.5 * vector.speed) + _turns_against(demand, overlay),
        balance=_balance(vector, demand, overlay),
        factor=amount(vector, "range")
        * (1 + LOAD_PER_PERCENT * load)
        * ENVIRONMENT_FACTOR[vector.environment]
        * amount(vector, "speed")
        * (1 + 0.02 * (amount(vector, "duration") - 5)),
    )


def difficulty(vector: LungeVector) -> float:
    """Return how hard a lunge is; the plain long forward lunge with bodyweight, slow, five times, is 50."""
    by = parts(vector)
    planes = hypot(by.sagittal, by.frontal, by.transverse) / sqrt(3)
    return SCALE * (planes + 0.5 * by.balance) * by.factor


def band(vector: LungeVector) -> int:
    """Return the level band of a lunge, 1 (25 or less) to 5 (above 80)."""
    return 1 + sum(difficulty(vector) > top for top in BAND_TOPS)


def _turns_against(demand: Demand, overlay: Overlay) -> float:
    """Ten points when the arms turn against a step that turns."""
    return 10.0 if demand.turn_deg * overlay.turn_deg < 0 else 0.0


def _balance(vector: LungeVector, demand: Demand, overlay: Overlay) -> float:
    points = 10.0 * demand.narrow + 10.0 * demand.looks + overlay.balance
    points += 10.0 * (vector.environment > 0) + 15.0 * (vector.stability > 0)
    return points * (1.2 if vector.load and vector.reach == Reach.BOTH_OVERHEAD else 1.0)
