"""``triplane facts``: what is on record, with the ids that corrections name."""

import click

from triplane import coach
from triplane.cli.shell import Shell, say, show_json, show_table, triplane_command
from triplane.cli.terminal import to_type


@triplane_command("triplane facts --kind run_recorded --last 10")
@click.option("--kind", help="Only this kind, as measurement_taken.")
@click.option("--last", type=click.IntRange(1, 100_000), default=20, show_default=True, help="How many.")
def command(shell: Shell, as_json: bool, kind: str | None, last: int) -> None:
    """List the last facts on record, the newest first; plans are left out."""
    found = coach.facts_told(shell.practice.history(), kind, last, shell.practice.now)
    if as_json:
        show_json(found)
        return
    if not found:
        say(f"Nothing is on record yet: {to_type('start')}.")
        return
    rows = [(f.id[:8], f"{f.on}", f.kind, f"corrected: {f.says}" if f.corrected else f.says) for f in found]
    show_table("Facts", ("id", "day", "kind", "says"), rows)
    say(f"{to_type('correct ID')} puts one right.")
