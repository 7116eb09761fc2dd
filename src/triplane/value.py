"""The one base of every value that is read, stored or handed between rooms.

Speaks:  Value, Interval.      Knows: nothing.      Never: what a value means.
"""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict


class Value(BaseModel):
    """Frozen, closed to unknown fields, and refusing what is not finite."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,
        ser_json_timedelta="float",
    )


def _ordered(pair: tuple[float, float]) -> tuple[float, float]:
    if pair[0] > pair[1]:
        raise ValueError(f"the lower end {pair[0]:g} lies above the upper end {pair[1]:g}")
    return pair


Interval = Annotated[tuple[float, float], AfterValidator(_ordered)]
"""A closed range, lower end first; a single value is written twice."""
