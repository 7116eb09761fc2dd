"""One picture's worth of landmarks: what a pose model found in it, or that it found nobody."""

from dataclasses import dataclass

COUNT = 33
"""Points of a BlazePose-like model."""


@dataclass(frozen=True, slots=True)
class LandmarkFrame:
    """One landmark frame, from a recording or live.

    Attributes
    ----------
    at_s : when, seconds on any clock that only goes on
    image : 33 pairs, shares of the picture's width and height, x to the right, y down; empty for nobody
    world : 33 triples, metres from the middle of the hips, x to the picture's right, y down, z away
    visibility : 33 shares, how well the model sees each
    aspect : width of the picture over its height
    people : how many the model sees
    light : mean brightness of the picture, 0 to 1, where it is known
    """

    at_s: float
    image: tuple[tuple[float, float], ...] = ()
    world: tuple[tuple[float, float, float], ...] = ()
    visibility: tuple[float, ...] = ()
    aspect: float = 16 / 9
    people: int = 1
    light: float | None = None

    @property
    def shows_somebody(self) -> bool:
        """Whether there is a whole set of points in it."""
        return (
            self.people > 0
            and len(self.image) == COUNT
            and len(self.world) == COUNT
            and len(self.visibility) == COUNT
        )
