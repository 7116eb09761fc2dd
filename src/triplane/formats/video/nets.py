"""The two nets at work: people in a picture, and 33 points on one of them."""

from dataclasses import dataclass

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray
from PIL import Image

from triplane.formats.video.regions import Array, Region

POINTS = 33
"""The points of a body; those after them say where the person is."""

THREADS = 2
"""More bring little: the nets are small."""

GRIDS = ((28, 2), (14, 2), (7, 6))
"""Where the first net looks for people: cells along each side of the picture, and anchors in each."""

SURE_OF_PERSON = 0.5
"""From where on the first net's find is a person, as its makers use it."""

SAME_PERSON = 0.25
"""Finds whose hips lie nearer than this share of the square are one person. Ours."""

REFINED_IN = 3
"""Cells to each side in which a point is refined by the net's map of it, as its makers do."""

SURE_OF_PLACE = 0.5
"""The map of a point refines it only where its highest value reaches this, as its makers do."""


@dataclass(frozen=True)
class Find:
    """A person as the first net finds one."""

    region: Region
    sure: float


@dataclass(frozen=True)
class Points:
    """A person's points in one picture.

    Attributes
    ----------
    image : array, shape (33, 2), pixels of the picture
    world : array, shape (33, 3), metres from the middle of the hips: right, down, away from the camera
    visibility : array, shape (33,), 0 to 1
    presence : how sure it is that this is a person at all, 0 to 1
    region : where to look for the person in the next picture
    """

    image: Array
    world: Array
    visibility: Array
    presence: float
    region: Region


class _Net:
    """A net that takes a picture and gives its outputs by name."""

    def __init__(self, model: bytes) -> None:
        self._net = Interpreter(model_content=model, num_threads=THREADS)
        self._net.allocate_tensors()
        (told,) = self._net.get_input_details()
        self._input = told["index"]
        self._outputs = {told["name"]: told["index"] for told in self._net.get_output_details()}

    def run(self, picture: NDArray[np.floating]) -> None:
        self._net.set_tensor(self._input, picture[None].astype(np.float32, copy=False))
        self._net.invoke()

    def output(self, name: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self._net.get_tensor(self._outputs[name])[0]
        return found


class PeopleNet:
    """Finds people by where their hips are, how large they are and how they are turned."""

    PIXELS = 224

    def __init__(self, model: bytes) -> None:
        self._net = _Net(model)
        self._anchors = np.concatenate([_grid(cells, each) for cells, each in GRIDS])

    def find(self, picture: Image.Image, where: Region) -> list[Find]:
        """Return the people in a square of the picture, the surest first."""
        self._net.run(where.cut(picture, self.PIXELS) / 127.5 - 1)
        sure = _share(self._net.output("Identity_1")[:, 0])
        found: list[Find] = []
        for number in np.argsort(-sure):
            if sure[number] < SURE_OF_PERSON:
                break
            places = self._net.output("Identity")[number, 4:8].reshape(2, 2) / self.PIXELS
            hips, edge = where.in_picture(places.astype(float) + self._anchors[number])
            region = Region.around(hips, edge)
            if not any(is_same_person(region, other.region) for other in found):
                found.append(Find(region, float(sure[number])))
        return found


class PointsNet:
    """Finds the 33 points of one person."""

    PIXELS = 256

    def __init__(self, model: bytes) -> None:
        self._net = _Net(model)

    def find(self, picture: Image.Image, where: Region) -> Points:
        """Return the points of the person in a square of the picture."""
        self._net.run(where.cut(picture, self.PIXELS) / 255)
        found = self._net.output("Identity").reshape(-1, 5).astype(float)
        places = _refined(found[:, :2] / self.PIXELS, self._net.output("Identity_3"))
        image = where.in_picture(places)
        world = self._net.output("Identity_4").reshape(-1, 3)[:POINTS].astype(float)
        world[:, :2] = where.turned(world[:, :2])
        return Points(
            image[:POINTS],
            world,
            _share(found[:POINTS, 3]),
            float(self._net.output("Identity_1")[0]),
            Region.around(image[POINTS], image[POINTS + 1]),
        )


def is_same_person(one: Region, other: Region) -> bool:
    """Whether two squares are around the same person."""
    apart = float(np.hypot(*(one.centre - other.centre)))
    return apart < SAME_PERSON * max(one.side, other.side)


def _grid(cells: int, each: int) -> Array:
    middles = (np.arange(cells) + 0.5) / cells
    across, down = np.meshgrid(middles, middles)
    return np.repeat(np.stack((across.ravel(), down.ravel()), axis=1), each, axis=0)


def _share(raw: NDArray[np.floating]) -> Array:
    shares: Array = 1 / (1 + np.exp(-np.clip(raw.astype(float), -100, 100)))
    return shares


def _refined(places: Array, maps: NDArray[np.float32]) -> Array:
    """Return each place moved to the middle of what the net's map of the point shows around it."""
    cells = len(maps)
    around = np.arange(-REFINED_IN, REFINED_IN + 1)
    at = np.floor(places * cells).astype(int)
    columns, rows = at[:, 0, None] + around, at[:, 1, None] + around
    is_inside = ((rows >= 0) & (rows < cells))[:, :, None] & ((columns >= 0) & (columns < cells))[:, None, :]
    number = np.arange(len(places))[:, None, None]
    held = maps[rows.clip(0, cells - 1)[:, :, None], columns.clip(0, cells - 1)[:, None, :], number]
    weight = np.where(is_inside, _share(held), 0.0)
    whole = weight.sum((1, 2))
    is_clear = ((at >= 0) & (at < cells)).all(1) & (weight.max((1, 2)) >= SURE_OF_PLACE)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.stack(
            ((weight.sum(1) * columns).sum(1) / whole, (weight.sum(2) * rows).sum(1) / whole), axis=1
        )
    return np.where(is_clear[:, None], middle / cells, places)
