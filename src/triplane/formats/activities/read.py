"""Read any activity file: unpack it, find its format, and judge what in it is a run."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cache
from pathlib import Path

from triplane.errors import UnreadableFile
from triplane.formats import activities
from triplane.formats.activities.activity import Format
from triplane.formats.activities.as_run import judge
from triplane.formats.activities.packed import BEGINNING, ZIP, unpack
from triplane.history import RunRecorded

LARGEST_BYTES = 64 * 2**20
"""Bytes of one activity file that is read at all; a day at one record a second is about 5 MB. Ours."""

MOST_IN_ONE = 2_000
"""Activities in one file that is no table: a watch writes one, what keeps years of them in one file some
hundreds. Ours."""


@dataclass(frozen=True)
class ReadResult:
    """Runs in order of their start, and everything that is no run with the reason, as (what, why).

    ``unread`` counts what of the skipped could not be read, where the rest is read and no run.
    """

    runs: tuple[RunRecorded, ...]
    skipped: tuple[tuple[str, str], ...]
    unread: int = 0


@cache
def all_formats() -> tuple[Format, ...]:
    """Return every format of this folder, in order of names: a module with a ``FORMAT`` is one."""
    names = sorted(info.name for info in pkgutil.iter_modules(activities.__path__))
    modules = (importlib.import_module(f"{activities.__name__}.{name}") for name in names)
    return tuple(module.FORMAT for module in modules if hasattr(module, "FORMAT"))


def read_runs(
    source: Path | bytes, name: str = "", *, assume_run: bool = False, zone: tzinfo = UTC
) -> ReadResult:
    """Read the runs of a file, also packed as ``.gz`` or ``.zip``, all at once; as ``read_each``."""
    found = list(read_each(source, name, assume_run=assume_run, zone=zone))
    runs = sorted((run for one in found for run in one.runs), key=lambda run: run.started_at)
    skipped = tuple(entry for one in found for entry in one.skipped)
    return ReadResult(tuple(runs), skipped, sum(one.unread for one in found))


def read_each(
    source: Path | bytes, name: str = "", *, assume_run: bool = False, zone: tzinfo = UTC
) -> Iterator[ReadResult]:
    """Yield the runs of each file within: FIT, TCX, GPX or a table (CSV), also packed as ``.gz`` or ``.zip``.

    What is no run (a swim, a ride, a walk, a transition) is named and left out. In a ``.zip`` a
    broken file is named and the others still come in; a path to one is read file by file. Positions are
    used for distance and dropped. With ``assume_run`` an activity whose file names no sport is taken as a
    run, as the runner says. ``zone`` is the runner's own. Rows of a table that lies beside their files are
    left to the files.

    Raises
    ------
    UnreadableFile
        One line with the file's name, when nothing in it can be understood.
    """
    data, name = _bytes_of(source, name)
    any_read, first = False, ""
    for member, content in unpack(data, name, lambda beginning: _format_of(beginning) is not None):
        try:
            yield _read_one(content, member, assume_run, zone)
            any_read = True
        except UnreadableFile as error:
            if member == name:
                raise
            why = str(error).removeprefix(f"{member}: ")
            first = first or why
            yield ReadResult((), ((member, why),), 1)
    if not any_read:
        raise UnreadableFile(f"{name}: nothing in it can be read; the first file: {first}")


def _bytes_of(source: Path | bytes, name: str) -> tuple[bytes | Path, str]:
    if isinstance(source, bytes):
        return source, name or "file"
    try:
        with source.open("rb") as file:
            if file.read(4) in (ZIP, b"PK\x05\x06"):
                return source, name or source.name
        return source.read_bytes(), name or source.name
    except OSError as error:
        raise UnreadableFile(f"{name or source}: cannot be read ({error.strerror})") from error


def _format_of(beginning: bytes) -> Format | None:
    """Return the format of a file that begins so."""
    return next((form for form in all_formats() if form.recognises(beginning)), None)


def _read_one(data: bytes | str, name: str, assume_run: bool, zone: tzinfo) -> ReadResult:
    """Read one unpacked file; in place of its content may stand why there is none."""
    if isinstance(data, str):
        raise UnreadableFile(f"{name}: {data}")
    if not data:
        raise UnreadableFile(f"{name}: the file is empty")
    if len(data) > LARGEST_BYTES:
        raise UnreadableFile(f"{name}: larger than {LARGEST_BYTES // 2**20} MB, no run is that long")
    found = _format_of(data[:BEGINNING])
    if found is None:
        raise UnreadableFile(f"{name}: this is not a FIT, TCX or GPX file, nor a table of activities")
    try:
        activities, damaged = found.reads(data)
    except ValueError as error:
        raise UnreadableFile(f"{name}: {error}") from error
    if len(activities) > MOST_IN_ONE and found.name != "table":
        raise UnreadableFile(
            f"{name}: more than {MOST_IN_ONE:,} activities in one file; export them in several"
        )
    judged = [judge(activity, found.name, assume_run, zone) for activity in activities]
    runs = tuple(run for run in judged if isinstance(run, RunRecorded))
    skipped = [entry for entry in judged if not isinstance(entry, RunRecorded)]
    if not judged and not damaged and found.name == "table":
        return ReadResult((), ())  # all its rows are left to their files
    if not judged and not damaged:
        raise UnreadableFile(f"{name}: there is no activity in it")
    return ReadResult(runs, (*skipped, *damaged), len(damaged))
