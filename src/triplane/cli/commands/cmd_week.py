"""``triplane week``: the whole week, its targets and its proof."""

from pathlib import Path

import click

from triplane import coach
from triplane.cli.shell import Shell, plain, say, show_json, triplane_command
from triplane.cli.show import show_week
from triplane.errors import UserError


@triplane_command("triplane week")
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what is left of it: .pdf to print, .md to read.",
)
def command(shell: Shell, as_json: bool, file: Path | None) -> None:
    """Show this week: runs, sessions, minutes wanted and planned, and how good the plan is."""
    week = shell.practice.week()
    if file is not None:
        _write(shell, file)
        return
    if as_json:
        show_json(week.model_dump(mode="json", exclude={"proposed"}))
    else:
        show_week(week)


def _write(shell: Shell, file: Path) -> None:
    practice, ending = shell.practice, file.suffix.lower()
    if ending not in (".pdf", ".md"):
        raise UserError(f"{file}: a week is written as .pdf or .md; choose one of these endings")
    handouts = coach.week_handout(practice.history(), practice.now)
    if ending == ".pdf":
        from triplane.web import paper_of

        shell.write(file, paper_of(practice, handouts))
    else:
        from triplane.formats import watch

        shell.write(file, watch.markdown(handouts, str).encode())
    say(f"Written to {plain(file)}. It carries its date: do it only if nothing has changed since.")
