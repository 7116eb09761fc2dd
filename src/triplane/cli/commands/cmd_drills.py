"""``triplane drills``: what there is to do, filtered."""

import click

from triplane import coach
from triplane.cli.actions import command_for
from triplane.cli.shell import Shell, choices, say, show_json, show_table, triplane_command
from triplane.errors import Action


@triplane_command("triplane drills --direction internal_rotation --stage own --at desk_break")
@click.argument("words", nargs=-1)
@click.option("--direction", type=choices(coach.Direction), help="One of the six directions.")
@click.option("--plane", type=choices(coach.Plane), help="Sagittal, frontal or transverse.")
@click.option("--stage", type=choices(coach.Stage), help="One of the five stages.")
@click.option("--at", "context", type=choices(coach.Context), help="Where in the week.")
@click.option(
    "--with", "equipment", type=choices(coach.Equipment), multiple=True, help="All that is at hand."
)
@click.option("--at-home", is_flag=True, help="Only what your listed equipment allows.")
@click.option("--uses", type=choices(coach.Equipment), help="A thing the drill is done with.")
@click.option("--grounds", type=choices(coach.Grounds), help="What it leans on: study, article, ours.")
def command(
    shell: Shell,
    as_json: bool,
    words: tuple[str, ...],
    direction: coach.Direction | None,
    plane: coach.Plane | None,
    stage: coach.Stage | None,
    context: coach.Context | None,
    equipment: tuple[coach.Equipment, ...],
    at_home: bool,
    uses: coach.Equipment | None,
    grounds: coach.Grounds | None,
) -> None:
    """List the drills of the catalogue that match all filters and words."""
    wanted = coach.DrillFilter(
        direction=direction,
        plane=plane,
        stage=stage,
        context=context,
        equipment=frozenset(equipment) or None,
        at_home=at_home,
        uses=uses,
        grounds=grounds,
        words=" ".join(words),
    )
    listed = coach.drills(shell.practice.history(), wanted, shell.practice.now)
    found = listed.drills
    if as_json:
        show_json(found)
    elif not found:
        say("No drill matches all of that. Leave a filter out.")
    else:
        rows = [
            (
                d.id,
                d.name,
                f"{d.stage} {d.stage.name.lower()}",
                ", ".join(d.primary_directions).replace("_", " "),
            )
            for d in found
        ]
        say(*([f"{listed.notice} ({command_for(Action.BEGIN)})"] if listed.notice else []))
        show_table(f"{len(found)} drills", ("id", "name", "stage", "for"), rows)
