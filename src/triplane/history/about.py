"""Facts about the runner: who, with what, and how the week usually looks."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainSerializer

from triplane.body import Direction, Side
from triplane.history.calendar import Day, Instant
from triplane.value import Value

Minutes = Annotated[float, Field(ge=0, le=24 * 60)]
Words = Annotated[tuple[Annotated[str, Field(min_length=2, max_length=40)], ...], Field(max_length=100)]
Score = Annotated[int, Field(ge=0, le=10)]


class Sex(StrEnum):
    """For the choice of norms only; ``both`` uses the rows for women and men together."""

    FEMALE = "female"
    MALE = "male"
    BOTH = "both"


class Equipment(StrEnum):
    """What a drill may need. A massage ball and a stability ball are two things."""

    MAT = "mat"
    PAD = "pad"
    MASSAGE_BALL = "massage_ball"
    BALL = "ball"
    STABILITY_BALL = "stability_ball"
    FOAM_ROLLER = "foam_roller"
    MINI_BAND = "mini_band"
    LOOP_BAND = "loop_band"
    BAND_ANCHOR = "band_anchor"
    WALL = "wall"
    CHAIR = "chair"
    BENCH = "bench"
    STEP = "step"
    BLOCK = "block"
    DUMBBELL = "dumbbell"
    KETTLEBELL = "kettlebell"
    BARBELL = "barbell"
    WEIGHT_VEST = "weight_vest"
    CABLE = "cable"


class DisclaimerAccepted(Value):
    """The runner read what this is and is not, and takes responsibility for it."""

    text_version: Annotated[str, Field(min_length=1)]


class AboutRunner(Value):
    """Who runs. ``age_years`` counts on the day of the fact."""

    age_years: Annotated[int, Field(ge=10, le=100)] | None = None
    sex: Sex = Sex.BOTH
    stature_m: Annotated[float, Field(ge=1.2, le=2.3)] | None = None
    mass_kg: Annotated[float, Field(ge=30, le=250)] | None = None
    sitting_h_per_day: Annotated[float, Field(ge=0, le=24)] | None = None
    beighton: Annotated[int, Field(ge=0, le=9)] | None = None
    stiff_when_running: tuple[tuple[Direction, Side], ...] = ()


class EquipmentListed(Value):
    """All that is at hand at home; replaces the list before."""

    equipment: Annotated[
        frozenset[Equipment],
        # A set has another order in every process; the id of a fact follows from its text.
        PlainSerializer(sorted, return_type=list[Equipment], when_used="json"),
    ]


class RunKind(StrEnum):
    """What a run is for. ``easy`` is what is left when nothing else is said."""

    EASY = "easy"
    LONG = "long"
    TEMPO = "tempo"
    INTERVAL = "interval"
    RACE = "race"


class Weekday(StrEnum):
    """Days of a week that begins on Monday."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def plain_name(self) -> str:
        """The whole name, as it is said."""
        first_monday = date(2001, 1, 1)
        return f"{first_monday.replace(day=1 + list(Weekday).index(self)):%A}"


class PlannedRun(Value):
    """A run the runner means to do. ``kind`` missing: judged from the week; ``key`` is the runner's mark."""

    at: time
    minutes: Annotated[float, Field(gt=0, le=24 * 60)]
    kind: RunKind | None = None
    key: bool | None = None


class GymVisit(Value):
    """Time in a gym. ``muscles`` names the prime movers of the day, as in the catalogue's list."""

    at: time
    minutes: Annotated[float, Field(gt=0, le=24 * 60)]
    muscles: tuple[str, ...] = ()


class DayPattern(Value):
    """One weekday as it usually goes. ``minutes`` is what a session at home may take."""

    runs: tuple[PlannedRun, ...] = ()
    gym: tuple[GymVisit, ...] = ()
    desk: bool = False
    minutes: Minutes | None = None


class WeekDescribed(Value):
    """The usual week and the minutes the runner has for hips. Days left out are free days."""

    days: dict[Weekday, DayPattern] = {}
    weekly_minutes: Minutes
    max_session_minutes: Annotated[float, Field(gt=0, le=180)]
    home_session_at: time = time(18, 0)
    in_gym_only: bool = False


class DayChanged(Value):
    """One date that goes otherwise than usual; ``pattern`` missing leaves the usual one."""

    date: Day
    pattern: DayPattern | None = None
    away: bool = False


class SlotMoved(Value):
    """A slot put at another instant of its week; ``to`` missing puts it back where it usually lies.

    ``despite`` names rules of preference that the runner keeps off, with open eyes, for these ``drills`` of
    the slot.
    """

    slot: Annotated[str, Field(min_length=1, max_length=80)]
    to: Instant | None = None
    despite: tuple[str, ...] = ()
    drills: tuple[str, ...] = ()


class RaceEntered(Value):
    """A race on a date. ``distance_m`` 42195 or more counts as marathon or ultra."""

    date: Day
    at: time = time(9, 0)
    distance_m: Annotated[float, Field(gt=0, le=1_000_000)]
    called: str = ""
    cancelled: bool = False


class CalendarWords(Value):
    """By which words of its title an entry of a calendar is known; the coach's default until they are chosen.

    They are looked for in this order, as whole words: what one list finds, no later one is asked about.
    """

    none: Words = ()
    training: Words = ()
    race: Words = ()
    interval: Words = ()
    tempo: Words = ()
    long: Words = ()
    run: Words = ()
    gym: Words = ()


class CalendarEntry(Value):
    """A run, gym visit or race that a calendar holds. Nothing of its title is kept, and of its id a digest.

    ``run`` is missing for a gym visit, and for a run whose kind the calendar does not tell.
    """

    uid: Annotated[str, Field(min_length=1, max_length=40)]
    starts_at: Instant
    minutes: Annotated[float, Field(gt=0, le=24 * 60)]
    is_gym: bool = False
    run: RunKind | None = None
    distance_m: Annotated[float, Field(gt=0, le=1_000_000)] | None = None


class CalendarRead(Value):
    """What a calendar held for the days from ``first`` to before ``until``; replaces what it held before.

    A calendar without entries was forgotten.
    """

    source: Annotated[str, Field(min_length=1, max_length=80)]
    first: Day
    until: Day
    entries: Annotated[tuple[CalendarEntry, ...], Field(max_length=500)] = ()


class RunRecorded(Value):
    """A run that was done, as totals only: no position is ever kept."""

    started_at: Instant
    duration_s: Annotated[float, Field(gt=0, le=7 * 24 * 3600)]
    distance_m: Annotated[float, Field(ge=0, le=1_000_000)] | None = None
    ascent_m: Annotated[float, Field(ge=0, le=30_000)] | None = None
    cadence_spm: Annotated[float, Field(ge=40, le=300)] | None = None
    heart_rate_bpm: Annotated[float, Field(ge=25, le=250)] | None = None
    power_w: Annotated[float, Field(ge=0, le=2000)] | None = None
    kind: RunKind | None = None
    key: bool | None = None
    read_from: str = "typed"


class RunnerErased(Value):
    """A receipt without content: a runner's facts were removed on request."""

    facts: Annotated[int, Field(ge=0)]
