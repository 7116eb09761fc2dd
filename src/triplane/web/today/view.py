"""Today: one thing that is next, how long, why, and Start; the rest of the day below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from triplane import coach
from triplane.bootstrap import Practice
from triplane.coach import DayState
from triplane.web.built import PLAYER, script
from triplane.web.plan.view import plan_first
from triplane.web.runner import practice_of


def today(request: HttpRequest) -> HttpResponse:
    """Show the day in each of its states; whoever has not begun is led to Begin."""
    practice = practice_of(request)
    due = coach.questions_due(practice.history(), practice.now)
    if due.disclaimer or due.must:
        return redirect("begin")
    day = practice.look()
    if day is None:
        return plan_first(request)
    if day.state is DayState.BLOCKED:
        return redirect("stop")
    if day.state in (DayState.UNSCREENED, DayState.WEEK_UNKNOWN):
        return redirect("begin")
    later = [slot for slot in day.slots if slot.slot.id != day.next_slot]
    picture = _picture(practice, day.next.drills[0]) if day.next and day.next.drills else ""
    page = {"day": day, "next": day.next, "later": later, "picture": picture, "here": "today"}
    page["start"] = "session" if script(PLAYER) is None else "play"
    return render(request, "today/today.html", page)


def _picture(practice: Practice, drill: "coach.DayDrill") -> str:
    side = coach.Side.LEFT if drill.item.left else coach.Side.RIGHT
    return coach.drill_figure(coach.drill_card(practice.history(), drill.item.drill, practice.now), side)


paths = [path("", today, name="today")]
