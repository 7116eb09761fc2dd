"""Rules for the catalogue as a whole."""

from collections import Counter
from collections.abc import Iterator

from triplane.body import Direction
from triplane.catalogue.linting.book import Book
from triplane.catalogue.vocabulary import Stage
from triplane.errors import Problem

FEWEST: dict[Direction, tuple[int, int, int, int]] = {
    Direction.FLEXION: (8, 2, 3, 9),
    Direction.EXTENSION: (4, 4, 4, 12),
    Direction.ABDUCTION: (3, 3, 6, 6),
    Direction.ADDUCTION: (4, 2, 1, 5),
    Direction.INTERNAL_ROTATION: (4, 2, 1, 6),
    Direction.EXTERNAL_ROTATION: (5, 2, 2, 6),
}
"""Drills with an exposure in a direction at stages 2 to 5, at least.

As the handbook counts them, less what exposures do not bear out (decision 1): the standing side shift
stays short of the end of abduction, hip CARs reach no adduction, and the step-down works the internal
rotators. Release is about muscles, not directions.

Sources
-------
triplane_handbook — the coverage table; triplane_calc — the corrections.
"""


def every_direction_is_served(book: Book) -> Iterator[Problem]:
    """A finding without drills would be a dead end; every direction is served at every stage from 2 on."""
    served: Counter[tuple[Direction, Stage]] = Counter()
    for drill in book.drills.values():
        for direction in {exposure.direction for exposure in drill.exposure}:
            served[direction, drill.stage] += 1
    for direction, fewest in FEWEST.items():
        for stage, least in zip(
            (Stage.MOBILISE, Stage.OWN, Stage.STRENGTHEN, Stage.INTEGRATE), fewest, strict=True
        ):
            found = served[direction, stage]
            if found < least:
                where = f"{direction} at stage {int(stage)}"
                yield Problem(
                    "catalogue", where, str(found), f"has fewer drills than {least}", "add or mend one"
                )
