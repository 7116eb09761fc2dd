"""``triplane export``: the whole journal of one runner as open text."""

from pathlib import Path

import click

from triplane.cli.shell import Shell, plain, say, show_json, triplane_command
from triplane.errors import UserError
from triplane.formats.archive import write_archive


@triplane_command("triplane export my-hips.jsonl.gz")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(shell: Shell, as_json: bool, file: Path, force: bool) -> None:
    """Write all your facts to FILE (JSON lines; .gz compresses). Nothing is left out."""
    if file.exists() and not force:
        raise UserError(f"{file} is there already; name another file or say --force")
    facts = shell.practice.history().facts
    shell.write(file, write_archive(facts, compress=file.suffix == ".gz"))
    if as_json:
        show_json({"file": str(file), "facts": len(facts)})
    else:
        name = plain(file)
        say(f"{len(facts)} facts written to {name}. triplane import {name} brings them back anywhere.")
