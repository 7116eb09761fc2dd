"""``triplane erase``: remove everything that is on record of one runner."""

import click

from triplane.cli.shell import Shell, ask_nothing_in_json, plain, say, show_json, triplane_command
from triplane.cli.terminal import tame
from triplane.errors import UserError


@triplane_command("triplane erase --yes")
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
def command(shell: Shell, as_json: bool, yes: bool) -> None:
    """Remove all your facts for good, and everything on disk that held them. Export first what you keep.

    Only a receipt stays that says how many facts there were. Exported files are yours to remove.
    """
    practice = shell.practice
    if not yes:
        ask_nothing_in_json(as_json, "say --yes where you are sure")
        name = tame(practice.runner)
        typed = click.prompt(f"This cannot be undone. Type the runner's name ({name}) to erase")
        if typed != practice.runner:
            raise UserError("that is another name; nothing was erased")
    gone = practice.erase()
    if as_json:
        show_json({"runner": practice.runner, "facts": gone})
    else:
        say(f"{gone} facts of {plain(practice.runner)} are erased.")
