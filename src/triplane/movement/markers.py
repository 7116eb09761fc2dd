"""Which marker stands for which place of the body, whatever a laboratory calls it."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
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
        known = _known(recording.names)
        self.name_of = {
            place: known[name] for place, name in _places() if name in known and recording.has(known[name])
        }
        self._clusters = {
            part: [known[name] for name in cluster if name in known]
            for part, cluster in _clusters()
            if sum(name in known for name in cluster) >= 3
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
                yield f"{side}_{place}", _plain(_sided(str(name), side))
    for place, names in book["middle"].items():
        for name in reversed(names):
            yield place, _plain(str(name))


def _clusters() -> Iterator[tuple[str, list[str]]]:
    for part, clusters in _book()["cluster"].items():
        for cluster in reversed(clusters):
            if any("{" in name for name in cluster):
                for side in Side:
                    yield f"{side}_{part}", [_plain(_sided(name, side)) for name in cluster]
            else:
                yield part, [_plain(name) for name in cluster]


def _plain(name: str) -> str:
    """Return a name as it is compared: capitals, dots, lines and spaces do not count."""
    return name.translate(_SIGNS).casefold()


_SIGNS = str.maketrans("", "", " ._-")


def _known(names: Sequence[str]) -> dict[str, str]:
    """Return names by their plain form; where two have the same, neither is known."""
    plain = [_plain(name) for name in names]
    often = Counter(plain)
    return {short: name for short, name in zip(plain, names, strict=True) if often[short] == 1}


def places_known(names: Sequence[str]) -> int:
    """Return how many of the names are known as a place of the body or as part of a cluster."""
    return len(_known(names).keys() & _told())


@cache
def _told() -> frozenset[str]:
    clustered = (name for _, cluster in _clusters() for name in cluster)
    return frozenset(name for _, name in _places()) | frozenset(clustered)


UPRIGHT = 0.7
"""From feet or knees to the pelvis a standing person goes along an axis by this share, within 45 degrees."""


def axis_of_body(names: tuple[str, ...], points: Array) -> str:
    """Return the axis along which somebody stands, such as "Z" or "-Y"; empty where that is not plain.

    Parameters
    ----------
    points : array, shape (frames, points, 3)
        In any unit and axes; not a number where not seen.
    """
    roles = Roles(Recording(1.0, names, points))
    above = [roles.point(place) for place in ("left_asis", "right_asis") if roles.has(place)]
    below = [
        roles.point(f"{side}_{place}")
        for side in Side
        for place in ("heel", "ankle", "knee_outer")
        if roles.has(f"{side}_{place}")
    ]
    if not above or not below:
        return ""
    up = np.mean([_middle(way) for way in above], axis=0) - np.mean([_middle(way) for way in below], axis=0)
    length = np.linalg.norm(up)
    axis = int(np.argmax(np.abs(up)))
    if not np.isfinite(length) or not length or abs(up[axis]) < UPRIGHT * length:
        return ""
    return ("-" if up[axis] < 0 else "") + "XYZ"[axis]


def _middle(way: Array) -> Array:
    seen = way[np.isfinite(way).all(axis=-1)]
    middle: Array = np.median(seen, axis=0) if len(seen) else np.full(3, np.nan)
    return middle


def _sided(name: str, side: Side) -> str:
    letter = side[0]
    return name.replace("{S}", letter.upper()).replace("{s}", letter)
