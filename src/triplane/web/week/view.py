"""The week: runs, gym visits and sessions, what the plan reaches, and what it cannot give and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from triplane import coach
from triplane.web.plan.view import plan_first
from triplane.web.runner import practice_of


def week(request: HttpRequest) -> HttpResponse:
    """Show Monday to Sunday."""
    practice = practice_of(request)
    due = coach.questions_due(practice.history(), practice.now)
    if due.disclaimer or due.must:
        return redirect("begin")
    if practice.look() is None:
        return plan_first(request)
    found = coach.week(practice.history(), practice.now)
    page = {"week": found, "today": practice.now.date(), "here": "week"}
    return render(request, "week/week.html", page)


paths = [path("week/", week, name="week")]
