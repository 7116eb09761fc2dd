"""Making the week: looking at a page never plans, so a page that needs a plan asks for one first."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from triplane.coach import DayState
from triplane.web.runner import practice_of

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def plan_first(request: HttpRequest) -> HttpResponse:
    """Say that the week is made now, and go on with it; without a script a button does."""
    return render(request, "plan/plan.html", {"back": request.get_full_path(), "here": "today"})


def needs_plan(view: Page[P]) -> Page[P]:
    """Let a page ask for the week first where none is made: looking at it plans nothing."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if practice_of(request).look() is None:
            return plan_first(request)
        return view(request, *args, **kwargs)

    return asked


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Make the week and lead back to the page that asked for it; say so where no plan keeps the rules."""
    day = practice_of(request).day()
    if day.state is DayState.INFEASIBLE:
        return render(request, "plan/none.html", {"day": day, "here": "today"})
    back = request.POST.get("back", "/")
    # A path and nothing else: a redirect would take any other word for a page's name.
    is_here = back.startswith("/") and url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if is_here else "/")


paths = [path("plan/", plan, name="plan")]
