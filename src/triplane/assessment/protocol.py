"""A test of the battery: how it is done, by which methods, and worked cases that hold it to its word."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from triplane.assessment.inclinometer import Inclinometer
from triplane.body import Direction, Plane, Pose
from triplane.history import EndFeel, Method, Sex
from triplane.movement import ReadBy
from triplane.value import Interval, Value

Sentence = Annotated[str, Field(min_length=3, max_length=300)]
Positive = Annotated[float, Field(gt=0)]


class Role(StrEnum):
    """What a test is for. ``primary`` gives a direction its finding, ``alternative`` stands in for it."""

    PRIMARY = "primary"
    ALTERNATIVE = "alternative"
    EXTRA = "extra"
    CONTROL = "control"
    ANKLE = "ankle"
    LUNGE = "lunge"
    STRENGTH = "strength"


class Finding(StrEnum):
    """What an estimate means. ``no reference`` is measured, with nothing fit to compare it with."""

    FINE = "fine"
    LIMITED = "limited"
    CLEARLY_LIMITED = "clearly limited"
    NO_REFERENCE = "no reference"
    NOT_MEASURED = "not measured"

    @property
    def is_limited(self) -> bool:
        return self in (Finding.LIMITED, Finding.CLEARLY_LIMITED)


def spoken(unit: str, number: float = 2) -> str:
    """Return a unit as it is said in a sentence, behind a number of it."""
    if abs(number) == 1:
        return {"deg": "degree", "rating": "point", "pass": "point"}.get(unit, unit)
    return {"deg": "degrees", "rating": "points", "pass": "points"}.get(unit, unit)


class MethodError(Value):
    """One way of taking a test and its error from session to session, in the test's unit.

    ``sem`` is the standard error of a median of three, ``mdc`` the smallest real change at 95 %.
    ``protocol`` is set where the test is done otherwise than here: such readings stand alone and
    are held against no reference. ``how`` says how to take the reading.
    """

    method: Method
    sem: Positive
    mdc: Positive
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    protocol: str = ""
    how: str = ""


class CameraReading(ReadBy):
    """How a camera reads a test by itself, as which method, and what it never sees of it.

    Only where thigh or shin can be held against gravity or the trunk in one view.
    """

    method: Method
    unseen: Sentence


class ControlLine(Value):
    """From where on a control test is a practice cue: at ``limited`` and at ``clearly``, inclusive."""

    limited: float
    clearly: float
    source: str


class Case(Value):
    """A worked example: readings and what must be said about them. No readings: not measured."""

    name: Sentence
    method: Method | None = None
    active: bool = False
    readings: tuple[float, ...] = ()
    pain: int = 0
    end_feel: EndFeel | None = None
    sex: Sex = Sex.BOTH
    age_years: int | None = None
    other_side: float | None = None
    owned: float | None = None
    valid: bool = True
    repeat: bool = False
    tag: str | None = None
    finding: Finding | None = None
    asymmetric: bool | None = None
    owned_gap: bool | None = None


class Protocol(Value):
    """One test of the battery; the file stem is its id.

    ``plausible`` is what a human hip can read, in ``unit``. ``asymmetry`` and ``owned_gap`` are the
    differences that count when they also beat their error. ``lunge`` names the screen's
    direction in the words of the lunge matrix. ``pose`` shows it from start to end, right side measured.
    """

    schema_: Annotated[Literal["test/1"], Field(alias="schema")] = "test/1"
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    handbook: str
    name: Sentence
    plain_name: Sentence
    aliases: tuple[str, ...] = ()
    role: Role
    direction: Direction | None = None
    plane: Plane | None = None
    position: str
    quantity: Sentence
    unit: Literal["deg", "cm", "s", "reps", "rating", "pass", "Nm/kg"]
    higher_is_better: bool = True
    passive: bool = True
    active: bool = False
    plausible: Interval
    core: bool = False
    needs_helper: bool = False
    setup: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    steps: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    active_steps: tuple[Sentence, ...] = ()
    spoils: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    note: str = ""
    note_sources: tuple[str, ...] = ()
    pinch_tag: str | None = None
    asymmetry: Positive | None = None
    owned_gap: Positive | None = None
    differences_source: str = "coach_default"
    lunge: str | None = None
    control: ControlLine | None = None
    inclinometer: Inclinometer | None = None
    camera: CameraReading | None = None
    method: Annotated[tuple[MethodError, ...], Field(min_length=1)]
    case: Annotated[tuple[Case, ...], Field(min_length=1)]
    pose: Annotated[tuple[Pose, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _is_whole(self) -> "Protocol":
        if not (self.passive or self.active):
            raise ValueError("a test is taken passively, actively or both")
        if self.active and self.passive and not self.active_steps:
            raise ValueError("say how the active reading is taken: active_steps")
        if self.inclinometer and (self.unit != "deg" or not self.phone_methods):
            raise ValueError("an inclinometer reads degrees, by a phone")
        if self.inclinometer and self.active and self.passive and not self.inclinometer.active_go:
            raise ValueError("say what to do for the active reading by phone: active_go")
        if self.camera and (self.unit != "deg" or self.error_of(self.camera.method) is None):
            raise ValueError("a camera reads degrees, by a method whose error stands here")
        if len({error.method for error in self.method}) != len(self.method):
            raise ValueError("each method stands there once")
        return self

    def error_of(self, method: Method) -> MethodError | None:
        """Return the error of a method, or ``None`` when this test is not taken that way."""
        return next((error for error in self.method if error.method is method), None)

    @property
    def phone_methods(self) -> tuple[Method, ...]:
        """Return the ways in which a phone lies on the body."""
        phones = (Method.PHONE_SELF, Method.PHONE_HELPER)
        return tuple(error.method for error in self.method if error.method in phones)

    @property
    def goes_to_end_range(self) -> bool:
        """Whether it goes to the end of a hip's range: where a hip may pinch."""
        return self.pinch_tag is not None

    def modes(self) -> tuple[bool, ...]:
        """Return the values that ``active`` may take for this test."""
        return tuple(mode for mode, possible in ((False, self.passive), (True, self.active)) if possible)
