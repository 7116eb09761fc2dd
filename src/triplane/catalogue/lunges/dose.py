"""The dose of a lunge: the vector says repetitions and tempo, the units say how many sets."""

from triplane.body import Reach
from triplane.catalogue.dose import NO_DOSE_LIMITS, DoseLimits, DoseShape, dose_shape, prescribe
from triplane.catalogue.drill import Drill
from triplane.catalogue.load import load_one
from triplane.catalogue.lunges.levels import amount
from triplane.history import LungeVector, Prescription

TEMPO_S = ((2.0, 0.0, 1.0, 0.0), (1.5, 0.0, 1.0, 0.0), (1.0, 0.0, 0.5, 0.0))
"""Down, pause, up, pause by level of speed; the slow one is the matrix's own (coach_default)."""

REACH_PAUSE_S = 1.0
"""How long a reach is held at the bottom (coach_default)."""


def prescribe_lunge(vector: LungeVector, units: int, limits: DoseLimits = NO_DOSE_LIMITS) -> Prescription:
    """Turn units of work on one side into sets of a lunge at its level of duration and speed.

    The repetitions of a set are the vector's, because duration is one of its variables: only the
    number of sets follows the units. A reach adds a pause at the bottom. Otherwise as ``prescribe``.
    """
    return prescribe(_as_drill(vector), units, limits)


def lunge_shape(vector: LungeVector, limits: DoseLimits = NO_DOSE_LIMITS) -> DoseShape:
    """Return how the dose of this lunge is counted in units: its own sets, with the rests between them."""
    return dose_shape(_as_drill(vector), limits)


def _as_drill(vector: LungeVector) -> Drill:
    """The plain cell of the direction with the vector's repetitions and tempo, from one set on."""
    drill = load_one(f"lm_{vector.direction}")
    reps = amount(vector, "duration")
    down, pause, up, rest = TEMPO_S[vector.speed]
    if vector.reach != Reach.NONE:
        pause += REACH_PAUSE_S
    changed = {"sets": (1, drill.dose.sets[1]), "reps": (reps, reps), "tempo_s": (down, pause, up, rest)}
    return drill.model_copy(update={"dose": drill.dose.model_copy(update=changed)})
