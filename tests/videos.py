"""Videos for tests: made ones, odd ones, and the walker cut out of a real one."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

DEMO = "data/sports2d_demo/demo.mp4"
"""Two people: one walks across the lower half to the left, one jumps on a roof."""

WALKER = (880, 495)
"""How large the cut around the walker is, in pixels of the demo."""

Pictures = Iterator[tuple[float, Image.Image]]


def walker(demo: Path, first_s: float, last_s: float, size: tuple[int, int] = (640, 360)) -> Pictures:
    """Give the walker alone, from the side, the camera going along; times count from the first picture."""
    with av.open(str(demo)) as video:
        for frame in video.decode(video=0):
            assert frame.time is not None
            if first_s - 1e-6 <= frame.time <= last_s + 1e-6:
                left = round(min(max(1210 - 350 * (frame.time - 2), 0), frame.width - WALKER[0]))
                box = (left, frame.height - WALKER[1], left + WALKER[0], frame.height)
                yield frame.time - first_s, frame.to_image().crop(box).resize(size)


def uncut(demo: Path, first_s: float, last_s: float, size: tuple[int, int] = (1280, 720)) -> Pictures:
    """Give both people."""
    with av.open(str(demo)) as video:
        for frame in video.decode(video=0):
            assert frame.time is not None
            if first_s - 1e-6 <= frame.time <= last_s + 1e-6:
                yield frame.time - first_s, frame.to_image().resize(size)


def still(count: int, size: tuple[int, int] = (64, 48), rate: float = 30, corner: str = "red") -> Pictures:
    """Give grey pictures whose left upper quarter has a colour."""
    for number in range(count):
        picture = Image.new("RGB", size, "grey")
        picture.paste(corner, (0, 0, size[0] // 2, size[1] // 2))
        yield number / rate, picture


def write(place: Path, pictures: Pictures, coder: str = "", format: str = "", **how: Any) -> Path:
    """Write a video; its ending decides how, ``.mjpeg`` and ``.y4m`` for a browser's made-up camera."""
    if place.suffix == ".y4m":
        return _y4m(place, pictures)
    is_mjpeg = place.suffix == ".mjpeg"
    coder = coder or ("mjpeg" if is_mjpeg else "libx264")
    format = format or ("yuvj420p" if is_mjpeg else "yuv420p")
    with av.open(str(place), "w") as video:
        stream: Any = None
        for at_s, picture in pictures:
            if stream is None:
                quick = {"preset": "ultrafast"} if coder == "libx264" else {}
                stream = video.add_stream(coder, rate=how.get("rate", 30), options=quick)
                stream.width, stream.height, stream.pix_fmt = *picture.size, format
                if not is_mjpeg:
                    stream.codec_context.time_base = Fraction(1, 1000)
            frame = av.VideoFrame.from_image(picture).reformat(format=format)
            if not is_mjpeg:
                frame.pts, frame.time_base = round(at_s * 1000), Fraction(1, 1000)
            video.mux(stream.encode(frame))
        video.mux(stream.encode(None))
    return place


def _y4m(place: Path, pictures: Pictures) -> Path:
    with place.open("wb") as file:
        for number, (_, picture) in enumerate(pictures):
            if number == 0:
                file.write(b"YUV4MPEG2 W%d H%d F30:1 Ip A1:1 C420jpeg\n" % picture.size)
            frame = av.VideoFrame.from_image(picture).reformat(format="yuv420p")
            file.write(b"FRAME\n" + frame.to_ndarray().tobytes())
    return place


def turned(file: Path, matrix: Sequence[int]) -> Path:
    """Let an MP4 say that its pictures are to be turned: a, b, c, d of the matrix in its track's header."""
    data = bytearray(file.read_bytes())
    header = data.index(b"tkhd") + 4
    at = header + 40
    for place, value in zip((0, 4, 12, 16), matrix, strict=True):
        data[at + place : at + place + 4] = int(value * 65536).to_bytes(4, "big", signed=True)
    file.write_bytes(data)
    return file


def sound(place: Path) -> Path:
    """Write a file in which nothing is to be seen."""
    with av.open(str(place), "w") as video:
        stream: Any = video.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, 4096), dtype=np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate = 44100
        video.mux(stream.encode(frame))
        video.mux(stream.encode(None))
    return place


def cut_short(file: Path, share: float) -> Path:
    """Let a file end too early."""
    data = file.read_bytes()
    short = file.with_name(f"short_{file.name}")
    short.write_bytes(data[: int(len(data) * share)])
    return short


Made = Callable[..., Path]
