"""``triplane drill``: all there is to say of one drill, its figure, and whether it is chosen or left out."""

from datetime import datetime
from pathlib import Path

import click

from triplane import coach
from triplane.cli.actions import command_for
from triplane.cli.answers import read_date
from triplane.cli.shell import Shell, plain, say, say_changes, show_json, triplane_command
from triplane.errors import Action, UserError
from triplane.history import History

WISHES = {"wanted": True, "left-out": False, "neither": None}


@triplane_command("triplane drill mob_quad_band --figure quad_band.svg")
@click.argument("name")
@click.option("--figure", type=click.Path(path_type=Path, dir_okay=False), help="Draw its key poses as SVG.")
@click.option("--side", type=click.Choice(["left", "right"]), default="right", show_default=True)
@click.option("--choose", "wish", type=click.Choice(list(WISHES)), help="Say whether it is in your weeks.")
@click.option("--until", metavar="DATE", help="Last day of the choice; twelve weeks off without it.")
def command(
    shell: Shell,
    as_json: bool,
    name: str,
    figure: Path | None,
    side: str,
    wish: str | None,
    until: str | None,
) -> None:
    """Show one drill: set-up, steps, cues, dose, faults, stop signs, evidence.

    A drill that is wanted comes in at least once a week, where safety and every rule leave room.
    One that is left out stays out.
    """
    practice = shell.practice
    if until and not wish:
        raise UserError("say what holds until then: --choose wanted or --choose left-out")
    if wish:
        last = read_date(until) if until else None
        practice.decide(lambda history, now: (coach.chosen_drill(history, name, now, WISHES[wish], last),))
        say_changes(practice.day(), as_json)
        if not as_json:
            say(*_chosen(practice.history(), name, practice.now))
        return
    card = coach.drill_card(practice.history(), name, practice.now)
    if figure:
        shell.write(figure, coach.drill_figure(card, coach.Side(side)).encode())
    if as_json:
        show_json(card)
        return
    changed = coach.changed_for(practice.history(), card.drill.id, practice.now)
    first = [f"{card.notice} ({command_for(Action.BEGIN)})"] if card.notice else changed
    say(*([*first, ""] if first else []), *_lines(card), *_chosen(practice.history(), name, practice.now))
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


def _chosen(history: History, name: str, now: datetime) -> list[str]:
    found = coach.drill_choice(history, name, now)
    if found is None:
        return []
    who = found.set_by or "you"
    what = "Chosen" if found.wanted else "Left out"
    why = [f"Why: {found.reason}"] if found.reason else []
    return _section("In your weeks", [f"{what} by {who} until {found.until}. {found.says}", *why])


def _section(title: str, lines: "list[str] | tuple[str, ...]") -> list[str]:
    return ["", f"[bold]{title}[/]", *(f"  {line}" for line in lines)] if lines else []


def _restriction(restriction: coach.Restriction) -> str:
    name = coach.tag_name(restriction.tag)
    what = {"exclude": "left out", "modify": "changed", "allow": "fine"}[restriction.verdict]
    return f"{name[0].upper()}{name[1:]}: {what}{': ' if restriction.how else '.'}{restriction.how}"
