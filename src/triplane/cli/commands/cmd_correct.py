"""``triplane correct``: put a fact right; the wrong one stays on record and no longer speaks."""

import click

from triplane import coach
from triplane.cli.shell import Shell, choices, say_changes, triplane_command
from triplane.errors import UserError
from triplane.history import RunKind


@triplane_command("triplane correct 3f2a91c0 --kind tempo")
@click.argument("fact")
@click.option("--kind", type=choices(RunKind), help="What kind of run it was.")
@click.option("--key/--no-key", "key", default=None, help="Whether it was a key run.")
@click.option("--withdraw", is_flag=True, help="Take it back: it should not be there.")
@click.option("--reason", default="", help="Why, in your words.")
def command(
    shell: Shell,
    as_json: bool,
    fact: str,
    kind: RunKind | None,
    key: bool | None,
    withdraw: bool,
    reason: str,
) -> None:
    """Correct FACT (the first characters of its id; triplane facts lists them).

    What safety rests on stays: pain that was told is not taken back.
    """
    if withdraw and (kind or key is not None):
        raise UserError("say either what the run was or --withdraw")
    practice = shell.practice
    if withdraw:
        practice.correct(lambda history, now: coach.withdrawal(history, fact, now, reason))
    else:
        practice.correct(lambda history, now: coach.corrected_run(history, fact, now, kind=kind, key=key))
    say_changes(practice.day(), as_json)
