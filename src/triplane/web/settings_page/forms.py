"""The coach's defaults, a professional's word and the bringing in of files, as forms."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from triplane import coach
from triplane.errors import UserError
from triplane.history import ClearedBy, DefaultChanged, PreferencesChosen, Sound, Units
from triplane.web.fields import Words, choose_among, day, number, says, time_of_day, words
from triplane.web.said import said_later

if TYPE_CHECKING:
    from datetime import datetime

    from triplane.coach import Default
    from triplane.history import History

NAMES: dict[str, tuple[Words, Words]] = {
    "caps.new_drills": (_("New drills a week, at most"), ""),
    "caps.full_session_fatigue": (_("Tiredness a session may add up to"), _("points")),
    "caps.rest_day_fatigue": (_("Tiredness a rest day may add up to"), _("points")),
    "caps.micro_stage3_a_day": (_("Short breaks a day that hold or strengthen, at most"), ""),
    "caps.micro_a_day": (_("Short breaks a day, at most"), ""),
    "caps.micro_apart_h": (_("Time between short breaks, at least"), _("hours")),
    "caps.stage3_plus_a_day": (_("Drills a day that hold or strengthen, at most"), ""),
    "caps.own_within_h": (_("New range is held by muscle within"), _("hours")),
    "caps.key_guard_h": (_("Nothing tiring before a key session for"), _("hours")),
    "caps.new_guard_h": (_("Nothing new and tiring before a key session for"), _("hours")),
    "caps.end_range_min_a_session": (_("End-range time of a direction in a session, at most"), _("minutes")),
    "caps.prerun_hold_s": (_("Longest hold before a run"), _("seconds")),
    "caps.transition_s": (_("Time to change from one drill to the next"), _("seconds")),
    "caps.spread_days": (_("Days a week to spread the work over"), ""),
}
"""What each default of the coach is called, and its unit."""

UNITS = [
    (Units.METRIC.value, _("Kilometres, kilograms, centimetres")),
    (Units.IMPERIAL.value, _("Miles, pounds, inches")),
]
SOUNDS = [
    (Sound.VOICE.value, _("Tones and voice")),
    (Sound.TONES.value, _("Tones only")),
    (Sound.OFF.value, _("No sound")),
]
RATES = [("0.8", _("Slower")), ("1", _("As it is")), ("1.25", _("Faster"))]

ROLES = [(role.value, said_later(role.value.replace("_", " ").capitalize())) for role in ClearedBy]

HIGHEST = 10_000


class DefaultsForm(forms.Form):
    """All defaults of the coach; an empty field is ours again."""

    def __init__(self, present: "tuple[Default, ...]", *args: Any, **more: Any) -> None:
        self.present = present
        initial = {one.key: f"{one.value:g}" for one in present}
        more["initial"] = initial
        super().__init__(*args, **more)
        for one in present:
            name, unit = NAMES.get(one.key, (one.key.partition(".")[2].replace("_", " ").capitalize(), ""))
            self.fields[one.key] = number(name, 0, HIGHEST, unit, or_else=_("leave it empty for ours"))

    @property
    def rows(self) -> list[tuple["Default", Any, Words]]:
        """Each default with its field and unit, for the template."""
        return [(one, self[one.key], NAMES.get(one.key, ("", ""))[1]) for one in self.present]

    def changes(self) -> list[DefaultChanged]:
        """Return what differs from the present; what cannot be is said beside its field."""
        found = []
        for one in self.present:
            given = self.cleaned_data.get(one.key)
            value = None if given is None or given == one.ours else given
            if (one.ours if value is None else value) == one.value:
                continue
            try:
                found.append(coach.changed_default(one.key, value))
            except UserError as error:
                self.add_error(
                    one.key, says(error).removeprefix(f"{one.key[:1].upper()}{one.key[1:]} ").capitalize()
                )
        return found  # fmt: skip


class PreferencesForm(forms.Form):
    """Units, sound and quiet hours."""

    units = forms.ChoiceField(choices=UNITS, label=_("Units"))
    sound = forms.ChoiceField(choices=SOUNDS, label=_("Sound in a session"))
    rate = forms.ChoiceField(
        choices=RATES, label=_("The voice speaks"), widget=forms.Select({"class": "field"})
    )
    quiet_from = time_of_day(_("Quiet from"))
    quiet_until = time_of_day(_("Quiet until"))

    def __init__(self, chosen: PreferencesChosen, posted: Any = None) -> None:
        nearest = min((rate for rate, _said in RATES), key=lambda rate: abs(float(rate) - chosen.voice_rate))
        initial = {**chosen.model_dump(), "rate": nearest}
        super().__init__(posted, initial=initial)

    def body(self) -> PreferencesChosen | None:
        """Return what was chosen; what cannot be is said beside the quiet hours."""
        told = self.cleaned_data
        units, sound = Units(told["units"]), Sound(told["sound"])
        try:
            return coach.chosen_preferences(
                units, sound, float(told["rate"]), told["quiet_from"], told["quiet_until"]
            )
        except UserError as error:
            self.add_error("quiet_until", says(error))
            return None


class ClearanceForm(forms.Form):
    """A professional's word: who, in which role, when, for what, until when."""

    who = words(_("Name of the professional"), 120, needed=True, missing=_("Write who cleared it."))
    role = forms.ChoiceField(
        choices=ROLES,
        label=_("Role"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a role.")),
    )
    given = day(_("Day it was given"))
    until = day(_("Last day it holds, where it ends"), needed=False)
    scope = forms.MultipleChoiceField(
        label=_("What is cleared"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose what the professional cleared.")
        ),
    )

    def __init__(self, scopes: list[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_among(self, "scope", scopes)

    def body(self, history: "History", now: "datetime") -> Any:
        told = self.cleaned_data
        until: date | None = told["until"]
        scope = tuple(told["scope"])
        role = ClearedBy(told["role"])
        return coach.clearance_word(history, told["who"], role, told["given"], scope, until, now)
