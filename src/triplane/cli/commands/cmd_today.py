"""``triplane today``: what is next, how long, and why."""

from triplane.cli.shell import Shell, show_json, triplane_command
from triplane.cli.show import show_day


@triplane_command("triplane today --json")
def command(shell: Shell, as_json: bool) -> None:
    """Show today: what is next, how long, why, and what changed."""
    practice = shell.practice
    day = practice.day()
    if as_json:
        show_json(day.model_dump(mode="json", exclude={"proposed"}))
    else:
        show_day(practice, day)
