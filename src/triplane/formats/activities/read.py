"""Read any activity file: unpack it, find its format, and judge what in it is a run."""

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from triplane.errors import UnreadableFile
from triplane.formats import activities
from triplane.formats.activities.activity import Format
from triplane.formats.activities.as_run import judge
from triplane.formats.activities.packed import unpack
from triplane.history import RunRecorded

LARGEST_BYTES = 64 * 2**20
"""Bytes of one activity file that is read at all; a day at one record a second is about 5 MB. Ours."""


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


def read_runs(source: Path | bytes, name: str = "", *, assume_run: bool = False) -> ReadResult:
    """Read the runs of a FIT, TCX or GPX file, also packed as ``.gz`` or ``.zip``.

    What is no run (a swim, a ride, a walk, a transition) is named and left out. In a ``.zip`` a
    broken file is named and the others still come in. Positions are used for distance and dropped.
    With ``assume_run`` an activity whose file names no sport is taken as a run, as the runner says.

    Raises
    ------
    UnreadableFile
        One line with the file's name, when nothing in it can be understood.
    """
    data, name = _bytes_of(source, name)
    found: list[ReadResult] = []
    broken: list[tuple[str, str]] = []
    for member, content in unpack(data, name):
        try:
            found.append(_read_one(content, member, assume_run))
        except UnreadableFile as error:
            if member == name:
                raise
            broken.append((member, str(error).removeprefix(f"{member}: ")))
    if not found:
        _, why = broken[0]
        raise UnreadableFile(f"{name}: nothing in it can be read; the first file: {why}")
    runs = sorted((run for one in found for run in one.runs), key=lambda run: run.started_at)
    skipped = (*broken, *(entry for one in found for entry in one.skipped))
    return ReadResult(tuple(runs), skipped, len(broken) + sum(one.unread for one in found))


def _bytes_of(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name or "file"
    try:
        return source.read_bytes(), name or source.name
    except OSError as error:
        raise UnreadableFile(f"{name or source}: cannot be read ({error.strerror})") from error


def _read_one(data: bytes | str, name: str, assume_run: bool) -> ReadResult:
    """Read one unpacked file; in place of its content may stand why there is none."""
    if isinstance(data, str):
        raise UnreadableFile(f"{name}: {data}")
    if not data:
        raise UnreadableFile(f"{name}: the file is empty")
    if len(data) > LARGEST_BYTES:
        raise UnreadableFile(f"{name}: larger than {LARGEST_BYTES // 2**20} MB, no run is that long")
    found = next((form for form in all_formats() if form.recognises(data[:4096])), None)
    if found is None:
        raise UnreadableFile(f"{name}: this is not a FIT, TCX or GPX file")
    try:
        activities, damaged = found.reads(data)
    except ValueError as error:
        raise UnreadableFile(f"{name}: {error}") from error
    judged = [judge(activity, found.name, assume_run) for activity in activities]
    runs = tuple(run for run in judged if isinstance(run, RunRecorded))
    skipped = [entry for entry in judged if not isinstance(entry, RunRecorded)]
    if not judged and not damaged:
        raise UnreadableFile(f"{name}: there is no activity in it")
    return ReadResult(runs, (*skipped, *damaged), len(damaged))
