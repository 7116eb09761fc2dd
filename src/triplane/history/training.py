"""Facts about what was done and how it felt, that day and the next morning."""

from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, model_validator

from triplane.body import Side
from triplane.history.about import Minutes, Score
from triplane.history.calendar import Day
from triplane.value import Value

T = TypeVar("T")

LONGEST_CHOICE = timedelta(weeks=12)
"""How long a drill stays chosen or left out at most. Coach's default."""


class BodyRegion(StrEnum):
    """Where it hurts or is sore; closed, the same list on every page."""

    GROIN = "groin"
    FRONT_OF_HIP = "front_of_hip"
    OUTER_HIP = "outer_hip"
    BUTTOCK = "buttock"
    SIT_BONE = "sit_bone"
    INNER_THIGH = "inner_thigh"
    FRONT_THIGH = "front_thigh"
    BACK_THIGH = "back_thigh"
    LOW_BACK = "low_back"
    PUBIC_BONE = "pubic_bone"
    KNEE = "knee"
    CALF = "calf"
    ANKLE_FOOT = "ankle_foot"
    TRUNK = "trunk"
    SHOULDER_ARM = "shoulder_arm"

    @property
    def plain_name(self) -> str:
        """The place as it is said."""
        return TWO_PLACES.get(self) or self.replace("_", " ")


TWO_PLACES = {BodyRegion.ANKLE_FOOT: "ankle or foot", BodyRegion.SHOULDER_ARM: "shoulder or arm"}
"""Places that are two, which their names on record join without a word."""


class FeelingKind(StrEnum):
    """What kind of discomfort: muscles recover, joints decide, cramp is neither."""

    MUSCLE = "muscle"
    JOINT = "joint"
    TENDON = "tendon"
    NERVE = "nerve"
    CRAMP = "cramp"


class Sign(StrEnum):
    """A stop sign met during a drill (handbook F, in-session stop)."""

    SHARP_PAIN = "sharp_pain"
    GROIN_PINCH = "groin_pinch"
    GIVING_WAY = "giving_way"
    LOCKING = "locking"
    TINGLING_OR_NUMBNESS = "tingling_or_numbness"
    DIZZINESS_OR_CHEST = "dizziness_or_chest"
    CRAMP_OVER_60_S = "cramp_over_60_s"
    PELVIC_HEAVINESS_OR_LEAKING = "pelvic_heaviness_or_leaking"


class Feeling(Value):
    """One sensation: how much, where, on which side, of what kind."""

    score: Score
    region: BodyRegion
    kind: FeelingKind
    side: Side | None = None


class LungeVector(Value):
    """Levels of a lunge cell: which direction and reach, and each of the six variables (0 = easiest)."""

    direction: str
    reach: str = "none"
    load: Annotated[int, Field(ge=0)] = 0
    range: Annotated[int, Field(ge=0)] = 0
    environment: Annotated[int, Field(ge=0)] = 0
    speed: Annotated[int, Field(ge=0)] = 0
    stability: Annotated[int, Field(ge=0)] = 0
    duration: Annotated[int, Field(ge=0)] = 0


Sentence = Annotated[str, Field(min_length=3, max_length=300)]

MOST_FORM = 20
"""Sentences about form, of either sort, that are kept of one drill and side. Ours."""


class FormSeen(Value):
    """Form in a drill that a camera watched, in the sentences of the drill's file at that time.

    ``ended_by`` says what went wrong in each set that ended because form had broken for good; ``answers``
    what the runner said, yes or no, to what no camera sees.
    """

    ended_by: Annotated[tuple[Sentence, ...], Field(max_length=MOST_FORM)] = ()
    answers: Annotated[dict[Sentence, bool], Field(max_length=MOST_FORM)] = {}

    @property
    def slipped(self) -> tuple[str, ...]:
        """Questions answered with yes: what went wrong, by the runner's own word."""
        return tuple(question for question, yes in self.answers.items() if yes)


def _each_once(felt: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(felt))


UNKNOWN_DRILL = "unknown_drill"
"""What hurt in a session in nobody knows which drill stands under this name; it counts all the same."""


class DrillDone(Value):
    """One drill as it went, one side at a time (``side`` missing: both at once or alternating).

    ``form`` is missing where no camera watched. What was felt stands once, however often it was told: there
    are no more places, kinds and scores than that.
    """

    drill: str
    side: Side | None = None
    sets_done: Annotated[int, Field(ge=0, le=20)] = 1
    sets_asked: Annotated[int, Field(ge=0, le=20)] = 1
    clean_reps: Annotated[int, Field(ge=0, le=300)] | None = None
    reps_asked: Annotated[int, Field(ge=0, le=300)] | None = None
    work_s: Annotated[float, Field(ge=0, le=3600)] = 0
    load_kg: Annotated[float, Field(ge=0, le=300)] = 0
    discomfort: Score = 0
    pain: Annotated[tuple[Feeling, ...], AfterValidator(_each_once)] = ()
    signs: Annotated[tuple[Sign, ...], AfterValidator(_each_once)] = ()
    stopped_early: bool = False
    skipped: bool = False
    too_much: bool = False
    lunge: LungeVector | None = None
    form: FormSeen | None = None


class SessionLogged(Value):
    """A session as done. ``slot`` and ``plan`` name what it answers; missing for free practice."""

    slot: str | None = None
    plan: str | None = None
    minutes: Minutes
    effort: Score | None = None
    drills: tuple[DrillDone, ...] = ()

    @property
    def in_no_drill(self) -> tuple[DrillDone, ...]:
        """What hurt of which nobody can say in which drill."""
        return tuple(done for done in self.drills if done.drill == UNKNOWN_DRILL)

    def sides_of(self, drill: str) -> tuple[Side, ...]:
        """Return the sides on which a drill stands by itself."""
        return tuple(done.side for done in self.drills if done.drill == drill and done.side)


class SorenessCourse(StrEnum):
    """How soreness behaves in the warm-up of the day after (handbook E53)."""

    NONE = "none"
    GOES_AWAY = "goes_away"
    STAYS = "stays"
    COMES_BACK = "comes_back"
    UNKNOWN = "unknown"


class CheckinAnswered(Value):
    """Next morning: everything that is sore; an empty list says that nothing is."""

    about: Day
    soreness: tuple[Feeling, ...] = ()
    course: SorenessCourse = SorenessCourse.NONE
    hours_since_onset: Annotated[float, Field(ge=0, le=24 * 60)] | None = None
    note: str = ""

    @property
    def morning(self) -> date:
        """The morning it tells of: the one after the day it is about, whenever it is told."""
        return self.about + timedelta(days=1)


class DefaultChanged(Value):
    """A coach's default that the runner or a coach set otherwise; ``value`` missing restores it."""

    key: str
    value: float | None = None


class DrillChosen(Value):
    """A drill that is wanted or left out; ``wanted`` missing: nobody's choice any more.

    It holds for the weeks up to that of ``until``, the whole of each, and never longer than
    ``LONGEST_CHOICE`` from the day it was told.
    """

    drill: Annotated[str, Field(min_length=1, max_length=80)]
    wanted: bool | None
    until: Day


class Units(StrEnum):
    """In what lengths, distances and weights are shown and typed; what is kept is always SI."""

    METRIC = "metric"
    IMPERIAL = "imperial"


class Sound(StrEnum):
    """What a session sounds like to begin with."""

    OFF = "off"
    TONES = "tones"
    VOICE = "voice"


class PreferencesChosen(Value):
    """How the runner wants it shown and said; replaces what was chosen before.

    Quiet hours may run over midnight: nobody is reminded or spoken to in them. ``voice_rate`` is how fast
    the voice speaks, 1 as it does by itself.
    """

    units: Units = Units.METRIC
    sound: Sound = Sound.VOICE
    voice_rate: Annotated[float, Field(ge=0.6, le=1.6)] = 1.0
    quiet_from: time | None = None
    quiet_until: time | None = None

    @model_validator(mode="after")
    def _quiet_begins_and_ends(self) -> "PreferencesChosen":
        if (self.quiet_from is None) is not (self.quiet_until is None):
            raise ValueError("quiet hours have a beginning and an end")
        return self

    def is_quiet(self, at: time) -> bool:
        """Whether a time of day lies in the quiet hours."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


class NoteWritten(Value):
    """Free words on the record."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]
