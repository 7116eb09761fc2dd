"""A video, watched: each of its frames with what is seen in it, in bounded memory however long it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from triplane.formats.video.following import Followed, Follower
from triplane.formats.video.frames import open_video
from triplane.formats.video.models import Model
from triplane.movement import LandmarkFrame


@dataclass(frozen=True)
class WatchedFrame:
    """One watched frame of a video.

    Attributes
    ----------
    picture : upright
    landmarks : of who is followed, with times from the first frame on
    person : 1 for the first who is followed; grows when somebody else is
    """

    picture: Image.Image
    landmarks: LandmarkFrame
    person: int


@dataclass(frozen=True)
class Watching:
    """A video that is being watched. ``frames`` gives its frames, once; ``notes`` grow with them."""

    frames: Iterator[WatchedFrame]
    length_s: float | None
    notes: list[str]


@contextmanager
def watch(file: Path, model: Model = Model.FULL) -> Iterator[Watching]:
    """Open a video and watch it.

    Raises
    ------
    UserError
        Where the pose models were not built.
    UnreadableFile
        One line with the file's name, now or while it is watched.
    """
    follower = Follower(model)
    with open_video(file) as video:
        frames = (
            _watched(frame.at_s, frame.picture, follower.see(frame.picture, frame.at_s)) for frame in video
        )
        yield Watching(frames, video.length_s, video.notes)


def _watched(at_s: float, picture: Image.Image, found: Followed) -> WatchedFrame:
    aspect, light = picture.width / picture.height, _light(picture)
    if found.points is None:
        return WatchedFrame(picture, LandmarkFrame(at_s, aspect=aspect, people=0, light=light), found.person)
    landmarks = LandmarkFrame(
        at_s,
        tuple((x, y) for x, y in (found.points.image / picture.size).tolist()),
        tuple((x, y, z) for x, y, z in found.points.world.tolist()),
        tuple(found.points.visibility.tolist()),
        aspect,
        found.people,
        light,
    )
    return WatchedFrame(picture, landmarks, found.person)


def _light(picture: Image.Image) -> float:
    few = picture.resize((32, 18), Image.Resampling.NEAREST)
    return float(np.asarray(few, dtype=np.float32).mean() / 255)
