"""What an account is asked besides address and password: where in the world its days begin and end."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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


class ZoneForm(forms.Form):
    """Where somebody lives now."""

    zone = zone_field()
