"""A day away, a day with little time, a race, as forms; each gives the fact that the coach makes of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from triplane import coach
from triplane.history import History
from triplane.value import Value
from triplane.web.fields import day, number, words


class AwayForm(forms.Form):
    """A date on which nothing is planned."""

    day = day(_("Which day"))

    def body(self, history: History, now: datetime) -> Value:
        return coach.changed_day(history, self.cleaned_data["day"], now, away=True)


class MinutesForm(forms.Form):
    """A date with other minutes at home than usual."""

    day = day(_("Which day"))
    minutes = number(_("Minutes you have at home that day"), *coach.DAY_MIN, _("minutes"), needed=True)

    def body(self, history: History, now: datetime) -> Value:
        told = self.cleaned_data
        return coach.changed_day(history, told["day"], now, minutes=told["minutes"])


class RaceForm(forms.Form):
    """A race: its date, start, distance and name."""

    day = day(_("Date of the race"))
    km = number(_("Distance in kilometres"), *coach.RACE_KM, "km", needed=True)
    at = forms.TimeField(
        label=_("Start, if you know it"),
        required=False,
        widget=forms.TimeInput({"class": "field", "type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write it as 09:00, or leave it empty.")},
    )
    called = words(_("Its name, where it has one"), 80)

    def body(self, history: History, now: datetime) -> Value:
        told = self.cleaned_data
        return coach.changed_race(
            history, told["day"], now, distance_m=told["km"] * 1000, at=told["at"], called=told["called"]
        )


FORMS: dict[str, Any] = {"away": AwayForm, "minutes": MinutesForm, "race": RaceForm}
"""What can be changed, by its place in the address."""
