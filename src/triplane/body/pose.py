"""A key pose as it stands in a drill's file: joint angles, contacts and props."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_serializer, model_validator

from triplane.body.directions import Side
from triplane.value import Value

Degrees = Annotated[float, Field(ge=-180, le=180)]
Triple = tuple[Degrees, Degrees, Degrees]
RightLeft = tuple[Degrees, Degrees]


class Landmark(StrEnum):
    """A point of the body that can touch something; sided ones come with a side."""

    HEEL = "heel"
    BALL_OF_FOOT = "ball_of_foot"
    TOE = "toe"
    ANKLE = "ankle"
    KNEE = "knee"
    THIGH_MIDDLE = "thigh_middle"
    TROCHANTER = "trochanter"
    ISCHIUM = "ischium"
    ASIS = "asis"
    SACRUM = "sacrum"
    PELVIS = "pelvis"
    MIDBACK = "midback"
    CHEST = "chest"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    WRIST = "wrist"
    HAND = "hand"
    HEAD = "head"


class Contact(Value):
    """A landmark that rests on something. ``side`` is missing for points on the midline."""

    landmark: Landmark
    side: Side | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, raw: object) -> object:
        """Read the short form of the data files: ``knee_left``, ``chest``."""
        if not isinstance(raw, str):
            return raw
        for side in Side:
            if raw.endswith(f"_{side}"):
                return {"landmark": raw.removesuffix(f"_{side}"), "side": side}
        return {"landmark": raw}

    @model_serializer
    def _to_word(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"{self.landmark}_{self.side}" if self.side else str(self.landmark)


class PropKind(StrEnum):
    """What a figure is drawn with besides the floor."""

    MASSAGE_BALL = "massage_ball"
    BALL = "ball"
    STABILITY_BALL = "stability_ball"
    ROLLER = "roller"
    BAND = "band"
    WALL = "wall"
    STEP = "step"
    LOWER_FLOOR = "lower_floor"
    BENCH = "bench"
    TABLE = "table"
    CROSS = "cross"
    HANDS = "hands"

    @property
    def is_thing(self) -> bool:
        """Whether it is there beside the figure: a crossed leg and a hand's hold are the figure itself, and
        the lower floor is the floor.
        """
        return self not in (PropKind.LOWER_FLOOR, PropKind.CROSS, PropKind.HANDS)


class Prop(Value):
    """Something a body point meets that is not the floor, with where it is in plain words."""

    kind: PropKind
    at: str


class Pose(Value):
    """One key pose, always drawn with the RIGHT side working; ``mirrored`` gives the left.

    Angles are degrees. ``pelvis_deg`` is pitch (forward +), roll (right side down +), yaw (turned
    left +). Hips are flexion +, abduction +, external rotation + on both sides. Knees and elbows
    are flexion from straight; ankles dorsiflexion +. ``trunk_deg`` is flexion +, side bend to the
    right +, rotation to the left +, of the thorax in the pelvis. Pairs are (right, left).
    ``pelvis_height`` is the height of the mid-hip point as a fraction of stature.
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    pelvis_deg: Triple = (0, 0, 0)
    pelvis_height: Annotated[float, Field(ge=0, le=1.2)]
    hip_right_deg: Triple
    hip_left_deg: Triple
    knee_deg: RightLeft
    ankle_deg: RightLeft
    trunk_deg: Triple = (0, 0, 0)
    neck_deg: Degrees = 0
    shoulder_right_deg: Triple
    shoulder_left_deg: Triple
    elbow_deg: RightLeft
    floor: tuple[Contact, ...] = ()
    props: tuple[Prop, ...] = ()
