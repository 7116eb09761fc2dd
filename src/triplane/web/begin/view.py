"""Begin: what this is, the safety questions one per screen, about you, equipment, minutes and week."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.bootstrap import Practice
from triplane.history import (
    AboutRunner,
    EquipmentListed,
    Fact,
    History,
    RunnerErased,
    ScreeningAnswered,
    WeekDescribed,
)
from triplane.value import Value
from triplane.web.begin import known
from triplane.web.begin.answers import SafetyForm
from triplane.web.begin.forms import AboutForm, EquipmentForm, WeekForm
from triplane.web.fields import origin_of
from triplane.web.methods import require_safe_or_post
from triplane.web.problems import problems_of
from triplane.web.runner import practice_of

LATER: dict[str, type[Value]] = {
    "about": AboutRunner,
    "equipment": EquipmentListed,
    "usual_week": WeekDescribed,
}
"""What is asked after the questions, each with the fact that answers it."""

PAGES = {
    "about": ("begin/about.html", known.about),
    "equipment": ("begin/equipment.html", known.equipment),
    "usual_week": ("begin/week.html", known.week),
}
"""The template of each, and what it shows of what was told before."""


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
    steps = len(coach.first_questions()) + 1 + len(LATER)
    if due.disclaimer:
        return Way(reverse("welcome"), 1, steps)
    open_ones = (*due.must, *due.should, *due.follow_ups)
    if open_ones:
        name = open_ones[0].partition(".")[0]
        at = place_of(practice, name, steps)
        return Way(reverse("question", args=[name]), at.step, at.steps)
    for name, body in LATER.items():
        if not history.facts_of(body):
            return at_page(name)
    return Way(reverse("today"), steps, steps)


def at_page(name: str) -> Way:
    """Return the place of one of the pages after the questions."""
    steps = len(coach.first_questions()) + 1 + len(LATER)
    return Way(reverse(name), steps - len(LATER) + 1 + list(LATER).index(name), steps)


def place_of(practice: Practice, name: str, steps: int) -> Way:
    """Return the place of a question: among all at first, later among those that are due."""
    history, now = practice.history(), practice.now
    address = reverse("question", args=[name])
    first = list(coach.first_questions())
    if coach.clearance(history, now).screened_on is None and name in first:
        return Way(address, 2 + first.index(name), steps)
    due = coach.questions_due(history, now)
    open_ones = list(
        dict.fromkeys(one.partition(".")[0] for one in (*due.must, *due.should, *due.follow_ups))
    )
    at = open_ones.index(name) if name in open_ones else 0
    return Way(address, at + 1, max(1, len(open_ones)))


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the next step, or to the stop page once what was answered stops the runner."""
    practice = practice_of(request)
    due = coach.questions_due(practice.history(), practice.now)
    if not due.come_first and coach.clearance(practice.history(), practice.now).is_blocked:
        return redirect("stop")
    return HttpResponseRedirect(way(practice).address)


@require_safe_or_post
def welcome(request: HttpRequest) -> HttpResponse:
    """Show what this is and is not; it is accepted as a fact."""
    practice = practice_of(request)
    if request.method == "POST":
        practice.decide(
            lambda history, now: (
                (coach.disclaimer_accepted(),) if coach.questions_due(history, now).disclaimer else ()
            ),
            origin_key=origin_of(request),
        )
        return redirect("begin")
    asked = {
        "questions": len(coach.first_questions()),
        "minutes": coach.minutes_to_answer(),
        "pages": len(LATER),
    }
    page = {"text": coach.disclaimer(), "asked": asked, "erased": _just_erased(practice.history())}
    return render(request, "begin/welcome.html", page)


def _just_erased(history: History) -> Fact | None:
    """Return the receipt of what was deleted, while nothing was told after it."""
    newest = history.facts[-1] if history.facts else None
    return newest if newest and isinstance(newest.body, RunnerErased) else None


def _in_a_word(told: Fact | None, name: str) -> str:
    if told is None or not isinstance(told.body, ScreeningAnswered):
        return ""
    return "yes" if told.body.answers.get(name) else "no"


@require_safe_or_post
def question(request: HttpRequest, name: str) -> HttpResponse:
    """Ask one safety question: one tap answers it. A yes asks what belongs to it before it is recorded.

    A yes that stops at once is asked for again, so that a slip of the finger is taken back before it stops
    anything. While the first questions go on, an answer may be put right; that is a correction on record.
    """
    practice = practice_of(request)
    asked = coach.question(name)
    history, now = practice.history(), practice.now
    form = SafetyForm(asked, request.POST if request.method == "POST" else None)
    sure = False
    if request.method == "POST" and form.is_complete:
        stops = coach.answers_stop_here(history, form.answers, now)
        sure = stops is not None and not form.is_sure
        if not sure:
            _record(practice, name, form)
            return redirect("stop" if stops else "begin")
    told = coach.answer_told(history, name) if coach.may_put_right(history, now) else None
    page = {
        "asked": asked,
        "form": form,
        "way": place_of(practice, name, way(practice).steps),
        "problems": form.problems,
        "sure": sure,
        "told": _in_a_word(told, name),
        "before": _before(practice, name),
    }
    return render(request, "begin/question.html", page)


def _record(practice: Practice, name: str, form: SafetyForm) -> None:
    """Record an answer, or a correction of the one given a moment ago."""
    history = practice.history()
    if coach.may_put_right(history, practice.now) and coach.answer_told(history, name):
        practice.correct(lambda known, now: [coach.answers_put_right(known, name, form.answers, now)])
    else:
        again = coach.clearance(history, practice.now).screened_on is not None
        practice.record(coach.screening_answers(form.answers, short=again))


def _before(practice: Practice, name: str) -> str:
    """Return the question before this one, where that may still be put right."""
    first = list(coach.first_questions())
    place = first.index(name) if name in first else 0
    return first[place - 1] if place and coach.may_put_right(practice.history(), practice.now) else ""


@require_safe_or_post
def about(request: HttpRequest) -> HttpResponse:
    """Ask who runs; everything may stay unknown."""
    return _form(request, AboutForm, "about")


@require_safe_or_post
def equipment(request: HttpRequest) -> HttpResponse:
    """Ask what is at hand."""
    return _form(request, EquipmentForm, "equipment")


@require_safe_or_post
def usual_week(request: HttpRequest) -> HttpResponse:
    """Ask for the minutes, the usual week and a race ahead."""
    return _form(request, WeekForm, "usual_week")


def _form(
    request: HttpRequest, kind: type[AboutForm] | type[EquipmentForm] | type[WeekForm], name: str
) -> HttpResponse:
    practice = practice_of(request)
    history, (template, known_of) = practice.history(), PAGES[name]
    form = kind(request.POST) if request.method == "POST" else kind(initial=known_of(history))
    asks_runs = False
    if form.is_bound and form.is_valid():
        race = form.race(history, practice.now) if isinstance(form, WeekForm) else None
        asks_runs = isinstance(form, WeekForm) and not form.errors and form.leaves_runs_open(history)
        if not form.errors and not asks_runs:
            told = (form.body(history), race) if race else (form.body(history),)
            practice.decide(lambda _, now: told, origin_key=origin_of(request))
            return redirect("begin")
    page = {
        "form": form,
        "asks_runs": asks_runs,
        "problems": problems_of(form),
        "way": None if all(history.facts_of(body) for body in LATER.values()) else at_page(name),
        "at_hand": form["equipment"].value() or () if name == "equipment" else (),
    }
    return render(request, template, page, status=400 if form.errors else 200)


paths = [
    path("begin/", begin, name="begin"),
    path("begin/welcome/", welcome, name="welcome"),
    path("begin/safety/<str:name>/", question, name="question"),
    path("begin/about/", about, name="about"),
    path("begin/equipment/", equipment, name="equipment"),
    path("begin/week/", usual_week, name="usual_week"),
]
