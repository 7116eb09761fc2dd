"""What a camera needs for one drill: its rules of form with the numbers that its own poses teach."""

from functools import lru_cache

from triplane.catalogue.drill import Drill
from triplane.catalogue.load import load_one
from triplane.errors import UserError
from triplane.movement import Learnt, learn


def learnt(drill: Drill) -> Learnt:
    """Return a drill of the catalogue ready to be watched.

    Raises
    ------
    UserError
        Where no camera sees it, with why.
    """
    if drill.form is None or drill.form.unseen:
        why = drill.form.unseen if drill.form else "nobody has written its rules of form yet."
        raise UserError(f"No camera can judge this drill: {why}")
    return _learnt(drill.id)


@lru_cache(maxsize=128)
def _learnt(drill_id: str) -> Learnt:
    drill = load_one(drill_id)
    assert drill.form is not None
    return learn(drill.form, drill.pose, drill.seen_faults, drill.dose.tempo_s, drill.stands_on)
