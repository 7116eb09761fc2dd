"""Fields that several pages ask with: a number, a date, and what makes sending a form twice harmless."""

import hashlib
import re
import secrets
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from triplane.web.said import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"
"""Words of a field: told now, or in the language of the page once it is shown."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""What a runner can mean by a day; beyond lie slips of the finger, and the end of what a clock counts."""

ONCE = "once"
"""Name of the hidden field that tells one sending of a form from another."""


class Field(forms.TextInput):
    """A number is typed into a text field with a number's keys: browsers lose what they cannot read."""

    def __init__(self) -> None:
        super().__init__({"class": "field", "inputmode": "decimal", "autocomplete": "off"})


class Number(forms.FloatField):
    """A number as people type it: with a point or a comma, whatever the language of the page."""

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # the stubs promise a number for nothing, too
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def choose_among(form: forms.Form, name: str, choices: "Sequence[tuple[str, Any]]") -> None:
    """Let a field of a form offer what is known only once the form is shown."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def number(
    label: Words,
    low: float,
    high: float,
    unit: Words,
    *,
    needed: bool = False,
    or_else: Words = "",
) -> forms.FloatField:
    """Return a field for a number within bounds; ``or_else`` is what one may do instead where it may miss."""
    if needed:
        asked = (
            _("Give a number from {low} to {high} {unit}.")
            if unit
            else _("Give a number from {low} to {high}.")
        )
    elif unit:
        asked = _("Give a number from {low} to {high} {unit}, or {or_else}.")
    else:
        asked = _("Give a number from {low} to {high}, or {or_else}.")
    instead = or_else or _("leave it empty")
    span = format_lazy(asked, low=f"{low:g}", high=f"{high:g}", unit=unit, or_else=instead)
    messages = dict.fromkeys(("invalid", "min_value", "max_value", "required"), span)
    return Number(
        label=label, min_value=low, max_value=high, required=needed, widget=Field(), error_messages=messages
    )


def day(label: Words, *, needed: bool = True) -> forms.DateField:
    """Return a field for a date."""
    says = _("Give a date, as 2026-11-24.") if needed else _("Give a date, as 2026-11-24, or leave it empty.")
    return forms.DateField(
        label=label,
        required=needed,
        widget=forms.DateInput({"class": "field", "type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("invalid", "required"), says),
        validators=[MinValueValidator(FIRST_DAY, says), MaxValueValidator(LAST_DAY, says)],
    )


def time_of_day(label: Words) -> forms.TimeField:
    """Return a field for a time of day that may be left empty."""
    says = _("Give a time, as 22:00, or leave it empty.")
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput({"class": "field", "type": "time"}, format="%H:%M"),
        error_messages={"invalid": says},
    )


UNSEEN = re.compile("[\x01-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Signs that nobody sees and that turn round, or break, what stands beside them."""


class Line(forms.CharField):
    """A line of text as everybody reads it, on whoever's page it is shown."""

    def to_python(self, value: Any) -> str | None:
        """Return what was typed, with nothing in it that is not seen."""
        return super().to_python(UNSEEN.sub(" ", value) if isinstance(value, str) else value)


def words(label: Words, longest: int, *, needed: bool = False, missing: Words = "") -> forms.CharField:
    """Return a field for a line of text."""
    return Line(
        label=label,
        max_length=longest,
        required=needed,
        widget=forms.TextInput({"class": "field", "autocomplete": "off"}),
        error_messages={
            "required": missing or _("This needs an answer."),
            "max_length": format_lazy(_("No more than {longest} characters."), longest=longest),
        },
    )


def once(request: HttpRequest) -> str:
    """Return what marks this sending: as it was sent, else a new one."""
    sent = request.POST.get(ONCE, "")
    return sent if re.fullmatch(r"[0-9a-f]{32}", sent) else secrets.token_hex(16)


def origin_of(request: HttpRequest) -> str:
    """Return the origin key of what a form hands in; the same sending twice has the same.

    A form that carries no mark of its own is known by its page's token, which no two pages share, and by
    what it says: put right and sent again, it is another sending.
    """
    token = request.POST.get("csrfmiddlewaretoken", "")
    if ONCE in request.POST or not token:
        return f"page:{once(request)}"
    told = repr((request.path, sorted(request.POST.lists())))
    return f"page:{hashlib.sha256(told.encode(errors='replace')).hexdigest()[:32]}"


def says(error: Exception) -> str:
    """Return an error's words as a sentence."""
    told = said(error)
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "?")) else ".")
