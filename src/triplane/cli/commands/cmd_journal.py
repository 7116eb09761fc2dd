"""``triplane journal``: take the whole journal from a file to a server's database, or back."""

from pathlib import Path

import click

from triplane.bootstrap import is_address, move_journal
from triplane.cli.shell import Shell, say, show_json, triplane_command


@triplane_command("triplane journal --to postgresql://triplane@db.example/triplane")
@click.option("--to", "target", required=True, help="A file, or the address of a PostgreSQL database.")
@click.option("--from", "source", help="Where from, if not the journal every other command uses.")
def command(shell: Shell, as_json: bool, target: str, source: str | None) -> None:
    """Move the journal of all runners to a file or a PostgreSQL database, and compare every fact.

    The journal it comes from stays as it is, and so the way back is the same command the other way round:
    what is there already is compared, and only what is new is brought. A password is better given in the
    variable PGPASSWORD, or in a file that PGPASSFILE names, than in the address.
    """
    moved = move_journal(_place(source) if source else shell.named_journal, _place(target))
    if as_json:
        show_json({"facts": moved.facts, "new": moved.new, "runners": moved.runners})
        return
    say(
        f"{moved.new} facts were brought; {moved.facts} facts of {moved.runners} runners are the same now.",
        "The journal they came from is as it was; remove it once you work with the other.",
    )


def _place(told: str) -> Path | str:
    return told if is_address(told) else Path(told)
