"""``triplane week``: the whole week, its targets and its proof."""

from triplane.cli.shell import Shell, show_json, triplane_command
from triplane.cli.show import show_week


@triplane_command("triplane week")
def command(shell: Shell, as_json: bool) -> None:
    """Show this week: runs, sessions, minutes wanted and planned, and how good the plan is."""
    week = shell.practice.week()
    if as_json:
        show_json(week.model_dump(mode="json", exclude={"proposed"}))
    else:
        show_week(week)
