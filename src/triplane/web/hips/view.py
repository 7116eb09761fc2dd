"""My hips: both hips as two roses with their table; one direction with its history, drills and minutes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.web.hips import chart, rose
from triplane.web.hips.saying import NAMES, rows
from triplane.web.runner import practice_of


@require_safe
def hips(request: HttpRequest) -> HttpResponse:
    """Show both hips; whoever is stopped, or has questions open, is led to the stop page."""
    practice = practice_of(request)
    history, now = practice.recent(), practice.now
    found, address = coach.hip_map(history, now), reverse("hips")
    known = [one for one in found.directions if one.shown]
    page = {
        "map": found,
        "rows": rows(found),
        "rose_phone": rose.hip_rose(found, rose.PHONE, address),
        "rose_laptop": rose.hip_rose(found, rose.LAPTOP, address),
        "estimated": coach.estimates_said(found),
        "measured": len(known),
        "open": [one for one in found.directions if not one.shown and not one.excluded],
        "left_out": any(one.excluded for one in found.directions),
        "no_reference": any(one.norm is None for one in known),
        "last_on": max((one.measured_on for one in known if one.measured_on), default=None),
        "bands": sorted({one.norm.band for one in known if one.norm}),
        "here": "hips",
    }
    return render(request, "hips/hips.html", page)


@require_safe
def direction(request: HttpRequest, name: str) -> HttpResponse:
    """Show one direction of both hips."""
    practice = practice_of(request)
    found = coach.direction_view(practice.history(), name, practice.now)
    histories = [(told, *_charts(told, always=place == 0)) for place, told in enumerate(found.histories)]
    page = {
        "view": found,
        "name": NAMES[found.direction],
        "histories": histories,
        "left_out": all(one.excluded for one in found.sides),
        "here": "hips",
    }
    return render(request, "hips/direction.html", page)


def _charts(told: "coach.RangeHistory", *, always: bool) -> tuple[str, str]:
    """Draw a history for phone and laptop; single readings beside the first test are told in words."""
    if not always and all(len(line.series.points) == 1 for line in told.lines):
        return "", ""
    return chart.history_chart(told, chart.PHONE), chart.history_chart(told, chart.LAPTOP)


paths = [
    path("hips/", hips, name="hips"),
    path("hips/<str:name>/", direction, name="direction"),
]
