"""A runner written down in one TOML file, for ``triplane start --from``.

Each section holds the fields of one kind of fact, in its own words and units::

    schema = "runner/1"
    disclaimer = true
    equipment = ["mat", "massage_ball"]
    [about]
    age_years = 41
    sex = "male"
    [screening]            # questions not named here are answered with no
    P05 = true
    [week]
    weekly_minutes = 90
    max_session_minutes = 30
    [week.days.tue]
    runs = [{ at = 06:30:00, minutes = 60, kind = "interval" }]
    [[race]]
    date = 2027-02-01      # or in_weeks = 10: the Sunday that ends the tenth week, this one being the first
    distance_m = 42195
    [[measurement]]
    test = "internal_rotation_prone"
    side = "left"
    method = "phone_helper"
    readings = [18, 17, 19]
    [[clearance]]
    who = "A. Physio"
"""

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from triplane.errors import UnreadableFile
from triplane.history import (
    AboutRunner,
    Answer,
    ClearanceRecorded,
    DayChanged,
    DisclaimerAccepted,
    Equipment,
    EquipmentListed,
    MeasurementTaken,
    RaceEntered,
    RunRecorded,
    ScreeningAnswered,
    WeekDescribed,
)
from triplane.value import Value

SAMPLES = ("marathoner", "desk_beginner")
"""Invented runners that come with the program: the first one is that of ``triplane demo``."""

MOST_WEEKS_AHEAD = 104
"""How far ahead ``in_weeks`` may look (two years; coach's default)."""


class RunnerFile(Value):
    """Everything a runner file may say; what is missing stays unknown."""

    schema_: Annotated[Literal["runner/1"], Field(alias="schema")]
    disclaimer: bool = False
    equipment: frozenset[Equipment] | None = None
    about: AboutRunner | None = None
    screening: dict[str, Answer] | None = None
    week: WeekDescribed | None = None
    day: tuple[DayChanged, ...] = ()
    race: tuple[RaceEntered, ...] = ()
    run: tuple[RunRecorded, ...] = ()
    measurement: tuple[MeasurementTaken, ...] = ()
    clearance: tuple[ClearanceRecorded, ...] = ()

    def bodies(self, question_ids: tuple[str, ...], disclaimer_version: str) -> tuple[Value, ...]:
        """Return the facts' bodies in the order they are recorded.

        ``question_ids`` are all screening questions: those the file does not name were read and
        answered with no, as the file's author states by having a screening section at all.
        """
        found: list[Value] = []
        if self.disclaimer:
            found.append(DisclaimerAccepted(text_version=disclaimer_version))
        if self.screening is not None:
            answers: dict[str, Answer] = dict.fromkeys(question_ids, False)
            found.append(ScreeningAnswered(answers={**answers, **_flat(self.screening)}))
        if self.about is not None:
            found.append(self.about)
        if self.equipment is not None:
            found.append(EquipmentListed(equipment=self.equipment))
        if self.week is not None:
            found.append(self.week)
        return (*found, *self.day, *self.race, *self.run, *self.measurement, *self.clearance)


def read_runner_file(content: bytes, name: str, today: date | None = None) -> RunnerFile:
    """Read a runner file. ``today`` is what ``in_weeks`` of a race is counted from.

    Raises
    ------
    UnreadableFile
        With every problem: ``file: place: value: what is wrong``.
    """
    try:
        raw = tomllib.loads(content.decode("utf-8"))
        return RunnerFile.model_validate(_with_race_dates(_with_flat_screening(raw), today))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFile(f"{name}: this is not a runner file: {error}") from error
    except ValidationError as error:
        raise UnreadableFile("\n".join(_problems(name, error))) from error


def sample_runner(name: str, today: date) -> RunnerFile:
    """Return one of the invented sample runners (``SAMPLES``) as of a day."""
    content = files("triplane.formats").joinpath("samples", f"{name}.toml").read_bytes()
    return read_runner_file(content, f"{name}.toml", today)


def _with_race_dates(raw: dict[str, Any], today: date | None) -> dict[str, Any]:
    """Turn ``in_weeks`` of races into dates; where today is not known it stays and is refused."""
    races = raw.get("race")
    if today is None or not isinstance(races, list):
        return raw
    return {**raw, "race": [_dated(race, today) for race in races]}


def _dated(race: Any, today: date) -> Any:
    weeks = race.get("in_weeks") if isinstance(race, dict) else None
    if type(weeks) is not int or not 1 <= weeks <= MOST_WEEKS_AHEAD:
        return race
    sunday = today + timedelta(days=6 - today.weekday() + 7 * (weeks - 1))
    return {key: value for key, value in race.items() if key != "in_weeks"} | {"date": sunday}


def _with_flat_screening(raw: dict[str, object]) -> dict[str, object]:
    screening = raw.get("screening")
    return {**raw, "screening": _flat(screening)} if isinstance(screening, dict) else raw


def _flat(answers: dict[str, Answer]) -> dict[str, Answer]:
    """``[screening.H09] since_weeks = 8`` and ``"H09.since_weeks" = 8`` say the same."""
    flat: dict[str, Answer] = {}
    for key, answer in answers.items():
        if isinstance(answer, dict):
            flat[key] = True
            flat |= {f"{key}.{follow_up}": value for follow_up, value in answer.items()}
        else:
            flat[key] = answer
    return flat


def _problems(name: str, error: ValidationError) -> list[str]:
    lines = []
    for detail in error.errors():
        where = ".".join(str(step) for step in detail["loc"]) or "file"
        lines.append(f"{name}: {where}: {detail['input']!r}: {detail['msg'].removeprefix('Value error, ')}")
    return lines
