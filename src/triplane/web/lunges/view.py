"""The lunges: the clock for one leg, the matrix of directions by reaches, and why what is locked is."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.web.fields import Words
from triplane.web.lunges.clock import PLACES, clock
from triplane.web.runner import practice_of

REACHES = {
    "none": _("No reach"),
    "both_overhead": _("Both arms up"),
    "rotate_away": _("Turn away from the front leg"),
    "opposite_side_overhead_over": _("Up and over, to the front leg"),
    "rotate_to_front_leg": _("Turn to the front leg"),
    "both_floor": _("Both hands to the floor"),
    "same_side_overhead_over": _("Up and over, away from it"),
    "same_hand_to_front_foot": _("Near hand to the front foot"),
    "opposite_hand_to_front_foot": _("Far hand to the front foot"),
}
"""What each reach is called, short."""

LONGEST_LEVEL = 4
"""Digits of a level that are read; the coach knows how many levels there are."""


VARIABLES = {
    "load": _("Load"),
    "range": _("Range"),
    "environment": _("Environment"),
    "speed": _("Speed"),
    "stability": _("Stability"),
    "duration": _("Duration"),
}
"""What each of the six variables is called."""


@dataclass(frozen=True)
class Row:
    """One direction with all its reaches, in the order in which they open."""

    name: Words
    plain: "coach.LungeCell"
    cells: list["coach.LungeCell"]

    @property
    def done(self) -> int:
        return sum(cell.state == "done" for cell in self.cells)


@require_safe
def lunges(request: HttpRequest) -> HttpResponse:
    """Show the matrix as it stands now; whoever is blocked sees none of it."""
    practice = practice_of(request)
    if coach.questions_due(practice.history(), practice.now).disclaimer:
        return redirect("begin")
    found = coach.lunge_matrix(practice.history(), practice.now)
    choice = _choice(request, found)
    side = coach.Side.LEFT if request.GET.get("side") == "left" else coach.Side.RIGHT
    ways = dict.fromkeys(cell.direction for cell in found.cells)
    rows = [_row(way, [cell for cell in found.cells if cell.direction == way]) for way in ways]
    states = [str(cell.state) for cell in found.cells]
    page = {
        "clock": clock([row.plain for row in rows], side),
        "side": side,
        "sides": list(coach.Side),
        "rows": rows,
        "reaches": [REACHES.get(cell.reach, cell.reach.replace("_", " ")) for cell in rows[0].cells],
        "cells": len(states),
        "done": states.count("done"),
        "unlocked": states.count("unlocked"),
        "variables": [VARIABLES.get(name, _("Reach")) for name in found.variables],
        "choice": choice,
        "sliders": [(VARIABLES[one.name], one) for one in choice.variables],
        "directions": {way: PLACES[way].name for way in ways},
        "all_reaches": {cell.reach: REACHES.get(cell.reach, cell.reach) for cell in rows[0].cells},
        "here": "drills",
    }
    return render(request, "lunges/lunges.html", page)


def _choice(request: HttpRequest, found: "coach.LungeMatrix") -> "coach.LungeChoice":
    """Return the lunge that is looked at: as asked for, else the first that is not locked, as it is today."""
    practice = practice_of(request)
    cells = {(cell.direction, cell.reach) for cell in found.cells}
    asked = (request.GET.get("direction", ""), request.GET.get("reach", "none"))
    first = next((cell for cell in found.cells if cell.state != "locked"), found.cells[0])
    direction, reach = asked if asked in cells else (first.direction, first.reach)
    same = (request.GET.get("was", f"{direction} {reach}")) == f"{direction} {reach}"
    levels = {name: _level(request.GET.get(name, "")) for name in VARIABLES if same}
    told = {name: level for name, level in levels.items() if level is not None}
    return coach.lunge_choice(practice.history(), direction, reach, told, practice.now)


def _level(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < LONGEST_LEVEL else None


def _row(way: str, cells: list["coach.LungeCell"]) -> Row:
    plain = next(cell for cell in cells if cell.reach == "none")
    return Row(PLACES[way].name, plain, cells)


paths = [path("lunges/", lunges, name="lunges")]
