"""What goes otherwise: it is told in one form, and the answer shows the week before and after, and why."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import JournalError, Later, SaidSince, UserError
from triplane.history import DayChanged, Fact, History, RaceEntered, SlotMoved
from triplane.value import Value
from triplane.web.change.forms import FORMS
from triplane.web.fields import origin_of, says
from triplane.web.methods import require_safe_or_post
from triplane.web.plan.view import needs_plan
from triplane.web.problems import problems_of
from triplane.web.runner import practice_of
from triplane.web.words import amount, anchor_name, occasion

if TYPE_CHECKING:
    from triplane.coach import WeekDay, WeekItem

TITLES = {"away": _("I am away"), "minutes": _("I am short of time"), "race": _("I have a race")}


@dataclass(frozen=True)
class Told:
    """Something that was told and still lies ahead: a day, or a race."""

    kind: str
    on: date
    says: str


@dataclass(frozen=True)
class Line:
    """One thing of a day: a run, a gym visit, or a session with its drills."""

    at: datetime
    says: str
    minutes: float
    items: "tuple[WeekItem, ...]" = ()


@dataclass(frozen=True)
class BeforeAfter:
    """One day of the week as it was planned before, and as it is now."""

    before: "WeekDay"
    after: "WeekDay"

    @property
    def before_lines(self) -> list[Line]:
        return _lines(self.before)

    @property
    def after_lines(self) -> list[Line]:
        return _lines(self.after)


@require_safe
def change(request: HttpRequest) -> HttpResponse:
    """Show what can be told, and what was told for days to come."""
    practice = practice_of(request)
    coach.refuse_if_blocked(practice.history(), practice.now)
    page = {"titles": TITLES, "told": told(practice.history(), practice.now), "here": "week"}
    return render(request, "change/change.html", page)


@require_safe_or_post
def tell(request: HttpRequest, what: str) -> HttpResponse:
    """Ask what goes otherwise, record it once, and show what it makes of the week."""
    if what not in FORMS:
        raise Http404
    practice = practice_of(request)
    coach.refuse_if_blocked(practice.history(), practice.now)
    asked = request.GET.get("day", "") or _first_day(practice, what)
    form = FORMS[what](request.POST) if request.method == "POST" else FORMS[what](initial={"day": asked})
    if form.is_bound and form.is_valid():
        practice.week()
        try:
            return recorded(request, practice, form.body)
        except (JournalError, SaidSince):
            raise
        except UserError as error:
            form.add_error("day", says(error))
    page = {"form": form, "what": what, "title": TITLES[what], "titles": TITLES, "here": "week"}
    page["problems"] = problems_of(form)
    return render(request, "change/tell.html", page, status=400 if form.errors else 200)


def _first_day(practice: Practice, what: str) -> str:
    """Return the day that a form begins with: of little time, the first that has a session to cut."""
    if what == "race":
        return ""
    day = practice.look() if what == "minutes" else None
    return (day.day_to_shorten if day else practice.now.date()).isoformat()


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take a day or a race back: as usual again, or cancelled."""
    practice = practice_of(request)
    try:
        on = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as error:
        raise UserError(_("give the day, as 2026-11-24")) from error
    practice.week()
    if request.POST.get("kind") == "race":
        return recorded(
            request, practice, lambda known, now: coach.changed_race(known, on, now, cancelled=True)
        )
    return recorded(request, practice, lambda known, now: coach.changed_day(known, on, now, usual=True))


@require_safe
@needs_plan
def made(request: HttpRequest, fact: str) -> HttpResponse:
    """Show the week before and after something was told, and why each thing changed."""
    practice = practice_of(request)
    history = practice.history()
    week = coach.week(history, practice.now)
    found = next((one for one in history.facts if one.id == fact), None)
    if found is None or not isinstance(found.body, DayChanged | RaceEntered | SlotMoved):
        raise Http404
    before = coach.week_before(history, found, practice.now)
    page = {
        "title": _title(found.body),
        "day": _date(found),
        "in_week": coach.monday_of(_date(found)) == week.monday,
        "week": week,
        "days": _changed(before, week),
        "undo": "" if isinstance(found.body, SlotMoved) else _undo(found.body),
        "moved": found.body if isinstance(found.body, SlotMoved) and found.body.to else None,
        "here": "week",
    }
    return render(request, "change/made.html", page)


def told(history: History, now: datetime) -> list[Told]:
    """Return the days that go otherwise and the races, from today on, in their order."""
    days = {body.date: body for _, body in history.all(DayChanged)}
    races = {body.date: body for _, body in history.all(RaceEntered)}
    found = [Told("day", on, _title(body)) for on, body in days.items() if _undo(body)]
    found += [Told("race", on, _title(body)) for on, body in races.items() if _undo(body)]
    return sorted((one for one in found if one.on >= now.date()), key=lambda one: one.on)


def recorded(
    request: HttpRequest, practice: Practice, told: Callable[[History, datetime], Value]
) -> HttpResponse:
    """Record what was told once, and lead to what it made of the week."""
    [fact] = practice.decide(lambda history, now: (told(history, now),), origin_key=origin_of(request))
    with suppress(Later):  # it is recorded, and the page that follows asks for the week once there is time
        practice.day()
    return redirect("change_made", fact=fact.id)


def _changed(before: "coach.Week", after: "coach.Week") -> list[BeforeAfter]:
    """Return the days that show something else; none where no plan was, or its week is over."""
    if before.monday != after.monday or before.plan_id is None:
        return []
    pairs = zip(before.days, after.days, strict=True)
    return [BeforeAfter(old, new) for old, new in pairs if _shown(old) != _shown(new)]


def _shown(day: "WeekDay") -> tuple[Any, ...]:
    """Return what a page shows of a day; two days that show the same are the same."""
    lines = [
        (one.at, one.says, one.minutes, [(item.name, item.item.left, item.item.right) for item in one.items])
        for one in _lines(day)
    ]
    return (day.away, lines)


def _lines(day: "WeekDay") -> list[Line]:
    """Return a day in the order of its hours."""
    fixed = [Line(one.starts_at, anchor_name(one.kind), one.minutes) for one in day.anchors]
    slots = [
        Line(one.slot.starts_at, occasion(one.slot.context), one.minutes, one.items) for one in day.slots
    ]
    return sorted([*fixed, *slots], key=lambda line: line.at)


def _date(fact: Fact) -> date:
    """Return the date that something told is about; of a session put back, the day it was told."""
    body = fact.body
    if isinstance(body, SlotMoved):
        return body.to.date() if body.to else fact.local_date
    assert isinstance(body, DayChanged | RaceEntered)
    return body.date


def _title(body: DayChanged | RaceEntered | SlotMoved) -> str:
    """Say what was told, without its date."""
    if isinstance(body, SlotMoved):
        return gettext("A session moved") if body.to else gettext("A session at its usual time again")
    if isinstance(body, RaceEntered):
        name = body.called or gettext("Race of %(km)s km") % {"km": amount(body.distance_m / 1000, "km")}
        return gettext("%(race)s cancelled") % {"race": name} if body.cancelled else name
    if body.away:
        return gettext("Away")
    if body.pattern is None:
        return gettext("As usual again")
    minutes = body.pattern.minutes
    if minutes is None:
        return gettext("Other runs")
    return gettext("%(minutes)s minutes at home") % {"minutes": amount(minutes, "min")}


def _undo(body: DayChanged | RaceEntered) -> str:
    """Return which kind of thing can be taken back; nothing where it was."""
    if isinstance(body, RaceEntered):
        return "" if body.cancelled else "race"
    return "day" if body.away or body.pattern is not None else ""


paths = [
    path("change/", change, name="change"),
    path("change/undo/", undo, name="change_undo"),
    path("change/made/<str:fact>/", made, name="change_made"),
    path("change/<str:what>/", tell, name="change_tell"),
]
