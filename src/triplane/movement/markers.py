"""Which marker stands for which place of the body, whatever a laboratory calls it."""

import tomllib
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.recording import Recording

Array = NDArray[np.float64]


class Roles:
    """The places of a recording: ``left_asis``, ``right_knee_outer``, ``sacrum`` and so on."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        known = {name.casefold(): name for name in recording.names}
        self.name_of = {
            place: known[name.casefold()]
            for place, name in _places()
            if name.casefold() in known and recording.has(known[name.casefold()])
        }
        self._clusters = {
            part: [known[name.casefold()] for name in cluster if name.casefold() in known]
            for part, cluster in _clusters()
            if sum(name.casefold() in known for name in cluster) >= 3
        }

    def has(self, *places: str) -> bool:
        return all(place in self.name_of for place in places)

    def point(self, place: str) -> Array:
        """Return a place's way, shape (frames, 3), metres; KeyError where it was not seen."""
        return self.recording.point(self.name_of[place])

    def cluster(self, part: str) -> list[str]:
        """Return the names of the markers that move with a part; none where there is no cluster."""
        return self._clusters.get(part, [])

    @cached_property
    def has_pelvis(self) -> bool:
        """Whether the front spines and the back of the pelvis were seen."""
        back = self.has("sacrum") or self.has("left_psis", "right_psis")
        return back and self.has("left_asis", "right_asis")

    @property
    def back_of_pelvis(self) -> Array:
        """The middle of the back spines, shape (frames, 3), metres."""
        if self.has("sacrum"):
            return self.point("sacrum")
        return (self.point("left_psis") + self.point("right_psis")) / 2

    def leg_length(self, side: Side) -> float:
        """Return front spine to inner ankle, metres: as the file says, else as it stands; 0 if unknown."""
        told = self.recording.measures_m.get(f"{side.title()}LegLength", 0.0)
        if told or not self.has(f"{side}_asis", f"{side}_ankle_inner"):
            return told
        ways = self.point(f"{side}_asis") - self.point(f"{side}_ankle_inner")
        return float(np.nanmedian(np.linalg.norm(ways, axis=-1)))


@cache
def _book() -> dict[str, dict[str, list[list[str]]]]:
    book: dict[str, dict[str, list[list[str]]]] = tomllib.loads(
        files("triplane.movement").joinpath("markers.toml").read_text(encoding="utf-8")
    )
    return book


def _places() -> Iterator[tuple[str, str]]:
    """Go through places and names, those that are looked for first coming last."""
    book = _book()
    for place, names in book["place"].items():
        for side in Side:
            for name in reversed(names):
                yield f"{side}_{place}", _sided(str(name), side)
    for place, names in book["middle"].items():
        for name in reversed(names):
            yield place, str(name)


def _clusters() -> Iterator[tuple[str, list[str]]]:
    for part, clusters in _book()["cluster"].items():
        for cluster in reversed(clusters):
            if any("{" in name for name in cluster):
                for side in Side:
                    yield f"{side}_{part}", [_sided(name, side) for name in cluster]
            else:
                yield part, cluster


def _sided(name: str, side: Side) -> str:
    letter = side[0]
    return name.replace("{S}", letter.upper()).replace("{s}", letter)
