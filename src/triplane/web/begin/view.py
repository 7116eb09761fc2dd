"""Begin: what this is, the safety questions one per screen, about you, equipment, minutes and week."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from triplane import coach
from triplane.bootstrap import Practice
from triplane.history import AboutRunner, EquipmentListed, WeekDescribed
from triplane.value import Value
from triplane.web.begin.answers import SafetyForm
from triplane.web.begin.forms import AboutForm, EquipmentForm, WeekForm
from triplane.web.runner import practice_of

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Way:
    """How far the runner has come: the next step's address, and its place among all."""

    address: str
    step: int
    steps: int


def way(practice: Practice) -> Way:
    """Return the next step. What was answered is a fact, so a way broken off goes on where it was."""
    history = practice.history()
    due = coach.questions_due(history, practice.now)
    asked = len(coach.first_questions())
    steps = asked + 4
    if due.disclaimer:
        return Way(reverse("welcome"), 1, steps)
    open_ones = (*due.must, *due.should, *due.follow_ups)
    if open_ones:
        name = open_ones[0].partition(".")[0]
        return Way(reverse("question", args=[name]), 2 + asked - len(due.must), steps)
    later: dict[str, type[Value]] = {
        "about": AboutRunner,
        "equipment": EquipmentListed,
        "usual_week": WeekDescribed,
    }
    for number, (name, body) in enumerate(later.items(), start=1):
        if not history.facts_of(body):
            return Way(reverse(name), steps - len(later) + number, steps)
    return Way(reverse("today"), steps, steps)


def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the next step, or to the stop page once what was answered stops the runner."""
    practice = practice_of(request)
    due = coach.questions_due(practice.history(), practice.now)
    if not (due.disclaimer or due.must) and coach.clearance(practice.history(), practice.now).is_blocked:
        return redirect("stop")
    return HttpResponseRedirect(way(practice).address)


@GET_POST
def welcome(request: HttpRequest) -> HttpResponse:
    """Show what this is and is not; it is accepted as a fact."""
    practice = practice_of(request)
    if request.method == "POST":
        if coach.questions_due(practice.history(), practice.now).disclaimer:
            practice.record(coach.disclaimer_accepted())
        return redirect("begin")
    return render(request, "begin/welcome.html", {"text": coach.disclaimer()})


@GET_POST
def question(request: HttpRequest, name: str) -> HttpResponse:
    """Ask one safety question; a yes asks what belongs to it on the same screen before it is recorded."""
    practice = practice_of(request)
    asked = coach.question(name)
    form = SafetyForm(asked, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_complete:
        answers = form.answers
        page = coach.answers_stop_here(practice.history(), answers, practice.now)
        again = coach.clearance(practice.history(), practice.now).screened_on is not None
        practice.record(coach.screening_answers(answers, short=again))
        return redirect("stop" if page else "begin")
    at = way(practice)
    return render(request, "begin/question.html", {"asked": asked, "form": form, "way": at})


@GET_POST
def about(request: HttpRequest) -> HttpResponse:
    """Ask who runs; everything may stay unknown."""
    return _form(request, AboutForm, "begin/about.html")


@GET_POST
def equipment(request: HttpRequest) -> HttpResponse:
    """Ask what is at hand."""
    return _form(request, EquipmentForm, "begin/equipment.html")


@GET_POST
def usual_week(request: HttpRequest) -> HttpResponse:
    """Ask for the minutes and the usual week."""
    return _form(request, WeekForm, "begin/week.html")


def _form(
    request: HttpRequest, kind: type[AboutForm] | type[EquipmentForm] | type[WeekForm], page: str
) -> HttpResponse:
    practice = practice_of(request)
    form = kind(request.POST) if request.method == "POST" else kind()
    if form.is_bound and form.is_valid():
        practice.record(form.body())
        return redirect("begin")
    return render(request, page, {"form": form, "way": way(practice)}, status=400 if form.errors else 200)


paths = [
    path("begin/", begin, name="begin"),
    path("begin/welcome/", welcome, name="welcome"),
    path("begin/safety/<str:name>/", question, name="question"),
    path("begin/about/", about, name="about"),
    path("begin/equipment/", equipment, name="equipment"),
    path("begin/week/", usual_week, name="usual_week"),
]
