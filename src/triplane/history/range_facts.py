"""Facts about range and control: what was measured, by which method."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from triplane.body import Side
from triplane.history.about import Score
from triplane.value import Value


class Method(StrEnum):
    """How a reading was taken. Series never mix methods."""

    PHONE_SELF = "phone_self"
    PHONE_HELPER = "phone_helper"
    GONIOMETER = "goniometer"
    TAPE = "tape"
    CAMERA_SIDE = "camera_side"
    CAMERA_FRONT = "camera_front"
    CAMERA_BACK = "camera_back"
    CAMERA_FOOT_END = "camera_foot_end"
    DYNAMOMETER = "dynamometer"
    TIMER = "timer"
    COUNT = "count"
    SELF_RATING = "self_rating"
    RBDS_LAB = "rbds_lab"


class EndFeel(StrEnum):
    """What stopped the movement."""

    STRETCH = "stretch"
    BLOCK = "block"
    PINCH = "pinch"
    PAIN = "pain"


class MeasurementTaken(Value):
    """All readings of one test on one side by one method. The median is computed, never stored.

    ``test`` is an id of the battery, ``active`` true for the owned range (no hands, no helper).
    The unit is the test's own. Ratings are 0 poor, 1 fair, 2 good; pass/fail is 0/1.
    """

    test: str
    side: Side
    active: bool = False
    method: Method
    readings: Annotated[
        tuple[Annotated[float, Field(ge=-200, le=1000)], ...], Field(min_length=1, max_length=9)
    ]
    pain: Score = 0
    end_feel: EndFeel | None = None
    held_by: str = ""
    device: str = ""
