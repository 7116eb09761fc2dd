"""The week: runs, gym visits and sessions, what the plan reaches, and a session put elsewhere.

A session's new place is looked at before it is kept: the rules speak first. Files of runs are dropped here.
"""

from datetime import date, datetime, time

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from triplane import coach
from triplane.bootstrap.fetching import is_address
from triplane.errors import MoveChanged, UnknownName, UserError
from triplane.history import History, SlotMoved
from triplane.web.built import script
from triplane.web.change.view import recorded
from triplane.web.fields import choose_among, says
from triplane.web.methods import require_safe_or_post
from triplane.web.plan.view import plan_first
from triplane.web.runner import practice_of
from triplane.web.settings_page.bringing import (
    Brought,
    bring_in,
    from_address,
    problem_with,
    take_calendar,
)

MOVING = "src/islands/week.ts"

GIVES_UP = {
    "key_run": gettext_lazy("Move it as it is: I give up fresh legs for a run that matters"),
    "run_first": gettext_lazy("Move it as it is: I train before my run, or soon after it"),
}
"""What is said on the button that keeps a preference off, by the rule's name."""


class MoveForm(forms.Form):
    """Where to: a day of this week, and a time of day."""

    on = forms.ChoiceField(label=gettext_lazy("Day"))
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput({"class": "field", "type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(("invalid", "required"), gettext_lazy("Write it as 18:00.")),
    )

    def __init__(self, days: list[date], told: QueryDict | None, lies: datetime) -> None:
        super().__init__(told, initial={"on": lies.date().isoformat(), "at": lies.time()})
        choose_among(self, "on", [(on.isoformat(), on) for on in days])

    def to(self, now: datetime) -> datetime:
        on, at = date.fromisoformat(self.cleaned_data["on"]), self.cleaned_data["at"]
        assert isinstance(at, time)
        return datetime.combine(on, at, tzinfo=now.tzinfo)


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Show Monday to Sunday; the next one as far as it is known."""
    practice = practice_of(request)
    history, now = practice.recent(), practice.now
    due = coach.questions_due(history, now)
    if due.come_first:
        return redirect("begin")
    day = coach.look(history, now)
    if day is None:
        return plan_first(request)
    ahead = request.GET.get("of") == "next"
    found = (coach.next_week if ahead else coach.week)(history, now)
    page = {
        "week": found,
        "ahead": ahead,
        "today": now.date(),
        "can_be_shorter": ahead or day.can_be_shorter,
        "here": "week",
        "island": script(MOVING),
        "calendars": coach.calendars_read(history),
    }
    return render(request, "week/week.html", page)


@require_safe_or_post
def move(request: HttpRequest, slot: str) -> HttpResponse:
    """Say what the rules make of a session's new place; keep it there when asked to.

    ``?part`` asks for the answer alone, to be laid into the week page.
    """
    practice = practice_of(request)
    coach.refuse_if_blocked(practice.history(), practice.now)
    if practice.look() is None:
        return plan_first(request)
    history, now = practice.history(), practice.now
    session = coach.slot_of(history, slot, now)
    lies = session.starts_at.astimezone(now.tzinfo)
    days = [day.date for day in coach.week(history, now).days if day.date >= now.date()]
    told = request.POST if request.method == "POST" else request.GET if "at" in request.GET else None
    form = MoveForm(days, told, lies)
    found, problem = None, ""
    stays = form.is_bound and form.is_valid() and request.method != "POST" and form.to(now) == lies
    if form.is_bound and form.is_valid() and not stays:
        try:
            found = coach.moved(history, slot, form.to(now), now)
        except UserError as error:
            problem = says(error)
    if found and request.method == "POST":
        shown, to = request.POST.get("insist", "").split(","), form.to(now)

        def move_of(known: History, at: datetime) -> SlotMoved:
            move = coach.moved(known, slot, to, at)
            return move.insisting(shown) if "insist" in request.POST else move.body

        try:
            return recorded(request, practice, move_of)
        except MoveChanged as error:
            problem = says(error)
    if form.errors:
        problem = _("Choose a day of this week and a time, as 18:00.")
    page = {
        "slot": slot,
        "form": form,
        "days": days,
        "lies": lies,
        "session": session,
        "stays": stays,
        "move": found,
        "problem": problem,
        "gives_up": gives_up(found) if found else "",
        "here": "week",
    }
    template = "week/said.html" if "part" in request.GET else "week/move.html"
    return render(request, template, page, status=400 if problem and request.method == "POST" else 200)


def gives_up(move: "coach.Move") -> str:
    """Say what a runner gives up who keeps a session's place against the preferences shown."""
    if len(move.preferences) == 1 and move.preferences[0] in GIVES_UP:
        return str(GIVES_UP[move.preferences[0]])
    return _("Move it as it is, against each of these rules")


@require_POST
def move_back(request: HttpRequest, slot: str) -> HttpResponse:
    """Put a session back where it usually lies."""
    practice = practice_of(request)
    return recorded(request, practice, lambda known, now: coach.moved_back(known, slot, now))


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Bring in files of runs that were dropped or chosen, with a sentence for each."""
    sent = request.FILES.getlist("files")
    problem = problem_with(sent)
    report = [] if problem else bring_in(practice_of(request), sent, assume_run=False)
    return _brought(request, problem, report)


@require_POST
def bring_from(request: HttpRequest) -> HttpResponse:
    """Fetch a calendar from its address, because somebody asked for it now; the address is kept nowhere."""
    address = request.POST.get("address", "").strip()
    problem = "" if is_address(address) else _("Give the calendar's address; it begins with https://.")
    report = [] if problem else from_address(practice_of(request), address)
    return _brought(request, problem, report)


def _brought(request: HttpRequest, problem: str, report: list[Brought]) -> HttpResponse:
    waits = any(one.sealed for one in report)
    page = {"problem": problem, "report": report, "waits": waits, "here": "week"}
    return render(request, "week/brought.html", page, status=400 if problem else 200)


@require_POST
def go_by_calendar(request: HttpRequest) -> HttpResponse:
    """Let the weeks go by a calendar that holds less than usual, after its runner saw what it changes."""
    take_calendar(practice_of(request), request.POST.get("calendar", ""))
    return redirect("week")


@require_POST
def forget_calendar(request: HttpRequest) -> HttpResponse:
    """Let a calendar no longer speak about the week."""
    practice = practice_of(request)
    try:
        practice.forget_calendar(request.POST.get("calendar", ""))
    except UnknownName as error:
        raise UserError(_("No calendar of that name speaks about your week.")) from error
    return redirect("week")


paths = [
    path("week/bring/address/", bring_from, name="bring_from"),
    path("week/calendar/", go_by_calendar, name="calendar_go_by"),
    path("week/calendar/forget/", forget_calendar, name="calendar_forget"),
    path("week/", week, name="week"),
    path("week/bring/", bring, name="bring"),
    path("week/move/<str:slot>/", move, name="move"),
    path("week/move/<str:slot>/back/", move_back, name="move_back"),
]
