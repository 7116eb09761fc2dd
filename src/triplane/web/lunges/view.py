"""The lunges: the clock for one leg, the matrix of directions by reaches, and why what is locked is."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from triplane import coach
from triplane.web.lunges.clock import PLACES, clock
from triplane.web.runner import practice_of

REACHES = {
    "none": "No reach",
    "both_overhead": "Both arms up",
    "rotate_away": "Turn away from the front leg",
    "opposite_side_overhead_over": "Up and over, to the front leg",
    "rotate_to_front_leg": "Turn to the front leg",
    "both_floor": "Both hands to the floor",
    "same_side_overhead_over": "Up and over, away from it",
    "same_hand_to_front_foot": "Near hand to the front foot",
    "opposite_hand_to_front_foot": "Far hand to the front foot",
}
"""What each reach is called, short."""


@dataclass(frozen=True)
class Row:
    """One direction with all its reaches, in the order in which they open."""

    name: str
    plain: "coach.LungeCell"
    cells: list["coach.LungeCell"]

    @property
    def done(self) -> int:
        return sum(cell.state == "done" for cell in self.cells)


def lunges(request: HttpRequest) -> HttpResponse:
    """Show the matrix as it stands now; whoever is blocked sees none of it."""
    practice = practice_of(request)
    if coach.questions_due(practice.history(), practice.now).disclaimer:
        return redirect("begin")
    found = coach.lunge_matrix(practice.history(), practice.now)
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
        "variables": found.variables,
        "here": "today",
    }
    return render(request, "lunges/lunges.html", page)


def _row(way: str, cells: list["coach.LungeCell"]) -> Row:
    plain = next(cell for cell in cells if cell.reach == "none")
    return Row(PLACES[way].name, plain, cells)


paths = [path("lunges/", lunges, name="lunges")]
