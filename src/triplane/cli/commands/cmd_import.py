"""``triplane import``: runs from a watch, a calendar, what a clinic measured, or a whole journal."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from triplane.bootstrap import Practice
from triplane.bootstrap.fetching import is_address
from triplane.bootstrap.importing import FileReport, ImportReport
from triplane.cli.shell import Shell, show_json, triplane_command
from triplane.cli.terminal import complain, show_line
from triplane.errors import UserError

if TYPE_CHECKING:
    from triplane.coach import Anchor

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
@click.option("--mine", is_flag=True, help="The archive is your own, under another name.")
@click.option("--fewer", is_flag=True, help="Go by a calendar that holds less than your usual week.")
@click.option("--forget", metavar="CALENDAR", help="Let a calendar no longer speak about your week.")
def command(
    shell: Shell,
    as_json: bool,
    files: tuple[Path | str, ...],
    assume_run: bool,
    mine: bool,
    fewer: bool,
    forget: str | None,
) -> None:
    """Import runs from FIT, TCX or GPX FILES (also .gz and .zip), a calendar (.ics, also by its address),
    what a clinic measured (a FHIR bundle), or everything that was exported.

    The same run twice is kept once. Positions are never stored. Runs, gym visits and races of a calendar
    become those of your weeks; bring it in again when it has changed. Where it holds less than your usual
    week, you are asked first.
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
            practice.bring_from(file, asks=not fewer)
            if isinstance(file, str)
            else practice.bring_in(
                [file], assume_run=assume_run, asks=not fewer, mine=mine, told=_show_progress
            )
        )
        found += (_asked(practice, report, as_json) if report.held else report for report in one.files)
    report = ImportReport(files=tuple(found))
    if as_json:
        show_json(report)
    else:
        _show(report)
    if report.is_partial:
        raise click.exceptions.Exit(UNREADABLE if report.has_nothing else PARTIAL)


def _asked(practice: Practice, report: FileReport, as_json: bool) -> FileReport:
    """Ask whether the weeks go by a calendar that holds less than usual; where nobody can answer, refuse."""
    weeks = _counted(len(report.thinned), "week")
    if as_json or not sys.stdin.isatty():
        why = (
            f"{report.file}: by this calendar {weeks} would hold fewer runs or gym visits than usual, the "
            f"first from {report.thinned[0].monday:%d %B %Y} on; with --fewer you agree. Nothing was changed"
        )
        return report.model_copy(update={"problem": why})
    show_line(f"{report.file} holds fewer runs or gym visits than your usual week:")
    for week in report.thinned:
        show_line(f"  week of {week.monday:%d %B}: {_held(week.before)} as usual, {_held(week.after)} by it")
    if not click.confirm("Go by this calendar?", default=False):
        return report
    facts = practice.go_by_calendar(report.calendar, report.held)
    return report.model_copy(update={"facts_new": len(facts), "held": ()})


def _held(anchors: "Sequence[Anchor]") -> str:
    """Say how many runs and gym visits these are."""
    runs = sum(anchor.is_run for anchor in anchors)
    return f"{_counted(runs, 'run')} and {_counted(len(anchors) - runs, 'gym visit')}"


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
            changed = "your usual week stays" if file.held else changed
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
