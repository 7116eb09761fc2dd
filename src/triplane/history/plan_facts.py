"""The plan as issued: slots, items with doses and reasons, and how good it was proven to be."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from triplane.body import Direction, Side
from triplane.evidence import Reason
from triplane.history.about import Minutes
from triplane.history.calendar import Day, Instant
from triplane.history.training import LungeVector
from triplane.value import Interval, Value


class Context(StrEnum):
    """What a slot sits beside; drills say which contexts they suit."""

    PRE_RUN = "pre_run"
    POST_RUN = "post_run"
    PRE_GYM = "pre_gym"
    BETWEEN_SETS = "between_sets"
    REST_DAY = "rest_day"
    DESK_BREAK = "desk_break"
    FULL_SESSION = "full_session"


class Slot(Value):
    """A stretch of minutes in the runner's week that drills may fill."""

    id: str
    starts_at: Instant
    context: Context
    minutes: Annotated[float, Field(gt=0, le=180)]
    beside: str = ""


class Prescription(Value):
    """A dose made concrete for one side: what the player counts and the clock shows.

    ``work_s`` is time under work per side, ``total_s`` adds set-up and rest per side.
    """

    sets: Annotated[int, Field(ge=1, le=20)]
    reps: Annotated[int, Field(ge=1, le=300)] | None = None
    hold_s: Annotated[float, Field(ge=0, le=600)] = 0
    tempo_s: tuple[float, float, float, float] = (0, 0, 0, 0)
    phases: tuple[tuple[str, float], ...] = ()
    rest_s: Annotated[float, Field(ge=0, le=600)] = 0
    setup_s: Annotated[float, Field(ge=0, le=300)] = 0
    effort_pct: Interval | None = None
    work_s: Annotated[float, Field(gt=0, le=3600)]
    total_s: Annotated[float, Field(gt=0, le=7200)]


class PlanItem(Value):
    """One drill in one slot, per side, with the reasons that put it there.

    A side that does not work is missing. Drills worked on both sides at once or alternating carry
    the same prescription twice. ``how`` holds restriction notes ("hip stays below 90 degrees").
    ``left_units`` and ``right_units`` are what the planner counted, in its own units of work.
    ``load_kg`` is the weight to hold, 0 for bodyweight.
    """

    id: str
    slot: str
    drill: str
    order: Annotated[int, Field(ge=0)]
    left: Prescription | None = None
    right: Prescription | None = None
    left_units: Annotated[int, Field(ge=0, le=20)] = 0
    right_units: Annotated[int, Field(ge=0, le=20)] = 0
    minutes: Minutes
    how: tuple[str, ...] = ()
    lunge: LungeVector | None = None
    load_kg: Annotated[float, Field(ge=0, le=300)] = 0
    first_exposure: bool = False
    reasons: Annotated[tuple[Reason, ...], Field(min_length=1)]

    def on(self, side: Side) -> Prescription | None:
        return self.left if side is Side.LEFT else self.right


class Target(Value):
    """End-range minutes a week that a direction of one side should get, and why."""

    direction: Direction
    side: Side
    minutes: Minutes
    floor_minutes: Minutes = 0
    weight: Annotated[float, Field(ge=0)] = 1
    offerable: bool = True
    reason: Reason


class Shortfall(Value):
    """What the week could not give a direction and side, in minutes."""

    direction: Direction
    side: Side
    wanted_min: Minutes
    planned_min: Minutes
    because: str = ""


class Level(Value):
    """One objective of the strict order: what was reached, what is the best possible, and the gap."""

    name: str
    value: float
    bound: float
    proven: bool
    seconds: Annotated[float, Field(ge=0)]

    @property
    def gap(self) -> float:
        """Relative distance between value and bound, 0 when proven."""
        return 0.0 if self.proven else abs(self.value - self.bound) / max(1.0, abs(self.value))


class Change(Value):
    """What a replan altered against the plan before, in one sentence with its cause."""

    says: str
    item: str = ""
    cause: str = ""


class Plan(Value):
    """A week of slots filled with drills. ``clashes`` say which rules stood against each other."""

    id: str
    week: Day
    slots: tuple[Slot, ...]
    items: tuple[PlanItem, ...]
    targets: tuple[Target, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    levels: tuple[Level, ...] = ()
    clashes: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()
    catalogue_version: str = ""


class PlanIssued(Value):
    """A plan given to the runner; it changes only when something happened."""

    plan: Plan
    because: str = "first plan of the week"


class PlanKept(Value):
    """The plan was looked at again after something happened, and stays as it is."""

    plan: str
    because: str
