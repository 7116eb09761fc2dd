"""Today: one thing that is next, how long, why, and Start; the rest of the day below."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.coach import DayState
from triplane.errors import Action
from triplane.history import History
from triplane.web.actions import WAYS
from triplane.web.built import PLAYER, script
from triplane.web.plan.view import plan_first
from triplane.web.runner import practice_of
from triplane.web.today.quiet import quiet_day


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the day in each of its states; whoever has not begun is led to Begin."""
    practice = practice_of(request)
    history = practice.recent()  # one for all that is asked: what it leaves out, no plan may be made without
    due = coach.questions_due(history, practice.now)
    if due.come_first:
        return redirect("begin")
    day = coach.look(history, practice.now)
    if day is None:
        return plan_first(request)
    if day.state is DayState.BLOCKED:
        return redirect("stop")
    if day.state in (DayState.UNSCREENED, DayState.WEEK_UNKNOWN):
        return redirect("begin")
    week = coach.week(history, practice.now) if not day.next or day.may_bring_one else None
    first = day.next.to_do[0] if day.next else None
    page = {
        "day": day,
        "now": practice.now,
        "next": day.next,
        "lists": _lists(day, practice.now),
        "recorded": "recorded" in request.GET,
        "asked": [(due.says, WAYS[due.what]) for due in day.due if not _is_on_the_card(day, due)],
        "measures_first": any(_is_on_the_card(day, due) for due in day.due),
        "picture": _picture(history, first, practice.now) if first else "",
        "side": _side(day.next.to_do) if day.next else None,
        "coming": _coming(week, practice.now) if week else None,
        "planned_on": week.monday + timedelta(days=7) if week else None,
        "soonest": coach.soonest(week, practice.now) if week and day.may_bring_one else None,
        "quiet": quiet_day(day),
        "here": "today",
        "start": "session" if script(PLAYER) is None else "play",
    }
    return render(request, "today/today.html", page)


def _lists(day: "coach.Day", now: datetime) -> list[tuple[str, Sequence[Any]]]:
    """Return what stands beside what is next: what is past apart from what is to come, each with its name."""
    earlier, later = day.earlier(now), day.later(now)
    to_come = _("The rest of the day") if day.next or earlier else _("Your day")
    return [(name, entries) for name, entries in ((to_come, later), (_("Earlier today"), earlier)) if entries]


def _is_on_the_card(day: "coach.Day", due: "coach.Due") -> bool:
    """Say whether what is due is the one thing to do in a week that begins only on Monday."""
    return day.begins_on_monday and due.what is Action.MEASURE


def _coming(week: "coach.Week", now: datetime) -> "coach.WeekSlot | None":
    """Return the session that comes next in the week, after today."""
    ahead = (slot for day in week.days if day.date > now.date() for slot in day.slots if not slot.done)
    return next(ahead, None)


def _side(drills: "Sequence[coach.DayDrill]") -> "coach.Side | None":
    """Return the side that all of a session is for, where it is for one alone."""
    left, right = (any(getattr(drill.item, side) for drill in drills) for side in ("left", "right"))
    return None if left == right else coach.Side.LEFT if left else coach.Side.RIGHT


def _picture(history: History, drill: "coach.DayDrill", now: datetime) -> str:
    card = coach.drill_card(history, drill.item.drill, now)
    return coach.drill_thumb(card, coach.Side.LEFT if drill.item.left else coach.Side.RIGHT, square=False)


paths = [path("", today, name="today")]
