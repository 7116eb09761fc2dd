"""Rules of form as they stand in a drill's file: where the camera stands, what counts, what is a fault.

No rule holds a threshold of a joint: what is usual is learnt from the drill's own poses (``learning``), and a
rule says how far from it is too far.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from triplane.body import Leg
from triplane.value import Value

Words = Annotated[str, Field(min_length=3, max_length=240)]


class View(StrEnum):
    """Where the camera stands, seen from the runner; the feet are the end of somebody who lies."""

    FRONT = "front"
    BACK = "back"
    WORKING_SIDE = "working_side"
    OTHER_SIDE = "other_side"
    FEET = "feet"
    HEAD = "head"


class Signal(StrEnum):
    """Something that can be read off the points of one frame; ``signals`` says how, and from where."""

    KNEE_BEND = "knee_bend"
    HIP_BEND = "hip_bend"
    THIGH_LIFT = "thigh_lift"
    THIGH_SWING = "thigh_swing"
    SHANK_LEAN = "shank_lean"
    TRUNK_LEAN = "trunk_lean"
    HEEL_UP = "heel_up"
    HIP_SAG = "hip_sag"
    HIP_HEIGHT = "hip_height"
    HIP_FORWARD = "hip_forward"
    HIP_SHIFT = "hip_shift"
    FOOT_HEIGHT = "foot_height"
    KNEE_RISE = "knee_rise"
    KNEES_APART = "knees_apart"
    ANKLES_APART = "ankles_apart"
    LEG_OUT = "leg_out"
    THIGH_OUT = "thigh_out"
    SHANK_OUT = "shank_out"
    KNEE_IN = "knee_in"
    KNEE_LINE = "knee_line"
    BELT = "belt"
    TRUNK_SIDE = "trunk_side"
    TRUNK_TURN = "trunk_turn"
    PELVIS_TURN = "pelvis_turn"
    PACE_OUT = "pace_out"
    PACE_BACK = "pace_back"


PACES = (Signal.PACE_OUT, Signal.PACE_BACK)
"""Known only once a way is made: how many times as fast as the drill's own tempo."""


class Count(Value):
    """What counts repetitions: one goes from where the first pose has this signal to the farthest and back.

    ``least_s`` is the least time that anybody is away from home in one.
    """

    signal: Signal
    leg: Leg = Leg.WORKING
    least_s: Annotated[float, Field(gt=0, le=10)] = 0.35


class Hold(Value):
    """What is held: the signal that counts, no farther than ``within`` from where it came to rest."""

    pose: str
    within: Annotated[float, Field(gt=0, le=60)]


class SeenBy(Value):
    """How a camera sees a fault.

    ``over`` is how far the signal goes beyond all that the drill's own poses show at the same point of the
    way; below it where negative, to ``either`` side where both are wrong. A pace is how many times as fast.
    ``wrong`` is the fault for trying the rule out: joint coordinates with the degrees they are off, such as
    ``hip_abduction_working`` (trunk and pelvis turn and lean to the working side), or ``pace``.
    """

    signal: Signal
    leg: Leg = Leg.WORKING
    over: Annotated[float, Field(ge=-90, le=90)]
    either: bool = False
    for_s: Annotated[float, Field(ge=0, le=10)] = 0.3
    when: Literal["always", "far", "home"] = "always"
    wrong: Annotated[dict[str, float], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_a_limit(self) -> "SeenBy":
        if not self.over:
            raise ValueError("a limit of nothing is always broken")
        return self


class Form(Value):
    """How a camera judges one drill; ``unseen`` says why none can, and then nothing is counted."""

    camera: View | None = None
    count: Count | None = None
    hold: Hold | None = None
    unseen: Annotated[str, Field(max_length=240)] = ""

    @model_validator(mode="after")
    def _is_seen_or_says_why(self) -> "Form":
        if bool(self.unseen) is bool(self.camera):
            raise ValueError("name the camera's view, or say in unseen why no camera sees it")
        if self.unseen and (self.count or self.hold):
            raise ValueError("what no camera sees is neither counted nor held")
        if self.camera and not self.count:
            raise ValueError("name the signal that counts repetitions or holds")
        return self
