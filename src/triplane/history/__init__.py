"""The facts: what happened, what was said and what was measured, as values in order.

Speaks:  Fact, History, and a value for every kind of fact.      Knows: body, evidence, value.      Never: what to do about it.
"""

from triplane.history.about import (
    AboutRunner,
    DayChanged,
    DayPattern,
    DisclaimerAccepted,
    Equipment,
    EquipmentListed,
    GymVisit,
    PlannedRun,
    RaceEntered,
    RunKind,
    RunnerErased,
    RunRecorded,
    Score,
    Sex,
    Weekday,
    WeekDescribed,
)
from triplane.history.fact import KIND_OF, KIND_VERSION, KINDS, UPGRADES, Fact, record
from triplane.history.history import History
from triplane.history.plan_facts import (
    Change,
    Context,
    Level,
    Plan,
    PlanIssued,
    PlanItem,
    PlanKept,
    Prescription,
    Shortfall,
    Slot,
    Target,
)
from triplane.history.range_facts import EndFeel, MeasurementTaken, Method
from triplane.history.runs import distinct_runs, same_run
from triplane.history.safety import (
    Answer,
    ClearanceRecorded,
    ClearedBy,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
)
from triplane.history.training import (
    BodyRegion,
    CheckinAnswered,
    DefaultChanged,
    DrillDone,
    Feeling,
    FeelingKind,
    LungeVector,
    NoteWritten,
    SessionLogged,
    Sign,
    SorenessCourse,
)

__all__ = [
    "KINDS", "KIND_OF", "KIND_VERSION", "UPGRADES", "AboutRunner", "Answer", "BodyRegion", "Change", "CheckinAnswered",
    "ClearanceRecorded", "ClearedBy", "Context", "DayChanged", "DayPattern", "DefaultChanged",
    "DisclaimerAccepted", "DrillDone", "EndFeel", "Equipment", "EquipmentListed", "Fact", "Feeling",
    "FeelingKind", "GymVisit", "History", "Level", "LungeVector", "MeasurementTaken", "Method",
    "NoteWritten", "Plan", "PlanIssued", "PlanItem", "PlanKept", "PlannedRun", "Prescription", "RaceEntered",
    "ReadinessAnswered", "RestrictionTightened", "RunKind", "RunRecorded", "RunnerErased", "ScreeningAnswered",
    "Score", "SessionLogged", "Sex", "Shortfall", "Sign", "Slot", "SorenessCourse", "Target", "WeekDescribed",
    "Weekday", "distinct_runs", "record", "same_run",
]  # fmt: skip
