"""``triplane lunges``: the lunge matrix, printable."""

import click

from triplane import coach
from triplane.cli.shell import Shell, say, show_json, show_table, triplane_command

MARKS = {"done": "●", "unlocked": "○", "locked": "·"}


@triplane_command("triplane lunges --direction lateral")
@click.option("--direction", default="", help="Only directions with this in their name, every cell with why.")
def command(shell: Shell, as_json: bool, direction: str) -> None:
    """Show the lunge matrix: nine directions by nine reaches, done, open or locked because."""
    practice = shell.practice
    found = coach.lunge_matrix(practice.history(), practice.now)
    cells = [cell for cell in found.cells if direction.lower() in cell.direction]
    if as_json:
        show_json({"variables": found.variables, "cells": cells})
    elif not cells:
        say("No lunge direction has that in its name.")
    elif direction:
        _show_cells(cells)
    else:
        _show_matrix(cells)


def _show_matrix(cells: "list[coach.LungeCell]") -> None:
    reaches = list(dict.fromkeys(cell.reach for cell in cells))
    rows = []
    for direction in dict.fromkeys(cell.direction for cell in cells):
        line = {cell.reach: cell for cell in cells if cell.direction == direction}
        rows.append(
            (_words(direction), *(f"{MARKS[line[r].state]}{line[r].difficulty:.0f}" for r in reaches))
        )
    show_table("Lunge matrix", ("direction", *(str(n) for n, _ in enumerate(reaches, 1))), rows)
    say("Reaches: " + ", ".join(f"{n} {_words(reach)}" for n, reach in enumerate(reaches, 1)))
    say("● done   ○ open   · locked   number: difficulty, 50 is a long forward lunge without weight")
    reasons = dict.fromkeys(cell.because.says for cell in cells if cell.because)
    say(*(f"Locked: {says}" for says in reasons))


def _show_cells(cells: "list[coach.LungeCell]") -> None:
    for cell in cells:
        name = f"[bold]{_words(cell.direction)}, {_words(cell.reach)}[/]"
        say(f"{name}  {cell.state}  difficulty {cell.difficulty:.0f}", f"  {cell.says}")
        if cell.because:
            say(f"  {cell.because.says} ({cell.because.rule})")


def _words(name: str) -> str:
    return name.removeprefix("lm_").replace("_", " ")
