"""Readings as a form: how they were read, and for each side three numbers, pain and what stopped it."""

import math
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from triplane.coach import Protocol, Side, SideReadings
from triplane.history import EndFeel, Method
from triplane.web.problems import Problem, problem_at
from triplane.web.units import kept, shown
from triplane.web.words import RATINGS, amount, plain, sentence, unit

THREE, FIVE = 3, 5
"""Readings a side, and how many there are after two more."""

END_FEELS = (
    (EndFeel.STRETCH.value, _("A stretch")),
    (EndFeel.BLOCK.value, _("A firm stop")),
    (EndFeel.PINCH.value, _("A pinch")),
    (EndFeel.PAIN.value, _("Pain")),
)
SCORES = [str(score) for score in range(11)]


@dataclass
class SideForm:
    """One side of a test as it was posted, and what is wrong with it."""

    side: Side
    test: Protocol
    posted: QueryDict | None
    unit: str
    asks: int = THREE
    wrong_readings: str = ""
    wrong_pain: str = ""
    wrong_end_feel: str = ""
    wants_more: str = ""
    told: SideReadings | None = None

    def __post_init__(self) -> None:
        if self.posted is not None and (self.is_told or self.pain or self.end_feel):
            self._read()

    @property
    def readings(self) -> list[str]:
        """What stands in the fields, empty ones too."""
        given = self.posted.getlist(f"{self.side}_reading") if self.posted is not None else []
        filled = [str(text).strip()[:20] for text in given]
        return (filled + [""] * self.asks)[: max(self.asks, min(len(filled), FIVE))]

    @property
    def pain(self) -> str:
        return self._given("pain")

    @property
    def end_feel(self) -> str:
        return self._given("end_feel")

    @property
    def asks_end_feel(self) -> bool:
        """Whether what stopped it is asked: where a hip goes to the end of its range."""
        return self.test.goes_to_end_range

    @property
    def ratings(self) -> list[tuple[str, str]]:
        """The words to choose from where the reading is a word, else nothing."""
        return [
            (str(number), sentence(str(word))) for number, word in enumerate(RATINGS.get(self.test.unit, ()))
        ]

    @property
    def is_told(self) -> bool:
        return any(self.readings)

    @property
    def wrong(self) -> dict[str, str]:
        """What is wrong, by the end of its field's name."""
        found = {"reading": self.wrong_readings, "pain": self.wrong_pain, "end_feel": self.wrong_end_feel}
        return {name: says for name, says in found.items() if says}

    @property
    def is_wrong(self) -> bool:
        return bool(self.wrong)

    @property
    def opens_on(self) -> int:
        """Which reading the page opens on, from 1 on: where two more are asked for, the fourth; none is 0."""
        return THREE + 1 if self.wants_more else 0

    def _given(self, name: str) -> str:
        return str(self.posted.get(f"{self.side}_{name}", "")) if self.posted is not None else ""

    def _read(self) -> None:
        numbers = [_number(text) for text in self.readings if text]
        low, high = (round(shown(bound, self.unit), 1) for bound in self.test.plausible)
        if not numbers:
            self.wrong_readings = gettext("Write how far it came, even where it hurt.")
        elif any(number is None or not low <= number <= high for number in numbers):
            told = {"low": amount(low, ""), "high": amount(high, "") + unit(self.unit)}
            self.wrong_readings = gettext("Write numbers from %(low)s to %(high)s.") % told
        if self.pain not in SCORES:
            self.wrong_pain = gettext("Choose how much it hurt, from 0 to 10.")
        if self.asks_end_feel and self.end_feel not in dict(END_FEELS):
            self.wrong_end_feel = gettext("Choose what stopped it.")
        if not self.is_wrong:
            self.told = SideReadings(
                readings=tuple(kept(number, self.unit) for number in numbers if number is not None),
                pain=int(self.pain),
                end_feel=EndFeel(self.end_feel) if self.asks_end_feel else None,
            )


@dataclass
class MeasureForm:
    """A test on both sides as it was posted. ``modes`` are the ways it may be taken, owned as true.

    ``unit`` is what readings are typed in.
    """

    test: Protocol
    modes: tuple[bool, ...]
    unit: str
    posted: QueryDict | None = None
    wishes_owned: bool = False
    problem: str = ""
    sides: list[SideForm] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sides = [SideForm(side, self.test, self.posted, self.unit) for side in Side]
        if self.posted is not None and not any(side.told or side.is_wrong for side in self.sides):
            self.problem = gettext("Write the readings of one side at least.")

    @property
    def methods(self) -> list[str]:
        return [str(error.method) for error in self.test.method]

    @property
    def method(self) -> str:
        """How it is read: as told; before that with the helper whom the test needs, or on one's own."""
        given = str(self.posted.get("method", "")) if self.posted is not None else ""
        by_helper = str(Method.PHONE_HELPER)
        first = by_helper if self.test.needs_helper and by_helper in self.methods else self.methods[0]
        return given if given in self.methods else first

    @property
    def active(self) -> bool:
        """Whether the owned range is told; where only one way is open, that one."""
        wished = self.wishes_owned if self.posted is None else self.posted.get("mode") == "owned"
        return wished if wished in self.modes else self.modes[0]

    @property
    def as_they_are(self) -> bool:
        """Whether the runner keeps readings that ask for two more."""
        return self.posted is not None and "keep" in self.posted

    @property
    def ways(self) -> tuple[bool, ...]:
        """What may be taken now, owned as true: two more readings are of the way that was begun."""
        return (self.active,) if self.asks_for_more else self.modes

    @property
    def asks_for_more(self) -> bool:
        return any(side.wants_more for side in self.sides)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the readings of both sides, each where it is put right."""
        if self.problem:
            return [problem_at(f"{self.sides[0].side}_reading", self.problem)]
        return [
            problem_at(f"{one.side}_{name}", says, sentence(plain(one.side)))
            for one in self.sides
            for name, says in one.wrong.items()
        ]

    @property
    def is_complete(self) -> bool:
        return self.posted is not None and not self.problem and not any(side.is_wrong for side in self.sides)

    @property
    def read_by(self) -> Method:
        return Method(self.method)

    @property
    def told(self) -> dict[Side, SideReadings]:
        return {side.side: side.told for side in self.sides if side.told is not None}

    def ask_for_more(self, says: dict[Side, str]) -> None:
        """Leave only the sides that want two more readings, with what was told in them."""
        self.sides = [side for side in self.sides if side.side in says]
        for side in self.sides:
            side.asks, side.wants_more = FIVE, says[side.side]


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", ".").replace("−", "-").rstrip("°"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
