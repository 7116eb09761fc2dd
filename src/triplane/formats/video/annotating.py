"""The same video with what was seen drawn into it: the skeleton, and a few words."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.stream import VideoStream
from PIL import Image, ImageDraw, ImageFont

from triplane.formats.video.watching import WatchedFrame
from triplane.formats.video.written import whole, writing
from triplane.movement import LANDMARKS

CLEAR = 0.5
"""What is seen less well than this is not drawn. Ours."""

LEFT, RIGHT, MIDDLE, SHADE, PAPER = "#4d9de8", "#f0853a", "#f4efe6", "#171614", "#faf7f2"
"""Left is blue, right is orange, as everywhere."""

CODERS = {
    "libx264": {"preset": "veryfast", "crf": "23", "rc-lookahead": "0", "bf": "0", "threads": "2"},
    "mpeg4": {"qscale": "5"},
}
"""How pictures are packed, best first and few at a time: every browser shows the first."""

LARGEST = (1920, 1080)
"""No larger is what is written, lying or standing: a set in 4K took hundreds of megabytes. Ours."""

TICKS = 1000
"""Instants are written in milliseconds."""

_BONES = (
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("shoulder", "hip"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "heel"),
    ("heel", "foot_index"),
    ("ankle", "foot_index"),
)


def _pairs() -> Iterator[tuple[int, int, str]]:
    for colour, side in ((LEFT, "left"), (RIGHT, "right")):
        for one, other in _BONES:
            yield LANDMARKS.index(f"{side}_{one}"), LANDMARKS.index(f"{side}_{other}"), colour
    for joint in ("shoulder", "hip"):
        yield LANDMARKS.index(f"left_{joint}"), LANDMARKS.index(f"right_{joint}"), MIDDLE


BONES = tuple(_pairs())
"""What is joined by a line: two numbers of points, and its colour."""


class Annotated:
    """A video that is being written; ``add`` takes its frames in their order."""

    def __init__(self, place: Path, container: OutputContainer) -> None:
        self._place, self._container = place, container
        self._stream: VideoStream | None = None

    def add(self, watched: WatchedFrame, words: Sequence[str] = ()) -> None:
        """Write one frame, its skeleton and a few words in it."""
        picture = drawn(watched, words)
        with writing(self._place):
            stream = self._stream = self._stream or self._begin(picture)
            frame = av.VideoFrame.from_image(picture.crop((0, 0, stream.width, stream.height)))
            frame.pts, frame.time_base = round(watched.landmarks.at_s * TICKS), Fraction(1, TICKS)
            self._container.mux(stream.encode(frame))

    def end(self) -> None:
        if self._stream is not None:
            self._container.mux(self._stream.encode(None))

    def _begin(self, picture: Image.Image) -> VideoStream:
        coder, options = next((one, how) for one, how in CODERS.items() if one in av.codecs_available)
        stream = self._container.add_stream(coder, rate=Fraction(30), options=dict(options))
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = picture.width // 2 * 2, picture.height // 2 * 2
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, TICKS)
        stream.codec_context.time_base = Fraction(1, TICKS)
        return stream


@contextmanager
def annotated(place: Path) -> Iterator[Annotated]:
    """Write a video; what else fails in between is not taken for one that cannot be written."""
    with whole(place) as unfinished, ExitStack() as open_file:
        with writing(place):
            container = av.open(str(unfinished), "w", format="mp4", options={"movflags": "faststart"})
            open_file.enter_context(container)
        video = Annotated(place, container)
        yield video
        with writing(place):
            video.end()
            container.close()


def drawn(watched: WatchedFrame, words: Sequence[str] = ()) -> Image.Image:
    """Return a frame's picture, no larger than is shown, with the skeleton and the words on it."""
    picture = watched.picture.copy()
    picture.thumbnail(LARGEST if picture.width >= picture.height else LARGEST[::-1])
    pen = ImageDraw.Draw(picture)
    unit = max(picture.size) / 320
    if watched.landmarks.shows_somebody:
        places = np.asarray(watched.landmarks.image) * picture.size
        is_clear = np.asarray(watched.landmarks.visibility) >= CLEAR
        for one, other, colour in BONES:
            if is_clear[one] and is_clear[other]:
                ends = [*places[one], *places[other]]
                pen.line(ends, fill=SHADE, width=round(2 * unit))
                pen.line(ends, fill=colour, width=round(unit))
        for x, y in places[11:][is_clear[11:]]:
            pen.ellipse((x - unit, y - unit, x + unit, y + unit), fill=PAPER, outline=SHADE)
    if words:
        _write(pen, picture, words, round(9 * unit))
    return picture


def _write(pen: ImageDraw.ImageDraw, picture: Image.Image, words: Sequence[str], size: int) -> None:
    """Write lines at the lower edge, on a plate that keeps them readable on any ground."""
    font = _font(size)
    step, edge = round(1.35 * size), size // 2
    top = picture.height - step * len(words) - 2 * edge
    wide = max(pen.textlength(line, font=font) for line in words)
    pen.rectangle((0, top, wide + 2 * edge, picture.height), fill=SHADE)
    for number, line in enumerate(words):
        pen.text((edge, top + edge + number * step), line, font=font, fill=PAPER)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
