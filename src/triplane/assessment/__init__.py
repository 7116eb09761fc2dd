"""The battery of tests and what their numbers mean: from readings with their error to the hip map.

Speaks:  Protocol, Finding, HipMap, Series.      Knows: body, evidence, history, datafile.      Never: drills, plans, safety.
"""

from triplane.assessment.control import is_hypermobile_by_score, judge_control
from triplane.assessment.error import Error, error_for
from triplane.assessment.estimate import Estimate, Observation, estimate
from triplane.assessment.finding import Asymmetry, Judgement, asymmetry, judge, owned_gap_line, owned_ratio
from triplane.assessment.hip_map import hip_map
from triplane.assessment.load import battery, find_test, is_known, norm_rows, norm_tables
from triplane.assessment.map_values import Ankle, ControlFinding, DirectionMap, HipMap, LungePass, Priority
from triplane.assessment.measurements import Measurement, Measurements, measurements
from triplane.assessment.norm import NormBand, NormRow, NormTable, reference
from triplane.assessment.protocol import (
    CameraReading,
    Case,
    ControlLine,
    Finding,
    MethodError,
    Protocol,
    Role,
)
from triplane.assessment.retest import Retest, retest_due
from triplane.assessment.series import (
    Certainty,
    Point,
    RangeChange,
    Refusal,
    Series,
    certainty_of,
    change,
    series,
)
from triplane.assessment.verdict import MeasurementVerdict, assess

__all__ = [
    "Ankle", "Asymmetry", "CameraReading", "Case", "Certainty", "ControlFinding", "ControlLine", "DirectionMap", "Error",
    "Estimate", "Finding", "HipMap", "Judgement", "LungePass", "Measurement", "MeasurementVerdict",
    "Measurements", "MethodError", "NormBand", "NormRow", "NormTable", "Observation", "Point", "Priority",
    "Protocol", "RangeChange", "Refusal", "Retest", "Role", "Series", "assess", "asymmetry", "battery",
    "certainty_of", "change", "error_for", "estimate", "find_test", "hip_map", "is_hypermobile_by_score",
    "is_known", "judge", "judge_control", "measurements", "norm_rows", "norm_tables", "owned_gap_line",
    "owned_ratio", "reference", "retest_due", "series",
]  # fmt: skip
