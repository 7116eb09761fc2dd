"""Who runs, what is at hand, and the usual week, as forms; each gives a fact's body."""

from datetime import time
from typing import Any

from django import forms

from triplane.history import (
    AboutRunner,
    DayPattern,
    Equipment,
    EquipmentListed,
    PlannedRun,
    RunKind,
    Sex,
    Weekday,
    WeekDescribed,
)
from triplane.web.fields import number

SEXES = ((Sex.BOTH, "Rather not say"), (Sex.FEMALE, "Female"), (Sex.MALE, "Male"))
KINDS = (("", "Not sure"), *((kind.value, kind.value.capitalize()) for kind in RunKind if kind != "race"))


class AboutForm(forms.Form):
    """Age, sex for usual ranges, height, weight and sitting; all may be left out."""

    age = number("Age", 10, 100, "years")
    sex = forms.ChoiceField(choices=SEXES, initial=Sex.BOTH, required=False)
    height_cm = number("Height in centimetres", 120, 230, "cm")
    mass_kg = number("Weight in kilograms", 30, 250, "kg")
    sitting_h = number("Hours a day you sit", 0, 24, "hours")

    def body(self) -> AboutRunner:
        told = self.cleaned_data
        age, height = told["age"], told["height_cm"]
        return AboutRunner(
            age_years=None if age is None else int(age),
            sex=Sex(told["sex"] or Sex.BOTH),
            stature_m=None if height is None else height / 100,
            mass_kg=told["mass_kg"],
            sitting_h_per_day=told["sitting_h"],
        )


class EquipmentForm(forms.Form):
    """What is at hand at home."""

    equipment = forms.MultipleChoiceField(
        choices=[(one.value, one.value.replace("_", " ").capitalize()) for one in Equipment],
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )

    def body(self) -> EquipmentListed:
        return EquipmentListed(equipment=frozenset(Equipment(one) for one in self.cleaned_data["equipment"]))


class WeekForm(forms.Form):
    """Minutes a week and a session, and for each weekday a run and the desk."""

    weekly_minutes = number("Minutes a week for your hips", 10, 1000, "minutes", needed=True)
    session_minutes = number("Longest session", 3, 180, "minutes", needed=True)
    home_at = forms.TimeField(
        label="When a session at home suits you",
        widget=forms.TimeInput({"class": "field", "type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write it as 18:00.", "required": "Write it as 18:00."},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("initial", {"weekly_minutes": 75, "session_minutes": 25, "home_at": time(18)})
        super().__init__(*args, **more)
        for day in Weekday:
            self.fields[f"{day}_run"] = forms.BooleanField(required=False)
            self.fields[f"{day}_desk"] = forms.BooleanField(required=False, initial=day not in ("sat", "sun"))
            self.fields[f"{day}_at"] = forms.TimeField(
                required=False, error_messages={"invalid": f"{day.plain_name}: write the time as 07:00."}
            )
            self.fields[f"{day}_minutes"] = number(f"{day.plain_name}: minutes", 5, 1440, "minutes")
            self.fields[f"{day}_kind"] = forms.ChoiceField(choices=KINDS, required=False)

    @property
    def days(self) -> list[dict[str, Any]]:
        """The fields of each weekday, for the template."""
        names = ("run", "desk", "at", "minutes", "kind")
        return [
            {"id": str(day), "name": day.plain_name, **{name: self[f"{day}_{name}"] for name in names}}
            for day in Weekday
        ]

    def body(self) -> WeekDescribed:
        told = self.cleaned_data
        return WeekDescribed(
            days={day: self._day(day) for day in Weekday},
            weekly_minutes=told["weekly_minutes"],
            max_session_minutes=told["session_minutes"],
            home_session_at=told["home_at"],
        )

    def _day(self, day: Weekday) -> DayPattern:
        told = self.cleaned_data
        if not told[f"{day}_run"]:
            return DayPattern(desk=told[f"{day}_desk"])
        run = PlannedRun(
            at=told[f"{day}_at"] or time(7),
            minutes=told[f"{day}_minutes"] or 45,
            kind=RunKind(told[f"{day}_kind"]) if told[f"{day}_kind"] else None,
        )
        return DayPattern(runs=(run,), desk=told[f"{day}_desk"])
