"""The next morning, on one screen: what is sore, where, of what kind and how much."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import UserError
from triplane.history import CheckinAnswered, SorenessCourse
from triplane.web.feelings import SorenessFormSet, feelings_in
from triplane.web.fields import number, origin_of
from triplane.web.methods import require_safe_or_post
from triplane.web.problems import problems_of
from triplane.web.runner import practice_of

COURSES = (
    ("", _("I do not know yet")),
    (SorenessCourse.GOES_AWAY.value, _("It goes away")),
    (SorenessCourse.STAYS.value, _("It stays")),
    (SorenessCourse.COMES_BACK.value, _("It goes and comes back")),
)

OF_ANOTHER_DAY = _("This page was opened on another day. Say how your hips are today, and send it again.")


class MorningForm(forms.Form):
    """How soreness behaves in the warm-up, and when it began."""

    course = forms.ChoiceField(choices=COURSES, required=False, label=_("In the warm-up"))
    hours = number(_("Hours since it began, where you know"), 0, 24 * 60, _("hours"))


@require_safe_or_post
def checkin(request: HttpRequest) -> HttpResponse:
    """Ask, record, and lead back to a day that may have changed."""
    practice = practice_of(request)
    posted = request.POST if request.method == "POST" else None
    feelings, morning = SorenessFormSet(posted), MorningForm(posted)
    today = practice.now.date()
    if posted is not None and posted.get("of", today.isoformat()) != today.isoformat():
        raise UserError(str(OF_ANOTHER_DAY))
    if posted is not None and "nothing" in posted:
        return _recorded(request, practice, coach.check_in(practice.yesterday, (), None, practice.now))
    if posted is not None and feelings.is_valid() and morning.is_valid():
        told = morning.cleaned_data
        body = coach.check_in(
            practice.yesterday,
            feelings_in(feelings.forms),
            SorenessCourse(told["course"]) if told["course"] else None,
            practice.now,
            hours_since_onset=told["hours"],
        )
        return _recorded(request, practice, body)
    page = {"feelings": feelings, "morning": morning, "date": today, "here": "today"}
    page["problems"] = problems_of(feelings, morning)
    return render(request, "checkin/checkin.html", page, status=400 if posted is not None else 200)


def _recorded(request: HttpRequest, practice: Practice, body: CheckinAnswered) -> HttpResponse:
    practice.decide(lambda history, now: (body,), origin_key=origin_of(request))
    return redirect(f"{reverse('today')}?recorded")


paths = [path("checkin/", checkin, name="checkin")]
