"""``triplane import``: runs from a watch, a calendar, what a clinic measured, or a whole journal."""

import sys
from pathlib import Path
from typing import Any

import click

from triplane.bootstrap.fetching import is_address
from triplane.bootstrap.importing import FileReport, ImportReport
from triplane.cli.shell import Shell, show_json, triplane_command
from triplane.cli.terminal import complain, show_line
from triplane.errors import UserError

PARTIAL, UNREADABLE = 7, 3
EVERY = 100
"""Files of an archive after which it is said how far it is read. Ours."""


class _FileOrAddress(click.Path):
    """A file, or the address of a calendar as it was typed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        told = str(value)
        return told if is_address(told) else super().convert(value, param, ctx)


@triplane_command("triplane import ~/Downloads/*.fit my-hips.jsonl.gz club.ics https://example.org/club.ics")
@click.argument("files", nargs=-1, type=_FileOrAddress(path_type=Path, readable=False))
@click.option("--assume-run", is_flag=True, help="Take activities that name no sport as runs.")
@click.option("--forget", metavar="CALENDAR", help="Let a calendar no longer speak about your week.")
def command(
    shell: Shell, as_json: bool, files: tuple[Path | str, ...], assume_run: bool, forget: str | None
) -> None:
    """Import runs from FIT, TCX or GPX FILES (also .gz and .zip), a calendar (.ics, also by its address),
    what a clinic measured (a FHIR bundle), or everything that was exported.

    The same run twice is kept once. Positions are never stored. Runs, gym visits and races of a calendar
    become those of your weeks; bring it in again when it has changed.
    """
    if bool(files) is (forget is not None):
        raise UserError("name the files, or with --forget a calendar")
    practice = shell.practice
    if forget is not None:
        practice.forget_calendar(forget)
        show_line(f"forgotten {forget}: your week goes as you described it")
        return
    found: list[FileReport] = []
    for file in files:
        one = (
            practice.bring_from(file)
            if isinstance(file, str)
            else practice.bring_in([file], assume_run=assume_run, told=_show_progress)
        )
        found += one.files
    report = ImportReport(files=tuple(found))
    if as_json:
        show_json(report)
    else:
        _show(report)
    if report.is_partial:
        raise click.exceptions.Exit(UNREADABLE if report.has_nothing else PARTIAL)


def _show_progress(number: int) -> None:
    """Say now and then how far a large archive is read, to whoever sits there."""
    if number % EVERY == 0 and sys.stderr.isatty():
        click.echo(f"{number} files looked at ...", err=True)


def _show(report: ImportReport) -> None:
    for file in report.files:
        if file.problem:
            complain(f"not read  {file.problem}")
            continue
        words = [file.played] if file.played else []
        if file.calendar:
            changed = "your weeks follow it" if file.facts_new else "nothing has changed in it"
            words.append(
                f"{_counted(file.entries, 'run, visit or race', 'runs, visits and races')} ({changed})"
            )
        elif file.is_clinic:
            words.append(f"{_counted(file.facts_new, 'new measurement')}, {file.facts_known} known before")
        elif (file.facts_new or file.facts_known) and not file.played:
            words.append(f"{_counted(file.facts_new, 'new fact')}, {file.facts_known} known before")
        if file.runs_new or file.runs_known or not words:
            words.append(f"{_counted(file.runs_new, 'new run')}, {file.runs_known} known before")
        show_line(f"read      {file.file}: {'; '.join(words)}")
        for what, why in file.skipped:
            show_line(f"          left out: {what} ({why})")


def _counted(number: int, what: str, many: str = "") -> str:
    return f"{number} {what if number == 1 else many or f'{what}s'}"
