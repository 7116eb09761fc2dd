"""Measure: which tests to take, one test with its readings of both sides, and what they are worth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.errors import Blocked
from triplane.web.headers import with_model
from triplane.web.hips.chart import half_of
from triplane.web.measure.before import ShortForm
from triplane.web.measure.forms import END_FEELS, SCORES, MeasureForm
from triplane.web.measure.readers import by_camera, by_phone
from triplane.web.measure.strip import strip
from triplane.web.methods import require_safe_or_post
from triplane.web.runner import practice_of
from triplane.web.said import said
from triplane.web.units import shown_unit

MODES = {False: "passive", True: "owned"}


@require_safe
def tests(request: HttpRequest) -> HttpResponse:
    """List the tests to take, the longest overdue first; whoever is stopped measures nothing."""
    practice = practice_of(request)
    found = coach.tests_to_take(practice.history(), practice.now)
    due = [(test, retest) for test, retest in found if retest.is_due]
    page = {
        "due": due,
        "each_min": coach.minutes_to_take(1),
        "all_min": coach.minutes_to_take(len(due)),
        "further": coach.further_tests(practice.history(), practice.now),
        "measured": any(retest.last_on for _, retest in found),
        "later": [(test, retest) for test, retest in found if not retest.is_due],
        "here": "hips",
    }
    return render(request, "measure/tests.html", page)


@require_safe_or_post
def test(request: HttpRequest, name: str) -> HttpResponse:
    """Show how a test is done, take its readings, and ask for two more where they lie far apart."""
    practice = practice_of(request)
    protocol = coach.protocol(practice.history(), name, practice.now)
    modes, refusal = coach.modes_allowed(practice.history(), protocol.id, practice.now)
    if not modes:
        return _refused(request, protocol, refusal)
    if request.method != "POST" and coach.questions_before_test(
        practice.history(), protocol.id, practice.now
    ):
        return redirect("before_test", protocol.id)
    posted = request.POST if request.method == "POST" else None
    unit = shown_unit(protocol.unit, coach.preferences(practice.history()).units)
    form = MeasureForm(protocol, modes, unit, posted, wishes_owned=request.GET.get("mode") == "owned")
    if form.is_complete:
        try:
            taken = practice.measure_sides(
                protocol.id, form.told, form.read_by, active=form.active, as_they_are=form.as_they_are
            )
        except Blocked as refused:
            coach.refuse_if_blocked(practice.history(), practice.now)
            return _refused(request, protocol, str(refused))
        waiting = {one.body.side: one.verdict.says[0] for one in taken if one.verdict.repeat}
        if form.as_they_are or not waiting:
            return redirect(reverse("measured", args=[protocol.id]))
        form.ask_for_more(waiting)
    page = {
        "test": protocol,
        "unit": unit,
        "form": form,
        "level": by_phone(practice, protocol),
        "camera": by_camera(practice, protocol),
        "problems": form.problems,
        "refusal": refusal,
        "figures": [(side, coach.test_figure(protocol, side, said)) for side in coach.Side],
        "end_feels": END_FEELS,
        "scores": SCORES,
        "here": "hips",
    }
    wrong = form.posted is not None and not form.is_complete
    shown = render(request, "measure/test.html", page, status=400 if wrong else 200)
    return with_model(shown) if page["camera"] else shown


@require_safe_or_post
def before(request: HttpRequest, name: str) -> HttpResponse:
    """Ask the short safety questions before a test is taken again; full answers count at once."""
    practice = practice_of(request)
    history, now = practice.history(), practice.now
    protocol = coach.protocol(history, name, now)
    due = coach.questions_before_test(history, protocol.id, now)
    if not due:
        return redirect("measure_test", protocol.id)
    form = ShortForm(due, request.POST if request.method == "POST" else None)
    if form.answers:
        practice.record(coach.screening_answers(form.answers, short=True))
        coach.refuse_if_blocked(practice.history(), practice.now)
    if form.is_complete:
        return redirect("measure_test", protocol.id)
    form.leave_what_is_open()
    page = {"test": protocol, "form": form, "problems": form.problems, "here": "hips"}
    return render(request, "measure/before.html", page, status=200 if form.posted is None else 400)


@require_safe
def measured(request: HttpRequest, name: str) -> HttpResponse:
    """Show what today's readings of a test are worth; a pinch or pain leads to the stop page before."""
    practice = practice_of(request)
    history, now = practice.history(), practice.now
    protocol = coach.protocol(history, name, now)
    found = coach.measured_today(history, protocol.id, now)
    if not found:
        return redirect(reverse("measure_test", args=[protocol.id]))
    due = [t for t, retest in coach.tests_to_take(history, now) if retest.is_due and t.id != protocol.id]
    modes, _ = coach.modes_allowed(history, protocol.id, now)
    taken = {one.measurement.body.active for one in found}
    hurt = any(one.line is None for one in found)
    unit = shown_unit(protocol.unit, coach.preferences(history).units)
    page = {
        "test": protocol,
        "unit": unit,
        "found": [(one, strip(one, unit), half_of(one.line) if one.line else 0) for one in found],
        "estimated": coach.estimates_said(coach.hip_map(history, now)) if protocol.direction else "",
        "messages": coach.clearance(history, now).messages if hurt else (),
        "next": due[0] if due and not hurt else None,
        "other_mode": "" if hurt else next((MODES[mode] for mode in modes if mode not in taken), ""),
        "here": "hips",
    }
    return render(request, "measure/measured.html", page)


def _refused(request: HttpRequest, protocol: "coach.Protocol", refusal: str) -> HttpResponse:
    page = {"test": protocol, "refusal": refusal, "here": "hips"}
    return render(request, "measure/refused.html", page, status=200)


paths = [
    path("measure/", tests, name="measure"),
    path("measure/<str:name>/", test, name="measure_test"),
    path("measure/<str:name>/before/", before, name="before_test"),
    path("measure/<str:name>/done/", measured, name="measured"),
]
