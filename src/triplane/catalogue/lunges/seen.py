"""How a camera watches one cell of the matrix: the rules of its file, learnt from the cell's own poses."""

from functools import lru_cache
from typing import TYPE_CHECKING

from triplane.catalogue.drill import Drill
from triplane.catalogue.load import load_one
from triplane.catalogue.lunges.levels import drill_for
from triplane.catalogue.lunges.poses import MEDIUM, poses_of
from triplane.errors import UserError
from triplane.history import LungeVector

if TYPE_CHECKING:
    from triplane.movement import Learnt


def file_watched(vector: LungeVector) -> Drill:
    """Return the drill whose rules hold: the cell's own at a medium step, else the plain lunge there."""
    return load_one(drill_for(vector) if vector.range == MEDIUM else f"lm_{vector.direction}")


@lru_cache(maxsize=128)
def learnt_lunge(vector: LungeVector) -> "Learnt":
    """Return a lunge ready to be watched. Load, speed and the rest change nothing that a camera sees.

    Raises
    ------
    UserError
        Where no camera sees it, with why.
    """
    from triplane.movement import learn  # with numpy, which looking at today does without

    drill = file_watched(vector)
    if drill.form is None or drill.form.unseen:
        raise UserError(f"No camera can judge this lunge: {drill.form.unseen if drill.form else 'no rules'}")
    return learn(drill.form, poses_of(vector), drill.seen_faults, drill.dose.tempo_s, drill.stands_on)
