"""``triplane drill``: all there is to say of one drill, and its figure."""

from pathlib import Path

import click

from triplane import coach
from triplane.cli.actions import COMMANDS
from triplane.cli.shell import Shell, plain, say, show_json, triplane_command
from triplane.errors import Action


@triplane_command("triplane drill mob_quad_band --figure quad_band.svg")
@click.argument("name")
@click.option("--figure", type=click.Path(path_type=Path, dir_okay=False), help="Draw its key poses as SVG.")
@click.option("--side", type=click.Choice(["left", "right"]), default="right", show_default=True)
def command(shell: Shell, as_json: bool, name: str, figure: Path | None, side: str) -> None:
    """Show one drill: set-up, steps, cues, dose, faults, stop signs, evidence."""
    practice = shell.practice
    card = coach.drill_card(practice.history(), name, practice.now)
    if figure:
        shell.write(figure, coach.drill_figure(card, coach.Side(side)).encode())
    if as_json:
        show_json(card)
        return
    changed = coach.changed_for(practice.history(), card.drill.id, practice.now)
    first = [f"{card.notice} ({COMMANDS[Action.BEGIN]})"] if card.notice else changed
    say(*([*first, ""] if first else []), *_lines(card))
    if figure:
        say(f"Drawn to {plain(figure)}.")


def _lines(card: coach.DrillCard) -> list[str]:
    drill = card.drill
    return [
        f"[bold]{drill.name}[/]  ({drill.id})",
        f"Stage {drill.stage} {drill.stage.name.lower()} · {', '.join(card.planes) or 'no plane of the hip'}",
        *_section("Set up", drill.setup),
        *_section("Do", drill.steps),
        *_section("Dose", [coach.dose_range_in_words(drill)]),
        *_section("Cues", drill.cues),
        *_section("You should feel", [drill.feel]),
        *_section("When it goes wrong", [f"{fault.happens} {fault.say}" for fault in drill.fault]),
        *_section("Stop at", drill.stop),
        *_section("Easier", card.easier),
        *_section("Harder", card.harder),
        *_section("Leave out or change with", [_restriction(r) for r in drill.restriction]),
        *_section(
            "What it rests on", [f"{s.title} ({s.year or 'no year'}, {s.status})" for s in card.sources]
        ),
        *_section("We never claim", [drill.never_claimed] if drill.never_claimed else []),
    ]


def _section(title: str, lines: "list[str] | tuple[str, ...]") -> list[str]:
    return ["", f"[bold]{title}[/]", *(f"  {line}" for line in lines)] if lines else []


def _restriction(restriction: coach.Restriction) -> str:
    name = coach.tag_name(restriction.tag)
    what = {"exclude": "left out", "modify": "changed", "allow": "fine"}[restriction.verdict]
    return f"{name[0].upper()}{name[1:]}: {what}{': ' if restriction.how else '.'}{restriction.how}"
