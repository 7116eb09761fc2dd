"""Recordings of movement, one or a folder, measured and written; one bad file never stops the rest."""

import faulthandler
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from triplane.bootstrap.extras import ask_for
from triplane.errors import UnreadableFile, UserError
from triplane.formats.angles import WRITERS
from triplane.formats.motion import is_recording, motion_formats, read_motion
from triplane.movement import DIRECTIONS, Extremes, HipMotion, Method, Regression, analyse, extremes
from triplane.value import Value

__all__ = [
    "DIRECTIONS",
    "KINDS",
    "Extremes",
    "HipMotion",
    "Measured",
    "Method",
    "Regression",
    "Wishes",
    "extremes",
    "measure_all",
    "measure_and_write",
    "measure_one",
    "measure_recording",
    "recordings_in",
]

KINDS = tuple(WRITERS)
"""What can be written of a recording."""

PACKAGES = {"svg": "matplotlib", "png": "matplotlib", "html": "matplotlib", "parquet": "pyarrow"}
"""What a kind of file needs beside what all of them do."""

LONGEST_S = 300.0
"""Seconds that one recording may take; an hour of forty markers takes about ten. Ours."""

BROKE_THE_READER = "reading it ended the reader, or would not end; it is damaged"

Told = Callable[["Measured"], None]


class Wishes(Value):
    """How recordings are measured and what is written of each.

    ``standing`` is the calibration trial of all of them, ``functional`` are those in which a leg is swung.
    ``leg_length_m`` stands in where a file names none. Below ``output`` files lie as the recordings lie
    below ``root``.
    """

    method: Method | None = None
    regression: Regression | None = None
    standing: Path | None = None
    functional: tuple[Path, ...] = ()
    cut_hz: float | None = None
    leg_length_m: float | None = None
    output: Path | None = None
    kinds: tuple[str, ...] = ()
    root: Path | None = None


class Measured(Value):
    """What became of one recording. ``problem`` says why it could not be read or measured."""

    file: Path
    method: Method | None = None
    frames: int = 0
    cycles: int = 0
    written: tuple[Path, ...] = ()
    is_done_before: bool = False
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""


def measure_recording(file: Path, wishes: Wishes) -> HipMotion:
    """Return the angles of one recording.

    Raises
    ------
    UnreadableFile
        One line with the file's name.
    """
    recording = read_motion(file)
    standing = read_motion(wishes.standing) if wishes.standing else None
    functional = [read_motion(trial) for trial in wishes.functional]
    if wishes.leg_length_m:
        told = {f"{side}LegLength": wishes.leg_length_m for side in ("Left", "Right")}
        recording = replace(recording, measures_m={**told, **recording.measures_m})
    try:
        return analyse(
            recording,
            standing,
            functional=functional,
            method=wishes.method,
            regression=wishes.regression,
            cut_hz=wishes.cut_hz,
        )
    except (ValueError, ArithmeticError, LookupError) as error:
        raise UnreadableFile(f"{file.name}: it could not be measured ({error})") from error


def measure_and_write(file: Path, wishes: Wishes) -> tuple[HipMotion, tuple[Path, ...]]:
    """Measure one recording in a process of its own and write what is wished of it.

    Raises
    ------
    UserError
        Where packages are missing, or the recording cannot be read, measured or written.
    """
    _ask_for_packages(wishes)
    with _pool(1) as alone:
        try:
            return alone.submit(_measure_and_write, file, wishes).result()
        except BrokenProcessPool as error:
            raise UnreadableFile(f"{file.name}: {BROKE_THE_READER}") from error


def _measure_and_write(file: Path, wishes: Wishes) -> tuple[HipMotion, tuple[Path, ...]]:
    with _ends_at_last():
        found = measure_recording(file, wishes)
        return found, tuple(_write(file, found, wishes))


def recordings_in(places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that are named, and of folders what begins as a recording, in order of names.

    Raises
    ------
    UserError
        Where a place is not there.
    """
    endings = {suffix for one in motion_formats() for suffix in one.suffixes}
    found: list[Path] = []
    for place in places:
        if not place.exists():
            raise UserError(f"{place}: there is no such file or folder")
        if place.is_dir():
            named = (
                path for path in place.rglob("*") if path.suffix.lower() in endings and not _is_ours(path)
            )
            found += sorted(path for path in named if is_recording(path))
        else:
            found.append(place)
    return tuple(dict.fromkeys(found))


def _is_ours(file: Path) -> bool:
    """Whether a file was written here: what was measured is no recording of its own."""
    return file.name.endswith(tuple(ending for ending, _ in WRITERS.values()))


def measure_all(
    files: Sequence[Path], wishes: Wishes, *, jobs: int = 1, cluster: str = "", told: Told = lambda one: None
) -> tuple[Measured, ...]:
    """Measure files side by side and write what is wished of each; ``told`` hears of each as it is done.

    Parameters
    ----------
    jobs : processes on this machine
    cluster : address of a Dask scheduler that does the work instead; its workers see the same folders

    What was written before by the same wishes and is newer than its recording is not done again.
    """
    _ask_for_packages(wishes)
    wishes = wishes.model_copy(update={"root": _root_of(files)})
    since = _wished_since(wishes)
    waiting = {file: _measured_before(file, wishes, since) for file in files}
    found = {file: done for file, done in waiting.items() if done is not None}
    for done in found.values():
        told(done)
    todo = [file for file, done in waiting.items() if done is None]
    for done in _on_cluster(todo, wishes, cluster) if cluster else _in_processes(todo, wishes, jobs):
        found[done.file] = done
        told(done)
    return tuple(found[file] for file in files)


def _in_processes(files: Sequence[Path], wishes: Wishes, jobs: int) -> Iterator[Measured]:
    """Measure in processes, as one job too: readers are compiled code, and a file may end its process.

    Work is handed out in order, so whoever ended a process is among the first that are open then. Those are
    tried alone and named; all others go on together.
    """
    left = list(files)
    while left:
        done = set()
        for one in _together(left, wishes, jobs):
            done.add(one.file)
            yield one
        left = [file for file in left if file not in done]
        for suspect in left[:jobs]:
            alone = next(_together([suspect], wishes, 1), None)
            yield alone or Measured(file=suspect, problem=f"{suspect.name}: {BROKE_THE_READER}")
        left = left[jobs:]


def _together(files: Sequence[Path], wishes: Wishes, jobs: int) -> Iterator[Measured]:
    """Give what each file came to, as it is done, until a process is ended."""
    pool = _pool(min(jobs, len(files)))
    try:
        sent = {pool.submit(_measure_one, file, wishes): file for file in files}
        for future in as_completed(sent):
            broken = future.exception()
            if isinstance(broken, BrokenProcessPool):
                return
            file = sent[future]
            yield Measured(file=file, problem=f"{file.name}: {broken}") if broken else future.result()
    except BrokenProcessPool:
        return
    finally:
        # Whoever stops here, by a key or by an error, does not wait for what is not begun.
        pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A fork has everything imported at once; elsewhere than on Linux it is not safe.
    context = get_context("fork" if sys.platform == "linux" else None)
    return ProcessPoolExecutor(max_workers=jobs, mp_context=context)


def _measure_one(file: Path, wishes: Wishes) -> Measured:
    with _ends_at_last():
        return measure_one(file, wishes)


@contextmanager
def _ends_at_last() -> Iterator[None]:
    """End this process when a recording takes longer than any does: a damaged one may never end by itself."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(LONGEST_S, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _ask_for_packages(wishes: Wishes) -> None:
    needed = ("ezc3d", "scipy", *(PACKAGES[kind] for kind in wishes.kinds if kind in PACKAGES))
    ask_for("lab", needed, "recordings of a laboratory need more packages")


def _on_cluster(files: Sequence[Path], wishes: Wishes, address: str) -> Iterator[Measured]:
    ask_for("cluster", ("distributed",), "a cluster needs another package")
    from distributed import Client
    from distributed import as_completed as arriving

    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise UserError(f"no Dask scheduler answers at {address}") from error
    with client:
        sent = {client.submit(measure_one, file, wishes, pure=False): file for file in files}
        for future in arriving(sent):
            broken = future.exception()
            file = sent[future]
            yield Measured(file=file, problem=f"{file.name}: {broken}") if broken else future.result()


def measure_one(file: Path, wishes: Wishes) -> Measured:
    """Measure one recording and write what is wished; whatever is wrong with it is said, not raised."""
    try:
        found = measure_recording(file, wishes)
        written = tuple(_write(file, found, wishes))
    except (UnreadableFile, UserError) as error:
        return Measured(file=file, problem=str(error))
    except MemoryError:
        return Measured(file=file, problem=f"{file.name}: it is larger than the memory here")
    return Measured(
        file=file,
        method=found.method,
        frames=len(found.times_s),
        cycles=sum(len(cycles.each_deg) for cycles in found.cycles.values()),
        written=written,
        missing=found.missing,
        notes=found.notes,
    )


def _write(file: Path, found: HipMotion, wishes: Wishes) -> Iterator[Path]:
    """Write each kind beside its final name first, so that a file that is there is whole."""
    for place, kind in _places(file, wishes):
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(place.name + ".part")
        try:
            unfinished.write_bytes(WRITERS[kind][1](found, file.name))
            os.replace(unfinished, place)
        except OSError as error:
            raise UserError(f"{place} cannot be written: {error.strerror}") from error
        yield place


def _places(file: Path, wishes: Wishes) -> list[tuple[Path, str]]:
    if wishes.output is None:
        return []
    below = file.parent.relative_to(wishes.root) if wishes.root else Path()
    return [(wishes.output / below / f"{file.name}{WRITERS[kind][0]}", kind) for kind in wishes.kinds]


def _root_of(files: Sequence[Path]) -> Path | None:
    return Path(os.path.commonpath([file.parent for file in files])) if files else None


def _wished_since(wishes: Wishes) -> float | None:
    """Return since when the output folder is filled by these very wishes; they are noted there."""
    if wishes.output is None:
        return None
    told = wishes.model_dump_json(exclude={"kinds", "root", "output"})
    note = wishes.output / "wishes.json"
    try:
        if not note.exists() or note.read_text(encoding="utf-8", errors="replace") != told:
            wishes.output.mkdir(parents=True, exist_ok=True)
            note.write_text(told, encoding="utf-8")
        return note.stat().st_mtime
    except OSError as error:
        raise UserError(f"{wishes.output} cannot be written: {error.strerror}") from error


def _measured_before(file: Path, wishes: Wishes, since: float | None) -> Measured | None:
    """Return what was written of a file before, where that is newer than the wishes and all it is made of."""
    places = [place for place, _ in _places(file, wishes)]
    if since is None or not places:
        return None
    made_of = [one for one in (file, wishes.standing, *wishes.functional) if one is not None]
    try:
        newest = max(since, *(one.stat().st_mtime for one in made_of))
        is_done = all(place.stat().st_mtime >= newest for place in places)
    except OSError:
        return None
    return Measured(file=file, written=tuple(places), is_done_before=True) if is_done else None
