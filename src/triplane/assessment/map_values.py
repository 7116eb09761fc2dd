"""The hip map as values: six directions on two sides, and what else was seen."""

from datetime import date, datetime
from typing import Literal

from triplane.assessment.estimate import Estimate
from triplane.assessment.finding import Asymmetry
from triplane.assessment.load import find_test
from triplane.assessment.norm import NormBand
from triplane.assessment.protocol import Finding
from triplane.body import Direction, Side
from triplane.evidence import Reason
from triplane.history import Method
from triplane.value import Value


class DirectionMap(Value):
    """One direction on one side. Angles are degrees; unknown is ``None``.

    ``test`` is the position the finding comes from. ``z`` is standard deviations from the reference.
    ``asymmetry`` stands on both sides, ``is_lower`` on the lesser one. ``owned_gap`` is passive minus
    owned range in one position (``owned_test``), ``owned_ratio`` only where the passive range is 15 or more.
    ``bone_shape`` says not to chase this rotation. ``priority`` is 0 where there is nothing to do.
    """

    side: Side
    direction: Direction
    test: str | None = None
    passive: Estimate | None = None
    owned: Estimate | None = None
    norm: NormBand | None = None
    finding: Finding = Finding.NOT_MEASURED
    z: float | None = None
    probability: float | None = None
    asymmetry: Asymmetry | None = None
    owned_test: str | None = None
    owned_gap: float | None = None
    owned_gap_counts: bool = False
    owned_ratio: float | None = None
    bone_shape: bool = False
    very_mobile: bool = False
    excluded: bool = False
    priority: float = 0.0
    reasons: tuple[Reason, ...] = ()
    measured_on: date | None = None
    methods: tuple[Method, ...] = ()

    @property
    def is_lower(self) -> bool:
        return self.asymmetry is not None and self.asymmetry.lower is self.side

    @property
    def lacks_range(self) -> bool:
        """Whether something is wanting here, chased or not: limited, the lower side, or an owned gap."""
        return self.finding.is_limited or self.is_lower or self.owned_gap_counts

    @property
    def owned_elsewhere(self) -> str:
        """The position in which the owned range was taken, in plain words, where it is another one."""
        if self.owned_test is None or self.owned_test == self.test:
            return ""
        return find_test(self.owned_test).plain_name

    @property
    def shown(self) -> Estimate | None:
        """What stands for this direction: the passive range, else the owned one, else nothing."""
        return self.passive or self.owned

    @property
    def is_surely_limited(self) -> bool:
        """Limited, with the whole of its error below the usual range."""
        if not self.finding.is_limited or self.shown is None or self.norm is None:
            return False
        return self.shown.value + self.shown.half_band < self.norm.low

    @property
    def needs_more(self) -> bool:
        """Whether this direction gets more than coverage: range is wanting, and safety lets it be chased."""
        return not self.excluded and self.lacks_range


class ControlFinding(Value):
    """One test of control on one side, in the test's unit; a cue for practice, never a fault."""

    test: str
    side: Side
    value: float
    unit: str
    finding: Finding
    measured_on: date
    reason: Reason


class Ankle(Value):
    """Knee to wall in centimetres. ``stiff`` sides need the ankle drill before lunges."""

    left: float | None = None
    right: float | None = None
    stiff: tuple[Side, ...] = ()
    reason: Reason | None = None


class LungePass(Value):
    """Whether the lunge screen was passed in one direction on one side."""

    lunge: str
    side: Side
    passed: bool
    measured_on: date


class Priority(Value):
    """One thing to work on first: a direction of a side, or control of the pelvis and trunk."""

    what: Direction | Literal["control"]
    side: Side
    score: float
    reasons: tuple[Reason, ...]


class HipMap(Value):
    """Both hips in six directions as known at an instant, with what to work on first.

    ``tags`` are restriction tags that a pinch suggests; screening decides on them. ``mobile`` are the
    directions that get no more range; all six when the runner is hypermobile by score.
    """

    at: datetime
    directions: tuple[DirectionMap, ...]
    hypermobile: bool = False
    mobile: tuple[Direction, ...] = ()
    control: tuple[ControlFinding, ...] = ()
    ankle: Ankle = Ankle()
    lunges: tuple[LungePass, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[Reason, ...] = ()
    top_priorities: tuple[Priority, ...] = ()

    def on(self, direction: Direction, side: Side) -> DirectionMap:
        """Return the map of one direction on one side."""
        return next(one for one in self.directions if (one.direction, one.side) == (direction, side))
