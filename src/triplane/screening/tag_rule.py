"""A restriction tag as data: what it takes away, what it limits and how it ends."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from triplane.body import Direction
from triplane.catalogue import Drill, Position, Reach, Stage, Tag
from triplane.screening.limits import Limits
from triplane.value import Value


class Advice(Value):
    """A change of how a drill is done, for the drills it fits; the body stays where the drill has it."""

    ids: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    stages: tuple[Stage, ...] = ()
    reaches: tuple[Reach, ...] = ()
    how: Annotated[str, Field(min_length=3, max_length=240)]

    def fits(self, drill: Drill) -> bool:
        """Whether the drill is meant: every list that is given holds it."""
        return (
            (not self.ids or drill.id in self.ids)
            and (not self.positions or drill.position in self.positions)
            and (not self.stages or drill.stage in self.stages)
            and (not self.reaches or drill.lunge_reach in self.reaches)
        )


class Ends(StrEnum):
    """What ends a tag: a professional's word, or the runner's own later answer."""

    CLEARANCE = "clearance"
    ANSWER = "answer"


class TagRule(Value):
    """The machine rule of one tag, as in chapter F of the handbook.

    ``exclude_stage2`` takes away end-range work of stage 2 in these directions, ``exclude_positions``
    every drill that begins there; ``keep`` are exceptions from both and from ``exclude_stages``. A
    ``whitelist`` tag allows only drills that have an entry for it. ``fatigue_weeks`` bounds
    ``limits.fatigue_max`` to the first weeks. ``refuse_reaches`` are reaches that no lunge may grow into.
    Test refusals name the first letters of handbook numbers.
    """

    schema_: Annotated[Literal["tag/1"], Field(alias="schema")] = "tag/1"
    id: Tag
    name: Annotated[str, Field(min_length=3, max_length=80)]
    ends: Ends = Ends.CLEARANCE
    blocks: bool = False
    whitelist: bool = False
    exclude_stages: tuple[Stage, ...] = ()
    exclude_stage2: tuple[Direction, ...] = ()
    exclude_ids: tuple[str, ...] = ()
    exclude_positions: tuple[Position, ...] = ()
    keep: tuple[str, ...] = ()
    exclude_impact: bool = False
    refuse_reaches: tuple[Reach, ...] = ()
    exclude_strained: bool = False
    fatigue_weeks: Annotated[float, Field(gt=0, le=52)] | None = None
    limits: Limits = Limits()
    advice: tuple[Advice, ...] = ()
    no_range_tests: bool = False
    no_maximal_retest: bool = False
    exclude_tests: tuple[str, ...] = ()
    prefer_directions: tuple[Direction, ...] = ()
    prefer_stages: tuple[Stage, ...] = ()
    prefer_ids: tuple[str, ...] = ()
    cue: str = ""
    note: str = ""
    until: str = ""
    source: Annotated[tuple[str, ...], Field(min_length=1)]
