"""``triplane export``: everything on record about one runner in one file, or what a clinic reads of it."""

from pathlib import Path

import click

from triplane import coach
from triplane.cli.shell import Shell, plain, say, show_json, triplane_command
from triplane.cli.terminal import to_type
from triplane.errors import UserError


@triplane_command("triplane export my-hips.zip")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--fhir", is_flag=True, help="What a clinic reads: measurements, answers and plan as FHIR R4B.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(shell: Shell, as_json: bool, file: Path, fhir: bool, force: bool) -> None:
    """Write all your facts to FILE, nothing left out: .zip with tables for a spreadsheet beside them, any
    other ending the lines alone (.gz compresses).
    """
    if file.exists() and not force:
        raise UserError(f"{file} is there already; name another file or say --force")
    if fhir:
        _for_clinic(shell, as_json, file)
        return
    from triplane.formats.archive import pack, write_archive

    facts = shell.practice.history().facts
    packs = file.suffix.lower() == ".zip"
    shell.write(file, pack(facts) if packs else write_archive(facts, compress=file.suffix == ".gz"))
    if as_json:
        show_json({"file": str(file), "facts": len(facts)})
    else:
        name = plain(file)
        say(f"{len(facts)} facts written to {name}. {to_type('import')} {name} brings them back anywhere.")


def _for_clinic(shell: Shell, as_json: bool, file: Path) -> None:
    from triplane.formats.fhir import write_bundle

    practice = shell.practice
    practice.day()
    record = coach.clinic_record(practice.history(), practice.now)
    shell.write(file, write_bundle(record))
    if as_json:
        told = {"measurements": len(record.measurements), "sessions": len(record.sessions)}
        show_json({"file": str(file), **told, "no_plan": record.no_plan, "left_out": record.left_out})
        return
    say(f"{len(record.measurements)} measurements written to {plain(file)}.")
    if record.no_plan:
        say(f"No plan is in it: {record.no_plan}")
    else:
        say(f"{len(record.sessions)} sessions are in it, to be done only if nothing has changed since.")
    for what, why in record.left_out:
        say(f"left out: {what} ({why})")
