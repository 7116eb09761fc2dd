"""The drills: what each one is, how its file is read and linted, and the lunge matrix.

Speaks:  Drill, Dose, Exposure, the closed lists, load, prescribe, lint.      Knows: body, evidence, history, datafile.      Never: runners, plans.

The lunge matrix has its own front door, ``triplane.catalogue.lunges``.
"""

from typing import TYPE_CHECKING

from triplane.body import Reach as Reach
from triplane.catalogue.dose import UNIT_S as UNIT_S
from triplane.catalogue.dose import DoseLimits as DoseLimits
from triplane.catalogue.dose import DoseShape as DoseShape
from triplane.catalogue.dose import dose_shape as dose_shape
from triplane.catalogue.dose import prescribe as prescribe
from triplane.catalogue.dose import units_range as units_range
from triplane.catalogue.drill import Claim as Claim
from triplane.catalogue.drill import Dose as Dose
from triplane.catalogue.drill import Drill as Drill
from triplane.catalogue.drill import Exposure as Exposure
from triplane.catalogue.drill import Fault as Fault
from triplane.catalogue.drill import Link as Link
from triplane.catalogue.drill import Phase as Phase
from triplane.catalogue.drill import Restriction as Restriction
from triplane.catalogue.load import catalogue_version as catalogue_version
from triplane.catalogue.load import drills_folder as drills_folder
from triplane.catalogue.load import find as find
from triplane.catalogue.load import load as load
from triplane.catalogue.load import load_one as load_one
from triplane.catalogue.vocabulary import Aim as Aim
from triplane.catalogue.vocabulary import ExposureKind as ExposureKind
from triplane.catalogue.vocabulary import LungeDirection as LungeDirection
from triplane.catalogue.vocabulary import Muscle as Muscle
from triplane.catalogue.vocabulary import Origin as Origin
from triplane.catalogue.vocabulary import Position as Position
from triplane.catalogue.vocabulary import SidesWorked as SidesWorked
from triplane.catalogue.vocabulary import Stage as Stage
from triplane.catalogue.vocabulary import Tag as Tag
from triplane.catalogue.vocabulary import Verdict as Verdict
from triplane.front_door import front_door

if TYPE_CHECKING:
    from triplane.catalogue.form import learnt as learnt
    from triplane.catalogue.linting import lint as lint
else:
    __all__, __getattr__ = front_door(__name__)
