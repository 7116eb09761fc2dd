"""How it goes: range with its error and a verdict, minutes by direction and stage, soreness, running."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.formats.progress_page import (
    felt_in_words,
    range_chart,
    soreness_chart,
    week_bars,
)
from triplane.web.progress.comparison import comparison
from triplane.web.progress.saying import Verdict, method_in_words, verdict_of, with_error
from triplane.web.runner import practice_of
from triplane.web.said import said
from triplane.web.words import sentence, stage

if TYPE_CHECKING:
    from triplane.coach import Progress, RangeLine
    from triplane.history import Units

SPANS = {4: _("4 weeks"), 12: _("12 weeks"), 26: _("Half a year"), 52: _("A year")}
"""How far back the page looks, in weeks."""

USUAL_SPAN = 12


@dataclass(frozen=True)
class RangeShown:
    """One test, side and method as the page shows it."""

    name: str
    side: "coach.Side"
    method: str
    points: list[tuple[date, str]]
    verdict: Verdict
    certainty: "coach.Certainty"
    says: str
    chart: str = ""

    @property
    def is_real(self) -> bool:
        """Whether it changed beyond what measuring alone can make."""
        return self.certainty is coach.Certainty.REAL

    @property
    def first(self) -> str:
        return self.points[0][1]

    @property
    def now(self) -> tuple[date, str]:
        return self.points[-1]


@dataclass(frozen=True)
class Bars:
    """Minutes of each week under one name: a chart, and the rows of its table."""

    name: str
    chart: str
    rows: list[tuple[date, list[str]]]
    total: float


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Show it for as many weeks as asked."""
    practice = practice_of(request)
    if coach.questions_due(practice.history(), practice.now).disclaimer:
        return redirect("begin")
    asked = request.GET.get("weeks", "")
    weeks = int(asked) if asked in {str(span) for span in SPANS} else USUAL_SPAN
    found = coach.progress(practice.history(), practice.now, weeks)
    lines = [_range(line, coach.preferences(practice.history()).units) for line in found.lines]
    units = coach.preferences(practice.history()).units
    compared = [line for line in lines if line.chart]
    same = [line for line in compared if line.verdict.icon == "same"]
    moved = sorted((line for line in compared if line not in same), key=lambda line: not line.is_real)
    directions, stages = _directions(found), _stages(found)
    page = {
        "found": found,
        "units": units,
        "side_heads": [_("Left"), _("Right")],
        "minute_heads": [_("Minutes")],
        "lines": lines,
        "again": [*moved, *same],
        "moved": moved,
        "same": same,
        "once": [line for line in lines if not line.chart],
        "real": sum(line.verdict.look == "real" for line in lines),
        "directions": directions,
        "has_directions": any(one.total for one in directions),
        "did": any(one.total for one in (*directions, *stages)),
        "stages": stages,
        "has_stages": any(one.total for one in stages),
        "has_runs": any(week.minutes for week in found.running),
        "soreness": soreness_chart(found),
        "felt": [(one.day, list(map(felt_in_words, one.felt))) for one in found.felt],
        "running": week_bars(gettext("Running"), found, {"ink-2": [week.minutes for week in found.running]}),
        "spans": SPANS,
        "weeks": weeks,
        "now": practice.now,
        "blocked": coach.clearance(practice.history(), practice.now).is_blocked,
        "here": "progress",
    }
    return render(request, "progress/progress.html", page)


def _range(line: "RangeLine", units: "Units") -> RangeShown:
    series = line.series
    compared = len(series.points) > 1
    return RangeShown(
        name=said(line.plain_name) + (gettext(", owned") if series.active else ""),
        side=series.side,
        method=method_in_words(series),
        points=[(point.on, with_error(series, point.value, units)) for point in series.points],
        verdict=verdict_of(line.change),
        certainty=line.change.certainty,
        says=line.change.reason.says,
        chart=range_chart(line) if compared else "",
    )


def _directions(found: "Progress") -> list[Bars]:
    """Return end-range minutes of each direction, all drawn to one height."""
    done = {
        way: {str(side): [week.by_direction[way][side] for week in found.minutes] for side in coach.Side}
        for way in coach.Direction
    }
    top = max(value for sides in done.values() for values in sides.values() for value in values)
    return [_bars(sentence(said(way.plain_name)), found, sides, top) for way, sides in done.items()]


def _stages(found: "Progress") -> list[Bars]:
    """Return the work of each stage, all drawn to one height."""
    done = [[week.by_stage[int(one)] for week in found.minutes] for one in coach.Stage]
    top = max(value for values in done for value in values)
    return [
        _bars(stage(one), found, {"ink-2": values}, top)
        for one, values in zip(coach.Stage, done, strict=True)
    ]


def _bars(name: str, found: "Progress", sides: dict[str, list[float]], top: float) -> Bars:
    rows = [
        (week.monday, [f"{values[number]:.1f}" for values in sides.values()])
        for number, week in enumerate(found.minutes)
    ]
    total = sum(value for values in sides.values() for value in values)
    return Bars(name, week_bars(name, found, sides, top), rows, total)


paths = [
    path("progress/", progress, name="progress"),
    path("progress/compare/", comparison, name="comparison"),
]
