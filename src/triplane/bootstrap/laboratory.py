"""Recordings of movement, one or a folder of them: measured and written; one bad file never stops the rest."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

from triplane.errors import UnreadableFile, UserError
from triplane.formats.angles import WRITERS
from triplane.formats.motion import is_recording, motion_formats, read_motion
from triplane.movement import DIRECTIONS, HipMotion, Method, Regression, analyse, extremes
from triplane.value import Value

__all__ = [
    "DIRECTIONS",
    "KINDS",
    "HipMotion",
    "Measured",
    "Method",
    "Regression",
    "Wishes",
    "extremes",
    "measure_all",
    "measure_one",
    "measure_recording",
    "recordings_in",
]

KINDS = tuple(WRITERS)
"""What can be written of a recording."""

Told = Callable[["Measured"], None]


class Wishes(Value):
    """How recordings are measured and what is written of each.

    ``standing`` is the calibration trial of all of them. ``leg_length_m`` stands in where a file names none.
    Below ``output`` files lie as the recordings lie below ``root``.
    """

    method: Method | None = None
    regression: Regression | None = None
    standing: Path | None = None
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
    if wishes.leg_length_m:
        told = {f"{side}LegLength": wishes.leg_length_m for side in ("Left", "Right")}
        recording = replace(recording, measures_m={**told, **recording.measures_m})
    return analyse(
        recording, standing, method=wishes.method, regression=wishes.regression, cut_hz=wishes.cut_hz
    )


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
            named = (path for path in place.rglob("*") if path.suffix.lower() in endings)
            found += sorted(path for path in named if is_recording(path))
        else:
            found.append(place)
    return tuple(dict.fromkeys(found))


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
    wishes = wishes.model_copy(update={"root": _root_of(files)})
    again = _wished_before(wishes)
    waiting = {file: _measured_before(file, wishes) if again else None for file in files}
    found = {file: done for file, done in waiting.items() if done is not None}
    for done in found.values():
        told(done)
    todo = [file for file, done in waiting.items() if done is None]
    for done in _measure(todo, wishes, jobs, cluster):
        found[done.file] = done
        told(done)
    return tuple(found[file] for file in files)


def _measure(files: Sequence[Path], wishes: Wishes, jobs: int, cluster: str) -> Iterator[Measured]:
    if cluster:
        yield from _on_cluster(files, wishes, cluster)
    elif jobs == 1 or len(files) < 2:
        for file in files:
            yield measure_one(file, wishes)
    else:
        yield from _in_processes(files, wishes, jobs)


def _in_processes(files: Sequence[Path], wishes: Wishes, jobs: int) -> Iterator[Measured]:
    """Measure in processes. A recording that kills its process is named; the others are done anew."""
    left = list(files)
    suspects: list[Path] = []
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        for file, done in _harvest(pool, left, wishes):
            if done is None:
                suspects.append(file)
            else:
                yield done
    for file in suspects:
        with ProcessPoolExecutor(max_workers=1) as alone:
            ((_, done),) = _harvest(alone, [file], wishes)
            yield done or Measured(
                file=file, problem=f"{file.name}: reading it broke the reader; it is damaged"
            )


def _harvest(pool: Executor, files: Iterable[Path], wishes: Wishes) -> Iterator[tuple[Path, Measured | None]]:
    """Give what each file came to, as it is done; nothing for those whose process died."""
    sent: dict[Future[Measured], Path] = {}
    lost: list[Path] = []
    for file in files:
        try:
            sent[pool.submit(measure_one, file, wishes)] = file
        except BrokenProcessPool:
            lost.append(file)
    for future in as_completed(sent):
        try:
            yield sent[future], future.result()
        except BrokenProcessPool:
            yield sent[future], None
    for file in lost:
        yield file, None


def _on_cluster(files: Sequence[Path], wishes: Wishes, address: str) -> Iterator[Measured]:
    try:
        from distributed import Client
        from distributed import as_completed as arriving
    except ImportError as error:
        raise UserError("a cluster needs the package distributed: pip install 'triplane[cluster]'") from error
    try:
        client = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UserError(f"no Dask scheduler answers at {address}") from error
    with client:
        sent = {client.submit(measure_one, file, wishes, pure=False): file for file in files}
        for future in arriving(sent):  # type: ignore[no-untyped-call]
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
    except (ValueError, ArithmeticError, LookupError, MemoryError) as error:
        return Measured(file=file, problem=f"{file.name}: it could not be measured ({error})")
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


def _wished_before(wishes: Wishes) -> bool:
    """Whether the output folder was filled by these very wishes; they are noted there for the next time."""
    if wishes.output is None:
        return False
    told = wishes.model_dump_json(exclude={"kinds", "root", "output"})
    note = wishes.output / "wishes.json"
    try:
        if note.exists() and note.read_text(encoding="utf-8") == told:
            return True
        wishes.output.mkdir(parents=True, exist_ok=True)
        note.write_text(told, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{wishes.output} cannot be written: {error.strerror}") from error
    return False


def _measured_before(file: Path, wishes: Wishes) -> Measured | None:
    places = [place for place, _ in _places(file, wishes)]
    if not places or not file.exists():
        return None
    newest = file.stat().st_mtime
    if all(place.exists() and place.stat().st_mtime > newest for place in places):
        return Measured(file=file, written=tuple(places), is_done_before=True)
    return None
