"""Videos into upright pictures and their times, one after the other, whatever a camera wrote.

Nothing but the file itself is opened: a playlist, which names other places, is no video here.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from PIL import Image

from triplane.errors import UnreadableFile

CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,mjpeg,yuv4mpegpipe,flv,asf,ogg,h264,"
    "hevc,ivf,gif"
)
"""Kinds of files that hold their pictures themselves."""

LONGEST_SIDE = 1280
"""Pictures are made no larger than this, in pixels; the nets see less. Ours."""

MOST_PIXELS = 4096 * 2304
"""Pictures with more would not fit the memory that reading may take. Ours."""

MOST_HZ = 60.0
"""Frames a second that are looked at; slow motion has more. Ours."""

LONGEST_S = 3600.0
"""Seconds of a video that are looked at. Ours."""

MOST_DAMAGED = 100
"""So many packets in a row that cannot be read end a video. Ours."""

USUAL_HZ = 30.0
"""For files that do not say how fast their pictures follow each other."""

CUT_OFF_S = 0.5
"""A video that ends so much before the length it names was broken off. Ours."""

TURNS = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
"""How a picture is turned upright, by the degrees that the file names."""


@dataclass(frozen=True)
class Frame:
    """One picture, upright, and when it was taken, counted from the first."""

    at_s: float
    picture: Image.Image


class Video:
    """A video that is open; going through it gives its frames, once.

    Attributes
    ----------
    length_s : what the file says, where it does
    notes : what was left out or had to be decided, as sentences; grows while frames are read
    """

    def __init__(self, container: InputContainer, name: str) -> None:
        moving = [one for one in container.streams.video if one.codec_context and not _is_cover(one)]
        if not moving:
            raise ValueError("there are no moving pictures in it")
        self._container, self._stream, self._name = container, moving[0], name
        self._stream.thread_type = "AUTO"
        _check_size(self._stream.width, self._stream.height)
        self.length_s = container.duration / av.time_base if container.duration else None
        self.notes: list[str] = []

    def __iter__(self) -> Iterator[Frame]:
        with _explained(self._name):
            yield from self._frames()

    def _frames(self) -> Iterator[Frame]:
        first: float | None = None
        last = -1.0
        for at, frame in self._timed():
            first = at if first is None else first
            at_s = at - first
            if at_s > LONGEST_S:
                self.notes.append(f"only its first {LONGEST_S / 60:.0f} minutes were looked at")
                return
            if at_s - last >= 0.9 / MOST_HZ:
                last = at_s
                yield Frame(at_s, _upright(frame))
        if first is None:
            raise ValueError("there is no picture in it that can be shown")
        if self.length_s and last < self.length_s - CUT_OFF_S:
            self.notes.append(f"the file breaks off at {last:.1f} s of the {self.length_s:.1f} s it names")

    def _timed(self) -> Iterator[tuple[float, VideoFrame]]:
        """Give frames with the seconds that they carry, else counted by the rate."""
        step = 1 / float(self._stream.average_rate or USUAL_HZ)
        at = -step
        for frame in self._decoded():
            told = frame.time
            # A time that goes back was never true; the frame takes its turn after the one before.
            at = told if told is not None and told > at else at + step
            yield at, frame

    def _decoded(self) -> Iterator[VideoFrame]:
        damaged, packets = 0, self._container.demux(self._stream)
        while damaged < MOST_DAMAGED:
            try:
                packet = next(packets, None)
                if packet is None:
                    break
                frames = packet.decode()
            except av.error.EOFError:
                break
            except av.error.FFmpegError:
                damaged += 1
                continue
            damaged = 0
            for frame in frames:
                if isinstance(frame, VideoFrame):
                    _check_size(frame.width, frame.height)
                    yield frame
        if damaged:
            self.notes.append("parts of the file are damaged and were left out")


@contextmanager
def open_video(file: Path) -> Iterator[Video]:
    """Open a video for reading; what is wrong with it, now or later, is said in one sentence.

    Raises
    ------
    UnreadableFile
        One line with the file's name.
    """
    with ExitStack() as stack:
        with _explained(file.name):
            if not file.is_file():
                raise ValueError("there is no such file")
            stream = stack.enter_context(file.open("rb"))
            video = Video(stack.enter_context(_container(stream)), file.name)
        yield video


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn whatever goes wrong with a file into one sentence with its name."""
    try:
        yield
    except (av.error.FFmpegError, OSError) as error:
        raise UnreadableFile(f"{name}: it is no video that we can read") from error
    except ValueError as error:
        raise UnreadableFile(f"{name}: {error}") from error
    except MemoryError as error:
        raise UnreadableFile(f"{name}: its pictures are larger than the memory here") from error
    except (LookupError, ArithmeticError, TypeError, AttributeError, RuntimeError) as error:
        # What the reader of videos did not foresee in a file is the file's fault.
        raise UnreadableFile(f"{name}: it is damaged ({type(error).__name__})") from error


def _container(stream: Any) -> InputContainer:
    only = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file"}
    container: InputContainer = av.open(stream, "r", container_options=only, io_open=_refuse)
    return container


def _refuse(address: str, flags: int, options: dict[str, str]) -> Any:
    raise PermissionError("a video names no other file")


def _is_cover(stream: Any) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ValueError(
            f"its pictures are {width} by {height} points; make them smaller, 1920 by 1080 is ample"
        )
    if min(width, height) < 16:
        raise ValueError("its pictures are too small to show anybody")


def _upright(frame: VideoFrame) -> Image.Image:
    """Return the picture as it is meant to be seen, no larger than is looked at."""
    shrink = min(1.0, LONGEST_SIDE / max(frame.width, frame.height))
    width, height = (max(2, round(side * shrink)) for side in (frame.width, frame.height))
    picture: Image.Image = frame.reformat(width, height, "rgb24").to_image()
    turn = TURNS.get(round(frame.rotation / 90) * 90 % 360)
    return picture if turn is None else picture.transpose(turn)
