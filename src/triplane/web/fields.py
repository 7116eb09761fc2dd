"""Fields that several pages ask with: a number, a date, and what makes sending a form twice harmless."""

import re
import secrets

from django import forms
from django.http import HttpRequest

ONCE = "once"
"""Name of the hidden field that tells one sending of a form from another."""


class Field(forms.TextInput):
    """A number is typed into a text field with a number's keys: browsers lose what they cannot read."""

    def __init__(self) -> None:
        super().__init__({"class": "field", "inputmode": "decimal", "autocomplete": "off"})


def number(
    label: str, low: float, high: float, unit: str, *, needed: bool = False, or_else: str = "leave it empty"
) -> forms.FloatField:
    """Return a field for a number within bounds; ``or_else`` is what one may do instead where it may miss."""
    span = f"Give a number from {low:g} to {high:g} {unit}".strip() + ("." if needed else f", or {or_else}.")
    messages = dict.fromkeys(("invalid", "min_value", "max_value", "required"), span)
    return forms.FloatField(
        label=label, min_value=low, max_value=high, required=needed, widget=Field(), error_messages=messages
    )


def day(label: str, *, needed: bool = True) -> forms.DateField:
    """Return a field for a date."""
    says = "Give a date, as 2026-11-24" + ("." if needed else ", or leave it empty.")
    return forms.DateField(
        label=label,
        required=needed,
        widget=forms.DateInput({"class": "field", "type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("invalid", "required"), says),
    )


def words(label: str, longest: int, *, needed: bool = False, missing: str = "") -> forms.CharField:
    """Return a field for a line of text."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=needed,
        widget=forms.TextInput({"class": "field", "autocomplete": "off"}),
        error_messages={
            "required": missing or "This needs an answer.",
            "max_length": f"No more than {longest} characters.",
        },
    )


def once(request: HttpRequest) -> str:
    """Return what marks this sending: as it was sent, else a new one."""
    sent = request.POST.get(ONCE, "")
    return sent if re.fullmatch(r"[0-9a-f]{32}", sent) else secrets.token_hex(16)


def origin_of(request: HttpRequest) -> str:
    """Return the origin key of what a form hands in; the same sending twice has the same."""
    return f"page:{once(request)}"


def says(error: Exception) -> str:
    """Return an error's words as a sentence."""
    told = str(error)
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "?")) else ".")
