"""What a restriction tag closes in the matrix: directions, reaches and levels."""

from collections.abc import Iterable, Mapping

from triplane.body import Reach
from triplane.catalogue.load import load_one
from triplane.catalogue.lunges.levels import VARIABLES, highest, level
from triplane.catalogue.vocabulary import LungeDirection, Tag, Verdict
from triplane.history import LungeVector

OVERHEAD = (Reach.BOTH_OVERHEAD, Reach.OPPOSITE_SIDE_OVERHEAD_OVER, Reach.SAME_SIDE_OVERHEAD_OVER)
TO_THE_FLOOR = (Reach.BOTH_FLOOR, Reach.SAME_HAND_TO_FRONT_FOOT, Reach.OPPOSITE_HAND_TO_FRONT_FOOT)
TURNING = (Reach.ROTATE_AWAY, Reach.ROTATE_TO_FRONT_LEG, Reach.OPPOSITE_HAND_TO_FRONT_FOOT)

CLOSED_REACHES: Mapping[Tag, tuple[Reach, ...]] = {
    Tag.FAI: (Reach.ROTATE_TO_FRONT_LEG, Reach.OPPOSITE_HAND_TO_FRONT_FOOT, Reach.BOTH_FLOOR),
    Tag.GT: (Reach.OPPOSITE_SIDE_OVERHEAD_OVER,),
    Tag.PHT: TO_THE_FLOOR,
    Tag.LBP_EXT: OVERHEAD,
    Tag.SHOULDER: OVERHEAD,
    Tag.THR_POST: (Reach.ROTATE_TO_FRONT_LEG, *TO_THE_FLOOR),
    Tag.THR_ANT: (Reach.BOTH_OVERHEAD, Reach.ROTATE_AWAY),
    Tag.LBP_FLEX: TO_THE_FLOOR,
}
"""Reaches a tag closes whatever the load.

Sources
-------
triplane_handbook — femoro-acetabular, gluteal, hamstring and low-back tags.
coach_default — hip replacements and shoulders, from the same directions that their limits bar.
"""

CLOSED_WITH_LOAD: Mapping[Tag, tuple[Reach, ...]] = {Tag.OP: (*TURNING, *TO_THE_FLOOR)}
"""Reaches closed as soon as a weight is held: no loaded rounding or twisting (triplane_handbook)."""

HIGHEST_LEVELS: Mapping[Tag, Mapping[str, int]] = {
    Tag.FAI: {"range": 0},
    Tag.DYSPL: {"range": 0},
    Tag.THR: {"range": 0},
    Tag.PREG: {"range": 0, "speed": 0},
    Tag.POST: {"speed": 0},
    Tag.BALANCE: {"speed": 0, "environment": 0, "stability": 0},
    Tag.OP: {"environment": 1, "speed": 1},
}
"""The highest level a tag leaves: short steps where files say short or shallow, slow where the tag says so.

Sources: triplane_handbook; coach_default for osteoporosis (no landing from a step, nothing fast).
"""

ASKS_PERMISSION = (Tag.THR, Tag.DYSPL, Tag.PREG)
"""Tags under which only drills with an entry of their own are offered (triplane_handbook)."""


def closed_reaches(tags: Iterable[Tag]) -> frozenset[Reach]:
    """Return the reaches that are closed to a runner with these tags, with or without load."""
    return frozenset(reach for tag in tags for reach in CLOSED_REACHES.get(tag, ()))


def highest_levels(tags: Iterable[Tag]) -> dict[str, int]:
    """Return, for each variable but reach, the highest level that is open to a runner with these tags."""
    caps = {name: highest(name) for name in VARIABLES if name != "reach"}
    for tag in tags:
        for name, cap in HIGHEST_LEVELS.get(tag, {}).items():
            caps[name] = min(caps[name], cap)
    return caps


def closing_tag(direction: LungeDirection, tags: Iterable[Tag]) -> Tag | None:
    """Return the tag that closes a whole direction, by the file of its plain cell; ``None`` if it is open."""
    entries = {entry.tag: entry for entry in load_one(f"lm_{direction}").restriction if not entry.direction}
    for tag in tags:
        entry = entries.get(tag)
        if entry is None and tag in ASKS_PERMISSION:
            return tag
        if entry is not None and entry.verdict is Verdict.EXCLUDE:
            return tag
    return None


def keeps_restrictions(vector: LungeVector, tags: Iterable[Tag]) -> bool:
    """Say whether a lunge is open to a runner with these tags, in direction, reach and every level."""
    tags = tuple(tags)
    reach, is_loaded = Reach(vector.reach), bool(vector.load or vector.stability)
    return (
        closing_tag(LungeDirection(vector.direction), tags) is None
        and reach not in closed_reaches(tags)
        and not (is_loaded and any(reach in CLOSED_WITH_LOAD.get(tag, ()) for tag in tags))
        and all(level(vector, name) <= cap for name, cap in highest_levels(tags).items())
    )
