"""A week to be planned, as plain values: slots, anchors, candidates, targets and caps.

Whatever a rule or the solver needs to know stands here, so that the same problem always gives the
same plan. Building it is the work of ``build``; solving it that of ``levels``.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from triplane.body import Side
from triplane.catalogue import Exposure, Muscle, Position, SidesWorked, Stage
from triplane.evidence import Reason
from triplane.history import Context, LungeVector, Plan, RunKind, Slot, Target
from triplane.value import Value

Count = Annotated[int, Field(ge=0, le=1000)]
Hours = Annotated[float, Field(ge=0, le=168)]


class Anchor(Value):
    """Something fixed in the runner's week that slots and rules are measured from.

    ``kind`` is missing for a gym visit. ``muscles`` are the prime movers of a gym day.
    """

    starts_at: datetime
    minutes: Annotated[float, Field(gt=0)]
    kind: RunKind | None = None
    key: bool = False
    distance_m: float | None = None
    muscles: tuple[Muscle, ...] = ()

    @property
    def is_run(self) -> bool:
        return self.kind is not None


class Candidate(Value):
    """A drill as it may be offered to this runner this week, after safety and adaptation.

    Units are per side and placement. ``setup_s`` is paid once per placement and side worked,
    ``rest_s_per_unit`` with every unit. ``hold_s_per_unit`` is the longest static hold any muscle of
    ``stretched`` gets from one unit. ``sets_per_unit`` counts hard sets at stages 4 and 5.
    Drills that alternate or work both sides at once pay ``setup_s`` once, and one unit is a unit of each
    side. ``not_before`` keeps a side off until an instant. ``cars`` marks controlled circles, which count
    for coverage and never as ownership. ``weight`` below 1 prefers a drill, above 1
    disfavours it (variety over weeks). ``new`` was never done; ``begun_this_week`` was first done in
    this week and still counts among its new drills. ``load_kg``, ``cell``, ``effort_pct_max`` and
    ``hold_max_s`` say which load, lunge cell, effort and hold the items get; the solver does not look
    at them.
    """

    drill: str
    stage: Stage
    position: Position
    contexts: tuple[Context, ...]
    fatigue: Annotated[int, Field(ge=0, le=5)]
    sides: SidesWorked = SidesWorked.EACH
    exposures: tuple[Exposure, ...] = ()
    muscles: tuple[Muscle, ...] = ()
    stretched: tuple[Muscle, ...] = ()
    held: bool = False
    banded: bool = False
    dynamic: bool = False
    lunge: bool = False
    ankle: bool = False
    cars: bool = False
    needs_equipment: tuple[str, ...] = ()
    setup_s: Annotated[float, Field(ge=0, le=120)]
    rest_s_per_unit: Annotated[float, Field(ge=0, le=120)] = 0
    hold_s_per_unit: Annotated[float, Field(ge=0, le=60)] = 0
    sets_per_unit: Annotated[float, Field(ge=0, le=3)] = 0
    min_units: Annotated[int, Field(ge=1, le=20)] = 1
    max_units: Annotated[int, Field(ge=1, le=20)]
    max_placements: Annotated[int, Field(ge=0, le=28)] = 7
    new: bool = False
    begun_this_week: bool = False
    settled: bool = True
    not_before: dict[Side, datetime] = {}
    excluded_sides: tuple[Side, ...] = ()
    how: tuple[str, ...] = ()
    weight: Annotated[float, Field(gt=0, le=10)] = 1
    load_kg: Annotated[float, Field(ge=0, le=300)] = 0
    cell: LungeVector | None = None
    effort_pct_max: Annotated[float, Field(gt=0, le=100)] | None = None
    hold_max_s: Annotated[float, Field(ge=1, le=600)] | None = None
    reasons: tuple[Reason, ...] = ()


class StrengthTarget(Value):
    """Hard sets a week, per side, that a group of drills should reach together (E30, E33)."""

    name: str
    drills: tuple[str, ...]
    sets: Annotated[float, Field(ge=0, le=30)]
    weight: Annotated[float, Field(ge=0)] = 1
    reason: Reason


class EasierWeek(Value):
    """The most units of work, both sides together, that these stages may get in an easier week (E75, E76)."""

    stages: tuple[Stage, ...]
    units: Count
    reason: Reason


class DonePlacement(Value):
    """A drill that was done shortly before the week, so that rules can look back over its edge."""

    drill: str
    stage: Stage
    at: datetime
    sides: tuple[Side, ...]
    exposures: tuple[Exposure, ...] = ()


class Safer(StrEnum):
    """Which way a default is the stricter one: nobody but the runner sets it the other way."""

    LESS = "less"
    MORE = "more"


class Caps(Value):
    """The coach's defaults that limit a week; each may be edited, says so, and has a safer way.

    ``own_within_h`` is the ownership window of R02; ``key_guard_h`` and ``new_guard_h`` the guards of
    E72; ``desk_apart_h`` and ``desk_a_day`` the micro-session spacing of E80.
    """

    new_drills: Annotated[Count, Safer.LESS] = 3
    weekly_minutes: Annotated[float, Field(ge=0, le=10_080), Safer.LESS] = 90
    session_minutes: Annotated[float, Field(gt=0, le=1440), Safer.LESS] = 30
    full_session_fatigue: Annotated[Count, Safer.LESS] = 8
    rest_day_fatigue: Annotated[Count, Safer.LESS] = 6
    micro_stage3_a_day: Annotated[Count, Safer.LESS] = 2
    micro_a_day: Annotated[Count, Safer.LESS] = 4
    micro_apart_h: Annotated[Hours, Safer.MORE] = 2
    stage3_plus_a_day: Annotated[Count, Safer.LESS] = 6
    own_within_h: Annotated[Hours, Safer.LESS] = 48
    key_guard_h: Annotated[Hours, Safer.MORE] = 24
    new_guard_h: Annotated[Hours, Safer.MORE] = 48
    end_range_min_a_session: Annotated[float, Field(ge=0, le=60), Safer.LESS] = 4
    prerun_hold_s: Annotated[float, Field(ge=0, le=600), Safer.LESS] = 59
    transition_s: Annotated[float, Field(ge=0, le=600), Safer.MORE] = 10
    spread_days: Annotated[Count, Safer.MORE] = 5

    @classmethod
    def safer(cls, name: str) -> Safer:
        """Return which way a default is the stricter one."""
        return next(one for one in cls.model_fields[name].metadata if isinstance(one, Safer))


class Placement(Value):
    """A candidate in a slot with its units per side: what rules and the checker look at."""

    drill: str
    slot: str
    left_units: Count = 0
    right_units: Count = 0

    def units(self, side: Side) -> int:
        return self.left_units if side is Side.LEFT else self.right_units


class Waiver(Value):
    """A rule of preference, by its file's name, that the runner keeps off for one drill in one slot."""

    rule: str
    drill: str
    slot: str


class WeekProblem(Value):
    """All there is to know for planning one week, from ``now`` on.

    ``previous`` is the plan being replaced, if any: what it holds in slots before ``fixed_before`` (or
    ``now``) and in ``logged_slots`` stays as it is, and so do the ``fixed`` placements, which a coach has
    pinned. ``no_more`` says why no drill may get more ahead than ``held_to`` gave it, the plan before of
    this week or of the week before; missing: it may. ``waived`` is what the runner keeps off. ``wanted`` are
    candidates that somebody chose, ``to_begin`` those of them that no plan held before, ``left_out`` drills
    that somebody left out. ``told_min`` are the minutes of days that were told to have
    fewer at home than usual.
    """

    week: date
    now: datetime
    slots: tuple[Slot, ...]
    anchors: tuple[Anchor, ...] = ()
    candidates: tuple[Candidate, ...]
    targets: tuple[Target, ...]
    strength: tuple[StrengthTarget, ...] = ()
    easier: tuple[EasierWeek, ...] = ()
    caps: Caps = Caps()
    done: tuple[DonePlacement, ...] = ()
    previous: Plan | None = None
    fixed: tuple[Placement, ...] = ()
    fixed_before: datetime | None = None
    logged_slots: tuple[str, ...] = ()
    no_more: Reason | None = None
    held_to: Plan | None = None
    waived: frozenset[Waiver] = frozenset()
    told_min: dict[date, float] = {}
    notes: tuple[Reason, ...] = ()
    catalogue_version: str = ""
    wanted: tuple[str, ...] = ()
    to_begin: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Schedule(Value):
    """A finished set of placements for one problem, before words and prescriptions are added."""

    placements: tuple[Placement, ...]


class Infeasible(Value):
    """No plan keeps all hard rules; which rules clash and what would free them."""

    clashes: tuple[Reason, ...]
