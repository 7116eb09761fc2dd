"""Filters for templates: how a value is said. No arithmetic about bodies, no rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from triplane.coach import PlanItem, Side, dose_in_words
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


@register.filter
def doses(item: PlanItem) -> str:
    """Say the dose of each side; once where both are alike."""
    told = [(side, dose_in_words(dose)) for side in Side if (dose := item.on(side))]
    if len(told) == 2 and told[0][1] == told[1][1]:
        return f"{told[0][1]}, each side"
    return "; ".join(f"{side} {text}" for side, text in told)


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
