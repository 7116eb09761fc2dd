"""Videos of a runner, watched in a process of their own: what is counted, read and drawn of them.

Readers of videos and nets are compiled code: a damaged file may end the process that reads it, never ours.
"""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from triplane import coach
from triplane.bootstrap.extras import ask_for
from triplane.errors import UnreadableFile
from triplane.formats.motion import landmark_line
from triplane.formats.set_page import set_page
from triplane.formats.video import Model, whole, writing
from triplane.movement import Held, Seen
from triplane.value import Value

if TYPE_CHECKING:
    from triplane.formats.video import WatchedFrame, Watching

__all__ = ["Model", "RangeOnVideo", "SetOnVideo", "Wishes", "read_range", "watch_set"]

PACKAGES = ("av", "ai_edge_litert", "PIL")

BROKE_THE_READER = "reading it ended the reader; it is damaged"

LISTENS_S = 0.1
"""How often it is heard how far the watching is."""

Told = Callable[[float], None]
"""Hears how much of a video is watched, 0 to 1."""

Found = TypeVar("Found")

_teller: Connection | None = None
"""In the process that watches: the line to who waits."""


class Wishes(Value):
    """What is made of a video of a set: a page, the video with the skeleton in it, the landmarks."""

    model: Model = Model.FULL
    report: Path | None = None
    annotated: Path | None = None
    landmarks: Path | None = None

    @property
    def places(self) -> tuple[Path, ...]:
        """Where something is written."""
        return tuple(place for place in (self.report, self.annotated, self.landmarks) if place)


@dataclass(frozen=True)
class SetOnVideo:
    """What a set came to, and what was noted of the file."""

    found: "coach.SetWatched"
    notes: tuple[str, ...]


@dataclass(frozen=True)
class RangeOnVideo:
    """What was read of one side's range: the ends that were held, and what was noted of the file."""

    held: tuple[Held, ...]
    notes: tuple[str, ...]


def read_range(
    file: Path, test: "coach.CameraTest", model: Model = Model.FULL, told: Told = lambda share: None
) -> RangeOnVideo:
    """Read a test off a video.

    Raises
    ------
    UserError
        Where packages are missing, the video cannot be read, or too little was held still.
    """
    return _apart(file, told, _read_range, test, model)


def _read_range(file: Path, test: "coach.CameraTest", model: Model) -> RangeOnVideo:
    from triplane.formats.video import watch

    ends = test.ends()
    with watch(file, model) as watching:
        for frame in _heard(watching):
            ends.see(frame.landmarks)
        return RangeOnVideo(held=test.readings(ends), notes=tuple(watching.notes))


def watch_set(
    file: Path, eye: "coach.DrillEye", wishes: Wishes, told: Told = lambda share: None
) -> SetOnVideo:
    """Watch a set of a drill on a video, and write what is wished of it.

    Raises
    ------
    UserError
        Where packages are missing, the video cannot be read, or something cannot be written.
    """
    return _apart(file, told, _watch_set, eye, wishes)


def _watch_set(file: Path, eye: "coach.DrillEye", wishes: Wishes) -> SetOnVideo:
    from triplane.formats.video import annotated, watch

    book = coach.SetBook(eye)
    people = 0
    with ExitStack() as open_files:
        watching = open_files.enter_context(watch(file, wishes.model))
        drawn = wishes.annotated and open_files.enter_context(annotated(wishes.annotated))
        lines = wishes.landmarks and open_files.enter_context(_lines(wishes.landmarks))
        for frame in _heard(watching):
            seen = book.take(frame.landmarks)
            people = max(people, frame.person)
            if drawn:
                drawn.add(frame, _words(eye, seen))
            if lines:
                lines.write(landmark_line(frame.landmarks) + "\n")
    notes = list(watching.notes)
    if people > 1:
        notes.append("not the same person was followed all along: another took the place of who was lost")
    found = book.whole()
    if wishes.report:
        _write(wishes.report, set_page(found, file.name, notes))
    return SetOnVideo(found, tuple(notes))


def _words(eye: "coach.DrillEye", seen: Seen) -> list[str]:
    """Return what is written into a frame: what is counted, and what is wrong now."""
    held = f" - held {seen.held_s:.0f} s" if seen.held_s >= 1 else ""
    words = [f"{seen.repetitions} done, {seen.clean} clean{held}"]
    if seen.framing:
        words.append(eye.help(seen.framing))
    return [*words, *(eye.say(fault) for fault in seen.faults[:1])]


class _Lines:
    """A file of lines that is being written."""

    def __init__(self, place: Path, file: TextIO) -> None:
        self._place, self._file = place, file

    def write(self, text: str) -> None:
        with writing(self._place):
            self._file.write(text)


@contextmanager
def _lines(place: Path) -> Iterator[_Lines]:
    """Write lines; what else fails in between is not taken for a file that cannot be written."""
    with whole(place) as unfinished, ExitStack() as open_file:
        with writing(place):
            file = open_file.enter_context(unfinished.open("w", encoding="utf-8"))
        yield _Lines(place, file)
        with writing(place):
            file.flush()


def _write(place: Path, text: str) -> None:
    with _lines(place) as lines:
        lines.write(text)


def _heard(watching: "Watching") -> "Iterator[WatchedFrame]":
    """Give the frames of a video, and tell from time to time how far it is."""
    for frame in watching.frames:
        yield frame
        if watching.length_s:
            _tell(min(1.0, frame.landmarks.at_s / watching.length_s))


def _apart(file: Path, told: Told, work: Callable[..., Found], *given: Any) -> Found:
    """Do work with a video in a process of its own."""
    ask_for("video", PACKAGES, "videos need more packages")
    context = get_context("fork" if sys.platform == "linux" else None)
    hears, tells = context.Pipe(duplex=False)
    with ProcessPoolExecutor(1, context, initializer=_begin, initargs=(tells,)) as alone:
        done = alone.submit(work, file, *given)
        try:
            while not done.done():
                if hears.poll(LISTENS_S):
                    told(hears.recv())
            return done.result()
        except BrokenProcessPool as error:
            raise UnreadableFile(f"{file.name}: {BROKE_THE_READER}") from error


def _begin(teller: Connection) -> None:
    """Make a process ready: what compiled code writes by itself is for nobody."""
    global _teller
    _teller = teller
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stderr__.fileno() if sys.__stderr__ else 2)


def _tell(share: float) -> None:
    if _teller is not None:
        _teller.send(share)
