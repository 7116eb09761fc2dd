"""The dose of a lunge: the vector says repetitions and tempo, the units say how many sets."""

from triplane.body import Reach
from triplane.catalogue.dose import NO_LIMITS, UNIT_S, Limits, prescribe
from triplane.catalogue.load import load_one
from triplane.catalogue.lunges.levels import amount
from triplane.catalogue.vocabulary import LungeDirection
from triplane.history import LungeVector, Prescription

TEMPO_S = ((2.0, 0.0, 1.0, 0.0), (1.5, 0.0, 1.0, 0.0), (1.0, 0.0, 0.5, 0.0))
"""Down, pause, up, pause by level of speed; the slow one is the matrix's own (coach_default)."""

REACH_PAUSE_S = 1.0
MOST_SETS = 4


def prescribe_lunge(vector: LungeVector, units: int, limits: Limits = NO_LIMITS) -> Prescription:
    """Turn units of work on one side into sets of a lunge at its level of duration and speed.

    The repetitions of a set are the vector's, because duration is one of its variables: only the
    number of sets (1 to 4) follows the units. A reach adds a pause of a second at the bottom.
    Otherwise as ``prescribe``.
    """
    drill = load_one(f"lm_{vector.direction}")
    reps = amount(vector, "duration")
    down, pause, up, rest = TEMPO_S[vector.speed]
    if vector.reach != Reach.NONE:
        pause += REACH_PAUSE_S
    dose = drill.dose.model_copy(
        update={"sets": (1, MOST_SETS), "reps": (reps, reps), "tempo_s": (down, pause, up, rest)}
    )
    return prescribe(drill.model_copy(update={"dose": dose}), units, limits)


def lunge_units_range(vector: LungeVector) -> tuple[int, int]:
    """Return the fewest and most units per placement that one to four sets of this lunge hold."""
    rep_s = sum(TEMPO_S[vector.speed]) + (REACH_PAUSE_S if vector.reach != Reach.NONE else 0)
    set_s = amount(vector, "duration") * rep_s
    fewest = max(1, round(set_s / UNIT_S))
    direction = LungeDirection(vector.direction)
    most_sets = load_one(f"lm_{direction}").dose.sets[1]
    return fewest, max(fewest, int(most_sets * set_s // UNIT_S))
