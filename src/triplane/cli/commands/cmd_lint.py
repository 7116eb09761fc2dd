"""``triplane lint``: hold the project's own data files to their contract."""

import click

from triplane import coach
from triplane.cli.shell import Shell, say, show_json, triplane_command
from triplane.cli.terminal import show_line


@triplane_command("triplane lint")
def command(shell: Shell, as_json: bool) -> None:
    """Check every drill, test, question, rule and source file; all problems at once."""
    problems = coach.lint()
    if as_json:
        show_json([str(problem) for problem in problems])
    else:
        for problem in problems:
            show_line(str(problem))
        say("All data files keep their contract." if not problems else f"{len(problems)} problems.")
    if problems:
        raise click.exceptions.Exit(6)
