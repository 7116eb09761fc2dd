"""What a drill is: one file of words, dose, safety, poses and exposures."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from triplane.body import Direction, Leg, Pose, Reach, Side
from triplane.catalogue.vocabulary import (
    Aim,
    ExposureKind,
    LungeDirection,
    Muscle,
    Origin,
    Position,
    SidesWorked,
    Stage,
    Tag,
    Verdict,
)
from triplane.history import Context, Equipment
from triplane.movement import Form, SeenBy
from triplane.value import Interval, Value

Sentence = Annotated[str, Field(min_length=3, max_length=240)]
StepTime = Annotated[str, Field(pattern=r"^(|first|there|hold|back|phase \d|(to|at) [a-z0-9_]+)$")]
DrillId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class Phase(Value):
    """One part of an isometric repetition: rest in the stretch, push, pull, relax.

    ``pose`` names the key pose the figure is in at its end; without one it stays where it is.
    """

    do: Sentence
    s: Interval
    stretch: bool = False
    pose: str = ""


class Dose(Value):
    """How much. Work is what the clock counts; set-up and rest are kept apart.

    A repetition lasts ``tempo_s`` (out, pause, back, pause) plus ``hold_s``, or the sum of ``phases``.
    ``source`` names where the numbers come from; ``coach_default`` where they are ours.
    """

    sets: Interval
    reps: Interval = (1, 1)
    spots: Interval | None = None
    tempo_s: tuple[float, float, float, float] = (0, 0, 0, 0)
    hold_s: Interval = (0, 0)
    phases: tuple[Phase, ...] = ()
    rest_s: Interval = (0, 0)
    setup_s: Annotated[float, Field(ge=0, le=120)]
    effort_pct: Interval | None = None
    reps_in_reserve: Interval | None = None
    sides: SidesWorked = SidesWorked.EACH
    source: str
    note: str = ""

    @model_validator(mode="after")
    def _takes_time(self) -> "Dose":
        if self.rep_s[1] <= 0:
            raise ValueError("a repetition takes no time: give tempo_s, hold_s or phases")
        if not 0 < self.sets[0] <= self.sets[1] <= 6:
            raise ValueError("sets lie between 1 and 6")
        return self

    @property
    def rep_s(self) -> tuple[float, float]:
        """Shortest and longest seconds of one repetition on one side."""
        if self.phases:
            return sum(p.s[0] for p in self.phases), sum(p.s[1] for p in self.phases)
        moving = sum(self.tempo_s)
        return moving + self.hold_s[0], moving + self.hold_s[1]


class Exposure(Value):
    """What one hip gets in one direction, as a share of the work time of the drill.

    ``stretch`` and ``hold`` speak of where the hip is: it is brought towards the end of its range in
    that direction and kept there, passively (stretch) or by its own muscles (hold).
    ``work`` speaks of who works: the muscles that turn the hip in that direction move it against
    load, or let it down under control, wherever in the range that happens. The front hip of a lunge,
    bent to ninety degrees and straightened again, has ``work`` in *extension*; it has none in flexion.
    ``isometric`` marks an effort without movement, which the poses cannot show.
    Shares of one leg may overlap and need not add up to one. Primary exposures alone count: stretch
    and hold as end-range minutes, and stage 3 as ownership. A drill of stage 2 or 3 that is for a
    direction marks it primary on the leg that truly gets it.
    """

    leg: Leg
    direction: Direction
    kind: ExposureKind
    share: Annotated[float, Field(gt=0, le=1)]
    primary: bool = False
    isometric: bool = False


class Restriction(Value):
    """What one restriction tag says about this drill.

    With ``direction`` the verdict concerns only that direction of the drill (the half that crosses
    the midline, say) and the rest stays; several entries of one tag then differ in direction.
    ``how`` is one short instruction to the runner; the body stays where the drill has it. What would have
    to be done elsewhere is left out, and ``instead`` names a drill that serves in its place.
    """

    tag: Tag
    verdict: Verdict
    how: str = ""
    instead: DrillId | None = None
    direction: Direction | None = None

    @model_validator(mode="after")
    def _modify_says_how(self) -> "Restriction":
        if self.verdict is Verdict.MODIFY and not self.how:
            raise ValueError("a drill that is modified says how")
        return self

    @model_validator(mode="after")
    def _only_what_is_left_out_is_replaced(self) -> "Restriction":
        if self.instead and (self.verdict is not Verdict.EXCLUDE or self.direction):
            raise ValueError("a drill that another one replaces is excluded as a whole")
        return self


class Fault(Value):
    """A way the drill goes wrong: what happens, and what a coach says then.

    A camera sees it (``seen``), or cannot, and the runner is asked after the set (``ask``).
    """

    happens: Sentence
    say: Sentence
    seen: SeenBy | None = None
    ask: str = ""

    @model_validator(mode="after")
    def _seen_or_asked(self) -> "Fault":
        if self.seen and self.ask:
            raise ValueError("what a camera sees is not asked; keep seen or ask")
        return self


class Link(Value):
    """An easier or harder way: another drill (``drill``), or a change to this one in words (``say``)."""

    drill: DrillId | None = None
    say: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> "Link":
        if not (self.drill or self.say):
            raise ValueError("name a drill or say what changes")
        return self


class Claim(Value):
    """What a source supports about this drill."""

    key: str
    claim: Sentence


class Drill(Value):
    """One drill of the catalogue.

    ``needs`` is all it takes, ``needs_one_of`` lists alternatives, ``helps`` is optional equipment.
    A pad or mat is comfort (a folded towel will do), so it stands under ``helps``.
    ``fatigue`` is 0 (none) to 5: 3 needs about a day before a key run, 4 about two. ``banded`` and
    ``held`` mark what must be owned afterwards (rule R02). ``was`` keeps ids of earlier releases.
    ``standing_version`` is where a drill on the knees goes when kneeling hurts or outdoors (R28).
    ``prepares`` names the directions whose later work a release drill makes easier: release lengthens
    nothing (R04), so these are no exposures.
    ``form`` is how a camera judges it, faults most important first.
    ``when`` says of each step which part of a repetition it belongs to: ``there``, ``hold``, ``back``,
    ``phase 2``, ``to POSE`` or ``at POSE``; ``first`` before the set, an empty word throughout. Without it
    all steps are said before the set.
    ``halves`` are the two key poses of a drill that goes from one end to the other and holds both;
    ``in_turn`` those that repetitions go to one after the other.
    The words say the working and the other leg, never left or right, and hold no dose.
    """

    schema_: Annotated[Literal["drill/1"], Field(alias="schema")] = "drill/1"
    id: DrillId
    was: tuple[DrillId, ...] = ()
    name: Sentence
    aliases: tuple[str, ...] = ()
    origin: Origin
    origin_note: str = ""
    stage: Stage
    aims: tuple[Aim, ...] = ()
    prepares: tuple[Direction, ...] = ()
    position: Position
    muscles: tuple[Muscle, ...]
    stretched: tuple[Muscle, ...] = ()
    needs: tuple[Equipment, ...] = ()
    needs_one_of: tuple[Equipment, ...] = ()
    helps: tuple[Equipment, ...] = ()
    contexts: tuple[Context, ...]
    fatigue: Annotated[int, Field(ge=0, le=5)]
    held: bool = False
    banded: bool = False
    dynamic: bool = False
    impact: bool = False
    setup: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    steps: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    when: tuple[StepTime, ...] = ()
    halves: tuple[str, str] | None = None
    in_turn: tuple[str, ...] = ()
    cues: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    fault: Annotated[tuple[Fault, ...], Field(min_length=1)]
    form: Form | None = None
    feel: Sentence
    stop: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    never_claimed: str = ""
    dose: Dose
    exposure: tuple[Exposure, ...] = ()
    restriction: tuple[Restriction, ...] = ()
    easier: tuple[Link, ...] = ()
    harder: tuple[Link, ...] = ()
    standing_version: DrillId | None = None
    source: Annotated[tuple[Claim, ...], Field(min_length=1)]
    pose: Annotated[tuple[Pose, ...], Field(min_length=1)]
    lunge_direction: LungeDirection | None = None
    lunge_reach: Reach | None = None

    @model_validator(mode="after")
    def _steps_have_their_time(self) -> "Drill":
        keys = {pose.key for pose in self.pose}
        if self.when and len(self.when) != len(self.steps):
            raise ValueError("when says of every step which part of a repetition it belongs to, or of none")
        ends = {*(self.halves or ()), *self.in_turn}
        if not ends <= keys:
            raise ValueError("halves and in_turn name key poses of the drill")
        if any(when[3:] not in ends for when in self.when if when.startswith(("to ", "at "))):
            raise ValueError("a step goes to one of the drill's halves, or of its poses in turn")
        return self

    @property
    def primary_directions(self) -> tuple[Direction, ...]:
        """The directions this drill is for, on either leg, in file order."""
        return tuple(dict.fromkeys(e.direction for e in self.exposure if e.primary))

    @property
    def stands_on(self) -> Side | None:
        """The foot that stays in a lunge, with the right side working; ``None`` for all other drills."""
        if self.lunge_direction is None:
            return None
        return Side.RIGHT if self.lunge_direction in _OTHER_LEG_STEPS else Side.LEFT

    @property
    def seen_faults(self) -> dict[int, SeenBy]:
        """The faults that a camera sees, by their number in the file."""
        return {number: fault.seen for number, fault in enumerate(self.fault) if fault.seen}


_OTHER_LEG_STEPS = (LungeDirection.POSTERIOR, LungeDirection.POSTEROMEDIAL)
"""Lunges in which the working leg stays and the other steps; in all others the working leg steps."""
