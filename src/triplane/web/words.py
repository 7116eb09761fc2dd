"""Filters for templates: how a value is said. No arithmetic about bodies, no rules."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import dateformat, formats
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from triplane.coach import Protocol, Side, Stage, doses_in_words, tag_name
from triplane.errors import UserError
from triplane.history import MeasurementTaken, PlanItem
from triplane.web.built import KEEPER, script
from triplane.web.fields import ONCE, once
from triplane.web.said import drawn, islands_say, said, said_by_language
from triplane.web.units import distance, far, far_unit, shown

register = template.Library()
register.filter("distance", distance)
register.filter("far", far)
register.filter("far_unit", far_unit)

RULE_FIRST = re.compile(r"([A-Z]\d\d): (.+)", re.DOTALL)
"""A cause as plans keep it: the rule's number, then what it says."""

CONTEXTS = {
    "pre_run": _("Before your run"),
    "post_run": _("After your run"),
    "pre_gym": _("Before the gym"),
    "between_sets": _("Between your sets"),
    "rest_day": _("At home"),
    "desk_break": _("A break from the desk"),
    "full_session": _("A session of its own"),
}
"""What a slot is called on the page, by its context."""


@register.filter
def occasion(context: object) -> str:
    """Say what a slot lies around: 'Before your run'."""
    return str(CONTEXTS.get(str(context), plain(context).capitalize()))


@register.filter
def clock(instant: datetime) -> str:
    """Say a time of day; the instant is in the runner's zone already."""
    return f"{instant:%H:%M}"


DATES = {
    "l j F Y": pgettext_lazy("date by its letters", "l j F Y"),
    "l j F": pgettext_lazy("date by its letters", "l j F"),
    "j F Y": pgettext_lazy("date by its letters", "j F Y"),
    "j F": pgettext_lazy("date by its letters", "j F"),
    "j M Y": pgettext_lazy("date by its letters", "j M Y"),
}
"""How a page writes a date, by how English does; l is the weekday, M a short month, as Django has it."""


@register.filter(expects_localtime=True)
def day(on: date, how: str) -> str:
    """Say a date as the language writes it: 'Monday 23 November', 'Montag, 23. November'."""
    return dateformat.format(on, str(DATES[how]))


@register.filter
def plain(word: object) -> str:
    """Say an id as words: ``front_of_hip`` as 'front of hip'."""
    return said(str(word).replace("_", " "))


PLANES = {
    "sagittal": _("forward and back (sagittal)"),
    "frontal": _("side to side (frontal)"),
    "transverse": _("turning (transverse)"),
}


@register.filter
def in_plane(plane: str) -> str:
    """Say which way a plane moves; its name alone tells a runner nothing."""
    return str(PLANES[str(plane)])


@register.filter
def anchor_name(kind: str | None) -> str:
    """Say what a run or a race is called, and without a kind a gym visit: 'Easy run'."""
    if not kind:
        return gettext("Gym")
    if kind == "race":
        return gettext("Race")
    return gettext("%(kind)s run") % {"kind": sentence(plain(kind))}


@register.filter
def letter(side: Side) -> str:
    """Return the letter of a side's mark."""
    return (
        pgettext("mark of the left side", "L")
        if side is Side.LEFT
        else pgettext("mark of the right side", "R")
    )


@register.filter
def sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


@register.filter
def doses(item: PlanItem) -> str:
    """Say how much of a drill, and on which side."""
    return said(doses_in_words(item))


@register.inclusion_tag("frame/because.html")
def because(cause: str) -> dict[str, str]:
    """Say why something changed; the number of its rule goes behind the words, where the words name it."""
    found = RULE_FIRST.fullmatch(cause)
    return {"rule": found[1], "says": found[2]} if found else {"rule": "", "says": cause}


@register.filter
def marked(text: object) -> SafeString:
    """Say a text, with what nobody has translated marked as English."""
    stretches = (
        format_html('<span lang="{}">{}</span>', language, words) if language else words
        for words, language in said_by_language(str(text))
    )
    return format_html_join(" ", "{}", ((one,) for one in stretches))


@register.filter
def restriction(tag: object) -> str:
    """Say what a restriction tag stands for: 'a back that dislikes arching'."""
    return said(tag_name(str(tag)))


register.filter("said", said)
register.filter("drawn", drawn)


STAGES = {
    "release": _("Release"),
    "mobilise": _("Mobilise"),
    "own": _("Own"),
    "strengthen": _("Strengthen"),
    "integrate": _("Integrate"),
}
"""What the stages are called."""


@register.filter
def stage(one: Stage) -> str:
    """Say a stage by its name: 'Mobilise'."""
    return str(STAGES[one.name.lower()])


KINDS_OF_FACTS = {
    "about_runner": _("About you"),
    "calendar_read": _("Calendar"),
    "calendar_words": _("Words of your calendar"),
    "checkin_answered": _("Check-in"),
    "clearance_recorded": _("Clearance"),
    "comparison_taken": _("Comparison taken along"),
    "assistant_let_in": _("Sharing with an assistant"),
    "consent_ended": _("Sharing ended"),
    "consent_given": _("Sharing"),
    "day_changed": _("Day that goes otherwise"),
    "default_changed": _("Coach's default"),
    "disclaimer_accepted": _("What this is and is not"),
    "drill_chosen": _("Drill chosen or left out"),
    "equipment_listed": _("Equipment"),
    "measurement_taken": _("Measurement"),
    "note_written": _("Note"),
    "preferences_chosen": _("Settings"),
    "race_entered": _("Race"),
    "readiness_answered": _("Questions before a session"),
    "restriction_tightened": _("Restriction"),
    "run_recorded": _("Run"),
    "runner_erased": _("Deletion"),
    "screening_answered": _("Safety questions"),
    "session_logged": _("Session"),
    "slot_moved": _("Session moved"),
    "week_described": _("Usual week"),
}
"""What kinds of facts are called; a plan is not listed."""


@register.filter
def kind_of_fact(kind: str) -> str:
    """Say what kind a fact is of; one that has no word here, by its name."""
    return str(KINDS_OF_FACTS.get(kind) or sentence(plain(kind)))


METHODS = {
    "phone_self": _("phone, on your own"),
    "phone_helper": _("phone, held by a helper"),
    "camera_side": _("camera from the side"),
    "camera_front": _("camera from the front"),
    "camera_back": _("camera from behind"),
    "camera_foot_end": _("camera from the foot end"),
    "tape": _("tape"),
    "goniometer": _("goniometer"),
    "dynamometer": _("dynamometer"),
    "timer": _("watch or timer"),
    "count": _("by counting"),
    "self_rating": _("your own rating"),
    "rbds_lab": _("running laboratory"),
}
"""How a reading was taken, in words; what is not here is said by its name."""

UNITS = {"deg": "°", "cm": " cm", "in": " in", "s": " s", "Nm/kg": " Nm/kg"}
"""What stands behind a number; counts, points and passes stand alone."""

RATINGS = {"rating": (_("poor"), _("fair"), _("good")), "pass": (_("not passed"), _("passed"))}
"""Readings that are words, from the lowest number on."""


@register.filter
def method_name(method: object) -> str:
    """Say how a reading was taken: 'phone, held by a helper'."""
    return str(METHODS.get(str(method), plain(method)))


@register.filter
def unit(name: str) -> str:
    """Say a test's unit as it stands behind a number."""
    return UNITS.get(name, "")


UNIT_NAMES = {
    "reps": pgettext_lazy("unit of a test", "repetitions"),
    "points": pgettext_lazy("unit of a test", "points"),
}


@register.filter
def unit_name(name: str) -> str:
    """Say a test's unit by itself; what is no word stays as it is."""
    return str(UNIT_NAMES.get(name, name))


@register.filter
def amount(value: float, name: str) -> str:
    """Say a number as finely as its unit is read: whole degrees, else one decimal."""
    value = shown(value, name)
    told = f"{value:.0f}" if name == "deg" else f"{round(value, 2 if name == 'Nm/kg' else 1):g}"
    point = str(formats.get_format("DECIMAL_SEPARATOR"))
    return "0" if told == "-0" else told.replace("-", "−").replace(".", point)


@register.filter
def reading(value: float, name: str) -> str:
    """Say a reading with its unit; a rating by its word."""
    if name in RATINGS:
        return str(RATINGS[name][round(value)])
    return amount(value, name) + unit(name)


@register.filter
def readings(values: Iterable[float], name: str) -> str:
    """Say several readings in a row: '31°, 30° and 32°'."""
    told = [reading(value, name) for value in values]
    if len(told) < 2:
        return "".join(told)
    return pgettext("the last of a row", "{row} and {last}").format(row=", ".join(told[:-1]), last=told[-1])


@register.filter
def side_and_mode(body: MeasurementTaken, test: Protocol) -> str:
    """Say which side was measured, and where a test has both ways, which: 'Left, owned'."""
    side = sentence(plain(body.side))
    if not test.active_steps:
        return side
    told = gettext("%(side)s, owned") if body.active else gettext("%(side)s, passive")
    return told % {"side": side}


@register.filter
def words(text: str) -> list[str]:
    """Take a line apart into its words."""
    return text.split()


@register.simple_tag(takes_context=True, name="once")
def once_field(context: Mapping[str, Any]) -> SafeString:
    """Mark a form, so that sending it twice records once."""
    return format_html('<input type="hidden" name="{}" value="{}">', ONCE, once(context["request"]))


@register.simple_tag
def words_of_islands() -> SafeString:
    """Lay down as data what the scripts of a page say in its language; data is no script to the browser."""
    return json_script(islands_say(), "words")


@register.simple_tag(takes_context=True)
def theme(context: Mapping[str, Any]) -> str:
    """Return the theme chosen in the settings, if it is one that overrides the system's."""
    chosen = context["request"].COOKIES.get("theme", "") if "request" in context else ""
    return chosen if chosen in ("light", "dark") else ""


@register.simple_tag(takes_context=True)
def mark(context: Mapping[str, Any]) -> str | None:
    """Return the mark of the runner whom a page is about; nothing where nobody can tell."""
    practice = getattr(context.get("request"), "practice", None)
    try:
        return practice.recent().mark if practice else None
    except UserError:
        return None


@register.simple_tag
def keeper() -> str | None:
    """Return the script that keeps a device ready for a day without the app, where it was built."""
    return script(KEEPER)
