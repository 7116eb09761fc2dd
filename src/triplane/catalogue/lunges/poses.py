"""What a lunge of the matrix looks like: its cell's own poses, or the plain ones changed and settled."""

from triplane.body import Pose, Reach, Side
from triplane.catalogue.load import load_one
from triplane.catalogue.lunges.levels import amount, drill_for
from triplane.catalogue.vocabulary import LungeDirection
from triplane.history import LungeVector

OTHER_LEG_STEPS = (LungeDirection.POSTERIOR, LungeDirection.POSTEROMEDIAL)
MEDIUM = 1
"""The level of range that the key poses show (decision 9)."""


def poses_of(vector: LungeVector) -> tuple[Pose, ...]:
    """Return the key poses of a lunge, right side working: standing and the bottom.

    A cell with a drill file of its own shows that file's poses at a medium step. Every other one is
    the plain cell's bottom with its step made shorter or longer and the reach laid over it, feet held.
    """
    from triplane.body import with_range, with_reach

    alias = drill_for(vector)
    plain = f"lm_{vector.direction}"
    if alias != plain and vector.range == MEDIUM:
        return load_one(alias).pose
    stand, bottom = load_one(plain).pose
    if vector.range != MEDIUM:
        medium = vector.model_copy(update={"range": MEDIUM})
        factor = amount(vector, "range") / amount(medium, "range")
        stays = Side.RIGHT if vector.direction in OTHER_LEG_STEPS else Side.LEFT
        bottom = with_range(stand, bottom, factor, stays)
    return stand, with_reach(bottom, Reach(vector.reach), Side.RIGHT)
