"""``triplane import``: runs from a watch, or a whole journal from an archive."""

from pathlib import Path

import click

from triplane.bootstrap.importing import ImportReport
from triplane.cli.shell import Shell, show_json, triplane_command
from triplane.cli.terminal import complain, show_line

PARTIAL, UNREADABLE = 7, 3


@triplane_command("triplane import ~/Downloads/*.fit run.gpx.gz my-hips.jsonl.gz")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--assume-run", is_flag=True, help="Take activities that name no sport as runs.")
def command(shell: Shell, as_json: bool, files: tuple[Path, ...], assume_run: bool) -> None:
    """Import runs from FIT, TCX or GPX FILES (also .gz and .zip), or an exported journal.

    The same run twice is kept once. Positions are never stored.
    """
    report = shell.practice.bring_in(files, assume_run=assume_run)
    if as_json:
        show_json(report)
    else:
        _show(report)
    if report.is_partial:
        raise click.exceptions.Exit(UNREADABLE if report.has_nothing else PARTIAL)


def _show(report: ImportReport) -> None:
    for file in report.files:
        if file.problem:
            complain(f"not read  {file.problem}")
            continue
        words = [file.played] if file.played else []
        if (file.facts_new or file.facts_known) and not file.played:
            words.append(f"{_counted(file.facts_new, 'new fact')}, {file.facts_known} known before")
        if file.runs_new or file.runs_known or not words:
            words.append(f"{_counted(file.runs_new, 'new run')}, {file.runs_known} known before")
        show_line(f"read      {file.file}: {'; '.join(words)}")
        for what, why in file.skipped:
            show_line(f"          left out: {what} ({why})")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
