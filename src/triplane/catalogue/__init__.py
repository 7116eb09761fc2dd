"""The drills: what each one is, how its file is read and linted, and the lunge matrix.

Speaks:  Drill, Dose, Exposure, the closed lists, load, prescribe, lint.      Knows: body, evidence, history, datafile.      Never: runners, plans.

The lunge matrix has its own front door, ``triplane.catalogue.lunges``.
"""

from typing import TYPE_CHECKING

from triplane.body import Reach
from triplane.catalogue.dose import UNIT_S, DoseLimits, DoseShape, dose_shape, prescribe, units_range
from triplane.catalogue.drill import Claim, Dose, Drill, Exposure, Fault, Link, Phase, Restriction
from triplane.catalogue.load import catalogue_version, drills_folder, find, load, load_one
from triplane.catalogue.vocabulary import (
    Aim,
    ExposureKind,
    LungeDirection,
    Muscle,
    Origin,
    Position,
    SidesWorked,
    Stage,
    Tag,
    Verdict,
)

if TYPE_CHECKING:
    from triplane.catalogue.form import learnt
    from triplane.catalogue.linting import lint

__all__ = [
    "UNIT_S", "Aim", "Claim", "Dose", "DoseLimits", "DoseShape", "Drill", "Exposure", "ExposureKind", "Fault",
    "Link", "LungeDirection", "Muscle", "Origin", "Phase", "Position", "Reach", "Restriction", "SidesWorked",
    "Stage", "Tag", "Verdict", "catalogue_version", "dose_shape", "drills_folder", "find", "learnt", "lint", "load",
    "load_one", "prescribe", "units_range",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import the lint, and what moves a body, only when it is asked for."""
    if name == "lint":
        from triplane.catalogue.linting import lint

        return lint
    if name == "learnt":
        from triplane.catalogue.form import learnt

        return learnt
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
