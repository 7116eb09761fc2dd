"""``triplane why``: the reasons behind an item, a direction or a rule."""

import click

from triplane import coach
from triplane.cli.shell import Shell, say, show_json, triplane_command


@triplane_command("triplane why internal_rotation")
@click.argument("item")
def command(shell: Shell, as_json: bool, item: str) -> None:
    """Explain ITEM: something planned, a drill, a direction, a rule (E72) or a source."""
    practice = shell.practice
    found = coach.why(practice.history(), item, practice.now)
    if as_json:
        show_json(found)
        return
    say(f"[bold]{found.what}[/]", *found.first)
    for ground in found.grounds:
        reason = ground.reason
        say("", f"{reason.says}")
        if ground.rule_says:
            say(f"  Rule {reason.rule}: {ground.rule_says}  (evidence {reason.strength})")
        for source in ground.sources:
            ours = source.status == "default"
            words = "a default of ours; you or your coach may change it" if ours else str(source.status)
            say(f"  [dim]{source.title}{f', {source.year}' if source.year else ''} ({words})[/]")
