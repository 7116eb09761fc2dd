"""The drills: what each one is, how its file is read and linted, and the lunge matrix.

Speaks:  Drill, Dose, Exposure, the closed lists.      Knows: body, evidence, history, datafile.      Never: runners, plans.
"""

from triplane.catalogue.drill import Claim, Dose, Drill, Exposure, Fault, Link, Phase, Restriction
from triplane.catalogue.vocabulary import (
    Aim,
    ExposureKind,
    Muscle,
    Origin,
    Position,
    SidesWorked,
    Stage,
    Tag,
    Verdict,
)

__all__ = [
    "Aim", "Claim", "Dose", "Drill", "Exposure", "ExposureKind", "Fault", "Link", "Muscle", "Origin",
    "Phase", "Position", "Restriction", "SidesWorked", "Stage", "Tag", "Verdict",
]  # fmt: skip
