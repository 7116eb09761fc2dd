"""``triplane map``: both hips in six directions."""

from triplane import coach
from triplane.cli.shell import Shell, show_json, triplane_command
from triplane.cli.show import show_hip_map


@triplane_command("triplane map")
def command(shell: Shell, as_json: bool) -> None:
    """Show the hip map: every value with its error, the usual range, and what comes first."""
    practice = shell.practice
    found = coach.hip_map(practice.history(), practice.now)
    if as_json:
        show_json(found)
    else:
        show_hip_map(found)
