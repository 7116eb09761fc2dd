"""Filters for templates: how a value is said. No arithmetic about bodies, no rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from triplane.coach import Side, doses_in_words
from triplane.web.fields import ONCE, once

register = template.Library()

CONTEXTS = {
    "pre_run": "Before your run",
    "post_run": "After your run",
    "pre_gym": "Before the gym",
    "between_sets": "Between your sets",
    "rest_day": "At home",
    "desk_break": "A break from the desk",
    "full_session": "A full session",
}
"""What a slot is called on the page, by its context."""


@register.filter
def occasion(context: object) -> str:
    """Say what a slot lies around: 'Before your run'."""
    return CONTEXTS.get(str(context), str(context).replace("_", " ").capitalize())


@register.filter
def clock(instant: datetime) -> str:
    """Say a time of day; the instant is in the runner's zone already."""
    return f"{instant:%H:%M}"


@register.filter
def plain(word: object) -> str:
    """Say an id as words: ``front_of_hip`` as 'front of hip'."""
    return str(word).replace("_", " ")


@register.filter
def letter(side: Side) -> str:
    """Return the letter of a side's mark."""
    return "L" if side is Side.LEFT else "R"


@register.filter
def sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


register.filter("doses", doses_in_words)


WAYS = {
    "phone_self": "phone, on your own",
    "phone_helper": "phone, held by a helper",
    "camera_side": "camera from the side",
    "camera_front": "camera from the front",
    "camera_back": "camera from behind",
    "camera_foot_end": "camera from the foot end",
    "timer": "watch or timer",
    "count": "by counting",
    "self_rating": "your own rating",
    "rbds_lab": "running laboratory",
}
"""How a reading was taken, in words; what is not here is said by its name."""

UNITS = {"deg": "°", "cm": " cm", "s": " s", "Nm/kg": " Nm/kg"}
"""What stands behind a number; counts, points and passes stand alone."""

RATINGS = {"rating": ("poor", "fair", "good"), "pass": ("not passed", "passed")}
"""Readings that are words, from the lowest number on."""


@register.filter
def way(method: object) -> str:
    """Say how a reading was taken: 'phone, held by a helper'."""
    return WAYS.get(str(method), plain(method))


@register.filter
def unit(name: str) -> str:
    """Say a test's unit as it stands behind a number."""
    return UNITS.get(name, "")


@register.filter
def amount(value: float, name: str) -> str:
    """Say a number as finely as its unit is read: whole degrees, else one decimal."""
    told = f"{value:.0f}" if name == "deg" else f"{round(value, 2 if name == 'Nm/kg' else 1):g}"
    return "0" if told == "-0" else told.replace("-", "−")


@register.filter
def reading(value: float, name: str) -> str:
    """Say a reading with its unit; a rating by its word."""
    if name in RATINGS:
        return RATINGS[name][round(value)]
    return amount(value, name) + unit(name)


@register.filter
def words(text: str) -> list[str]:
    """Take a line apart into its words."""
    return text.split()


@register.simple_tag(takes_context=True, name="once")
def once_field(context: Mapping[str, Any]) -> SafeString:
    """Mark a form, so that sending it twice records once."""
    return format_html('<input type="hidden" name="{}" value="{}">', ONCE, once(context["request"]))


@register.simple_tag(takes_context=True)
def theme(context: Mapping[str, Any]) -> str:
    """Return the theme chosen in the settings, if it is one that overrides the system's."""
    chosen = context["request"].COOKIES.get("theme", "") if "request" in context else ""
    return chosen if chosen in ("light", "dark") else ""
