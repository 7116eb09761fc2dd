"""What an account is asked besides address and password: its time zone, and what it is reminded of."""

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from triplane.web.server.models import Account

NO_PLACES = ("Etc/", "SystemV/", "posix/", "right/")
"""How names of zones begin that are no places."""


def zones() -> list[tuple[str, str]]:
    """Return the places to choose a time zone from, by their names."""
    names = (one for one in available_timezones() if "/" in one and not one.startswith(NO_PLACES))
    return [("UTC", "UTC"), *((one, one.replace("_", " ")) for one in sorted(names))]


def zone_field() -> forms.ChoiceField:
    """Return the field that asks for a time zone."""
    return forms.ChoiceField(
        choices=zones,
        initial=lambda: settings.ZONE,
        label=_("Your time zone"),
        widget=forms.Select({"class": "field", "data-zone": ""}),
        error_messages={"invalid_choice": _("Choose your time zone.")},
    )


class SignupForm(forms.Form):
    """What signing up asks for, beside what every account needs."""

    zone = zone_field()

    def signup(self, request: HttpRequest, user: Account) -> None:
        """Keep what was asked."""
        user.zone = self.cleaned_data["zone"]
        user.save(update_fields=["zone"])


AHEAD_MIN = (10, 30, 60, 120)
"""Minutes before a session that a reminder may go out. Ours."""

MOST_A_DAY = (1, 2, 3)
"""How many reminders a day somebody may choose at most. Ours."""


def _choice(label: Any, said: Callable[[int], str], numbers: tuple[int, ...]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=lambda: [(one, said(one)) for one in numbers],
        coerce=int,
        label=label,
        widget=forms.Select({"class": "field"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of these.")),
    )


class ReminderForm(forms.Form):
    """When reminders go out, and how many at most."""

    ahead_min = _choice(
        _("How long before a session"),
        lambda one: ngettext("%(number)s minute before", "%(number)s minutes before", one) % {"number": one},
        AHEAD_MIN,
    )
    most_a_day = _choice(
        _("At most"),
        lambda one: ngettext("%(number)s a day", "%(number)s a day", one) % {"number": one},
        MOST_A_DAY,
    )


class ZoneForm(forms.Form):
    """Where somebody lives now."""

    zone = zone_field()
