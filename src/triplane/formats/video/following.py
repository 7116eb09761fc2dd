"""Following one person from picture to picture, and noticing whether there are others."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from triplane.formats.video.models import Model, nets
from triplane.formats.video.nets import Find, PeopleNet, Points, PointsNet, is_same_person
from triplane.formats.video.regions import Region

BEGINS, KEEPS = 0.6, 0.4
"""A person is taken up from the first certainty on, and followed down to the second. Ours."""

SEARCHES_S, LOOKS_S = 0.1, 0.25
"""How often somebody is searched for where nobody is followed; how often others are looked for. Ours."""

FORGETS_S = 1.5
"""So long somebody else counts as there after being seen; all squares are looked at in that time. Ours."""

WAITS_S = 1.0
"""So long who was lost is taken up again before anybody else. Ours."""

NEAR = 0.6
"""Who is taken up again is within this share of the square from where the person was lost. Ours."""

OBLONG = 1.2
"""Pictures that are longer than this are looked at in squares too: people are small in the whole. Ours."""


@dataclass(frozen=True)
class Followed:
    """What one picture shows.

    Attributes
    ----------
    points : those of the person who is followed; none where nobody is seen
    person : 1 for the first who is followed; grows by one when somebody else is
    people : how many people were seen lately
    """

    points: Points | None
    person: int
    people: int


class Follower:
    """Follows one person; ``see`` takes the pictures in their order."""

    def __init__(self, model: Model = Model.FULL) -> None:
        people, points = nets(model)
        self._people_net, self._points_net = PeopleNet(people), PointsNet(points)
        self._region: Region | None = None
        self._last: tuple[Region, float] | None = None
        self._others: list[tuple[Region, float]] = []
        self._looked_s = -np.inf
        self._turns = 0
        self._person = 0

    def see(self, picture: Image.Image, at_s: float) -> Followed:
        """Return what is seen in the next picture."""
        points = self._keep(picture, at_s)
        since = at_s - self._looked_s
        if points is None and since >= SEARCHES_S:
            self._looked_s = at_s
            points = self._take_up(picture, at_s)
        elif points is not None and since >= LOOKS_S:
            self._looked_s = at_s
            self._look_around(picture, at_s, points.region)
        self._region = points.region if points else None
        if points:
            self._last = points.region, at_s
        return Followed(points, self._person, self._count(at_s, points))

    def _keep(self, picture: Image.Image, at_s: float) -> Points | None:
        if self._region is None:
            return None
        points = self._points_net.find(picture, self._region)
        return points if points.presence >= KEEPS else None

    def _take_up(self, picture: Image.Image, at_s: float) -> Points | None:
        """Return who was lost just now, else who is largest; the others count as there."""
        finds = [find for where in squares(picture) for find in self._people_net.find(picture, where)]
        taken: Points | None = None
        for find in sorted(finds, key=lambda one: one.region.side, reverse=True):
            points = self._points_net.find(picture, find.region)
            if points.presence < BEGINS:
                continue
            if taken is None and self._may_take(find, at_s):
                taken = points
                self._others = [other for other in self._others if not is_same_person(other[0], find.region)]
            elif taken is None or not is_same_person(points.region, taken.region):
                self._remember(find.region, at_s)
        return taken

    def _may_take(self, find: Find, at_s: float) -> bool:
        """Whether somebody may be followed now; who is somebody else waits for a while."""
        if self._last is not None:
            region, seen_s = self._last
            is_back = np.hypot(*(find.region.centre - region.centre)) < NEAR * region.side
            if at_s - seen_s < WAITS_S:
                return bool(is_back)
        self._person += 1
        return True

    def _look_around(self, picture: Image.Image, at_s: float, own: Region) -> None:
        """Look for others in one square, the next time in the next."""
        places = squares(picture)
        where = places[self._turns % len(places)]
        self._turns += 1
        for find in self._people_net.find(picture, where):
            is_other = not is_same_person(find.region, own)
            if is_other and self._points_net.find(picture, find.region).presence >= BEGINS:
                self._remember(find.region, at_s)

    def _remember(self, region: Region, at_s: float) -> None:
        self._others = [other for other in self._others if not is_same_person(other[0], region)]
        self._others.append((region, at_s))

    def _count(self, at_s: float, points: Points | None) -> int:
        self._others = [
            (region, seen_s)
            for region, seen_s in self._others
            if at_s - seen_s <= FORGETS_S and not (points and is_same_person(region, points.region))
        ]
        return len(self._others) + (points is not None)


def squares(picture: Image.Image) -> list[Region]:
    """Return where to look for people: the whole picture, and where it is oblong its squares."""
    width, height = picture.size
    long, short = max(width, height), min(width, height)
    whole = Region.of_picture((width - long) / 2, (height - long) / 2, long)
    if long <= OBLONG * short:
        return [whole]
    starts = (0.0, (long - short) / 2, float(long - short))
    is_wide = width > height
    return [
        whole,
        *(Region.of_picture(at if is_wide else 0.0, 0.0 if is_wide else at, short) for at in starts),
    ]
