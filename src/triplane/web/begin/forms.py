"""Who runs, what is at hand, and the usual week, as forms; each gives a fact's body.

What is left out stays unknown. Only what a plan cannot do without is asked for: the minutes there are, and
of runs and gym visits when they are. The minutes and the hour at home are the coach's to propose; of runs,
gym and desk nothing is chosen to begin with.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from triplane import coach
from triplane.errors import UserError
from triplane.history import (
    AboutRunner,
    DayPattern,
    Equipment,
    EquipmentListed,
    GymVisit,
    History,
    PlannedRun,
    RaceEntered,
    RunKind,
    Sex,
    Weekday,
    WeekDescribed,
)
from triplane.web.begin import known
from triplane.web.fields import day as day_field
from triplane.web.fields import number, says
from triplane.web.said import said

SEXES = (
    (Sex.BOTH, gettext_lazy("Rather not say")),
    (Sex.FEMALE, gettext_lazy("Female")),
    (Sex.MALE, gettext_lazy("Male")),
)
KINDS = (
    ("", gettext_lazy("Not sure")),
    (RunKind.EASY.value, gettext_lazy("Easy")),
    (RunKind.LONG.value, gettext_lazy("Long")),
    (RunKind.TEMPO.value, gettext_lazy("Tempo")),
    (RunKind.INTERVAL.value, gettext_lazy("Intervals")),
)
THINGS = {
    Equipment.MAT: gettext_lazy("Mat"),
    Equipment.PAD: gettext_lazy("Knee pad"),
    Equipment.MASSAGE_BALL: gettext_lazy("Massage ball"),
    Equipment.BALL: gettext_lazy("Ball"),
    Equipment.STABILITY_BALL: gettext_lazy("Stability ball"),
    Equipment.FOAM_ROLLER: gettext_lazy("Foam roller"),
    Equipment.MINI_BAND: gettext_lazy("Mini band"),
    Equipment.LOOP_BAND: gettext_lazy("Long loop band"),
    Equipment.BAND_ANCHOR: gettext_lazy("Anchor for a band"),
    Equipment.WALL: gettext_lazy("Free wall"),
    Equipment.CHAIR: gettext_lazy("Chair"),
    Equipment.BENCH: gettext_lazy("Bench"),
    Equipment.STEP: gettext_lazy("Step"),
    Equipment.BLOCK: gettext_lazy("Block"),
    Equipment.DUMBBELL: gettext_lazy("Dumbbells"),
    Equipment.KETTLEBELL: gettext_lazy("Kettlebell"),
    Equipment.BARBELL: gettext_lazy("Barbell"),
    Equipment.WEIGHT_VEST: gettext_lazy("Weight vest"),
    Equipment.CABLE: gettext_lazy("Cable machine"),
}
GYM_MIN = 60
"""Minutes a gym visit is taken to last until told otherwise; coach's default."""


class AboutForm(forms.Form):
    """Age, sex for usual ranges, height, weight and sitting; all may be left out."""

    age = number(gettext_lazy("Age"), 10, 100, gettext_lazy("years"))
    sex = forms.ChoiceField(choices=SEXES, initial=Sex.BOTH, required=False)
    height_cm = number(gettext_lazy("Height in centimetres"), 120, 230, "cm")
    mass_kg = number(gettext_lazy("Weight in kilograms"), 30, 250, "kg")
    sitting_h = number(gettext_lazy("Hours a day you sit"), 0, 24, gettext_lazy("hours"))

    @property
    def has_more(self) -> bool:
        """Return whether what is folded away holds something to be seen."""
        return any(self[name].value() or self[name].errors for name in ("height_cm", "mass_kg", "sitting_h"))

    def body(self, history: History) -> AboutRunner:
        """Return what was told; what only other ways ask for stays as it was."""
        told, before = self.cleaned_data, history.latest(AboutRunner) or AboutRunner()
        age, height = told["age"], told["height_cm"]
        return AboutRunner(
            beighton=before.beighton,
            stiff_when_running=before.stiff_when_running,
            age_years=None if age is None else int(age),
            sex=Sex(told["sex"] or Sex.BOTH),
            stature_m=None if height is None else height / 100,
            mass_kg=told["mass_kg"],
            sitting_h_per_day=told["sitting_h"],
        )


@dataclass(frozen=True)
class Thing:
    """A piece of equipment as it is chosen: its picture lies in a file of its name."""

    value: str
    label: str

    @property
    def picture(self) -> str:
        return f"begin/things/{self.value}.svg"


class EquipmentForm(forms.Form):
    """What is at hand at home."""

    equipment = forms.MultipleChoiceField(
        choices=[(one.value, label) for one, label in THINGS.items()],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose from the list.")},
    )

    @property
    def things(self) -> list[Thing]:
        return [Thing(one.value, str(label)) for one, label in THINGS.items()]

    def body(self, _history: History) -> EquipmentListed:
        return EquipmentListed(equipment=frozenset(Equipment(one) for one in self.cleaned_data["equipment"]))


@dataclass(frozen=True)
class Pick:
    """A question with a few ready answers and room for another one."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str
    other: str
    errors: list[str]
    is_time: bool

    @property
    def said(self) -> str:
        """What is chosen, or typed instead."""
        return self.other or self.chosen


def _minutes(*values: int) -> tuple[tuple[str, Any], ...]:
    return tuple((str(value), str(value)) for value in values)


MORNING, NOON, EVENING = (
    ("07:00", gettext_lazy("Morning, 07:00")),
    ("12:30", gettext_lazy("Noon, 12:30")),
    ("18:00", gettext_lazy("Evening, 18:00")),
)
PICKS: dict[str, tuple[Any, tuple[tuple[str, Any], ...]]] = {
    "weekly_minutes": (gettext_lazy("Minutes a week for your hips"), _minutes(30, 60, 90, 120)),
    "session_minutes": (gettext_lazy("Longest session, in minutes"), _minutes(10, 15, 20, 30)),
    "home_at": (gettext_lazy("When a session at home suits you"), (MORNING, NOON, EVENING)),
    "run_at": (gettext_lazy("When you usually run"), (MORNING, NOON, EVENING)),
    "run_minutes": (gettext_lazy("Minutes of a usual run"), _minutes(30, 45, 60, 75)),
    "gym_at": (gettext_lazy("When you usually go to the gym"), (MORNING, NOON, EVENING)),
    "race_km": (
        gettext_lazy("Its distance in kilometres"),
        (("5", "5"), ("10", "10"), ("21.1", "21.1"), ("42.195", "42.2")),
    ),
}
BOUNDS = {
    "weekly_minutes": coach.WEEK_MIN,
    "session_minutes": coach.AT_ONCE_MIN,
    "run_minutes": coach.RUN_MIN,
    "race_km": coach.RACE_KM,
}
NEEDED = ("weekly_minutes", "session_minutes", "home_at")


class WeekForm(forms.Form):
    """Minutes a week and a session; for each weekday a run, the gym and the desk; perhaps a race."""

    race_day = day_field(gettext_lazy("Date of the race"), needed=False)
    no_runs = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in PICKS:
            label = PICKS[name][0]
            self.fields[name] = forms.CharField(label=label, required=False, max_length=20)
            self.fields[f"{name}_other"] = forms.CharField(label=label, required=False, max_length=20)
        for day in Weekday:
            for what in ("run", "gym", "desk"):
                self.fields[f"{day}_{what}"] = forms.BooleanField(required=False)
            wrong = _("%(day)s: write the time as 07:00.") % {"day": said(day.plain_name)}
            self.fields[f"{day}_at"] = forms.TimeField(required=False, error_messages={"invalid": wrong})
            self.fields[f"{day}_minutes"] = number(
                said(day.plain_name), *coach.RUN_MIN, gettext_lazy("minutes")
            )
            self.fields[f"{day}_kind"] = forms.ChoiceField(choices=KINDS, required=False)

    @property
    def days(self) -> list[dict[str, Any]]:
        """The fields of each weekday, for the template."""
        names = ("run", "gym", "desk", "at", "minutes", "kind")
        return [
            {"id": str(day), "name": day.plain_name, **{name: self[f"{day}_{name}"] for name in names}}
            for day in Weekday
        ]

    @cached_property
    def picks(self) -> dict[str, Pick]:
        """The questions with ready answers, for the template."""
        return {name: self._pick(name, *told) for name, told in PICKS.items()}

    @property
    def has_time_missing(self) -> bool:
        """Whether something is wrong with the minutes or the hour, which stand folded otherwise."""
        return any(self._pick(name, *PICKS[name]).errors for name in NEEDED)

    @property
    def has_days_otherwise(self) -> bool:
        return any(self[f"{day}_{name}"].value() for day in Weekday for name in ("at", "minutes", "kind"))

    @property
    def has_race(self) -> bool:
        return any(self[name].value() for name in ("race_day", "race_km", "race_km_other"))

    def clean(self) -> None:
        told = self.cleaned_data
        runs = any(told.get(f"{day}_run") for day in Weekday)
        alone = all(told.get(f"{d}_at") and told.get(f"{d}_minutes") for d in Weekday if told.get(f"{d}_run"))
        needed = {*NEEDED}
        needed |= {"run_at", "run_minutes"} if runs and not alone else set()
        needed |= {"gym_at"} if any(told.get(f"{day}_gym") for day in Weekday) else set()
        needed |= {"race_km"} if told.get("race_day") else set()
        for name in PICKS:
            told[name] = self._read(
                name, str(told.get(f"{name}_other") or told.get(name) or ""), name in needed
            )
        if told.get("race_km") and not told.get("race_day") and not self.errors.get("race_day"):
            self.add_error("race_day", _("Give the date of the race, or leave its distance empty."))

    def leaves_runs_open(self, history: History) -> bool:
        """Return whether no run is told and nobody said that there is none, neither here nor before."""
        told, before = self.cleaned_data, history.latest(WeekDescribed)
        had_none = before is not None and not any(pattern.runs for pattern in before.days.values())
        return not (had_none or told["no_runs"] or any(told[f"{day}_run"] for day in Weekday))

    def body(self, history: History) -> WeekDescribed:
        """Return what was told; what only other ways ask for stays as it was."""
        told, before = self.cleaned_data, history.latest(WeekDescribed)
        return WeekDescribed(
            days={day: self._day(day, history) for day in Weekday},
            weekly_minutes=told["weekly_minutes"],
            max_session_minutes=told["session_minutes"],
            home_session_at=told["home_at"],
            in_gym_only=before is not None and before.in_gym_only,
        )

    def race(self, history: History, now: datetime) -> RaceEntered | None:
        """Return the race that was told, or ``None``; a date that cannot be is said beside its field."""
        on: date | None = self.cleaned_data.get("race_day")
        if on is None:
            return None
        try:
            return coach.changed_race(history, on, now, distance_m=self.cleaned_data["race_km"] * 1000)
        except UserError as error:
            self.add_error("race_day", says(error))
            return None

    def _read(self, name: str, given: str, needed: bool) -> Any:
        if not given and not needed:
            return None
        try:
            return _time(given) if name not in BOUNDS else _number(given, *BOUNDS[name])
        except ValueError:
            if name in BOUNDS:
                low, high = BOUNDS[name]
                span = {"low": f"{low:g}", "high": f"{high:g}"}
                self.add_error(name, _("Choose one, or give a number from %(low)s to %(high)s.") % span)
            else:
                self.add_error(name, _("Choose one, or write it as 18:00."))
            return None

    def _pick(self, name: str, label: Any, choices: tuple[tuple[str, Any], ...]) -> Pick:
        given, other = str(self[name].value() or ""), str(self[f"{name}_other"].value() or "")
        ready = {value for value, _label in choices}
        return Pick(
            name=name,
            label=str(label),
            choices=tuple((value, str(word)) for value, word in choices),
            chosen=given if given in ready and not other else "",
            other=other or ("" if given in ready else given),
            errors=[str(error) for one in (name, f"{name}_other") for error in self.errors.get(one, [])],
            is_time=name not in BOUNDS,
        )

    def _day(self, day: Weekday, history: History) -> DayPattern:
        told, before = self.cleaned_data, known.day(history, day)
        kind, gym = told[f"{day}_kind"], before.gym or (GymVisit(at=time(18), minutes=GYM_MIN),)
        if told["gym_at"] and not (before.gym and told["gym_at"] == known.gym_time(history)):
            gym = (gym[0].model_copy(update={"at": told["gym_at"]}), *gym[1:])
        run = (
            PlannedRun(
                at=told[f"{day}_at"] or told["run_at"],
                minutes=told[f"{day}_minutes"] or told["run_minutes"],
                kind=RunKind(kind) if kind else None,
                key=before.runs[0].key if before.runs else None,
            )
            if told[f"{day}_run"]
            else None
        )
        return DayPattern(
            runs=(run, *before.runs[1:]) if run else (),
            gym=gym if told[f"{day}_gym"] else (),
            desk=told[f"{day}_desk"],
        )


def _time(given: str) -> time:
    hours, colon, minutes = given.partition(":")
    if not colon:
        raise ValueError(given)
    return time(int(hours), int(minutes[:2]))


def _number(given: str, low: float, high: float) -> float:
    value = float(given.replace(",", "."))
    if not low <= value <= high:
        raise ValueError(given)
    return value
